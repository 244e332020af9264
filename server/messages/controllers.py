"""HTTP of the inbox, of feedback, of reminders for the chat group, and of targets."""

from __future__ import annotations

from typing import Annotated

from litestar import Response, Router
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.messages import (
    ChaseIn,
    ChaseKind,
    ChaseOut,
    ChaseText,
    FeedbackOut,
    FeedbackRow,
    FeedbackStage,
    Inbox,
    MessageOwner,
    OutgoingOut,
    OutgoingStage,
    PaperDelivery,
    TargetEntered,
    TargetIn,
    TargetOut,
    TargetTried,
    Unread,
)
from schemas.wire import Page
from server import clock
from server.auth import roles
from server.auth.actor import Actor
from server.auth.guards import allow, signed_in
from server.district import District
from server.messages import (
    chase_pictures,
    chasing,
    feeding_back,
    post_office,
    posting,
    queries,
    reminding,
    service,
    targets,
)
from server.paging import PageSize
from server.photos.desk import PhotoDesk
from server.routes import PHOTO_PROBLEMS, delete, get, post

_DISTRICT = allow(roles.DISTRICT)
_POST_OFFICE = allow(roles.ADMIN, roles.OFFICE)
_REVIEWERS = allow(roles.REVIEWERS)


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


@get("/feedback", guards=[_DISTRICT])
async def feedback_list(
    reader: NamedDependency[AsyncSession],
    stage: FromQuery[FeedbackStage] = "all",
    unit: FromQuery[str | None] = None,
    cursor: FromQuery[str | None] = None,
    limit: PageSize = 50,
) -> Page[FeedbackRow]:
    """The district's feedback: all, what lies unread, or what goes on paper."""
    wanted = queries.WantedFeedback(stage=stage, unit=unit, cursor=cursor, limit=limit)
    return await queries.list_feedback(reader, wanted)


@post("/feedback/{feedback_id:str}/reminder", guards=[allow(roles.OFFICE)], status_code=204)
async def remind(feedback_id: FromPath[str], me: NamedDependency[Actor], writer: NamedDependency[AsyncSession]) -> None:
    """Remind somebody of a feedback that lies unread; once more on the same day changes nothing."""
    await reminding.remind_again(writer, feedback_id, me=me)


@get("/reminders/text", guards=[_REVIEWERS])
async def chase_text(
    reader: NamedDependency[AsyncSession],
    language: NamedDependency[str],
    district: NamedDependency[District],
    unit: FromQuery[str | None] = None,
    task: FromQuery[str | None] = None,
    kind: FromQuery[ChaseKind] = "overdue",
) -> ChaseText:
    """Words and photos with which a person chases a unit in the chat group: about its tasks, or about one."""
    url = district.settings.public_url
    if task is not None:
        return await chasing.chase_task(reader, task_id=task, language=language, public_url=url)
    return await chasing.chase_text(reader, unit_id=unit or "", kind=kind, language=language, public_url=url)


@get("/reminders/grid", guards=[_REVIEWERS], responses=PHOTO_PROBLEMS)
async def chase_grid(
    reader: NamedDependency[AsyncSession],
    desk: NamedDependency[PhotoDesk],
    tasks: Annotated[str, QueryParameter(max_length=800)],
) -> Response[bytes]:
    """The photos of up to nine tasks (ids with commas between) as one picture for the chat group."""
    picture = await chase_pictures.grid(reader, desk, task_ids=tasks.split(","))
    headers = {"Content-Disposition": "attachment; filename=xungai.jpg", "Cache-Control": "private, no-cache"}
    return Response(picture, media_type="image/jpeg", headers=headers)


@post("/reminders", guards=[_REVIEWERS], status_code=204)
async def keep_chase(
    data: JSONBody[ChaseIn], me: NamedDependency[Actor], writer: NamedDependency[AsyncSession]
) -> None:
    """Note that one has chased a unit; the same again changes nothing."""
    await chasing.keep_chase(writer, data, me=me)


@get("/reminders", guards=[_REVIEWERS])
async def list_chases(reader: NamedDependency[AsyncSession], unit: FromQuery[str]) -> list[ChaseOut]:
    """When a unit was chased, by whom and about how much."""
    return await chasing.chases_of(reader, unit)


@get("/message-owners", guards=[_POST_OFFICE])
async def list_owners(reader: NamedDependency[AsyncSession]) -> list[MessageOwner]:
    """Whose messages may also go to a robot or mailbox."""
    return await post_office.owners(reader, clock.today())


@get("/message-targets", guards=[_POST_OFFICE])
async def list_targets(reader: NamedDependency[AsyncSession]) -> list[TargetOut]:
    """Chat robots and mailboxes, without their addresses."""
    return await post_office.list_targets(reader)


@post("/message-targets", guards=[_POST_OFFICE], status_code=201)
async def enter_target(
    data: JSONBody[TargetIn],
    me: NamedDependency[Actor],
    writer: NamedDependency[AsyncSession],
    district: NamedDependency[District],
) -> TargetEntered:
    """Enter a chat robot or mailbox. Its address is kept sealed and never shown again."""
    return TargetEntered(id=await targets.enter_target(writer, data, me=me, secret=district.settings.secret_key))


@delete("/message-targets/{target_id:str}", guards=[_POST_OFFICE], status_code=204)
async def remove_target(
    target_id: FromPath[str], me: NamedDependency[Actor], writer: NamedDependency[AsyncSession]
) -> None:
    """Send nothing there any more."""
    await targets.remove_target(writer, target_id, me=me)


@post("/message-targets/{target_id:str}/test", guards=[_POST_OFFICE], status_code=200)
async def try_target(
    target_id: FromPath[str], me: NamedDependency[Actor], district: NamedDependency[District]
) -> TargetTried:
    """Send a test message there now."""
    return TargetTried(error=await posting.try_target(district, target_id, me=me))


@get("/outgoing", guards=[_POST_OFFICE])
async def list_outgoing(
    reader: NamedDependency[AsyncSession],
    language: NamedDependency[str],
    stage: FromQuery[OutgoingStage | None] = None,
) -> list[OutgoingOut]:
    """What has not reached its target: still tried, or given up; or what went."""
    return await post_office.list_outgoing(reader, language, stage=stage)


@post("/outgoing/{outgoing_id:str}/retry", guards=[_POST_OFFICE], status_code=204)
async def retry_outgoing(
    outgoing_id: FromPath[str], me: NamedDependency[Actor], writer: NamedDependency[AsyncSession]
) -> None:
    """Try once more what was given up."""
    await post_office.retry(writer, outgoing_id, me=me)


router = Router(
    "/api",
    route_handlers=[
        list_messages,
        count_unread,
        mark_read,
        list_feedback,
        deliver_on_paper,
        feedback_list,
        remind,
        chase_text,
        chase_grid,
        keep_chase,
        list_chases,
        list_owners,
        list_targets,
        enter_target,
        remove_target,
        try_target,
        list_outgoing,
        retry_outgoing,
    ],
    tags=["messages"],
)
