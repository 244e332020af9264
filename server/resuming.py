"""Files that are made when they are asked for, and whose download goes on where it broke off (RFC 9110, section 14).

Nothing of a file is kept between two requests. Whoever comes back with `Range` and `If-Range` has it made anew, and
gets the rest only where the tag is still the same; otherwise all of it. So any replica can go on, and nobody is ever
left with a file of two halves that do not belong together.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

from litestar import Request
from litestar.openapi import ResponseSpec
from litestar.response import Stream

from server.district import District
from server.headers import private_file
from server.photos.errors import StoreAway
from server.photos.serving import chosen_range
from server.routes import FILE_PROBLEMS
from storage.objects import ObjectStoreError

PIECE_BYTES: Final = 256 * 1024
Asking = Request[Any, Any, Any]


def described(media_type: str, holds: Any = bytes) -> dict[int, ResponseSpec]:
    """What such a route may answer."""
    whole = ResponseSpec(holds, description="The file", media_type=media_type, generate_examples=False)
    rest = ResponseSpec(bytes, description="A range of the file", media_type=media_type, generate_examples=False)
    return FILE_PROBLEMS | {200: whole, 206: rest}


def goes_on(request: Asking, tag: str) -> bool:
    """Whether the rest is asked for of the very file that has this tag. Without a tag nothing proves that it is."""
    return "range" in request.headers and request.headers.get("if-range") == tag


def headers_of(name: str, tag: str) -> dict[str, str]:
    """The headers by which a browser knows that it may come back for the rest."""
    return private_file(name) | {"ETag": tag, "Accept-Ranges": "bytes"}


async def spooled(folder: Path, pieces: AsyncIterator[bytes]) -> BinaryIO:
    """Write to a file without a name, which is gone when it is closed, whatever happens; a piece in memory."""
    file = await asyncio.to_thread(_nameless, folder)
    try:
        async for piece in pieces:
            if piece:
                await asyncio.to_thread(file.write, piece)
        await asyncio.to_thread(file.flush)  # its size is asked for before it is read
    except BaseException:
        file.close()
        raise
    return file


def _nameless(folder: Path) -> BinaryIO:
    folder.mkdir(parents=True, exist_ok=True)
    return cast("BinaryIO", tempfile.TemporaryFile(dir=folder))


async def begun(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The same pieces, of which the first is there already; what is wrong with the request has been raised."""
    first = await anext(pieces)

    async def all_of_them() -> AsyncIterator[bytes]:
        yield first
        async for piece in pieces:
            yield piece

    return all_of_them()


async def made(district: District, pieces: AsyncIterator[bytes]) -> BinaryIO:
    """A file of what the object store holds. Raises StoreAway: while it is made, an answer can still be a problem."""
    try:
        return await spooled(district.incoming, pieces)
    except ObjectStoreError as error:
        raise StoreAway(headers={"Retry-After": "10"}) from error


async def tag_of(file: BinaryIO) -> str:
    """The hash of the bytes: two files with one tag are one file."""
    return await asyncio.to_thread(_tag, file)


def _tag(file: BinaryIO) -> str:
    digest = hashlib.sha256()
    file.seek(0)
    while piece := file.read(PIECE_BYTES):
        digest.update(piece)
    return f'"{digest.hexdigest()}"'


async def whole_or_rest(
    request: Asking, file: BinaryIO, *, name: str, media_type: str, tag: str | None = None
) -> Stream:
    """The file, or the range of it that is asked for; its tag is the hash of its bytes unless told.

    Raises RangeNotSatisfiable.
    """
    tag = tag or await tag_of(file)
    size = os.fstat(file.fileno()).st_size
    headers = headers_of(name, tag)
    part = chosen_range(request.headers["range"], size) if goes_on(request, tag) else None
    start, length = part or (0, size)
    if part is not None:
        headers["Content-Range"] = f"bytes {start}-{start + length - 1}/{size}"
    headers["Content-Length"] = str(length)
    body = _pieces(file, start, length)
    return Stream(body, media_type=media_type, headers=headers, status_code=200 if part is None else 206)


async def _pieces(file: BinaryIO, start: int, length: int) -> AsyncIterator[bytes]:
    with file:
        file.seek(start)
        while length and (piece := await asyncio.to_thread(file.read, min(PIECE_BYTES, length))):
            length -= len(piece)
            yield piece
