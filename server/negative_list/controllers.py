"""HTTP of the negative list."""

from __future__ import annotations

from litestar import Router
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.negative_list import (
    EvaluationIn,
    EventIn,
    EventOut,
    EventRow,
    ItemRow,
    StandingOut,
    StatusIn,
    WhatIfOut,
)
from server.auth import roles
from server.auth.actor import Actor
from server.auth.guards import allow
from server.errors import FieldError, Unprocessable
from server.ids import is_uuid
from server.negative_list import queries, service
from server.routes import get, post, put

_OFFICE = allow(roles.OFFICE)
_READERS = allow(roles.DISTRICT)
Me = NamedDependency[Actor]
Session = NamedDependency[AsyncSession]


@get("/negative-list", guards=[_READERS])
async def get_standing(reader: Session) -> StandingOut:
    """What the city's established events cost it today."""
    return await queries.standing(reader)


@get("/negative-list/items", guards=[_READERS])
async def list_items() -> list[ItemRow]:
    """The thirty items with their clauses, as the notice has them."""
    return queries.list_items()


@get("/negative-list/events", guards=[_READERS])
async def list_events(reader: Session) -> list[EventRow]:
    """Every event on record, the latest entry first."""
    return await queries.list_events(reader)


@get("/negative-list/events/{event_id:str}", guards=[_READERS])
async def get_event(event_id: FromPath[str], reader: Session) -> EventOut:
    """One event, explained clause by clause."""
    return await queries.get_event(reader, event_id)


@put("/negative-list/events/{event_id:str}", guards=[_OFFICE], status_code=200)
async def enter_event(event_id: FromPath[str], data: JSONBody[EventIn], me: Me, writer: Session) -> EventOut:
    """Record an event under an id that the page made, or correct it by its next version."""
    await service.enter_event(writer, _known_shape(event_id), data, me=me)
    await writer.flush()
    return await queries.get_event(writer, event_id)


@post("/negative-list/what-if", guards=[_OFFICE], status_code=200)
async def what_if(data: JSONBody[EventIn], reader: Session, replaces: FromQuery[str | None] = None) -> WhatIfOut:
    """What an event would cost if it were established. Nothing is stored."""
    return await queries.what_if(reader, data, replaces=replaces)


@put("/negative-list/statuses/{status_id:str}", guards=[_OFFICE], status_code=200)
async def enter_status(status_id: FromPath[str], data: JSONBody[StatusIn], me: Me, writer: Session) -> StandingOut:
    """Put down the city's status over some time, or correct it."""
    await service.enter_status(writer, _known_shape(status_id), data, me=me)
    await writer.flush()
    return await queries.standing(writer)


@put("/negative-list/evaluations/{evaluation_id:str}", guards=[_OFFICE], status_code=200)
async def enter_evaluation(
    evaluation_id: FromPath[str], data: JSONBody[EvaluationIn], me: Me, writer: Session
) -> StandingOut:
    """Put down an evaluation or an application, or correct it."""
    await service.enter_evaluation(writer, _known_shape(evaluation_id), data, me=me)
    await writer.flush()
    return await queries.standing(writer)


def _known_shape(entry_id: str) -> str:
    if not is_uuid(entry_id):
        raise Unprocessable(errors=[FieldError("/id", "bad-id")])
    return entry_id


router = Router(
    "/api",
    route_handlers=[
        get_standing,
        list_items,
        list_events,
        get_event,
        enter_event,
        what_if,
        enter_status,
        enter_evaluation,
    ],
    tags=["negative-list"],
)
