"""HTTP of the working-day calendar. It stands with the tasks because entering a year moves their deadlines."""

from __future__ import annotations

from litestar import Router
from litestar.di import NamedDependency
from litestar.params import JSONBody
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.org import CalendarYearIn, CalendarYearOut
from server.auth import roles
from server.auth.actor import Actor
from server.auth.guards import allow, signed_in
from server.errors import NotFound
from server.org.queries import calendar_year
from server.routes import YearPath, get, put
from server.tasks.recounting import enter_calendar_year


@get("/calendar/{year:int}", guards=[signed_in])
async def get_calendar(year: YearPath, reader: NamedDependency[AsyncSession]) -> CalendarYearOut:
    """One year of the working-day table."""
    found = await calendar_year(reader, year)
    if found is None:
        raise NotFound
    return found


@put("/calendar/{year:int}", guards=[allow(roles.ADMIN, roles.OFFICE)], status_code=204)
async def enter_calendar(
    year: YearPath,
    data: JSONBody[CalendarYearIn],
    me: NamedDependency[Actor],
    writer: NamedDependency[AsyncSession],
) -> None:
    """Enter a year's official notice; deadlines that were only expected are counted anew."""
    await enter_calendar_year(writer, data, me=me, year=year)


router = Router("/api", route_handlers=[get_calendar, enter_calendar], tags=["calendar"])
