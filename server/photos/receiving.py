"""Receive: bytes from the network into a file, hashed on the way, never more of them than announced."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from litestar.exceptions import InternalServerException

from server.photos.errors import UploadOverflow
from server.photos.workshop import Workshop

_BATCH_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Arrival:
    """What came: how many bytes, their SHA-256, and whether the connection broke off."""

    size_bytes: int
    sha256: str
    broken_off: bool = False


async def receive(body: AsyncIterator[bytes], path: Path, *, most_bytes: int, workshop: Workshop) -> Arrival:
    """Write the body to `path` in batches of 1 MiB. What came before a broken connection is kept.

    Raises UploadOverflow when there is more than `most_bytes`.
    """
    digest, batch, size = hashlib.sha256(), bytearray(), 0

    def flush(piece: bytes) -> None:
        digest.update(piece)
        with path.open("ab") as file:
            file.write(piece)

    broken_off = False
    try:
        async for piece in body:
            size += len(piece)
            if size > most_bytes:
                raise UploadOverflow
            batch += piece
            if len(batch) >= _BATCH_BYTES:
                full, batch = bytes(batch), bytearray()
                await workshop.on_files(partial(flush, full))
    except InternalServerException:  # Litestar's word for a client that went away
        broken_off = True
    rest = bytes(batch)
    await workshop.on_files(partial(flush, rest))
    return Arrival(size, digest.hexdigest(), broken_off)


async def sha256_of(path: Path, workshop: Workshop) -> str:
    """The SHA-256 of a file, in hex."""

    def work() -> str:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    return await workshop.on_files(work)
