"""Arithmetic of months written as YYYY-MM. Pure."""

from __future__ import annotations

from datetime import date, timedelta

FIRST = "2000-01"  # of those that the wire can write


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


def last_day(month: str) -> date:
    """The last day of a month."""
    return first_day(month_after(month)) - timedelta(days=1)
