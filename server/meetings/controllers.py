"""HTTP of meetings."""

from __future__ import annotations

from litestar import Response, Router
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.meetings import (
    Cancel,
    DraftDocument,
    Hold,
    MeetingIn,
    MeetingOut,
    MeetingRhythm,
    MeetingRow,
    RecordIn,
    UnitProgress,
)
from schemas.wire import Page
from server.auth import roles
from server.auth.actor import Actor
from server.auth.guards import allow
from server.errors import FieldError, Unprocessable
from server.ids import is_uuid
from server.meetings import documents, progress, queries, recording, service
from server.paging import PageSize
from server.routes import get, post, put

_OFFICE = allow(roles.OFFICE)
_READERS = allow(roles.DISTRICT, roles.UNIT)
Me = NamedDependency[Actor]
Session = NamedDependency[AsyncSession]


@get("/meetings", guards=[_READERS])
async def list_meetings(
    me: Me, reader: Session, cursor: FromQuery[str | None] = None, limit: PageSize = 50
) -> Page[MeetingRow]:
    """Meetings, the latest first."""
    return await queries.list_meetings(reader, me, cursor=cursor, limit=limit)


@get("/meetings/rhythm", guards=[_OFFICE])
async def get_rhythm(reader: Session) -> MeetingRhythm:
    """Whether the next meeting is overdue: the office alone is told (R50)."""
    return await queries.rhythm_of(reader)


@get("/meetings/{meeting_id:str}", guards=[_READERS])
async def get_meeting(meeting_id: FromPath[str], me: Me, reader: Session) -> MeetingOut:
    """One meeting."""
    return await queries.get_meeting(reader, me, meeting_id)


@put("/meetings/{meeting_id:str}", guards=[_OFFICE], status_code=200)
async def enter_meeting(
    meeting_id: FromPath[str], data: JSONBody[MeetingIn], me: Me, writer: Session
) -> Response[MeetingOut]:
    """Plan a meeting under an id that the page made (201), or change its plan."""
    if not is_uuid(meeting_id):
        raise Unprocessable(errors=[FieldError("/id", "bad-id")])
    meeting = await service.enter_meeting(writer, meeting_id, data, me=me)
    await writer.flush()
    status = 201 if meeting.version == 1 else 200
    return Response(await queries.get_meeting(writer, me, meeting_id), status_code=status)


@get("/meetings/{meeting_id:str}/progress", guards=[_OFFICE])
async def get_progress(meeting_id: FromPath[str], reader: Session) -> list[UnitProgress]:
    """The units' figures since the last meeting, as sentences to begin from."""
    return await progress.progress_of(reader, meeting_id)


@put("/meetings/{meeting_id:str}/record", guards=[_OFFICE])
async def record_meeting(meeting_id: FromPath[str], data: JSONBody[RecordIn], me: Me, writer: Session) -> MeetingOut:
    """Put down who was there, what was reported and what was arranged, whole."""
    await recording.record_meeting(writer, meeting_id, data, me=me)
    return await _shown(writer, me, meeting_id)


@post("/meetings/{meeting_id:str}/held", guards=[_OFFICE], status_code=200)
async def hold_meeting(meeting_id: FromPath[str], data: JSONBody[Hold], me: Me, writer: Session) -> MeetingOut:
    """The meeting took place."""
    await service.hold_meeting(writer, meeting_id, data, me=me)
    return await _shown(writer, me, meeting_id)


@post("/meetings/{meeting_id:str}/cancelled", guards=[_OFFICE], status_code=200)
async def cancel_meeting(meeting_id: FromPath[str], data: JSONBody[Cancel], me: Me, writer: Session) -> MeetingOut:
    """The meeting does not take place."""
    await service.cancel_meeting(writer, meeting_id, data, me=me)
    return await _shown(writer, me, meeting_id)


@post("/meetings/{meeting_id:str}/tasks", guards=[_OFFICE], status_code=200)
async def assign_arrangements(meeting_id: FromPath[str], me: Me, writer: Session) -> MeetingOut:
    """Give the arrangements to their units as tasks now; those that have one already stay (R51)."""
    await recording.assign_now(writer, meeting_id, me=me)
    return await _shown(writer, me, meeting_id)


@post("/meetings/{meeting_id:str}/notice", guards=[_OFFICE])
async def draft_notice(meeting_id: FromPath[str], data: JSONBody[DraftDocument], me: Me, writer: Session) -> MeetingOut:
    """Draft the notice that calls the meeting; it is signed and issued as a letter of the register."""
    await documents.draft_document(writer, meeting_id, "notice", data, me=me)
    return await _shown(writer, me, meeting_id)


@post("/meetings/{meeting_id:str}/minutes", guards=[_OFFICE])
async def draft_minutes(
    meeting_id: FromPath[str], data: JSONBody[DraftDocument], me: Me, writer: Session
) -> MeetingOut:
    """Draft the minutes from the record; after the signature, the next edition of them."""
    await documents.draft_document(writer, meeting_id, "minutes", data, me=me)
    return await _shown(writer, me, meeting_id)


async def _shown(writer: AsyncSession, me: Actor, meeting_id: str) -> MeetingOut:
    await writer.flush()
    return await queries.get_meeting(writer, me, meeting_id)


router = Router(
    "/api",
    route_handlers=[
        list_meetings,
        get_rhythm,
        get_meeting,
        enter_meeting,
        get_progress,
        record_meeting,
        hold_meeting,
        cancel_meeting,
        assign_arrangements,
        draft_notice,
        draft_minutes,
    ],
    tags=["meetings"],
)
