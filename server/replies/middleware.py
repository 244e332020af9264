"""Turns a letter's code into whoever acts through it, for the routes of replies and for no other."""

from __future__ import annotations

from typing import Any

from litestar import Request
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send

from server.auth.controllers import origin_of
from server.catalogue import language_from
from server.replies.opening import open_link, refuse_floods

SCHEME = "Reply-Link "


class ReplyLinks(ASGIMiddleware):
    """Puts the holder of the code into `scope["user"]`. A session's cookie counts for nothing here.

    The code comes in the Authorization header: proxies keep that one out of their logs, other sites cannot make a
    browser send it, and an address holds nothing that a log, a Referer or a history could give away.
    """

    scopes = (ScopeType.HTTP,)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        request: Request[Any, Any, Any] = Request(scope)
        district = scope["litestar_app"].state.district
        given = request.headers.get("authorization", "")
        me = await open_link(
            district.database,
            given.removeprefix(SCHEME) if given.startswith(SCHEME) else "",
            secret=district.settings.secret_key,
            address=origin_of(request, district).address,
            language=language_from(request.headers.get("accept-language", "")),
        )
        if request.method == "POST" and scope["path"].rstrip("/").endswith("/uploads"):
            await refuse_floods(district.database, me)
        scope["user"] = me
        await next_app(scope, receive, send)
