"""HTTP of handovers."""

from __future__ import annotations

from typing import Annotated

from litestar import Response, Router
from litestar.di import NamedDependency
from litestar.params import FromQuery, JSONBody, QueryParameter
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.handover import HandoverIn, HandoverOut, HandoverPreview
from schemas.wire import Page
from server.auth import roles
from server.auth.actor import Actor
from server.auth.guards import allow
from server.handover import queries, service
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


router = Router("/api", route_handlers=[preview_handover, hand_over, list_handovers], tags=["organisation"])
