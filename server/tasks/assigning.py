"""Assigning a task that no inspection found: by a superior, the leader, the office, a complaint or a meeting."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import msgspec
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.tasks import AssignmentIn, StepTaken, TaskDetail
from server import clock
from server.audit import service as audit
from server.auth.actor import Actor
from server.checklists.conditions import applies
from server.checklists.versions import current, item_of
from server.errors import Unprocessable
from server.once import insert_new
from server.org import calendar
from server.org.settings import current_rules
from server.photos.flags import Setting
from server.photos.holding import hold_photos
from server.photos.metadata import Circumstances
from server.photos.service import Claim, claim_photos
from server.tasks import numbering
from server.tasks.assignment import Assignment, Ground, Terms, digest_of, faults_of, history_of, task_row
from server.tasks.errors import TaskDiffers, TaskExists
from server.tasks.proofs import told_shots
from server.tasks.service import get_task
from server.tasks.steps import is_member
from server.tasks.workflow import LIVE
from storage.database.models import Site, Task, TaskAction, TaskWatcher

__all__ = ["Assignment", "assign_task", "terms_of"]


async def terms_of(session: AsyncSession, *, with_items: bool) -> Terms:
    """The terms of today, to be read once for many assignments of one transaction. `with_items`: one names an item."""
    versions = await current(session) if with_items else ()
    return Terms(await calendar.load(session), await current_rules(session), versions)


async def assign_task(
    session: AsyncSession,
    *,
    me: Actor,
    assignment: Assignment,
    terms: Terms | None = None,
) -> Task:
    """`assign` for the slices that make tasks of their own; the task, new or known."""
    return (await assign(session, me=me, assignment=assignment, terms=terms))[0]


async def assign(
    session: AsyncSession,
    *,
    me: Actor,
    assignment: Assignment,
    terms: Terms | None = None,
    shots: Mapping[str, Circumstances] | None = None,
) -> tuple[Task, bool]:
    """Open a confirmed task with the next number of the year; whether it is new. The same id and content again gives
    the same task.

    A site's item that has a live task gets no second one (R41): it is refused with the number of that task, and the
    caller decides. A task of the ledger (R92) keeps its date, though it has passed.
    Raises TaskDiffers, TaskExists, Unprocessable with every field that is wrong.
    """
    await hold_photos(session, assignment.photos)
    known = await _assigned_before(session, assignment)
    if known is not None:
        return known, False
    terms = terms or await terms_of(session, with_items=assignment.item_code is not None)
    ground = await _ground(session, assignment, terms)
    errors = faults_of(assignment, ground)
    if errors:
        raise Unprocessable(errors=errors)
    if ground.site is not None:
        await _refuse_second(session, ground.site.id, assignment.item_code)
    # The same id sent twice at once: the second waits for the first and finds it here.
    if not await insert_new(session, Task, [task_row(assignment, ground, me.person_id)], "id"):
        won = await _assigned_before(session, assignment)
        if won is None:
            raise TaskDiffers
        return won, False
    task = await session.get_one(Task, assignment.id)
    task.number = await numbering.next_task_number(session, ground.today.year)
    watchers = [{"task_id": task.id, "unit_id": unit_id} for unit_id in dict.fromkeys(assignment.watcher_ids)]
    if watchers:
        await session.execute(insert(TaskWatcher), watchers)
    await _remember(session, task, assignment, me, ground.now)
    await _claim(session, assignment, me, shots)
    return task, True


async def enter_task(
    session: AsyncSession, asked: AssignmentIn, *, me: Actor, language: str
) -> tuple[TaskDetail, bool]:
    """The office enters a task (R4); what it shows, and whether it is new."""
    given = {name: getattr(asked, name) for name in asked.__struct_fields__ if name != "shots"}
    given |= {"watcher_ids": tuple(asked.watcher_ids), "photos": tuple(asked.photos)}
    task, is_new = await assign(session, me=me, assignment=Assignment(**given), shots=told_shots(asked.shots))
    await session.flush()
    return await get_task(session, me, task.id, language), is_new


async def _assigned_before(session: AsyncSession, assignment: Assignment) -> Task | None:
    earlier = await session.get(TaskAction, assignment.id)
    if earlier is None:
        if await session.get(Task, assignment.id) is not None:
            raise TaskDiffers
        return None
    if earlier.action != "assign" or earlier.body_sha256 != digest_of(assignment):
        raise TaskDiffers
    return await session.get_one(Task, assignment.id)


async def _ground(session: AsyncSession, assignment: Assignment, terms: Terms) -> Ground:
    site, item, version_id = None, None, None
    if assignment.site_id is not None:
        # Locked as for a sighting, so that a sighting and an assignment cannot both open a task for one item.
        locked = select(Site).where(Site.id == assignment.site_id, Site.closed_on.is_(None))
        site = await session.scalar(locked.with_for_update(key_share=True))
    if site is not None and assignment.item_code is not None:
        for version in terms.versions:
            found = item_of(version, assignment.item_code)
            if found is not None and applies(found, site.kind):
                item, version_id = found, version.id
    now = clock.now()
    today = clock.shanghai_date(now)
    asked = {assignment.unit_id, *assignment.watcher_ids}
    members = frozenset([unit_id for unit_id in sorted(asked) if await is_member(session, unit_id, today)])
    return Ground(today, now, terms.calendar, terms.rules, site, item, version_id, members)


async def _refuse_second(session: AsyncSession, site_id: str, item_code: str | None) -> None:
    if item_code is None:
        return
    live = select(Task).where(Task.site_id == site_id, Task.item_code == item_code, Task.status.in_(LIVE))
    task = await session.scalar(live.limit(1))
    if task is not None:
        raise TaskExists(number=task.number or "—", problem=task.problem)


async def _remember(session: AsyncSession, task: Task, asked: Assignment, me: Actor, now: datetime) -> None:
    answer = StepTaken(
        id=task.id, task_id=task.id, status=task.status, version=task.version, due_on=task.due_on, closed=False
    )
    session.add(
        TaskAction(
            id=task.id,
            task_id=task.id,
            seq=1,
            action="assign",
            at=now,
            received_at=now,
            actor_id=me.person_id,
            role=me.role,
            unit_id=me.unit_id,
            body=history_of(asked, task.due_on),
            body_sha256=digest_of(asked),
            accepted=True,
            refusal=None,
            answer=msgspec.to_builtins(answer),
        )
    )
    detail = {"number": task.number, "origin": task.origin, "unit": task.unit_id, "body": digest_of(asked)}
    detail["action"] = task.id
    audit.record(session, actor=me, action="assign_task", subject=("task", task.id), detail=detail)


async def _claim(
    session: AsyncSession, asked: Assignment, me: Actor, shots: Mapping[str, Circumstances] | None
) -> None:
    if not asked.photos:
        return
    claim = Claim(
        purpose="order",
        hashes=asked.photos,
        task_id=asked.id,
        action_id=asked.id,
        site_id=asked.site_id,
        # The picture of a paper or of somebody else's photo proves neither a place nor a time.
        setting=Setting(place_and_time_matter=False),
    )
    await session.flush()
    await claim_photos(session, me=me, claims=[claim], shots=shots)
