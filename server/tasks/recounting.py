"""A year's notice has come: deadlines that were only expected are counted anew."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.org import CalendarYearIn
from server import clock
from server.audit import service as audit
from server.auth.actor import Actor
from server.org import calendar
from server.tasks.deadlines import deadline
from storage.database.models import Task


async def enter_calendar_year(session: AsyncSession, asked: CalendarYearIn, *, me: Actor, year: int) -> int:
    """Enter a year's official notice and recount the open deadlines that were provisional; how many changed.

    Raises NotFound for a year outside the table, Unprocessable for a date outside the year.
    """
    departures: Mapping[date, bool] = dict.fromkeys(asked.days_off, False) | dict.fromkeys(asked.days_worked, True)
    await calendar.enter_year(session, actor=me, year=year, notice=asked.notice, departures=departures)
    await session.flush()
    work_calendar = await calendar.load(session)
    waiting = select(Task).where(Task.status.in_(("open", "replied")), Task.due_provisional.is_(True))
    changed = 0
    for task in await session.scalars(waiting):
        if task.confirmed_at is None:
            continue
        counted = deadline(clock.shanghai_date(task.confirmed_at), task.working_days, work_calendar)
        if (counted.due_on, counted.provisional) != (task.due_on, task.due_provisional):
            detail = {"from": task.due_on.isoformat(), "to": counted.due_on.isoformat()}
            audit.record(session, actor=me, action="recount_deadline", subject=("task", task.id), detail=detail)
            task.due_on, task.due_provisional = counted.due_on, counted.provisional
            task.version, task.updated_at = task.version + 1, clock.now()
            changed += 1
    return changed
