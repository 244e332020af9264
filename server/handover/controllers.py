"""HTTP of handovers."""

from __future__ import annotations

from typing import Annotated

from litestar import Response, Router
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.handover import HandoverIn, HandoverOut, HandoverPreview, UnitEnding
from schemas.org import UnitEnd, UnitOut
from schemas.wire import Page
from server import clock
from server.auth import roles
from server.auth.actor import Actor
from server.auth.guards import allow
from server.handover import queries, service, succession
from server.org import queries as org
from server.paging import PageSize
from server.routes import get, post

_DOERS = allow(roles.ADMIN, roles.OFFICE)


@get("/handovers/preview", guards=[_DOERS])
async def preview_handover(
    me: NamedDependency[Actor],
    reader: NamedDependency[AsyncSession],
    person: FromQuery[str],
    unit: FromQuery[str],
    posts: Annotated[str, QueryParameter(name="roles", max_length=200)],
) -> HandoverPreview:
    """What would move with these posts of a person in a unit; `roles` separated by commas."""
    asked = [role for role in posts.split(",") if role]
    return await service.preview(reader, me=me, from_person_id=person, unit_id=unit, asked_roles=asked)


@post("/handovers", guards=[_DOERS])
async def hand_over(
    data: JSONBody[HandoverIn], me: NamedDependency[Actor], writer: NamedDependency[AsyncSession]
) -> Response[HandoverOut]:
    """Hand posts and open work over: 201 when new, 200 for the same one sent again."""
    done, is_new = await service.hand_over(writer, data, me=me)
    return Response(done, status_code=201 if is_new else 200)


@get("/handovers", guards=[_DOERS])
async def list_handovers(
    reader: NamedDependency[AsyncSession], cursor: FromQuery[str | None] = None, limit: PageSize = 50
) -> Page[HandoverOut]:
    """Handovers that were done, the newest first."""
    return await queries.list_handovers(reader, cursor=cursor, limit=limit)


@get("/units/{unit_id:str}/ending", guards=[allow(roles.ADMIN)])
async def preview_ending(unit_id: FromPath[str], reader: NamedDependency[AsyncSession]) -> UnitEnding:
    """What is open at a unit and would go to its successor."""
    return await succession.preview(reader, unit_id)


@post("/units/{unit_id:str}/end", guards=[allow(roles.ADMIN)], status_code=200)
async def end_unit(
    unit_id: FromPath[str],
    data: JSONBody[UnitEnd],
    me: NamedDependency[Actor],
    writer: NamedDependency[AsyncSession],
) -> UnitOut:
    """End a unit's days in the group; what is open there goes to its successor."""
    await succession.end_unit(writer, data, me=me, unit_id=unit_id)
    await writer.flush()
    return await org.get_unit(writer, unit_id, clock.today())


router = Router(
    "/api",
    route_handlers=[preview_handover, hand_over, list_handovers, preview_ending, end_unit],
    tags=["organisation"],
)
