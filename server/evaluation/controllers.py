"""HTTP of the evaluation."""

from __future__ import annotations

from datetime import date

from litestar import Router
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.evaluation import (
    ComplaintsOut,
    EntryVersion,
    EvaluationOfYear,
    SiteScores,
)
from schemas.evaluation_entries import (
    ComplaintIn,
    Entry,
    ForceIn,
    HonourIn,
    RatingIn,
    ScoreIn,
    ValueIn,
)
from server import clock
from server.auth import roles
from server.auth.actor import Actor
from server.auth.guards import allow
from server.errors import FieldError, NotFound, Unprocessable
from server.evaluation import complaints, queries, service
from server.evaluation.site_scores import site_scores
from server.ids import is_uuid
from server.routes import get, put

_OFFICE = allow(roles.OFFICE)
_READERS = allow(roles.DISTRICT)
_FIRST_YEAR, _LAST_YEAR = 2011, 2199
Me = NamedDependency[Actor]
Session = NamedDependency[AsyncSession]


@get("/evaluation/{year:int}", guards=[_READERS])
async def get_year(year: FromPath[int], reader: Session) -> EvaluationOfYear:
    """Everything about a year: measures, honours, actions, forces, scores."""
    return await queries.evaluation_of(reader, _of_calendar(year))


@get("/evaluation/{year:int}/complaints", guards=[_READERS])
async def get_complaints(
    year: FromPath[int], me: Me, reader: Session, on: FromQuery[date | None] = None
) -> ComplaintsOut:
    """The complaints of a year as they stood on a day."""
    sees = me.role == roles.OFFICE
    return await complaints.complaints_of(reader, _of_calendar(year), _past(on), sees_complainants=sees)


@get("/evaluation/entries/{entry_id:str}", guards=[_READERS])
async def get_entry(entry_id: FromPath[str], me: Me, reader: Session) -> list[EntryVersion]:
    """Every version of an entry, with who entered it and why."""
    return await queries.versions_of(reader, entry_id, sees_complainants=me.role == roles.OFFICE)


@get("/checklist-scores", guards=[_READERS])
async def get_site_scores(reader: Session, on: FromQuery[date | None] = None) -> SiteScores:
    """The sites' checklist scores on a day, counted anew from the kept inspections."""
    return await site_scores(reader, _past(on))


@put("/evaluation/values/{entry_id:str}", guards=[_OFFICE], status_code=200)
async def enter_value(entry_id: FromPath[str], data: JSONBody[ValueIn], me: Me, writer: Session) -> EvaluationOfYear:
    """Enter a value of a measure, or that it is not published yet."""
    return await _entered(writer, entry_id, data, me)


@put("/evaluation/honours/{entry_id:str}", guards=[_OFFICE], status_code=200)
async def enter_honour(entry_id: FromPath[str], data: JSONBody[HonourIn], me: Me, writer: Session) -> EvaluationOfYear:
    """Enter an honour."""
    return await _entered(writer, entry_id, data, me)


@put("/evaluation/ratings/{entry_id:str}", guards=[_OFFICE], status_code=200)
async def enter_rating(entry_id: FromPath[str], data: JSONBody[RatingIn], me: Me, writer: Session) -> EvaluationOfYear:
    """Rate a unit by one criterion of one of the ten actions."""
    return await _entered(writer, entry_id, data, me)


@put("/evaluation/forces/{entry_id:str}", guards=[_OFFICE], status_code=200)
async def enter_force(entry_id: FromPath[str], data: JSONBody[ForceIn], me: Me, writer: Session) -> EvaluationOfYear:
    """Name the people of supervision, with vehicle and funds."""
    return await _entered(writer, entry_id, data, me)


@put("/evaluation/complaints/{entry_id:str}", guards=[_OFFICE], status_code=200)
async def enter_complaint(
    entry_id: FromPath[str], data: JSONBody[ComplaintIn], me: Me, writer: Session
) -> ComplaintsOut:
    """Enter a complaint, or what happened to it."""
    await _keep(writer, entry_id, data, me)
    return await complaints.complaints_of(writer, data.year, clock.today(), sees_complainants=True)


@put("/evaluation/scores/{entry_id:str}", guards=[_OFFICE], status_code=200)
async def enter_score(entry_id: FromPath[str], data: JSONBody[ScoreIn], me: Me, writer: Session) -> EvaluationOfYear:
    """Enter an official score of a year."""
    return await _entered(writer, entry_id, data, me)


async def _entered(writer: AsyncSession, entry_id: str, data: Entry, me: Actor) -> EvaluationOfYear:
    await _keep(writer, entry_id, data, me)
    return await queries.evaluation_of(writer, data.year)


async def _keep(writer: AsyncSession, entry_id: str, data: Entry, me: Actor) -> None:
    if not is_uuid(entry_id):
        raise Unprocessable(errors=[FieldError("/id", "bad-id")])
    await service.enter(writer, entry_id, data, me=me)
    await writer.flush()


def _of_calendar(year: int) -> int:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise NotFound
    return year


def _past(on: date | None) -> date:
    today = clock.today()
    return today if on is None or on > today else max(on, date(_FIRST_YEAR, 1, 1))


router = Router(
    "/api",
    route_handlers=[
        get_year,
        get_complaints,
        get_entry,
        get_site_scores,
        enter_value,
        enter_honour,
        enter_rating,
        enter_force,
        enter_complaint,
        enter_score,
    ],
    tags=["evaluation"],
)
