"""HTTP of people as the administrator keeps them."""

from __future__ import annotations

from litestar import Response, Router
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.people import PersonDetail, PersonIn, PersonPatch, PostIn
from server.auth import roles
from server.auth.actor import Actor
from server.auth.guards import allow
from server.errors import NotFound
from server.ids import is_uuid
from server.people import queries, service
from server.routes import delete, get, patch, post, put

_ADMIN = allow(roles.ADMIN)
Me = NamedDependency[Actor]
Writer = NamedDependency[AsyncSession]


@get("/people/{person_id:str}", guards=[allow(roles.ADMIN, roles.OFFICE)])
async def get_person(person_id: FromPath[str], me: Me, reader: NamedDependency[AsyncSession]) -> PersonDetail:
    """One person, with the posts of all times and the sessions that are open."""
    return await queries.get_person(reader, person_id, me=me)


@put("/people/{person_id:str}", guards=[_ADMIN])
async def enter_person(
    person_id: FromPath[str], data: JSONBody[PersonIn], me: Me, writer: Writer
) -> Response[PersonDetail]:
    """Enter a person: 201 when new, 200 for the same one sent again."""
    if not is_uuid(person_id):
        raise NotFound
    is_new = await service.enter_person(writer, data, me=me, person_id=person_id)
    await writer.flush()
    return Response(await queries.get_person(writer, person_id, me=me), status_code=201 if is_new else 200)


@patch("/people/{person_id:str}", guards=[_ADMIN])
async def correct_person(person_id: FromPath[str], data: JSONBody[PersonPatch], me: Me, writer: Writer) -> PersonDetail:
    """Correct name, login or telephone."""
    await service.correct_person(writer, data, me=me, person_id=person_id)
    await writer.flush()
    return await queries.get_person(writer, person_id, me=me)


@post("/people/{person_id:str}/posts", guards=[_ADMIN], status_code=200)
async def give_post(person_id: FromPath[str], data: JSONBody[PostIn], me: Me, writer: Writer) -> PersonDetail:
    """Give a person one more post."""
    await service.give_post(writer, data, me=me, person_id=person_id)
    await writer.flush()
    return await queries.get_person(writer, person_id, me=me)


@post("/people/{person_id:str}/close", guards=[_ADMIN], status_code=200)
async def close_person(person_id: FromPath[str], me: Me, writer: Writer) -> PersonDetail:
    """Close the account of somebody who holds no post any more."""
    await service.close_person(writer, me=me, person_id=person_id)
    await writer.flush()
    return await queries.get_person(writer, person_id, me=me)


@post("/people/{person_id:str}/open", guards=[_ADMIN], status_code=200)
async def open_person(person_id: FromPath[str], me: Me, writer: Writer) -> PersonDetail:
    """Open a closed account again."""
    await service.open_person(writer, me=me, person_id=person_id)
    await writer.flush()
    return await queries.get_person(writer, person_id, me=me)


@delete("/people/{person_id:str}/sessions/{session_id:str}", guards=[_ADMIN], status_code=204)
async def end_session(person_id: FromPath[str], session_id: FromPath[str], me: Me, writer: Writer) -> None:
    """End one session: the phone that was lost."""
    await service.end_session(writer, me=me, person_id=person_id, session_id=session_id)


router = Router(
    "/api",
    route_handlers=[get_person, enter_person, correct_person, give_post, close_person, open_person, end_session],
    tags=["organisation"],
)
