"""HTTP of the inbox, of feedback, of reminders for the chat group, and of targets."""

from __future__ import annotations

from litestar import Router
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.messages import (
    ChaseKind,
    ChaseText,
    FeedbackOut,
    Inbox,
    OutgoingOut,
    PaperDelivery,
    TargetEntered,
    TargetIn,
    TargetOut,
    Unread,
)
from server.auth import roles
from server.auth.actor import Actor
from server.auth.guards import allow, signed_in
from server.district import District
from server.messages import chasing, feeding_back, queries, service, targets
from server.paging import PageSize
from server.routes import delete, get, post

_DISTRICT = allow(roles.DISTRICT)
_ADMIN = allow(roles.ADMIN)


@get("/messages", guards=[signed_in])
async def list_messages(
    me: NamedDependency[Actor],
    reader: NamedDependency[AsyncSession],
    language: NamedDependency[str],
    unread: FromQuery[bool] = False,
    cursor: FromQuery[str | None] = None,
    limit: PageSize = 50,
) -> Inbox:
    """One's own messages, the newest first."""
    return await queries.inbox(reader, me, language, unread=unread, cursor=cursor, limit=limit)


@get("/messages/unread", guards=[signed_in])
async def count_unread(me: NamedDependency[Actor], reader: NamedDependency[AsyncSession]) -> Unread:
    """How many of one's own messages wait to be read: cheap, to be asked often."""
    return Unread(unread=await queries.count_unread(reader, me))


@post("/messages/{message_id:str}/read", guards=[signed_in], status_code=204)
async def mark_read(
    message_id: FromPath[str], me: NamedDependency[Actor], writer: NamedDependency[AsyncSession]
) -> None:
    """Note that one has read a message; once more changes nothing."""
    await service.mark_read(writer, message_id, me=me)


@get("/inspections/{inspection_id:str}/feedback", guards=[_DISTRICT])
async def list_feedback(inspection_id: FromPath[str], reader: NamedDependency[AsyncSession]) -> list[FeedbackOut]:
    """To whom an inspection was fed back, and who has read it."""
    return await queries.feedback_of(reader, inspection_id)


@post("/feedback/{feedback_id:str}/paper", guards=[allow(roles.OFFICE)], status_code=204)
async def deliver_on_paper(
    feedback_id: FromPath[str],
    data: JSONBody[PaperDelivery],
    me: NamedDependency[Actor],
    writer: NamedDependency[AsyncSession],
) -> None:
    """The office handed a feedback over on paper."""
    inspection_id = await service.deliver_on_paper(writer, feedback_id, data, me=me)
    await feeding_back.close_delivered(writer, by=me, only=inspection_id)


@get("/reminders/text", guards=[allow(roles.REVIEWERS)])
async def chase_text(
    unit: FromQuery[str],
    reader: NamedDependency[AsyncSession],
    language: NamedDependency[str],
    district: NamedDependency[District],
    kind: FromQuery[ChaseKind] = "overdue",
) -> ChaseText:
    """Words and photos with which a person chases a unit in the chat group."""
    url = district.settings.public_url
    return await chasing.chase_text(reader, unit_id=unit, kind=kind, language=language, public_url=url)


@get("/message-targets", guards=[_ADMIN])
async def list_targets(reader: NamedDependency[AsyncSession]) -> list[TargetOut]:
    """Chat robots and mailboxes, without their addresses."""
    return await queries.list_targets(reader)


@post("/message-targets", guards=[_ADMIN], status_code=201)
async def enter_target(
    data: JSONBody[TargetIn],
    me: NamedDependency[Actor],
    writer: NamedDependency[AsyncSession],
    district: NamedDependency[District],
) -> TargetEntered:
    """Enter a chat robot or mailbox. Its address is kept sealed and never shown again."""
    return TargetEntered(id=await targets.enter_target(writer, data, me=me, secret=district.settings.secret_key))


@delete("/message-targets/{target_id:str}", guards=[_ADMIN], status_code=204)
async def remove_target(
    target_id: FromPath[str], me: NamedDependency[Actor], writer: NamedDependency[AsyncSession]
) -> None:
    """Send nothing there any more."""
    await targets.remove_target(writer, target_id, me=me)


@get("/outgoing", guards=[_ADMIN])
async def list_outgoing(reader: NamedDependency[AsyncSession]) -> list[OutgoingOut]:
    """What has not reached its target: still tried, or given up."""
    return await queries.list_outgoing(reader)


router = Router(
    "/api",
    route_handlers=[
        list_messages,
        count_unread,
        mark_read,
        list_feedback,
        deliver_on_paper,
        chase_text,
        list_targets,
        enter_target,
        remove_target,
        list_outgoing,
    ],
    tags=["messages"],
)
