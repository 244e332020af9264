"""A ZIP file as a stream: originals as they are, one after another, with the sums of all of them at the end."""

from __future__ import annotations

import contextlib
import csv
import hashlib
import io
import zipfile
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from server import clock
from server.exports.lines import BOM, wall_text
from server.exports.naming import Placed, path_of
from server.ledger.cells import safe_text
from server.photos.desk import photo_key
from storage.objects import ObjectMissing, ObjectStore

MANIFEST = "manifest.csv"
_FIRST_YEAR, _LAST_YEAR = 1980, 2107


class Sink(io.RawIOBase):
    """What a ZIP writer wrote since it was last asked. It cannot be wound back, so sizes follow the bytes."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self._waiting += piece
        return len(piece)

    def take(self) -> bytes:
        taken = bytes(self._waiting)
        self._waiting.clear()
        return taken


async def packed(store: ObjectStore, photos: Sequence[Placed], said: Mapping[str, Any]) -> AsyncIterator[bytes]:
    """The bytes of a ZIP with these photos and a manifest, at most a piece of one photo in memory.

    A photo whose bytes are not those of its receipt stands in the manifest as damaged; the rest goes on.
    """
    sink, rows, written = Sink(), [list(said["manifest"])], dict[str, bool]()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:  # photos do not get smaller
        for one in photos:
            path = path_of(one, wall_text(one.taken_at)[:10])
            if path not in written:  # the same photo used twice for one thing is one file
                digest = hashlib.sha256()
                with archive.open(_entry(one, path), "w") as target:
                    async for piece in _pieces(store, one.sha256):
                        digest.update(piece)
                        target.write(piece)
                        yield sink.take()
                written[path] = digest.hexdigest() == one.sha256
                yield sink.take()
            rows.append(_row(one, path, said, sound=written[path]))
        # With a day of its own: the same photos make the same file, so that a broken download can go on.
        archive.writestr(zipfile.ZipInfo(MANIFEST, (_FIRST_YEAR, 1, 1, 0, 0, 0)), csv_file(rows))
    yield sink.take()


async def _pieces(store: ObjectStore, sha256: str) -> AsyncIterator[bytes]:
    """The bytes of a photo, or none where the store has lost it."""
    with contextlib.suppress(ObjectMissing):
        async for piece in store.stream(photo_key(sha256)):
            yield piece


def _entry(one: Placed, path: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(path, date_time=_dos_time(one))
    entry.file_size = one.size_bytes
    return entry


def _dos_time(one: Placed) -> tuple[int, int, int, int, int, int]:
    # ZIP keeps a wall clock without a zone, in the years that fit into seven bits.
    at = one.taken_at and one.taken_at.astimezone(clock.SHANGHAI)
    if at is None or not _FIRST_YEAR <= at.year <= _LAST_YEAR:
        return (_FIRST_YEAR, 1, 1, 0, 0, 0)
    return (at.year, at.month, at.day, at.hour, at.minute, at.second)


def _row(one: Placed, path: str, said: Mapping[str, Any], *, sound: bool) -> list[str]:
    place = ["", ""] if one.lat is None or one.lon is None else [f"{one.lat:.6f}", f"{one.lon:.6f}"]
    kept = one.sha256 if sound else f"{one.sha256} {said['damaged']}"
    told = [path, one.site, one.item, one.purpose, one.task]
    return [*map(safe_text, told), wall_text(one.taken_at), *place, str(one.size_bytes), kept]


def csv_file(rows: Sequence[Sequence[str]]) -> bytes:
    """A table as CSV in UTF-8 with the mark that Excel knows."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return (BOM + text.getvalue()).encode()
