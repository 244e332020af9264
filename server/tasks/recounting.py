"""A year's notice has come: deadlines that were only expected are counted anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.org import CalendarYearIn
from server import clock
from server.audit import service as audit
from server.auth.actor import Actor
from server.org import calendar
from server.tasks.deadlines import deadline
from storage.database.models import Task, TaskAction


async def enter_calendar_year(session: AsyncSession, asked: CalendarYearIn, *, me: Actor, year: int) -> int:
    """Enter a year's official notice and recount the open deadlines that were provisional; how many changed.

    Raises NotFound for a year outside the table, Unprocessable for a date outside the year.
    """
    before = await calendar.load(session)
    departures: Mapping[date, bool] = dict.fromkeys(asked.days_off, False) | dict.fromkeys(asked.days_worked, True)
    await calendar.enter_year(session, actor=me, year=year, notice=asked.notice, departures=departures)
    await session.flush()
    work_calendar = await calendar.load(session)
    waiting = select(Task).where(Task.status.in_(("open", "replied")), Task.due_provisional.is_(True))
    changed = 0
    tasks = [task for task in await session.scalars(waiting) if task.confirmed_at is not None]
    counted_from = await _counted_from(session, tasks)
    for task in tasks:
        # As many working days as it had, on the table of before: what a request for more time gave back stays given.
        days = before.working_days_between(counted_from[task.id], task.due_on)
        counted = deadline(counted_from[task.id], days, work_calendar)
        if (counted.due_on, counted.provisional) != (task.due_on, task.due_provisional):
            detail = {"from": task.due_on.isoformat(), "to": counted.due_on.isoformat()}
            audit.record(session, actor=me, action="recount_deadline", subject=("task", task.id), detail=detail)
            task.due_on, task.due_provisional = counted.due_on, counted.provisional
            task.version, task.updated_at = task.version + 1, clock.now()
            changed += 1
    return changed


async def _counted_from(session: AsyncSession, tasks: Sequence[Task]) -> dict[str, date]:
    """The date from which each deadline was counted: of the last return, else of the confirmation (R41)."""
    returned = (
        select(TaskAction.task_id, func.max(TaskAction.received_at))
        .where(TaskAction.task_id.in_([task.id for task in tasks]))
        .where(TaskAction.action == "return", TaskAction.accepted.is_(True))
        .group_by(TaskAction.task_id)
    )
    last = dict((await session.execute(returned)).all())
    return {task.id: clock.shanghai_date(last.get(task.id) or task.confirmed_at or task.created_at) for task in tasks}
