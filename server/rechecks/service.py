"""Planning a re-check of replied tasks, and cancelling it (R41: 待复查). What comes of it are steps on its tasks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.rechecks import Cancellation, RecheckIn, RecheckOut
from server import clock
from server.audit import service as audit
from server.audit.chain import digest
from server.auth import roles
from server.auth.actor import Actor
from server.auth.holding import held_on
from server.errors import FieldError, NotFound, Unprocessable
from server.org.settings import current_rules
from server.rechecks import queries
from server.rechecks.errors import RecheckDiffers, RecheckEnded
from server.rechecks.planning import Candidate, Plan, faults_of
from server.tasks.presenting import task_facts
from server.tasks.workflow import ActorFacts
from storage.database.models import Person, Post, Recheck, RecheckAssignee, RecheckTask, Site, Task, Unit

_VERIFIERS = (roles.INSPECTOR, roles.SUPERVISOR, roles.OFFICE)


async def plan_recheck(
    session: AsyncSession, recheck_id: str, asked: RecheckIn, *, me: Actor
) -> tuple[RecheckOut, bool]:
    """Plan a re-check: these tasks become 待复查 (R41). As it is now, and whether it was new.

    The same plan under the same id changes nothing. Raises RecheckDiffers, Unprocessable with all that is wrong.
    """
    # Tasks first and in one order, as every step does: of two plans for one task, the second sees the first.
    locked = select(Task).where(Task.id.in_(asked.task_ids)).order_by(Task.id).with_for_update(key_share=True)
    tasks = list(await session.scalars(locked))
    known = await session.get(Recheck, recheck_id)
    if known is not None:
        if known.document_sha256 != digest(asked):
            raise RecheckDiffers
        return await queries.get_recheck(session, recheck_id), False
    await _check(session, asked, tasks)
    now = clock.now()
    session.add(
        Recheck(
            id=recheck_id,
            site_id=asked.site_id,
            planned_on=asked.planned_on,
            note=asked.note.strip(),
            planned_at=now,
            planned_by=me.person_id,
            document_sha256=digest(asked),
        )
    )
    await session.flush()
    session.add_all(RecheckAssignee(recheck_id=recheck_id, person_id=person_id) for person_id in asked.assignees)
    session.add_all(RecheckTask(recheck_id=recheck_id, task_id=task_id) for task_id in asked.task_ids)
    detail = {"tasks": len(asked.task_ids), "on": asked.planned_on.isoformat(), "document": digest(asked)}
    audit.record(session, actor=me, action="plan_recheck", subject=("recheck", recheck_id), detail=detail)
    await session.flush()
    return await queries.get_recheck(session, recheck_id), True


async def _check(session: AsyncSession, asked: RecheckIn, tasks: Sequence[Task]) -> None:
    if await session.get(Site, asked.site_id) is None:
        raise Unprocessable(errors=[FieldError("/siteId", "site-unknown")])
    facts = await task_facts(session, tasks)
    waits = await queries.waiting_in(session, [task.id for task in tasks])
    candidates = {task.id: Candidate(task.site_id, facts[task.id], waits.get(task.id)) for task in tasks}
    # A phone may have been without network since; one that runs ahead tells no day after today's.
    asked_on = min(clock.shanghai_date(asked.at), clock.today())
    plan = Plan(asked.site_id, asked.planned_on, asked_on, asked.task_ids, asked.assignees)
    inspectors = await _inspectors(session, asked.assignees, asked.planned_on)
    rules = await current_rules(session)
    faults = faults_of(plan, candidates, inspectors, strict=rules.strict_verification)
    if faults:
        raise Unprocessable(errors=[FieldError(fault.pointer, fault.code) for fault in faults])


async def _inspectors(session: AsyncSession, person_ids: Sequence[str], on: date) -> dict[str, ActorFacts]:
    """Those of these people who may verify on that day, each in the post that they would go in."""
    query = (
        select(Post.person_id, Post.role, Post.unit_id, Unit.seated_in_id)
        .join(Unit, Unit.id == Post.unit_id)
        .join(Person, Person.id == Post.person_id)
        .where(Post.person_id.in_(person_ids), Post.role.in_(_VERIFIERS), Person.disabled_at.is_(None))
        .where(held_on(on))
        .order_by(Post.valid_from.desc(), Post.id)
    )
    return {row[0]: ActorFacts(*row) for row in await session.execute(query)}


async def cancel_recheck(session: AsyncSession, recheck_id: str, why: Cancellation, *, me: Actor) -> RecheckOut:
    """Call a re-check off: tasks that were not seen yet wait as replied again. Cancelled again, nothing changes.

    Raises NotFound, RecheckEnded.
    """
    query = select(Recheck).where(Recheck.id == recheck_id).with_for_update(key_share=True)
    recheck = await session.scalar(query)
    if recheck is None:
        raise NotFound
    if recheck.cancelled_at is not None:
        return await queries.get_recheck(session, recheck_id)
    if recheck.ended_at is not None:
        raise RecheckEnded
    now = clock.now()
    recheck.ended_at, recheck.cancelled_at, recheck.cancelled_by = now, now, me.person_id
    recheck.cancel_reason = why.reason.strip()
    waits = update(RecheckTask).where(RecheckTask.recheck_id == recheck_id, RecheckTask.outcome.is_(None))
    await session.execute(waits.values(outcome="cancelled", outcome_at=now, outcome_by=me.person_id))
    audit.record(
        session, actor=me, action="cancel_recheck", subject=("recheck", recheck_id), detail={"reason": why.reason}
    )
    await session.flush()
    return await queries.get_recheck(session, recheck_id)
