"""Headers that every answer carries (ASVS 3.4), unless the handler set its own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from urllib.parse import quote, urlsplit

from litestar.datastructures import MutableScopeHeaders
from litestar.types import Message, Scope

from server.settings import Settings


def content_security_policy(tiles: Iterable[str] = ()) -> str:
    """Everything from here, and pictures of the map from the servers of these tile addresses."""
    parts = (urlsplit(address) for address in tiles)
    away = "".join(f" {origin}" for origin in sorted({f"{part.scheme}://{part.netloc}" for part in parts}))
    return (
        f"default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' blob: data:{away}; "
        f"connect-src 'self'{away}; worker-src 'self' blob:; manifest-src 'self'; font-src 'self' data:; "
        "media-src 'self' blob:; base-uri 'none'; form-action 'self'; object-src 'none'; frame-ancestors 'none'"
    )


def attachment(name: str) -> str:
    """A Content-Disposition that saves the answer under a name of any letters (RFC 6266)."""
    return f"attachment; filename*=UTF-8''{quote(name)}"


def private_file(name: str) -> dict[str, str]:
    """The headers of a file that is made for one reader and kept by no cache."""
    return {"Content-Disposition": attachment(name), "Cache-Control": "private, no-store"}


_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(self), microphone=()",
    "Cache-Control": "no-store",
}


def security_headers(settings: Settings) -> Callable[[Message, Scope], Awaitable[None]]:
    """A before-send hook: fills in what is missing, never replaces what a handler chose."""
    always = _ALWAYS | {"Content-Security-Policy": content_security_policy(settings.map_tiles)}

    async def add(message: Message, scope: Scope) -> None:
        if message["type"] != "http.response.start":
            return
        headers = MutableScopeHeaders.from_message(message)
        for name, value in always.items():
            headers.setdefault(name, value)
        if scope["scheme"] == "https":
            headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")

    return add
