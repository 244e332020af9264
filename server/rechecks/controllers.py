"""HTTP of re-checks."""

from __future__ import annotations

from litestar import Response, Router
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.phone import PersonName
from schemas.rechecks import Cancellation, RecheckIn, RecheckOut
from schemas.wire import Page
from server import clock
from server.auth import roles
from server.auth.actor import Actor
from server.auth.guards import allow
from server.errors import FieldError, Unprocessable
from server.ids import is_uuid
from server.paging import PageSize
from server.rechecks import queries, service
from server.routes import get, post, put

_READERS = allow(roles.DISTRICT)
_PLANNERS = allow(roles.INSPECTOR, roles.SUPERVISOR, roles.OFFICE)


@put("/rechecks/{recheck_id:str}", guards=[_PLANNERS], status_code=201)
async def plan_recheck(
    recheck_id: FromPath[str],
    data: JSONBody[RecheckIn],
    me: NamedDependency[Actor],
    writer: NamedDependency[AsyncSession],
) -> Response[RecheckOut]:
    """Plan a re-check: 201 when new, 200 for the same one sent again."""
    if not is_uuid(recheck_id):
        raise Unprocessable(errors=[FieldError("/id", "bad-id")])
    planned, is_new = await service.plan_recheck(writer, recheck_id, data, me=me)
    return Response(planned, status_code=201 if is_new else 200)


@get("/rechecks", guards=[_READERS])
async def list_rechecks(
    reader: NamedDependency[AsyncSession],
    status: FromQuery[str | None] = None,
    site: FromQuery[str | None] = None,
    cursor: FromQuery[str | None] = None,
    limit: PageSize = 50,
) -> Page[RecheckOut]:
    """Re-checks with their results, the latest day first."""
    return await queries.list_rechecks(reader, status=status, site=site, cursor=cursor, limit=limit)


@get("/inspectors", guards=[_READERS])
async def list_inspectors(reader: NamedDependency[AsyncSession]) -> list[PersonName]:
    """Who can be sent to a site today."""
    return await queries.inspectors(reader, clock.today())


@post("/rechecks/{recheck_id:str}/cancel", guards=[_PLANNERS], status_code=200)
async def cancel_recheck(
    recheck_id: FromPath[str],
    data: JSONBody[Cancellation],
    me: NamedDependency[Actor],
    writer: NamedDependency[AsyncSession],
) -> RecheckOut:
    """Call a planned re-check off."""
    return await service.cancel_recheck(writer, recheck_id, data, me=me)


router = Router(
    "/api", route_handlers=[plan_recheck, list_rechecks, list_inspectors, cancel_recheck], tags=["re-checks"]
)
