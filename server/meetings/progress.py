"""What the units' figures say between two meetings, as a beginning for their progress reports (R50)."""

from __future__ import annotations

from sqlalchemy import and_, case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.meetings import UnitProgress
from server import clock
from server.errors import NotFound
from server.meetings import reading
from server.meetings.wording import figures_text
from server.tasks.lateness import is_late
from storage.database.models import Meeting, Task


async def progress_of(session: AsyncSession, meeting_id: str) -> list[UnitProgress]:
    """Open, overdue and struck off since the meeting before this one, by unit. Raises NotFound."""
    meeting = await session.get(Meeting, meeting_id)
    if meeting is None:
        raise NotFound
    since = await reading.last_held_on(session, before=meeting)
    today = clock.today()
    live = Task.status.in_(("open", "replied"))
    late = is_late(today)
    closed = Task.status == "closed"
    if since is not None:
        closed = and_(closed, Task.closed_at >= clock.end_of_day(since))
    counts = [func.sum(case((condition, 1), else_=0)) for condition in (live, late, closed)]
    units = [one.unit_id for one in await reading.units_of(session, meeting.id)]
    query = select(Task.unit_id, *counts).where(Task.unit_id.in_(units)).group_by(Task.unit_id)
    found = {unit: (int(a or 0), int(b or 0), int(c or 0)) for unit, a, b, c in await session.execute(query)}
    rows = []
    for unit_id in units:
        open_tasks, overdue, struck_off = found.get(unit_id, (0, 0, 0))
        text = figures_text(open_tasks=open_tasks, overdue=overdue, closed=struck_off, since=since)
        rows.append(UnitProgress(unit_id=unit_id, open=open_tasks, overdue=overdue, closed=struck_off, text=text))
    return rows
