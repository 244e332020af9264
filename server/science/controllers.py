"""HTTP of the register of science rooms."""

from __future__ import annotations

from typing import Annotated

from litestar import Router
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.science import EntryIn, EntryWithdrawal, RoomDetail, RoomIn, ScienceRooms
from server import clock
from server.auth import roles
from server.auth.actor import Actor
from server.auth.guards import allow
from server.routes import get, post, put
from server.science import queries, service

_READERS = allow(roles.DISTRICT, roles.UNIT)
_KEEPERS = allow(roles.OFFICE, roles.UNIT)
Me = NamedDependency[Actor]
Session = NamedDependency[AsyncSession]
_Year = Annotated[int | None, QueryParameter(ge=2017, le=2199)]


@get("/science-rooms", guards=[_READERS])
async def list_rooms(me: Me, reader: Session, year: _Year = None) -> ScienceRooms:
    """The science rooms, which of them show nothing new, and what the nodes of a year have on record."""
    return await queries.list_rooms(reader, me, year=year or clock.today().year)


@get("/science-rooms/{site_id:str}", guards=[_READERS])
async def read_room(site_id: FromPath[str], me: Me, reader: Session) -> RoomDetail:
    """One room with its register."""
    return await queries.read_room(reader, me, site_id)


@put("/science-rooms/{site_id:str}/records/{record_id:str}", guards=[_KEEPERS], status_code=204)
async def enter_room(
    site_id: FromPath[str], record_id: FromPath[str], data: JSONBody[RoomIn], me: Me, writer: Session
) -> None:
    """Enter a room's facts, or their next version, under an id of the page's own."""
    await service.enter_room(writer, record_id, data, site_id=site_id, me=me)


@put("/science-entries/{entry_id:str}", guards=[_KEEPERS], status_code=204)
async def enter_entry(entry_id: FromPath[str], data: JSONBody[EntryIn], me: Me, writer: Session) -> None:
    """Enter materials, an activity or an update, under an id of the page's own; the same again changes nothing."""
    await service.enter_entry(writer, entry_id, data, me=me)


@post("/science-entries/{entry_id:str}/withdrawal", guards=[_KEEPERS], status_code=204)
async def withdraw(entry_id: FromPath[str], data: JSONBody[EntryWithdrawal], me: Me, writer: Session) -> None:
    """Take an entry out that was wrong, with the reason."""
    await service.withdraw(writer, entry_id, data.reason, me=me)


router = Router("/api", route_handlers=[list_rooms, read_room, enter_room, enter_entry, withdraw], tags=["science"])
