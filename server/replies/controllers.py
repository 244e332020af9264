"""HTTP of replies without an account, and of the office's hold on the links.

Everything under /api/reply is opened by a letter's code alone and by no session; the code opens nothing else.
"""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, Router
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.replies import ManageReplyLink, ReplyLinkOut, ReplyMove, ReplyPageOut, ReplyStep
from schemas.tasks import StepTaken
from server.auth import roles
from server.auth.actor import Actor
from server.auth.controllers import origin_of
from server.auth.guards import allow
from server.district import District
from server.photos import copies, serving
from server.photos.desk import PhotoDesk
from server.photos.upload_controllers import handlers as upload_handlers
from server.replies import keeping, queries, service
from server.replies.codes import LetterCodes
from server.replies.middleware import ReplyLinks
from server.routes import PHOTO_PROBLEMS, get, post

_HOLDERS = allow(roles.REPLY_LINK)
_OFFICE = allow(roles.OFFICE)
AnyRequest = Request[Any, Any, Any]
Me = NamedDependency[Actor]
Reader = NamedDependency[AsyncSession]


@get("/", guards=[_HOLDERS])
async def page(me: Me, reader: Reader, language: NamedDependency[str]) -> ReplyPageOut:
    """The letter and the unit's tasks in it."""
    return await queries.page(reader, me, language)


@post("/tasks/{task_id:str}/actions", guards=[_HOLDERS], status_code=200)
async def take_step(
    task_id: FromPath[str],
    data: JSONBody[ReplyStep],
    request: AnyRequest,
    me: Me,
    district: NamedDependency[District],
    language: NamedDependency[str],
) -> StepTaken:
    """Sign for it, tell progress, ask for more time, or reply; the same step sent again gets the same answer."""
    address = origin_of(request, district).address
    return await service.take_step(district.database, data, me=me, task_id=task_id, address=address, language=language)


@post("/moves", guards=[_HOLDERS], status_code=204)
async def move(
    data: JSONBody[ReplyMove],
    request: AnyRequest,
    me: Me,
    district: NamedDependency[District],
    language: NamedDependency[str],
) -> None:
    """Reply to the letter itself, or ask for more time to; the same again changes nothing."""
    address = origin_of(request, district).address
    await service.move(district.database, data, me=me, address=address, language=language)


@get("/photos/{sha256:str}/thumbnail", guards=[_HOLDERS], responses=PHOTO_PROBLEMS)
async def thumbnail(
    sha256: FromPath[str],
    request: AnyRequest,
    me: Me,
    district: NamedDependency[District],
    desk: NamedDependency[PhotoDesk],
    language: NamedDependency[str],
) -> Response[Any]:
    """A photo of a fault in the letter, or one that came through this link, at most 320 px."""
    async with district.database.reading() as session:
        await queries.require_shown(session, me, sha256, language)
    wanted = await copies.thumbnail_copy(desk, me=me, sha256=sha256)
    return await serving.copy(request, desk, wanted, immutable=True, name="thumbnail")


@get("/letters/{letter_id:str}/reply-link", guards=[_OFFICE])
async def get_link(letter_id: FromPath[str], reader: Reader, codes: NamedDependency[LetterCodes]) -> ReplyLinkOut:
    """A letter's link: whether it is open, until when, how often it was used."""
    return await queries.link_of(reader, codes, letter_id)


@post("/letters/{letter_id:str}/reply-link", guards=[_OFFICE], status_code=200)
async def manage_link(
    letter_id: FromPath[str],
    data: JSONBody[ManageReplyLink],
    me: Me,
    writer: NamedDependency[AsyncSession],
    codes: NamedDependency[LetterCodes],
) -> ReplyLinkOut:
    """Renew, withdraw or replace it; the same again changes nothing."""
    await keeping.manage(writer, letter_id, data, me=me)
    await writer.flush()
    return await queries.link_of(writer, codes, letter_id)


holders_router = Router(
    "/api/reply",
    route_handlers=[page, take_step, move, thumbnail, *upload_handlers],
    middleware=[ReplyLinks()],
    tags=["reply without an account"],
)
office_router = Router("/api", route_handlers=[get_link, manage_link], tags=["letters"])
