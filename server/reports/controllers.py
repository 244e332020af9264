"""HTTP of the district at a glance."""

from __future__ import annotations

from litestar import Router
from litestar.di import NamedDependency
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.org import Overview
from server import clock
from server.auth import roles
from server.auth.actor import Actor
from server.auth.guards import allow
from server.reports import queries
from server.routes import MonthQuery, get


@get("/overview", guards=[allow(roles.DISTRICT, roles.UNIT)])
async def overview(
    me: NamedDependency[Actor], reader: NamedDependency[AsyncSession], month: MonthQuery = None
) -> Overview:
    """How the district stands; for a unit's people, how their unit does."""
    today = clock.today()
    return await queries.overview(reader, me, month=month or clock.month_of(today), today=today)


router = Router("/api", route_handlers=[overview], tags=["reports"])
