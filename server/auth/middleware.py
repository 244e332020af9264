"""Turns the session cookie into the acting person, and refuses changes that come from other sites."""

from __future__ import annotations

from typing import Any

from litestar import Request
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send

from server.auth import service, sessions
from server.district import District
from server.errors import CrossSite, Refusal

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_PULSE = "/api/pulse"


class Sessions(ASGIMiddleware):
    """Puts the Actor (or None) into `scope["user"]` for every call of the API."""

    def __init__(self, district: District) -> None:
        self._district = district

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        if scope["type"] == ScopeType.HTTP and scope["path"].startswith("/api/"):
            request: Request[Any, Any, Any] = Request(scope)
            refuse_nul(scope)
            refuse_cross_site(request, self._district.settings.public_origin)
            token = request.cookies.get(sessions.COOKIE)
            is_use = scope["path"] != _PULSE
            database = self._district.database
            scope["user"] = await service.current_actor(database, token, is_use=is_use) if token else None
        await next_app(scope, receive, send)


def refuse_nul(scope: Scope) -> None:
    """Raise Refusal for an address with a NUL in it: no database keeps or compares one."""
    if "\0" in scope["path"] or b"%00" in scope["query_string"]:
        raise Refusal


def refuse_cross_site(request: Request[Any, Any, Any], public_origin: str) -> None:
    """Raise CrossSite for a change without our header, or one that a browser says came from elsewhere.

    A client that sends neither Sec-Fetch-Site nor Origin is not a browser, so no page can have made it act.
    """
    if request.method in _SAFE_METHODS:
        return
    if request.headers.get("x-csrf") != "1":
        raise CrossSite
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        if site not in ("same-origin", "none"):
            raise CrossSite
        return
    origin = request.headers.get("origin")
    own = {public_origin, f"{request.base_url.scheme}://{request.headers.get('host', '')}"}
    if origin is not None and origin not in own:
        raise CrossSite
