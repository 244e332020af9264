"""A cell of a sheet as the text that a person reads in it: dates as dates, numbers without their padding. Pure."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Final

_BUILT_IN_DATES: Final = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_QUOTED: Final = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_LAST_SERIAL: Final = 2_958_465
_CELL: Final = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_UNWANTED: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")


def shows_a_date(number_format_id: int, code: str | None) -> bool:
    """Whether a number format shows a date: one of the built-in ones, or a code with a day, month or year in it."""
    if code is None:
        return number_format_id in _BUILT_IN_DATES
    bare = _QUOTED.sub("", code.lower())
    return any(letter in bare for letter in "ydh") or ("m" in bare and "0" not in bare and "#" not in bare)


def number_text(raw: str, *, is_date: bool, from_1904: bool = False) -> str:
    """A stored number as text: `2026-03-05`, `2026-03-05 14:30`, `12`, `0.5`; what is no number stays as it is."""
    try:
        value = float(raw)
    except ValueError:
        return raw
    if is_date and 0 < value < _LAST_SERIAL:
        return _date_text(value, from_1904)
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return format(value, ".10g")


def _date_text(serial: float, from_1904: bool) -> str:
    base = _EPOCH_1904 if from_1904 else _EPOCH
    seconds = round(serial * 86_400)
    at = base + timedelta(seconds=seconds)
    if not from_1904 and serial < 1:
        return at.strftime("%H:%M")
    return at.strftime("%Y-%m-%d") if seconds % 86_400 == 0 else at.strftime("%Y-%m-%d %H:%M")


def place_of(reference: str) -> tuple[int, int] | None:
    """Row number (from 1) and column (from 0) of `C7`; None for what is no reference."""
    found = _CELL.fullmatch(reference)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column - 1


def letters_of(column: int) -> str:
    """The name of a column (from 0): A, B, …, Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def clean(text: str) -> str:
    """A text without control characters, ends trimmed; `_x000D_` is what Excel writes for one."""
    text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ").replace("\ufeff", "")
    return _UNWANTED.sub("", text).strip()
