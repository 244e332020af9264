"""HTTP of the matrix of responsibility."""

from __future__ import annotations

from datetime import date

from litestar import Response, Router
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.matrix import CatalogueEditionOut, CatalogueIn, CataloguePreview, CatalogueTake, DutyEnd, DutyIn, Matrix
from server import clock
from server.auth import roles
from server.auth.actor import Actor
from server.auth.guards import allow
from server.matrix import editions, service, showing
from server.routes import get, post, put

_OFFICE = allow(roles.OFFICE)
_READERS = allow(roles.DISTRICT, roles.UNIT)
Me = NamedDependency[Actor]
Session = NamedDependency[AsyncSession]


@get("/matrix", guards=[_READERS])
async def get_matrix(me: Me, reader: Session, on: FromQuery[date | None] = None) -> Matrix:
    """Who owes what on a day, today where none is named."""
    return await showing.matrix(reader, me, on=on or clock.today())


@put("/matrix/duties/{duty_id:str}", guards=[_OFFICE], status_code=200)
async def enter_duty(duty_id: FromPath[str], data: JSONBody[DutyIn], me: Me, writer: Session) -> Response[Matrix]:
    """Give a unit a share from a day on, under an id of the page's own (201); the same again changes nothing."""
    is_new = await service.enter_duty(writer, duty_id, data, me=me)
    return Response(await _shown(writer, me), status_code=201 if is_new else 200)


@post("/matrix/duties/{duty_id:str}/end", guards=[_OFFICE], status_code=200)
async def end_duty(duty_id: FromPath[str], data: JSONBody[DutyEnd], me: Me, writer: Session) -> Matrix:
    """Let a share end with a day."""
    await service.end_duty(writer, duty_id, data, me=me)
    return await _shown(writer, me)


async def _shown(writer: AsyncSession, me: Actor) -> Matrix:
    await writer.flush()
    return await showing.matrix(writer, me, on=clock.today())


@get("/matrix/editions", guards=[_READERS])
async def list_editions(reader: Session) -> list[CatalogueEditionOut]:
    """The years' catalogues, the latest first."""
    return await editions.list_editions(reader)


@post("/matrix/preview", guards=[_OFFICE], status_code=200)
async def preview(data: JSONBody[CatalogueIn], reader: Session) -> CataloguePreview:
    """What a new catalogue would change; nothing is taken."""
    return await editions.preview(reader, data)


@put("/matrix/editions/{edition_id:str}", guards=[_OFFICE], status_code=200)
async def take(
    edition_id: FromPath[str], data: JSONBody[CatalogueTake], me: Me, writer: Session
) -> Response[list[CatalogueEditionOut]]:
    """Take a catalogue that was looked over, from a day on."""
    is_new = await editions.take(writer, edition_id, data, me=me)
    await writer.flush()
    return Response(await editions.list_editions(writer), status_code=201 if is_new else 200)


router = Router(
    "/api", route_handlers=[get_matrix, enter_duty, end_duty, list_editions, preview, take], tags=["matrix"]
)
