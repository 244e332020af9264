"""The working-day table in the database."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from server import ids
from server.audit import service as audit
from server.audit.service import Doer
from server.errors import FieldError, NotFound, Unprocessable
from server.org import calendar_seed
from server.org.working_days import WorkCalendar
from storage.database.models import CalendarDay, CalendarYear

_Edition = tuple[tuple[int, str, bool], ...]
_known: dict[_Edition, WorkCalendar] = {}


async def load(session: AsyncSession) -> WorkCalendar:
    """The whole table as a value that the rules can count on.

    Its years with their revisions name one edition of the table for ever, so that the days are read once an edition.
    """
    years = await session.execute(select(CalendarYear.year, CalendarYear.revision, CalendarYear.provisional))
    edition: _Edition = tuple(sorted(years.all()))
    if edition not in _known:
        days = await session.execute(select(CalendarDay.on, CalendarDay.works))
        provisional = frozenset(year for year, _, is_provisional in edition if is_provisional)
        _known[edition] = WorkCalendar(exceptions=dict(days.all()), provisional_years=provisional)
    return _known[edition]


async def seed(session: AsyncSession) -> None:
    """Fill the years that the table does not have yet; what the administrator entered stays."""
    known = set(await session.scalars(select(CalendarYear.year)))
    for year, provisional in calendar_seed.years():
        if year in known:
            continue
        session.add(CalendarYear(year=year, notice="", provisional=provisional))
        await session.flush()
        rows = [{"on": on, "year": year, "works": works} for on, works in calendar_seed.departures(year).items()]
        if rows:
            await session.execute(insert(CalendarDay), rows)


async def enter_year(
    session: AsyncSession, *, actor: Doer, year: int, notice: str, departures: Mapping[date, bool]
) -> None:
    """Replace a year by its official notice; it is no longer provisional.

    Open deadlines that touch it are recomputed by the tasks slice. Raises NotFound, Unprocessable.
    """
    row = await session.get(CalendarYear, year)
    if row is None:
        raise NotFound
    strays = [on for on in departures if on.year != year]
    if strays:
        raise Unprocessable(errors=[FieldError("/days", "bad-date")])
    await session.execute(delete(CalendarDay).where(CalendarDay.year == year))
    rows = [{"on": on, "year": year, "works": works} for on, works in departures.items()]
    if rows:
        await session.execute(insert(CalendarDay), rows)
    row.notice, row.provisional, row.entered_by = notice, False, actor.person_id or ""
    row.revision = ids.uuid7()
    audit.record(
        session, actor=actor, action="enter_calendar", subject=("calendar", str(year)), detail={"notice": notice}
    )
