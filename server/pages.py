"""The built PWA: hashed assets for ever, pages and the service worker always asked for anew."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from litestar import Request, Response, Router, get
from litestar.params import FromPath

from server.auth.guards import anyone
from server.errors import NotFound

_ENTRIES = {"office": "office.html", "reply": "reply.html"}
# The page that a letter's code opens: nothing of it is kept by a browser, and nobody is told where it was (R44).
_REPLY_HEADERS = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
_COMPRESSIBLE = frozenset({".html", ".js", ".mjs", ".css", ".json", ".svg", ".webmanifest", ".txt"})
_TYPES = {".webmanifest": "application/manifest+json", ".mjs": "text/javascript", ".js": "text/javascript"}


@dataclass(frozen=True, slots=True)
class Page:
    """One file of the build, read once."""

    content: bytes
    zipped: bytes | None
    etag: str
    media_type: str


def load_pages(folder: Path) -> dict[str, Page]:
    """Every file of the build by its path below the folder. Empty where nothing was built."""
    return {path.relative_to(folder).as_posix(): _load(path) for path in sorted(folder.rglob("*")) if path.is_file()}


def _load(path: Path) -> Page:
    content = path.read_bytes()
    media_type = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    zipped = gzip.compress(content, 6, mtime=0) if path.suffix in _COMPRESSIBLE else None
    return Page(content, zipped, f'"{hashlib.sha256(content).hexdigest()[:24]}"', media_type)


def page_for(pages: dict[str, Page], path: str) -> tuple[str, Page] | None:
    """The file for a path: itself, or the page of the entry where the path is an address inside the app."""
    name = path.lstrip("/")
    if name in pages:
        return name, pages[name]
    if "." in name.rsplit("/", 1)[-1]:
        return None
    entry = _ENTRIES.get(name.split("/", 1)[0], "index.html")
    return (entry, pages[entry]) if entry in pages else None


def _response(request: Request[Any, Any, Any], name: str, page: Page) -> Response[bytes]:
    forever = name.startswith("assets/")
    headers = {
        "ETag": page.etag,
        "Vary": "Accept-Encoding",
        "Cache-Control": "public, max-age=31536000, immutable" if forever else "no-cache",
    } | (_REPLY_HEADERS if name == "reply.html" else {})
    if request.headers.get("if-none-match") == page.etag:
        return Response(b"", status_code=304, headers=headers, media_type=page.media_type)
    if page.zipped is not None and "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return Response(page.zipped, headers=headers, media_type=page.media_type)
    return Response(page.content, headers=headers, media_type=page.media_type)


def create_router(folder: Path) -> Router:
    """Serve a build. An unknown address that looks like a file is 404, so that HTML never poses as a script."""
    pages = load_pages(folder)

    @get(["/", "/{path:path}"], guards=[anyone], include_in_schema=False)
    async def serve(request: Request[Any, Any, Any], path: FromPath[str] = "/") -> Response[bytes]:
        found = None if path.startswith(("/api/", "/health/", "/schema")) else page_for(pages, path)
        if found is None:
            raise NotFound
        return _response(request, *found)

    return Router("/", route_handlers=[serve])
