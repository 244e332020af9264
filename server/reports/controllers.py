"""HTTP of the district at a glance."""

from __future__ import annotations

from litestar import Router
from litestar.di import NamedDependency, Provide
from litestar.params import FromQuery
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.org import Overview
from schemas.statistics import Statistics
from server import clock
from server.auth import roles
from server.auth.actor import Actor
from server.auth.guards import allow
from server.errors import FieldError, Unprocessable
from server.months import FIRST, month_after, months_between
from server.reports import queries
from server.reports.figures import Span
from server.reports.remembering import Remembered
from server.reports.statistics import MOST_MONTHS
from server.routes import MonthQuery, get

_YEAR_BACK = 11


@get("/overview", guards=[allow(roles.DISTRICT, roles.UNIT)])
async def overview(
    me: NamedDependency[Actor],
    reader: NamedDependency[AsyncSession],
    remembered: NamedDependency[Remembered],
    month: MonthQuery = None,
) -> Overview:
    """How the district stands; for a unit's people, how their unit does."""
    today = clock.today()
    asked = month or clock.month_of(today)
    key = ("overview", asked, today, me.role, me.unit_id)
    return await remembered.figures(reader, key, lambda: queries.overview(reader, me, month=asked, today=today))


@get("/statistics", guards=[allow(roles.DISTRICT)])
async def statistics(
    reader: NamedDependency[AsyncSession],
    language: NamedDependency[str],
    remembered: NamedDependency[Remembered],
    first: MonthQuery = None,
    last: MonthQuery = None,
    unit: FromQuery[str | None] = None,
) -> Statistics:
    """Figures over a span of months, by default the last twelve; 422 for a span that is none or over three years."""
    today = clock.today()
    end = last or clock.month_of(today)
    begin = first or max(FIRST, month_after(end, -_YEAR_BACK))
    if not 0 < len(months_between(begin, end)) <= MOST_MONTHS:
        raise Unprocessable(errors=[FieldError("/first", "span-of-months", {"most": MOST_MONTHS})])
    span = Span(begin, end, unit)
    return await remembered.figures(
        reader,
        ("statistics", span, today, language),
        lambda: queries.statistics(reader, span, today=today, language=language),
    )


def create_router() -> Router:
    """The routes, with a memory of their own for each application."""
    remembered = Remembered()
    return Router(
        "/api",
        route_handlers=[overview, statistics],
        dependencies={"remembered": Provide(lambda: remembered, sync_to_thread=False)},
        tags=["reports"],
    )
