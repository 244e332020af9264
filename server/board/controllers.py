"""HTTP of the wall chart."""

from __future__ import annotations

from typing import Annotated

from litestar import Router
from litestar.di import NamedDependency, Provide
from litestar.params import QueryParameter
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.board import Board
from server import clock
from server.auth import roles
from server.auth.guards import allow
from server.board import queries
from server.reports.remembering import Remembered
from server.routes import get

_Year = Annotated[int | None, QueryParameter(ge=2017, le=2199)]


@get("/board", guards=[allow(roles.DISTRICT, roles.UNIT)])
async def board(
    reader: NamedDependency[AsyncSession], remembered: NamedDependency[Remembered], year: _Year = None
) -> Board:
    """The wall chart of a year. Every unit sees every state (R8), and nothing behind it."""
    today = clock.today()
    shown = year or today.year
    return await remembered.figures(
        reader, ("board", shown, today), lambda: queries.board(reader, year=shown, today=today)
    )


def create_router() -> Router:
    """The route, with a memory of its own for each application: a wall asks every minute, and seldom anew."""
    remembered = Remembered()
    return Router(
        "/api",
        route_handlers=[board],
        dependencies={"remembered": Provide(lambda: remembered, sync_to_thread=False)},
        tags=["board"],
    )
