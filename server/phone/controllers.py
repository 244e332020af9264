"""HTTP of the phone's pack."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, Router
from litestar.di import NamedDependency
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.phone import PhonePack
from server import clock
from server.auth import roles
from server.auth.actor import Actor
from server.auth.guards import allow
from server.phone import queries
from server.routes import MonthQuery, get


@get("/phone", guards=[allow(roles.DISTRICT, roles.UNIT)])
async def phone_pack(
    request: Request[Any, Any, Any],
    me: NamedDependency[Actor],
    reader: NamedDependency[AsyncSession],
    language: NamedDependency[str],
    month: MonthQuery = None,
) -> Response[PhonePack]:
    """All that a month without network needs; 304 where the phone has it already."""
    pack = await queries.phone_pack(reader, me, month or clock.month_of(clock.today()), language)
    etag = queries.etag_of(pack)
    headers = {"ETag": etag, "Cache-Control": "private, no-cache", "Vary": "Cookie, Accept-Language"}
    if request.headers.get("if-none-match") == etag:
        return Response(None, status_code=304, headers=headers)  # type: ignore[arg-type]
    return Response(pack, headers=headers)


router = Router("/api", route_handlers=[phone_pack], tags=["phone"])
