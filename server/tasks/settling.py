"""What a step settles beside its task: the inspection that is confirmed with the last of its findings (R37), the
re-check that was planned for the task."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.rechecks import RecheckOutcome
from schemas.tasks import TaskStep
from server.audit import service as audit
from server.audit.service import Doer
from storage.database.models import Finding, Inspection, Recheck, RecheckTask, Task


async def settle_inspections(session: AsyncSession, inspection_ids: Iterable[str], *, by: Doer, now: datetime) -> None:
    """Confirm each of these inspections that has no finding left to decide (R37)."""
    ids = set(inspection_ids)
    if not ids:
        return
    await session.flush()
    # Locked before its findings are counted: of two people who decide the last two at once, the second sees both.
    await session.execute(
        select(Inspection.id).where(Inspection.id.in_(ids)).order_by(Inspection.id).with_for_update(key_share=True)
    )
    waiting = select(Finding.inspection_id).where(Finding.inspection_id.in_(ids), Finding.status == "draft")
    undecided = set(await session.scalars(waiting))
    done = select(Inspection).where(Inspection.id.in_(ids - undecided), Inspection.state == "submitted")
    for inspection in await session.scalars(done):
        inspection.state = "confirmed"
        inspection.confirmed_at, inspection.confirmed_by = now, by.person_id
        audit.record(session, actor=by, action="confirm_inspection", subject=("inspection", inspection.id))


_OUTCOMES: dict[str, RecheckOutcome] = {"strike_off": "struck_off", "return": "returned", "not_seen": "not_seen"}


async def settle_recheck(session: AsyncSession, task: Task, step: TaskStep, *, by: Doer, now: datetime) -> None:
    """Write down what came of the re-check that waits for this task, whoever took the step and wherever (R41). The
    re-check has ended with the last of its tasks.
    """
    outcome = _OUTCOMES.get(step.action)
    if outcome is None and task.status == "void":
        outcome = "void"
    if outcome is None and task.status == "closed":
        outcome = "struck_off"
    if outcome is None:
        return
    waits = RecheckTask.task_id == task.id, RecheckTask.outcome.is_(None)
    recheck_id = await session.scalar(select(RecheckTask.recheck_id).where(*waits))
    if recheck_id is None:
        return
    # Locked before its other tasks are counted: of two last steps at once, the second sees both.
    await session.execute(select(Recheck.id).where(Recheck.id == recheck_id).with_for_update(key_share=True))
    told = {"outcome": outcome, "outcome_at": now, "outcome_by": by.person_id, "reason": step.reason or step.note}
    await session.execute(update(RecheckTask).where(*waits).values(**told))
    others = select(RecheckTask.task_id).where(RecheckTask.recheck_id == recheck_id, RecheckTask.outcome.is_(None))
    if await session.scalar(others.limit(1)) is None:
        await session.execute(update(Recheck).where(Recheck.id == recheck_id).values(ended_at=now))
