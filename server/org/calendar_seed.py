"""What the working-day table starts with: the official notices where they are known, statutory festivals after."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import chinese_calendar
import holidays

FIRST_YEAR = 2017
LAST_NOTICE_YEAR = 2026
PROVISIONAL_UNTIL = 2028


def years() -> Iterator[tuple[int, bool]]:
    """Each year of the table with whether it is provisional."""
    for year in range(FIRST_YEAR, PROVISIONAL_UNTIL + 1):
        yield year, year > LAST_NOTICE_YEAR


def departures(year: int) -> dict[date, bool]:
    """The dates of a year that depart from Monday to Friday, with whether they are worked."""
    return _from_notice(year) if year <= LAST_NOTICE_YEAR else _from_statute(year)


def _from_notice(year: int) -> dict[date, bool]:
    result = {}
    for on in _days(year):
        works = chinese_calendar.is_workday(on)
        if works != (on.weekday() < 5):
            result[on] = works
    return result


def _from_statute(year: int) -> dict[date, bool]:
    festivals = holidays.country_holidays("CN", years=year)
    return {on: False for on in festivals if on.weekday() < 5}


def _days(year: int) -> Iterator[date]:
    on = date(year, 1, 1)
    while on.year == year:
        yield on
        on += timedelta(days=1)
