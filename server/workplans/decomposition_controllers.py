"""HTTP of the monthly decomposition of key indicators (R19)."""

from __future__ import annotations

from litestar import Router
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.decomposition import Decomposition, FocusIn, MonthLineIn
from schemas.workplans import MilestoneDone
from server.auth import roles
from server.auth.actor import Actor
from server.auth.guards import allow
from server.routes import MonthNeeded, get, post, put
from server.workplans import decomposition
from server.workplans.decomposition_queries import read_month

_EVERYBODY = allow(roles.DISTRICT, roles.UNIT)
_WRITERS = allow(roles.OFFICE, roles.UNIT)
Me = NamedDependency[Actor]
Session = NamedDependency[AsyncSession]


@get("/decomposition", guards=[_EVERYBODY])
async def read_decomposition(me: Me, reader: Session, month: MonthNeeded) -> Decomposition:
    """What is 重点 in a month, who does what for it by when, and what is missing."""
    return await read_month(reader, me, month=month)


@put("/decomposition-focus/{focus_id:str}", guards=[_WRITERS], status_code=204)
async def mark(focus_id: FromPath[str], data: JSONBody[FocusIn], me: Me, writer: Session) -> None:
    """Mark what is 重点 in a month, under an id of the page's own; the same again changes nothing."""
    await decomposition.mark(writer, focus_id, data, me=me)


@put("/decomposition-lines/{line_id:str}", guards=[_WRITERS], status_code=204)
async def enter_line(line_id: FromPath[str], data: JSONBody[MonthLineIn], me: Me, writer: Session) -> None:
    """Enter what a unit does for an indicator in a month, or the next version of it."""
    await decomposition.enter_line(writer, line_id, data, me=me)


@post("/decomposition/{month:str}/{indicator_code:str}/done", guards=[allow(roles.UNIT)], status_code=204)
async def say_done(
    month: FromPath[str], indicator_code: FromPath[str], data: JSONBody[MilestoneDone], me: Me, writer: Session
) -> None:
    """One's unit did what its line of a month asks."""
    await decomposition.say_done(writer, month, indicator_code, data, me=me)


router = Router("/api", route_handlers=[read_decomposition, mark, enter_line, say_done], tags=["work plans"])
