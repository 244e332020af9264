"""Arithmetic of months written as YYYY-MM. Pure."""

from __future__ import annotations

import re
from datetime import date

FIRST = "2000-01"  # of those that the wire can write
_MONTH = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])")


def is_month(text: str) -> bool:
    """Whether a text is a month as the wire writes it."""
    return _MONTH.fullmatch(text) is not None


def number_of(month: str) -> int:
    """Months since the year 0, so that two months can be taken from each other."""
    return int(month[:4]) * 12 + int(month[5:]) - 1


def month_after(month: str, by: int = 1) -> str:
    """The month `by` months later, or earlier where it is negative."""
    number = number_of(month) + by
    return f"{number // 12:04}-{number % 12 + 1:02}"


def months_between(first: str, last: str) -> list[str]:
    """Every month from the first to the last; none where the last lies before the first."""
    return [month_after(first, by) for by in range(number_of(last) - number_of(first) + 1)]


def first_day(month: str) -> date:
    """The first day of a month."""
    return date.fromisoformat(f"{month}-01")
