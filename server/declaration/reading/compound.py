"""Reads the streams of a compound file (MS-CFB), as far as a Word 97–2003 document needs them. Blocks."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END: Final = 0xFFFFFFFE
_LAST_SECTOR: Final = 0xFFFFFFFA
_FIRST_FAT_PLACES: Final = 109


class CompoundError(Exception):
    """Not a compound file, or one whose chains lead nowhere."""


@dataclass(frozen=True, slots=True)
class _Entry:
    start: int
    size: int


class Compound:
    """The streams of a file by name. Storages are flattened: their names are there too, empty."""

    def __init__(self, data: bytes) -> None:
        if len(data) < 512 or not data.startswith(MAGIC):
            raise CompoundError("no header")
        self._data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise CompoundError("sector sizes")
        self._size, self._mini_size = 1 << shift, 1 << mini_shift
        directory, _, self._cutoff, mini_fat, _, difat = struct.unpack_from("<IIIIII", data, 48)
        self._fat = self._table([*struct.unpack_from(f"<{_FIRST_FAT_PLACES}I", data, 76), *self._more_fat(difat)])
        self._entries: dict[str, _Entry] = {}
        root = self._read_directory(b"".join(self._sectors(directory)))
        self._mini_fat = self._table(self._chain(mini_fat))
        self._mini = b"".join(self._sectors(root.start))

    @property
    def names(self) -> frozenset[str]:
        """The names of all streams and storages."""
        return frozenset(self._entries)

    def stream(self, name: str) -> bytes:
        """The bytes of a stream. Raises CompoundError."""
        entry = self._entries.get(name)
        if entry is None:
            raise CompoundError(name)
        if entry.size >= self._cutoff:
            return b"".join(self._sectors(entry.start))[: entry.size]
        pieces, place = [], entry.start
        for _ in range(len(self._mini_fat)):
            if place >= _LAST_SECTOR:
                break
            pieces.append(self._mini[place * self._mini_size : (place + 1) * self._mini_size])
            place = self._following(self._mini_fat, place)
        return b"".join(pieces)[: entry.size]

    def _sector(self, number: int) -> bytes:
        return self._data[(number + 1) * self._size : (number + 2) * self._size]

    def _more_fat(self, place: int) -> list[int]:
        found: list[int] = []
        for _ in range(len(self._data) // self._size):
            if place >= _LAST_SECTOR:
                return found
            entries = self._numbers(self._sector(place))
            if not entries:
                break
            found += entries[:-1]
            place = entries[-1]
        return found

    def _table(self, sectors: Sequence[int]) -> list[int]:
        return [entry for one in sectors if one < _LAST_SECTOR for entry in self._numbers(self._sector(one))]

    @staticmethod
    def _numbers(sector: bytes) -> list[int]:
        return list(struct.unpack(f"<{len(sector) // 4}I", sector[: len(sector) // 4 * 4]))

    def _chain(self, place: int) -> list[int]:
        found: list[int] = []
        while place < _LAST_SECTOR:
            found.append(place)
            if len(found) > len(self._fat):  # a chain that bites its own tail
                raise CompoundError("endless chain")
            place = self._following(self._fat, place)
        return found

    @staticmethod
    def _following(table: Sequence[int], place: int) -> int:
        return table[place] if place < len(table) else _END

    def _sectors(self, place: int) -> list[bytes]:
        return [self._sector(one) for one in self._chain(place)]

    def _read_directory(self, raw: bytes) -> _Entry:
        root = _Entry(_END, 0)
        for at in range(0, len(raw) - 127, 128):
            length, kind = struct.unpack_from("<H", raw, at + 64)[0], raw[at + 66]
            if kind not in (1, 2, 5) or not 2 <= length <= 64:
                continue
            name = raw[at : at + length - 2].decode("utf-16-le", "replace")
            start, size = struct.unpack_from("<II", raw, at + 116)
            entry = _Entry(start, size)
            if kind == 5:
                root = entry
            else:
                self._entries.setdefault(name, entry if kind == 2 else _Entry(_END, 0))
        return root
