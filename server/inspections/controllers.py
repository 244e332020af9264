"""HTTP of inspections."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Annotated

from litestar import Response, Router
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, FromQuery, HeaderParameter, JSONBody, QueryParameter
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.inspections import FedBack, InspectionIn, InspectionOut, InspectionRow, InspectionTaken
from schemas.wire import Page
from server import clock
from server.auth import roles
from server.auth.actor import Actor
from server.auth.guards import allow
from server.errors import FieldError, NotFound, Unprocessable
from server.ids import is_uuid
from server.inspections import queries, service
from server.inspections.confirming import confirm_inspection
from server.inspections.queries import WantedInspections
from server.inspections.service import Sending
from server.paging import PageSize
from server.routes import MonthQuery, SearchText, get, post, put

_READERS = allow(roles.DISTRICT, roles.UNIT)
SubmitListener = Callable[[AsyncSession, str], Awaitable[None]]
_INSPECTORS = allow(roles.INSPECTOR, roles.SUPERVISOR, roles.OFFICE)


def _instant(text: str | None) -> datetime | None:
    """The phone's clock. What is no instant with an offset tells nothing, and refuses nothing."""
    try:
        instant = datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
    senseless = instant is None or instant.tzinfo is None or not 1970 <= instant.year < 2200
    return None if senseless else instant


@put("/inspections/{inspection_id:str}", guards=[_INSPECTORS], status_code=201)
async def submit(
    inspection_id: FromPath[str],
    data: JSONBody[InspectionIn],
    me: NamedDependency[Actor],
    writer: NamedDependency[AsyncSession],
    listeners: NamedDependency[Sequence[SubmitListener]],
    device_time: Annotated[str | None, HeaderParameter(name="X-Device-Time")] = None,
    author: Annotated[str | None, HeaderParameter(name="X-Author")] = None,
) -> Response[InspectionTaken]:
    """Take one inspection: 201 when new, 200 for the same one sent again."""
    if not is_uuid(inspection_id):
        raise Unprocessable(errors=[FieldError("/id", "bad-id")])
    sending = Sending(_instant(device_time), author)
    taken, is_new = await service.submit_inspection(writer, inspection_id, data, me=me, sending=sending)
    for listener in listeners if is_new else ():
        await listener(writer, inspection_id)
    return Response(taken, status_code=201 if is_new else 200)


async def wanted_rows(  # noqa: PLR0913, PLR0917  one argument for each filter of the contract
    month: FromQuery[str | None] = None,
    site: FromQuery[str | None] = None,
    stage: Annotated[str | None, QueryParameter(name="state")] = None,
    feedback: FromQuery[FedBack | None] = None,
    q: SearchText = None,
    first: MonthQuery = None,
    last: MonthQuery = None,
    got_in: Annotated[bool, QueryParameter(name="gotIn")] = False,
    cursor: FromQuery[str | None] = None,
    limit: PageSize = 50,
) -> WantedInspections:
    """The filters of the list, as the query string has them."""
    return WantedInspections(
        month=month,
        site=site,
        state=stage,
        feedback=feedback,
        q=q,
        first=first,
        last=last,
        got_in=got_in,
        cursor=cursor,
        limit=limit,
    )


@get("/inspections", guards=[_READERS], dependencies={"wanted": Provide(wanted_rows)})
async def list_inspections(
    wanted: NamedDependency[WantedInspections],
    me: NamedDependency[Actor],
    reader: NamedDependency[AsyncSession],
    language: NamedDependency[str],
) -> Page[InspectionRow]:
    """Inspections, newest receipt first."""
    return await queries.list_inspections(reader, me, language, wanted)


@get("/inspections/{inspection_id:str}", guards=[_READERS])
async def get_inspection(
    inspection_id: FromPath[str],
    me: NamedDependency[Actor],
    reader: NamedDependency[AsyncSession],
    language: NamedDependency[str],
) -> InspectionOut:
    """One inspection with its answers, verdicts and photos."""
    return await queries.get_inspection(reader, me, inspection_id, language)


@post("/inspections/{inspection_id:str}/confirm", guards=[allow(roles.SUPERVISOR, roles.OFFICE)], status_code=204)
async def confirm(
    inspection_id: FromPath[str], me: NamedDependency[Actor], writer: NamedDependency[AsyncSession]
) -> None:
    """Confirm an inspection as a whole, with those of its findings that still wait."""
    if not await confirm_inspection(writer, inspection_id, by=me, at=clock.now()):
        raise NotFound


def create_router(listeners: Sequence[SubmitListener] = ()) -> Router:
    """The routes. The listeners are told of each new inspection in the transaction that stores it."""
    return Router(
        "/api",
        route_handlers=[submit, list_inspections, get_inspection, confirm],
        dependencies={"listeners": Provide(lambda: listeners, sync_to_thread=False)},
        tags=["inspections"],
    )
