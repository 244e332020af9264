"""How photo bytes leave: as downloads that nothing can run in, cached by the browser that fetched them."""

from __future__ import annotations

import re
from typing import Any

from litestar import Request, Response
from litestar.response import Stream

from server.photos.copies import Copy, bring
from server.photos.desk import PhotoDesk, photo_key
from server.photos.errors import RangeNotSatisfiable
from server.photos.recognition import Kind
from server.photos.soundness import require_sound
from storage.database.models import Photo

_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")
_IMMUTABLE = "private, max-age=31536000, immutable"
# What a use changes (its site, its fix) changes these copies, so they are asked for again.
_REVALIDATED = "private, no-cache"


def _headers(etag: str, cache: str, disposition: str) -> dict[str, str]:
    return {
        "ETag": f'"{etag}"',
        "Cache-Control": cache,
        # A shared phone: what one session cached is not another's.
        "Vary": "Cookie",
        "Content-Disposition": disposition,
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }


def _matches(request: Request[Any, Any, Any], etag: str) -> bool:
    wanted = request.headers.get("if-none-match", "")
    return any(tag.strip().removeprefix("W/") in (f'"{etag}"', "*") for tag in wanted.split(","))


def chosen_range(header: str | None, size: int) -> tuple[int, int] | None:
    """(start, length) of a single byte range, or None for the whole. Raises RangeNotSatisfiable.

    A header that is not a single range of bytes is ignored, as RFC 9110 lets it be.
    """
    match = _RANGE.fullmatch((header or "").strip())
    if match is None or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    start = int(first) if first else max(0, size - int(last))
    end = int(last) if first and last else size - 1
    if start >= size or end < start:
        raise RangeNotSatisfiable(headers={"Content-Range": f"bytes */{size}"})
    return start, min(end, size - 1) - start + 1


async def original(request: Request[Any, Any, Any], desk: PhotoDesk, photo: Photo) -> Response[Any]:
    """The bytes as they were received, or a range of them. Raises RangeNotSatisfiable, PhotoDamaged, StoreAway.

    They are read and hashed from end to end before the first of them leaves: once an answer has begun, nothing can
    be taken back, and a range alone proves nothing. People look at copies; an original is asked for as evidence.
    """
    kind = Kind(photo.kind)
    name = f"{photo.sha256[:12]}.{kind.suffix}"
    headers = _headers(photo.sha256, _IMMUTABLE, f'attachment; filename="{name}"') | {"Accept-Ranges": "bytes"}
    if _matches(request, photo.sha256):
        return Response(None, status_code=304, headers=headers)
    part = chosen_range(request.headers.get("range"), photo.size_bytes)
    start, length = part or (0, photo.size_bytes)
    if part is not None:
        headers["Content-Range"] = f"bytes {start}-{start + length - 1}/{photo.size_bytes}"
    await require_sound(desk.district.objects, photo)
    headers["Content-Length"] = str(length)
    body = desk.district.objects.stream(photo_key(photo.sha256), start=start, length=length)
    status = 200 if part is None else 206
    return Stream(body, media_type=kind.media_type, headers=headers, status_code=status)


async def copy(
    request: Request[Any, Any, Any], desk: PhotoDesk, wanted: Copy, *, immutable: bool, name: str
) -> Response[Any]:
    """A derived JPEG; a browser that has it already is told so before it is made."""
    cache = _IMMUTABLE if immutable else _REVALIDATED
    kept = "inline" if immutable else "attachment"
    headers = _headers(wanted.etag, cache, f'{kept}; filename="{wanted.sha256[:12]}-{name}.jpg"')
    if _matches(request, wanted.etag):
        return Response(None, status_code=304, headers=headers)
    return Response(await bring(desk, wanted), media_type="image/jpeg", headers=headers)
