"""Dates as people write them in such lists. Pure: `today` is an argument."""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

Lean = Literal["past", "future"]
_EPOCH: Final = date(1899, 12, 30)
_SERIALS: Final = range(36_526, 73_051)
_DIGITS: Final = str.maketrans("〇零一二三四五六七八九", "00123456789")
_YEAR: Final = r"(?P<y>(?:19|20)\d\d|\d\d)"
_TAIL: Final = r"(?:[日号])?(?:[(（]?(?:周|星期|礼拜).[)）]?)?(?:[ T]?\d{1,2}[:时]\d{1,2}分?(?:[:]\d{1,2}(?:\.\d+)?)?)?"
_FULL: Final = re.compile(rf"{_YEAR}[年./\-](?P<m>\d{{1,2}})[月./\-](?P<d>\d{{1,2}}){_TAIL}")
_PACKED: Final = re.compile(r"(?P<y>20\d\d)(?P<m>\d\d)(?P<d>\d\d)")
_SHORT: Final = re.compile(rf"(?P<m>\d{{1,2}})[月./\-](?P<d>\d{{1,2}}){_TAIL}")
_MONTH_END: Final = re.compile(rf"(?:{_YEAR}[年./\-])?(?P<m>\d{{1,2}})月(?:底|末|份)?")
_RANGE: Final = re.compile(r"至|到|~|—+|--|(?<=[\d日])-(?=20\d\d[年./\-])")
_BEFORE: Final = re.compile(r"^(?:于|在|限|请于)|(?:之前|以前|前|止|完成|前完成|前整改到位|整改到位)+$")
_TENS: Final = re.compile(r"([二三]?)十([一二三四五六七八九]?)")


@dataclass(frozen=True, slots=True)
class DayRead:
    """A day, and what a person should look at: `assumed-year`, `month-end`, `last-of-range`; or `on` None: no date."""

    on: date | None
    doubt: str | None = None


def read_day(text: str, *, today: date, lean: Lean, after: date | None = None) -> DayRead:
    """The day that a text names. Where the year is missing: a sighting lies in the past; a deadline is the first such
    day from `after` on (the day of the sighting), else the one nearest to today.
    """
    bare = _normal(text)
    parts = [part for part in _RANGE.split(bare) if part]
    if len(parts) == 2:
        last = _one(parts[1], today, lean, after)
        return DayRead(last.on, "last-of-range") if last.on else last
    return _one(bare, today, lean, after)


def _normal(text: str) -> str:
    wide = unicodedata.normalize("NFKC", text).strip().replace("。", ".").replace("、", ".")
    wide = _TENS.sub(lambda found: f"{_tens(found[1])}{found[2].translate(_DIGITS) or '0'}", wide)
    wide = wide.translate(_DIGITS)
    wide = re.sub(r"\s*([年月日号./\-:])\s*", r"\1", wide)
    return _BEFORE.sub("", _BEFORE.sub("", wide)).strip(" .,;")


def _tens(mark: str) -> str:
    return {"": "1", "二": "2", "三": "3"}[mark]


def _one(text: str, today: date, lean: Lean, after: date | None) -> DayRead:
    if text.replace(".", "", 1).isdecimal() and text.split(".", maxsplit=1)[0].isdecimal():
        serial = int(text.split(".", maxsplit=1)[0])
        if serial in _SERIALS:
            return DayRead(_EPOCH + timedelta(days=serial))
    if found := _FULL.fullmatch(text) or _PACKED.fullmatch(text):
        year = int(found["y"])
        on = _day(year if year > 99 else 2000 + year, int(found["m"]), int(found["d"]))
        return DayRead(on, None if year > 99 else "assumed-year")
    if found := _SHORT.fullmatch(text):
        return _nearest(int(found["m"]), int(found["d"]), today, lean, after)
    if found := _MONTH_END.fullmatch(text):
        return _end_of_month(found, today, lean, after)
    return DayRead(None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _nearest(month: int, day: int, today: date, lean: Lean, after: date | None) -> DayRead:
    """A day without a year. Past: the last one. Future: the first from `after` on, else the nearest to today."""
    middle = after.year if after else today.year
    years = (middle + 1, middle, middle - 1)
    days = [on for year in years if (on := _day(year, month, day)) is not None]
    if lean == "past":
        fitting = [on for on in days if on <= today]
        return DayRead(fitting[0] if fitting else None, "assumed-year")
    if after is not None:
        return DayRead(min((on for on in days if on >= after), default=None), "assumed-year")
    return DayRead(min(days, key=lambda on: abs((on - today).days), default=None), "assumed-year")


def _end_of_month(found: re.Match[str], today: date, lean: Lean, after: date | None) -> DayRead:
    month = int(found["m"])
    if not 1 <= month <= 12:
        return DayRead(None)
    if found["y"] is None:
        near = _nearest(month, 28, today, lean, after)
        year = near.on.year if near.on else today.year
    else:
        year = int(found["y"]) if int(found["y"]) > 99 else 2000 + int(found["y"])
    return DayRead(date(year, month, calendar.monthrange(year, month)[1]), "month-end")
