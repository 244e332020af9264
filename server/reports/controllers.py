"""HTTP of the district at a glance."""

from __future__ import annotations

from litestar import Router
from litestar.di import NamedDependency
from litestar.params import FromQuery
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.org import Overview
from schemas.wire import Month
from server import clock
from server.auth import roles
from server.auth.actor import Actor
from server.auth.guards import allow
from server.reports import queries
from server.routes import get


@get("/overview", guards=[allow(roles.DISTRICT, roles.UNIT)])
async def overview(
    me: NamedDependency[Actor], reader: NamedDependency[AsyncSession], month: FromQuery[Month | None] = None
) -> Overview:
    """How the district stands; for a unit's people, how their unit does."""
    today = clock.today()
    return await queries.overview(reader, me, month=month or clock.month_of(today), today=today)


router = Router("/api", route_handlers=[overview], tags=["reports"])
