"""What every object store promises. One suite (tests/contract) holds each store to it."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

PIECE_BYTES = 1024 * 1024
_SEGMENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}")
_LONGEST_KEY = 512


class ObjectStoreError(Exception):
    """The store did not do what was asked; nothing may be acknowledged."""


class ObjectMissing(ObjectStoreError):
    """There is no object under this key."""


class BadKey(ObjectStoreError, ValueError):
    """A key that could leave the store, or that some store would spell differently."""


@dataclass(frozen=True, slots=True)
class ObjectInfo:
    """One stored object: its key, size in bytes and the instant (UTC) it was last written."""

    key: str
    size_bytes: int
    modified_at: datetime


class ObjectStore(Protocol):
    """A flat space of immutable byte strings. Every method may raise ObjectStoreError."""

    async def ready(self) -> None:
        """Return when the store can be written to; raise ObjectStoreError when it cannot."""

    async def put(self, key: str, source: bytes | Path, *, durable: bool = True) -> None:
        """Store the whole object, or nothing. The same key again replaces it, also from many callers at once.

        A Path is given away: the store may move the file in, and it is gone afterwards.
        On return the bytes survive a power cut, unless `durable` is False (what can be made again).
        """

    async def get(self, key: str) -> bytes:
        """The whole object. Raises ObjectMissing."""

    def stream(self, key: str, *, start: int = 0, length: int | None = None) -> AsyncIterator[bytes]:
        """`length` bytes (default: all that follow) from offset `start`, in pieces of at most 1 MiB.

        Raises ObjectMissing at the first piece. A start at or past the end gives nothing.
        """

    async def fetch(self, key: str, destination: Path) -> None:
        """Append the object to the local file `destination`. Raises ObjectMissing."""

    async def stat(self, key: str) -> ObjectInfo:
        """Raises ObjectMissing."""

    async def delete(self, key: str) -> None:
        """Remove the object; a key that is not there is no error."""

    def list(self, prefix: str) -> AsyncIterator[ObjectInfo]:
        """Every object whose key begins with `prefix`, in no promised order."""

    async def tidy(self, before: datetime) -> int:
        """Remove what writes begun before `before` (UTC) left half-written when their process died; how many."""

    async def close(self) -> None:
        """Release threads and connections."""


def checked_key(key: str) -> str:
    """The key itself when every store would keep it as written.

    Segments of letters, digits, dot, dash and underscore, none beginning with a dot: neither a traversal
    nor a hidden file can be named. Raises BadKey.
    """
    segments = key.split("/")
    if len(key) > _LONGEST_KEY or not all(_SEGMENT.fullmatch(segment) for segment in segments):
        raise BadKey(f"not a key: {key[:80]!r}")
    return key


def checked_prefix(prefix: str) -> str:
    """A prefix for `list`: empty, whole segments with a slash, or the beginning of a key. Raises BadKey."""
    if prefix:
        checked_key(prefix.removesuffix("/"))
    return prefix
