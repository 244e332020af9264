"""Taking a step on a task: once, by whom it may, with everything kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.tasks import StepTaken, TaskDetail, TaskStep
from server import clock
from server.audit import service as audit
from server.audit.chain import digest
from server.auth.actor import Actor, System
from server.errors import NotAllowed, NotFound, Refusal
from server.org import calendar
from server.org.settings import current_rules
from server.photos.holding import hold_photos
from server.photos.service import Claim, claim_photos
from server.tasks import lookups, queries, timeline
from server.tasks.circumstances import Circumstances
from server.tasks.errors import ActionDiffers, FinderMayNot, OwnWork, PhotosAwaited, TransitionRefused, VersionDiffers
from server.tasks.presenting import present_tasks, reader_for, task_facts
from server.tasks.proofs import setting_at, told_shots
from server.tasks.steps import carry_out
from server.tasks.workflow import ActorFacts, Denial, denial_of
from storage.database.engine import Database
from storage.database.models import Site, Task, TaskAction

_DENIALS: dict[Denial, type[Refusal]] = {
    "role": NotAllowed,
    "other_unit": NotAllowed,
    "own_work": OwnWork,
    "own_unit": OwnWork,
    "finder": FinderMayNot,
}


@dataclass(frozen=True, slots=True)
class TooLate:
    """A step that did not fit any more. It is committed to the history before it is refused."""


async def take_step(database: Database, step: TaskStep, *, me: Actor, task_id: str) -> StepTaken:
    """Carry out one step of a person. The same id and body again gets the same answer (R41).

    Raises NotFound, NotAllowed, OwnWork, FinderMayNot, ActionDiffers, VersionDiffers, PhotosAwaited, Unprocessable;
    TransitionRefused for a step that came too late: it is kept in the history with its photos, then refused.
    """
    async with database.writing() as session:
        outcome = await step_within(session, step, me=me, task_id=task_id)
    if isinstance(outcome, TooLate):
        raise TransitionRefused
    return outcome


async def step_within(
    session: AsyncSession, step: TaskStep, *, me: Actor, task_id: str, now: datetime | None = None
) -> StepTaken | TooLate:
    """`take_step` in a transaction that is open already. `now` is when it is taken: by default the instant at which
    the task's row was locked, so that steps have the order in which they were let through.
    """
    await hold_photos(session, step.photos)
    task = await session.scalar(queries.one_task(me, task_id).with_for_update(key_share=True))
    if task is None:
        raise NotFound
    earlier = await session.get(TaskAction, step.id)
    if earlier is not None:
        return _answered_before(earlier, step, task)
    where = await _circumstances(session, task, me, now or clock.now())
    actor = ActorFacts(me.person_id, me.role, me.unit_id, me.seat_unit_id)
    denial = denial_of(step.action, where.facts, actor, strict=where.rules.strict_verification)
    if denial == "state":
        await _keep(session, task, step, where, accepted=False)
        return TooLate()
    if denial is not None:
        raise _DENIALS[denial]
    if step.version is not None and step.version != task.version:
        raise VersionDiffers
    await carry_out(session, task, step, where)
    missing = await _keep(session, task, step, where, accepted=True)
    if missing and step.action == "strike_off":
        raise PhotosAwaited(missing=len(missing))
    return _answer(step, task)


def _answered_before(earlier: TaskAction, step: TaskStep, task: Task) -> StepTaken | TooLate:
    if earlier.task_id != task.id or earlier.body_sha256 != digest(step):
        raise ActionDiffers
    return msgspec.convert(earlier.answer, StepTaken) if earlier.accepted else TooLate()


async def _circumstances(session: AsyncSession, task: Task, me: Actor | System, now: datetime) -> Circumstances:
    facts = (await task_facts(session, [task]))[task.id]
    return Circumstances(me, now, await calendar.load(session), await current_rules(session), facts)


async def _keep(
    session: AsyncSession, task: Task, step: TaskStep, where: Circumstances, *, accepted: bool
) -> list[str]:
    """Write the step into the history and claim its photos; the hashes whose bytes are still on their way."""
    seq = await session.scalar(select(func.max(TaskAction.seq)).where(TaskAction.task_id == task.id)) or 0
    body: dict[str, Any] = msgspec.to_builtins(step)
    body.pop("shots", None)  # positions live in rows of their own
    session.add(
        TaskAction(
            id=step.id,
            task_id=task.id,
            seq=seq + 1,
            action=step.action,
            at=step.at,
            received_at=where.now,
            actor_id=where.me.person_id,
            role=where.me.role,
            unit_id=where.me.unit_id,
            body=body,
            body_sha256=digest(step),
            accepted=accepted,
            refusal=None if accepted else TransitionRefused.code,
            answer=msgspec.to_builtins(_answer(step, task)),
        )
    )
    detail = {"action": step.id, "status": task.status, "accepted": accepted, "body": digest(step)}
    detail["kept"] = digest(body)
    audit.record(session, actor=where.me, action=step.action, subject=("task", task.id), detail=detail)
    if not step.photos or isinstance(where.me, System):
        return []
    site = await session.get(Site, task.site_id) if task.site_id else None
    purpose = lookups.purpose_of(step.action, where.me.role)
    claim = Claim(
        purpose=purpose,
        hashes=step.photos,
        task_id=task.id,
        action_id=step.id,
        site_id=task.site_id,
        setting=setting_at(site, where.rules, begins_at=step.at, ends_at=step.at, matters=purpose != "paper"),
    )
    claimed = await claim_photos(session, me=where.me, claims=[claim], shots=told_shots(step.shots))
    return claimed.missing


async def confirm_waiting(session: AsyncSession, step: TaskStep, *, task_id: str, by: Actor | System) -> None:
    """Confirm what waits on a task together with its inspection (R37); the history shows who did, or that nobody
    did in time. It is taken at the step's own instant.
    """
    task = await session.scalar(select(Task).where(Task.id == task_id).with_for_update(key_share=True))
    if task is None:
        raise NotFound
    where = await _circumstances(session, task, by, step.at)
    if where.facts.has_draft_findings:
        await carry_out(session, task, step, where)
        await _keep(session, task, step, where, accepted=True)


def _answer(step: TaskStep, task: Task) -> StepTaken:
    return StepTaken(
        id=step.id,
        task_id=task.id,
        status=task.status,
        version=task.version,
        due_on=task.due_on,
        closed=task.status == "closed",
    )


async def get_task(session: AsyncSession, me: Actor, task_id: str, language: str) -> TaskDetail:
    """Everything about one task that this person may see (R8). Raises NotFound."""
    task = await session.scalar(queries.one_task(me, task_id))
    if task is None:
        raise NotFound
    reader = await reader_for(session, me, language)
    shown = (await present_tasks(session, [task], reader))[0]
    history = await timeline.of_task(session, task, language)
    return TaskDetail(
        **{name: getattr(shown, name) for name in shown.__struct_fields__},
        findings=await timeline.findings_of(session, task, reader),
        timeline=history,
        watchers=await timeline.watchers_of(session, task),
        relapse_of_id=task.relapse_of_id,
    )
