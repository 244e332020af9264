"""The working-day table in the database."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.audit import service as audit
from server.audit.service import Doer
from server.errors import FieldError, NotFound, Unprocessable
from server.org import calendar_seed
from server.org.working_days import WorkCalendar
from storage.database.models import CalendarDay, CalendarYear


async def load(session: AsyncSession) -> WorkCalendar:
    """The whole table as a value that the rules can count on."""
    exceptions = dict((await session.execute(select(CalendarDay.on, CalendarDay.works))).tuples().all())
    provisional = await session.scalars(select(CalendarYear.year).where(CalendarYear.provisional.is_(True)))
    return WorkCalendar(exceptions=exceptions, provisional_years=frozenset(provisional))


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
    audit.record(
        session, actor=actor, action="enter_calendar", subject=("calendar", str(year)), detail={"notice": notice}
    )
