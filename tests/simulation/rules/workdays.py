"""The state's calendar of the simulated year, copied from the notice's table (official documents, section 9)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

_OFF = {
    2026: "01-01 01-02 02-16 02-17 02-18 02-19 02-20 02-23 04-06 05-01 05-04 05-05 06-19 09-25 "
    "10-01 10-02 10-05 10-06 10-07",
    # No notice was found for 2027: until one is entered only the statutory festivals are off.
    2027: "01-01 02-05 02-06 02-07 02-08 04-05",
}
_WORKED = {2026: "01-04 02-14 02-28 05-09 09-20 10-10"}


class Workdays:
    """Counting statutory working days. The first day is never counted, the last one always."""

    def __init__(self) -> None:
        self._off = {_date(year, text) for year, texts in _OFF.items() for text in texts.split()}
        self._worked = {_date(year, text) for year, texts in _WORKED.items() for text in texts.split()}
        self._announced = {2026}

    def announce(self, year: int, *, off: Iterable[date], worked: Iterable[date]) -> None:
        """The year's notice has come: it replaces what was expected."""
        self._off = {day for day in self._off if day.year != year} | set(off)
        self._worked = {day for day in self._worked if day.year != year} | set(worked)
        self._announced.add(year)

    def works(self, day: date) -> bool:
        """Whether people work on a day."""
        return day in self._worked or (day.weekday() < 5 and day not in self._off)

    def after(self, day: date, count: int) -> date:
        """The date `count` working days after a day."""
        while count:
            day += timedelta(days=1)
            count -= self.works(day)
        return day

    def between(self, first: date, last: date) -> int:
        """Working days after `first` up to and with `last`; negative where `last` is the earlier one."""
        if last < first:
            return -self.between(last, first)
        return sum(self.works(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))

    def expected(self, first: date, last: date) -> bool:
        """Whether a count touches a year whose notice has not come (暂定)."""
        return any(year not in self._announced for year in range(first.year, last.year + 1))


def _date(year: int, text: str) -> date:
    month, day = text.split("-")
    return date(year, int(month), int(day))
