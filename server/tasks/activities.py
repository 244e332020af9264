"""What the calendar does to tasks that wait for the next activity: its inspection strikes them off or returns them."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.tasks import StepTaken, TaskStep
from server import clock, ids
from server.audit import service as audit
from server.audit.chain import digest
from server.auth import roles
from server.auth.actor import System
from server.catalogue import text
from server.org import calendar
from server.org.settings import current_rules
from server.tasks.circumstances import Circumstances
from server.tasks.next_activity import Outcome, Seen, Waiting, first_decision
from server.tasks.presenting import task_facts
from server.tasks.settling import settle_recheck
from server.tasks.steps import carry_out
from server.tasks.workflow import ActorFacts, TaskFacts, verification_denial
from server.visits.coverage import got_in, reviewed
from storage.database.engine import Database
from storage.database.models import Finding, Inspection, Post, Task, TaskAction

log = logging.getLogger(__name__)
_WAITING = (Task.status == "replied", Task.closing == "next_activity", Task.item_code.is_not(None))


async def activities_due(database: Database, now: datetime) -> int:
    """Decide every task that waits for the next activity and has had it (R41); how many.

    Each in a transaction of its own, under the task's lock and on what then holds: twice, or on several replicas, the
    second finds nothing that waits.
    """
    async with database.reading() as session:
        waiting = list(await session.scalars(select(Task.id).where(*_WAITING, _inspected_since()).order_by(Task.id)))
    done = 0
    for task_id in waiting:
        try:
            async with database.writing() as session:
                done += await _decide(session, task_id, now)
        except Exception:  # one that fails must not hold up all the others
            log.exception("task %s could not be verified by its next activity and will be tried again", task_id)
    return done


def _inspected_since() -> ColumnElement[bool]:
    """Whether anything has been inspected at the site since the reply: most tasks wait for months."""
    return exists().where(Inspection.site_id == Task.site_id, reviewed(), Inspection.finished_at > Task.replied_at)


async def _decide(session: AsyncSession, task_id: str, now: datetime) -> bool:
    locked = select(Task).where(Task.id == task_id, *_WAITING).with_for_update(key_share=True)
    task = await session.scalar(locked)
    if task is None or task.replied_at is None or task.item_code is None:
        return False
    facts = (await task_facts(session, [task]))[task.id]
    inspections = await _inspections(session, task, task.replied_at, facts)
    found = first_decision(await _waiting(session, task, task.replied_at), [_seen(*pair) for pair in inspections])
    if found is None:
        return False
    seen, outcome = found
    author_id = next(row.author_id for row, _ in inspections if row.id == seen.id)
    await _apply(session, task, outcome, author_id=author_id, inspection_id=seen.id, facts=facts, now=now)
    return True


async def _waiting(session: AsyncSession, task: Task, replied_at: datetime) -> Waiting:
    sighted = select(func.max(Finding.seen_at)).where(
        Finding.task_id == task.id, Finding.status == "confirmed", Finding.seen_at <= replied_at
    )
    failed_at = await session.scalar(sighted)
    return Waiting(
        item_code=task.item_code or "",
        replied_at=replied_at,
        replied_on=clock.shanghai_date(replied_at),
        failed_on=clock.shanghai_date(failed_at) if failed_at else None,
    )


async def _inspections(
    session: AsyncSession, task: Task, since: datetime, facts: TaskFacts
) -> list[tuple[Inspection, frozenset[str]]]:
    """The confirmed inspections of the site since the reply, each with its void items. Who put it right, or is of the
    unit that owes, verifies nothing by inspecting either (R41).
    """
    query = select(Inspection).where(
        Inspection.site_id == task.site_id,
        Inspection.template_code == (task.item_code or "").partition("-")[0],
        got_in(),
        reviewed(),
        Inspection.finished_at > since,
    )
    rows = list(await session.scalars(query))
    units = await _units_of(session, {row.author_id for row in rows})
    rows = [row for row in rows if _may_verify(row.author_id, units[row.author_id], facts)]
    void = await _void_items(session, [row.id for row in rows])
    return [(row, frozenset(void[row.id])) for row in rows]


def _may_verify(author_id: str, unit_ids: Iterable[str], facts: TaskFacts) -> bool:
    people = [ActorFacts(author_id, roles.INSPECTOR, unit_id) for unit_id in unit_ids]
    people = people or [ActorFacts(author_id, roles.INSPECTOR, None)]
    return all(verification_denial(facts, person, strict=False) is None for person in people)


async def _units_of(session: AsyncSession, person_ids: set[str]) -> dict[str, set[str]]:
    held: dict[str, set[str]] = defaultdict(set)
    query = select(Post.person_id, Post.unit_id).where(Post.person_id.in_(person_ids), Post.valid_until.is_(None))
    for person_id, unit_id in await session.execute(query):
        held[person_id].add(unit_id)
    return held


async def _void_items(session: AsyncSession, inspection_ids: list[str]) -> dict[str, set[str]]:
    void: dict[str, set[str]] = defaultdict(set)
    query = select(Finding.inspection_id, Finding.item_code).where(
        Finding.inspection_id.in_(inspection_ids), Finding.status == "void"
    )
    for inspection_id, code in await session.execute(query):
        void[inspection_id].add(code)
    return void


def _seen(row: Inspection, void_items: frozenset[str]) -> Seen:
    return Seen(
        id=row.id,
        finished_at=row.finished_at,
        finished_on=clock.shanghai_date(row.finished_at),
        results=row.results,
        void_items=void_items,
    )


async def _apply(
    session: AsyncSession,
    task: Task,
    outcome: Outcome,
    *,
    author_id: str,
    inspection_id: str,
    facts: TaskFacts,
    now: datetime,
) -> None:
    said = text("words", f"next-activity-{outcome}", "zh-CN", {})
    step = TaskStep(id=ids.uuid7(), at=now, action=outcome, reason=said)
    if outcome == "return":
        where = Circumstances(System(), now, await calendar.load(session), await current_rules(session), facts)
        await carry_out(session, task, step, where)
    else:
        task.status, task.closed_kind, task.closed_at, task.closed_by = "closed", "next_activity", now, author_id
        task.return_proposed = False
        await settle_recheck(session, task, step, by=System(), now=now)
        task.version, task.updated_at = task.version + 1, now
    await _tell(session, task, step, author_id=author_id, inspection_id=inspection_id)


async def _tell(session: AsyncSession, task: Task, step: TaskStep, *, author_id: str, inspection_id: str) -> None:
    """The history names the inspection that decided, and who made it."""
    seq = await session.scalar(select(func.max(TaskAction.seq)).where(TaskAction.task_id == task.id)) or 0
    body: dict[str, Any] = {
        "action": step.action,
        "reason": step.reason,
        "inspectionId": inspection_id,
        "dueOn": task.due_on.isoformat() if step.action == "return" else None,
    }
    answer = StepTaken(
        id=step.id,
        task_id=task.id,
        status=task.status,
        version=task.version,
        due_on=task.due_on,
        closed=task.status == "closed",
    )
    session.add(
        TaskAction(
            id=step.id,
            task_id=task.id,
            seq=seq + 1,
            action=step.action,
            at=step.at,
            received_at=step.at,
            actor_id=author_id,
            role=roles.INSPECTOR,
            unit_id=None,
            body=body,
            body_sha256=digest(body),
            accepted=True,
            refusal=None,
            answer=msgspec.to_builtins(answer),
        )
    )
    detail = {"action": step.id, "status": task.status, "inspection": inspection_id}
    audit.record(session, actor=System(), action=step.action, subject=("task", task.id), detail=detail)
