"""HTTP of sites as the administrator keeps them."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, Router
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.sites import (
    SheetRead,
    SiteClose,
    SiteIn,
    SiteKept,
    SiteList,
    SiteListDone,
    SiteListShown,
    SiteListTaken,
    SitePatch,
)
from server.auth import roles
from server.auth.actor import Actor
from server.auth.guards import allow
from server.errors import NotFound
from server.headers import private_file
from server.ids import is_uuid
from server.imports.reading.archive import LARGEST_FILE_BYTES
from server.photos.desk import PhotoDesk
from server.routes import get, patch, post, put
from server.sites import lists, printing, queries, service

_ADMIN = allow(roles.ADMIN)
_BODY_LIMIT = LARGEST_FILE_BYTES + 1024 * 1024
Me = NamedDependency[Actor]
Reader = NamedDependency[AsyncSession]
Writer = NamedDependency[AsyncSession]


@get("/site-register", guards=[_ADMIN])
async def list_kept(reader: Reader) -> list[SiteKept]:
    """All sites, closed ones too."""
    return await queries.list_kept(reader)


async def _shown(session: AsyncSession, site_id: str) -> SiteKept:
    await session.flush()
    return await queries.get_kept(session, site_id)


@put("/sites/{site_id:str}", guards=[_ADMIN])
async def enter_site(site_id: FromPath[str], data: JSONBody[SiteIn], me: Me, writer: Writer) -> Response[SiteKept]:
    """Enter a site: 201 when new, 200 for the same one sent again."""
    if not is_uuid(site_id):
        raise NotFound
    is_new = await service.enter_site(writer, data, me=me, site_id=site_id)
    return Response(await _shown(writer, site_id), status_code=201 if is_new else 200)


@patch("/sites/{site_id:str}", guards=[_ADMIN])
async def correct_site(site_id: FromPath[str], data: JSONBody[SitePatch], me: Me, writer: Writer) -> SiteKept:
    """Correct a site."""
    await service.correct_site(writer, data, me=me, site_id=site_id)
    return await _shown(writer, site_id)


@post("/sites/{site_id:str}/close", guards=[_ADMIN], status_code=200)
async def close_site(site_id: FromPath[str], data: JSONBody[SiteClose], me: Me, writer: Writer) -> SiteKept:
    """Close a site; its planned visits are called off."""
    await service.close_site(writer, data, me=me, site_id=site_id)
    return await _shown(writer, site_id)


@post("/sites/{site_id:str}/open", guards=[_ADMIN], status_code=200)
async def open_site(site_id: FromPath[str], me: Me, writer: Writer) -> SiteKept:
    """Take a closed site up again."""
    await service.open_site(writer, me=me, site_id=site_id)
    return await _shown(writer, site_id)


@get("/sites/{site_id:str}/sheet.pdf", guards=[allow(roles.DISTRICT, roles.UNIT)])
async def sheet_pdf(
    site_id: FromPath[str], me: Me, desk: NamedDependency[PhotoDesk], language: NamedDependency[str]
) -> Response[bytes]:
    """The one-page sheet of a site as PDF."""
    made = await printing.print_sheet(desk, me=me, site_id=site_id, language=language)
    return Response(made.content, media_type="application/pdf", headers=private_file(made.name))


@put("/site-lists/read", guards=[_ADMIN], request_max_body_size=_BODY_LIMIT)
async def read_sheet(request: Request[Any, Any, Any], desk: NamedDependency[PhotoDesk]) -> SheetRead:
    """Read a file that comes as the body. Nothing is kept of it."""
    return await lists.read_sheet(desk, request.stream())


@post("/site-lists/preview", guards=[_ADMIN], status_code=200, request_max_body_size=_BODY_LIMIT)
async def preview(data: JSONBody[SiteList], reader: Reader, language: NamedDependency[str]) -> SiteListShown:
    """How the rows of a list stand. Nothing is kept."""
    return await lists.preview(reader, data, language=language)


@post("/site-lists/take", guards=[_ADMIN], status_code=200, request_max_body_size=_BODY_LIMIT)
async def take_over(data: JSONBody[SiteListTaken], me: Me, writer: Writer) -> SiteListDone:
    """Take the chosen rows over, all or none."""
    return await lists.take_over(writer, data, me=me)


router = Router(
    "/api",
    route_handlers=[
        list_kept,
        enter_site,
        correct_site,
        close_site,
        open_site,
        sheet_pdf,
        read_sheet,
        preview,
        take_over,
    ],
    tags=["organisation"],
)
