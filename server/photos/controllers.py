"""HTTP of photos: known hashes, one photo, its bytes and copies, and what is still owed."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, Router
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.photos import Known, KnownQuery, OwedPhoto, PhotoOut, PhotoReviewIn, PhotoReviewOut, UnusedPhoto, Waiver
from server import clock
from server.auth import roles
from server.auth.actor import Actor
from server.auth.guards import allow, signed_in
from server.photos import copies, queries, reviewing, service, serving
from server.photos.desk import PhotoDesk
from server.photos.upload_controllers import handlers as upload_handlers
from server.routes import PHOTO_PROBLEMS, get, post

AnyRequest = Request[Any, Any, Any]


@post("/photos/known", guards=[signed_in], status_code=200)
async def known(data: JSONBody[KnownQuery], me: NamedDependency[Actor], reader: NamedDependency[AsyncSession]) -> Known:
    """Which of these hashes this same person has delivered already."""
    return await service.which_are_known(reader, me=me, hashes=data.hashes)


@get("/photos/{sha256:str}", guards=[signed_in])
async def describe(
    sha256: FromPath[str],
    me: NamedDependency[Actor],
    reader: NamedDependency[AsyncSession],
    desk: NamedDependency[PhotoDesk],
    language: NamedDependency[str],
) -> PhotoOut:
    """Size, dimensions, EXIF witness, shots with their distance to the site, flags, uses."""
    return await queries.describe_photo(reader, desk, me=me, sha256=sha256, language=language)


@get("/photos/{sha256:str}/original", guards=[signed_in], responses=PHOTO_PROBLEMS)
async def original(
    sha256: FromPath[str],
    request: AnyRequest,
    me: NamedDependency[Actor],
    reader: NamedDependency[AsyncSession],
    desk: NamedDependency[PhotoDesk],
) -> Response[Any]:
    """The bytes as they were received."""
    photo = await queries.may_read(reader, desk, me=me, sha256=sha256)
    return await serving.original(request, desk, photo)


@get("/photos/{sha256:str}/thumbnail", guards=[signed_in], responses=PHOTO_PROBLEMS)
async def thumbnail(
    sha256: FromPath[str],
    request: AnyRequest,
    me: NamedDependency[Actor],
    desk: NamedDependency[PhotoDesk],
) -> Response[Any]:
    """At most 320 px, upright."""
    wanted = await copies.thumbnail_copy(desk, me=me, sha256=sha256)
    return await serving.copy(request, desk, wanted, immutable=True, name="thumbnail")


@get("/photos/{sha256:str}/screen", guards=[signed_in], responses=PHOTO_PROBLEMS)
async def screen(
    sha256: FromPath[str],
    request: AnyRequest,
    me: NamedDependency[Actor],
    desk: NamedDependency[PhotoDesk],
) -> Response[Any]:
    """At most 1600 px, upright."""
    wanted = await copies.screen_copy(desk, me=me, sha256=sha256)
    return await serving.copy(request, desk, wanted, immutable=True, name="screen")


@get("/photos/{sha256:str}/declaration", guards=[signed_in], responses=PHOTO_PROBLEMS)
async def declaration(
    sha256: FromPath[str],
    request: AnyRequest,
    me: NamedDependency[Actor],
    desk: NamedDependency[PhotoDesk],
    use: FromQuery[str | None] = None,
) -> Response[Any]:
    """The upright sRGB JPEG of at most 2 MB for the declaration system (R32)."""
    wanted = await copies.declaration_copy(desk, me=me, sha256=sha256, use_id=use)
    return await serving.copy(request, desk, wanted, immutable=False, name="declaration")


@get("/photos/{sha256:str}/stamped", guards=[signed_in], responses=PHOTO_PROBLEMS)
async def stamped(
    sha256: FromPath[str],
    request: AnyRequest,
    me: NamedDependency[Actor],
    desk: NamedDependency[PhotoDesk],
    use: FromQuery[str | None] = None,
) -> Response[Any]:
    """The same with place, time, site and short hash burnt in."""
    wanted = await copies.stamped_copy(desk, me=me, sha256=sha256, use_id=use)
    return await serving.copy(request, desk, wanted, immutable=False, name="stamped")


@get("/photo-uses/owed", guards=[allow(roles.OFFICE, roles.SUPERVISOR)])
async def owed(reader: NamedDependency[AsyncSession]) -> list[OwedPhoto]:
    """Photos that were named and have not come."""
    return await queries.owed_photos(reader)


@get("/photo-uses/unused", guards=[allow(roles.OFFICE, roles.SUPERVISOR)])
async def unused(reader: NamedDependency[AsyncSession]) -> list[UnusedPhoto]:
    """Photos that have been here for a week and prove nothing."""
    return await queries.unused_photos(reader, before=clock.now() - service.UNUSED_AFTER)


@post("/photos/uses/{use_id:str}/waive", guards=[allow(roles.OFFICE)], status_code=200)
async def waive(
    use_id: FromPath[str],
    data: JSONBody[Waiver],
    me: NamedDependency[Actor],
    writer: NamedDependency[AsyncSession],
    desk: NamedDependency[PhotoDesk],
) -> OwedPhoto:
    """No longer wait for a photo, with a reason."""
    use = await service.waive_use(writer, desk, me=me, use_id=use_id, reason=data.reason)
    return await queries.owed(writer, use)


@post("/photos/uses/{use_id:str}/reviews", guards=[allow(roles.OFFICE, roles.SUPERVISOR)], status_code=200)
async def review(
    use_id: FromPath[str],
    data: JSONBody[PhotoReviewIn],
    me: NamedDependency[Actor],
    writer: NamedDependency[AsyncSession],
    desk: NamedDependency[PhotoDesk],
) -> PhotoReviewOut:
    """Decide about a flagged photo, with a reason."""
    return await reviewing.review_use(writer, desk, me=me, use_id=use_id, asked=data)


_READING = [known, describe, original, thumbnail, screen, declaration, stamped, owed, unused, waive, review]
router = Router("/api", route_handlers=[*_READING, *upload_handlers], tags=["photos"])
