"""HTTP of the month's plan."""

from __future__ import annotations

from litestar import Response, Router
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.planning import (
    MonthPlan,
    PlannedVisit,
    VisitCancel,
    VisitDrawCheck,
    VisitDrawIn,
    VisitDrawOut,
    VisitMove,
)
from server import clock
from server.auth import roles
from server.auth.actor import Actor
from server.auth.guards import allow
from server.errors import FieldError, Unprocessable
from server.ids import is_uuid
from server.planning import queries, service
from server.routes import MonthQuery, get, patch, post, put

_READERS = allow(roles.DISTRICT)
_PLANNERS = allow(roles.REVIEWERS)


@get("/visits", guards=[_READERS])
async def month_plan(
    me: NamedDependency[Actor], reader: NamedDependency[AsyncSession], month: MonthQuery = None
) -> MonthPlan:
    """A month's visits, this one's where none is named."""
    return await queries.month_plan(reader, month or clock.month_of(clock.today()), me=me)


@patch("/visits/{visit_id:str}", guards=[_PLANNERS])
async def move_visit(
    visit_id: FromPath[str],
    data: JSONBody[VisitMove],
    me: NamedDependency[Actor],
    writer: NamedDependency[AsyncSession],
) -> PlannedVisit:
    """Another day or other inspectors, until the visit is begun."""
    await service.move_visit(writer, visit_id, data, me=me)
    return await queries.planned_visit(writer, visit_id, me=me)


@post("/visits/{visit_id:str}/cancel", guards=[_PLANNERS], status_code=200)
async def cancel_visit(
    visit_id: FromPath[str],
    data: JSONBody[VisitCancel],
    me: NamedDependency[Actor],
    writer: NamedDependency[AsyncSession],
) -> PlannedVisit:
    """Call a visit off, with a reason."""
    await service.cancel_visit(writer, visit_id, data, me=me)
    return await queries.planned_visit(writer, visit_id, me=me)


@put("/visit-draws/{draw_id:str}", guards=[_PLANNERS], status_code=201)
async def draw_month(
    draw_id: FromPath[str],
    data: JSONBody[VisitDrawIn],
    me: NamedDependency[Actor],
    writer: NamedDependency[AsyncSession],
) -> Response[VisitDrawOut]:
    """Draw what a month still needs: 201 when new, 200 for the same one asked for again."""
    if not is_uuid(draw_id):
        raise Unprocessable(errors=[FieldError("/id", "bad-id")])
    row, is_new = await service.draw_month(writer, draw_id, data.month, me=me)
    return Response(await queries.get_draw(writer, row.id), status_code=201 if is_new else 200)


@get("/visit-draws/{draw_id:str}", guards=[_PLANNERS])
async def get_draw(draw_id: FromPath[str], reader: NamedDependency[AsyncSession]) -> VisitDrawOut:
    """One draw, with its seed and the reason of each visit."""
    return await queries.get_draw(reader, draw_id)


@get("/visit-draws/{draw_id:str}/check", guards=[_PLANNERS])
async def check_draw(draw_id: FromPath[str], reader: NamedDependency[AsyncSession]) -> VisitDrawCheck:
    """Draw again by the kept seed, and compare."""
    return await queries.check_draw(reader, draw_id)


@post("/visit-draws/{draw_id:str}/publish", guards=[_PLANNERS], status_code=200)
async def publish_draw(
    draw_id: FromPath[str], me: NamedDependency[Actor], writer: NamedDependency[AsyncSession]
) -> VisitDrawOut:
    """Make the visits of a draw; the phones get them with their next pack."""
    row = await service.publish(writer, draw_id, me=me)
    return await queries.get_draw(writer, row.id)


router = Router(
    "/api",
    route_handlers=[month_plan, move_visit, cancel_visit, draw_month, get_draw, check_draw, publish_draw],
    tags=["planning"],
)
