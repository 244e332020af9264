"""HTTP of the wall chart."""

from __future__ import annotations

from typing import Annotated

from litestar import Router
from litestar.di import NamedDependency
from litestar.params import QueryParameter
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.board import Board
from server import clock
from server.auth import roles
from server.auth.guards import allow
from server.board import queries
from server.routes import get

_Year = Annotated[int | None, QueryParameter(ge=2017, le=2199)]


@get("/board", guards=[allow(roles.DISTRICT, roles.UNIT)])
async def board(reader: NamedDependency[AsyncSession], year: _Year = None) -> Board:
    """The wall chart of a year. Every unit sees every state (R8), and nothing behind it."""
    today = clock.today()
    return await queries.board(reader, year=year or today.year, today=today)


router = Router("/api", route_handlers=[board], tags=["board"])
