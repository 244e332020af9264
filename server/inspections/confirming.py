"""Confirming a submitted inspection as a whole: by 区政府办 or the office, or by the calendar."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.tasks import TaskStep
from server import ids
from server.auth.actor import Actor, System
from server.tasks.service import confirm_waiting
from server.tasks.settling import settle_inspections
from storage.database.models import Finding, Inspection, Task


async def confirm_inspection(session: AsyncSession, inspection_id: str, *, by: Actor | System, at: datetime) -> bool:
    """Confirm a submitted inspection and the findings of it that still wait (R37). Whether it was waiting.

    The findings go out as the rules proposed them, so that none is forgotten because nobody looked at it.
    """
    waiting = select(Finding.task_id).where(Finding.inspection_id == inspection_id, Finding.status == "draft")
    # Tasks before the inspection, and in one order, as every step does: nobody waits for the other in a ring.
    tasks = select(Task.id).where(Task.id.in_(waiting)).order_by(Task.id).with_for_update(key_share=True)
    task_ids = list(await session.scalars(tasks))
    one = select(Inspection.state).where(Inspection.id == inspection_id).with_for_update(key_share=True)
    if await session.scalar(one) != "submitted":
        return False
    for task_id in task_ids:
        step = TaskStep(id=ids.uuid7(), at=at, action="confirm")
        await confirm_waiting(session, step, task_id=task_id, by=by)
    await settle_inspections(session, [inspection_id], by=by, now=at)
    return True
