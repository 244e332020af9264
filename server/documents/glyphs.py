"""Which characters a PDF can show: the character maps (OpenType `cmap`) of the fonts that stand behind all others.

A rare character in a name that no font has would be printed as an empty box: it is found before the letter is signed.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pylopdf_fonts_zh_cn

_FONTS = Path(pylopdf_fonts_zh_cn.__file__).parent
_FALLBACKS = ("NotoSerifSC-Regular.otf", "NotoSansSC-Regular.otf")
_UNPRINTED = set("\n\r\t\u200b\u00ad")


def unprintable(characters: Iterable[str]) -> tuple[str, ...]:
    """The characters that no fallback font has, sorted."""
    return tuple(sorted(set(characters) - _UNPRINTED - _covered()))


@cache
def _covered() -> frozenset[str]:
    codes: set[int] = set()
    for name in _FALLBACKS:
        codes.update(_mapped((_FONTS / name).read_bytes()))
    return frozenset(map(chr, codes))


def _mapped(font: bytes) -> Iterator[int]:
    """The code points of a font's full map (format 12); ValueError where it has none."""
    (tables,) = struct.unpack_from(">H", font, 4)
    for number in range(tables):
        tag, _, start, _ = struct.unpack_from(">4sIII", font, 12 + 16 * number)
        if tag == b"cmap":
            yield from _segments(font, start)
            return
    raise ValueError("a font without a character map")


def _segments(font: bytes, start: int) -> Iterator[int]:
    (count,) = struct.unpack_from(">H", font, start + 2)
    for number in range(count):
        (offset,) = struct.unpack_from(">I", font, start + 4 + 8 * number + 4)
        place = start + offset
        (form,) = struct.unpack_from(">H", font, place)
        if form == 12:
            (groups,) = struct.unpack_from(">I", font, place + 12)
            for group in range(groups):
                first, last, _ = struct.unpack_from(">III", font, place + 16 + 12 * group)
                yield from range(first, last + 1)
            return
    raise ValueError("a font without a full character map")
