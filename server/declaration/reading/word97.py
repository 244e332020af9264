"""Reads the text of a Word 97–2003 document by its piece table (MS-DOC 2.4.1). Blocks."""

from __future__ import annotations

import re
import struct
from typing import Final

from server.declaration.reading.compound import Compound, CompoundError

STREAM: Final = "WordDocument"
_MAGIC: Final = 0xA5EC
_FIRST_WITH_PIECES: Final = 0xC1
_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200
_COMPRESSED: Final = 0x40000000
_MOST_CHARACTERS: Final = 2_000_000
# A field is its instruction, then what it shows; only that is read.
_FIELD_CODE: Final = re.compile("\x13[^\x13\x14\x15]*\x14|\x13[^\x13\x14\x15]*\x15")
_PARAGRAPH_ENDS: Final = re.compile("[\r\x07\x0b\x0c]")
_MARKS: Final = re.compile("[\x00-\x08\x0e-\x1f]")


class EncryptedError(Exception):
    """The document asks for a password."""


def paragraphs_of(compound: Compound) -> list[str]:
    """The paragraphs of the main text. Raises CompoundError, EncryptedError."""
    main = compound.stream(STREAM)
    if len(main) < 0x01AA:
        raise CompoundError("no header of a document")
    magic, version = struct.unpack_from("<HH", main, 0)
    flags = struct.unpack_from("<H", main, 0x0A)[0]
    if magic != _MAGIC or version < _FIRST_WITH_PIECES:
        raise CompoundError("an older document")
    if flags & _ENCRYPTED:
        raise EncryptedError
    length = struct.unpack_from("<i", main, 0x4C)[0]
    if not 0 <= length <= _MOST_CHARACTERS:
        raise CompoundError("length")
    table = compound.stream("1Table" if flags & _SECOND_TABLE else "0Table")
    start, size = struct.unpack_from("<II", main, 0x01A2)
    text = _text(main, table[start : start + size])[:length]
    return _plain(text)


def _text(main: bytes, pieces: bytes) -> str:
    place = 0
    while place < len(pieces) and pieces[place] == 1:  # formats that stand before the table
        place += 3 + struct.unpack_from("<H", pieces, place + 1)[0]
    if place + 5 > len(pieces) or pieces[place] != 2:
        raise CompoundError("no table of pieces")
    size = struct.unpack_from("<I", pieces, place + 1)[0]
    body = pieces[place + 5 : place + 5 + size]
    count = (len(body) - 4) // 12
    if count < 1:
        raise CompoundError("no pieces")
    ends = struct.unpack_from(f"<{count + 1}I", body, 0)
    return "".join(
        _piece(main, ends[at + 1] - ends[at], struct.unpack_from("<I", body, 4 * (count + 1) + 8 * at + 2)[0])
        for at in range(count)
    )


def _piece(main: bytes, length: int, place: int) -> str:
    if not 0 <= length <= _MOST_CHARACTERS:
        raise CompoundError("piece")
    start = place & (_COMPRESSED - 1)
    if place & _COMPRESSED:
        return main[start // 2 : start // 2 + length].decode("cp1252", "replace")
    return main[start : start + 2 * length].decode("utf-16-le", "replace")


def _plain(text: str) -> list[str]:
    shown = text
    for _ in range(8):  # fields in fields
        shown, changed = _FIELD_CODE.subn("", shown)
        if not changed:
            break
    return [_MARKS.sub("", one).strip() for one in _PARAGRAPH_ENDS.split(shown)]
