"""Counting statutory working days on a table that is handed in. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """The days that depart from Monday to Friday, and the years whose notice has not come yet.

    `exceptions` maps a date to whether it is worked: a holiday on a weekday is False, a make-up Saturday (调休) True.
    """

    exceptions: Mapping[date, bool] = field(default_factory=dict)
    provisional_years: frozenset[int] = frozenset()

    def is_working_day(self, on: date) -> bool:
        """Whether a date is worked."""
        return self.exceptions.get(on, on.weekday() < 5)

    def add_working_days(self, start: date, days: int) -> date:
        """The date `days` working days after `start`, which is itself not counted (R41, R44).

        Twelve days from now may lie in a year that has no notice yet; it is counted on that year's festival days.
        """
        on = start
        while days > 0:
            on += timedelta(days=1)
            if self.is_working_day(on):
                days -= 1
        return on

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; negative where `end` is before `start`."""
        if end < start:
            return -self.working_days_between(end, start)
        span = (end - start).days
        return sum(self.is_working_day(start + timedelta(days=day)) for day in range(1, span + 1))

    def last_working_day_of_month(self, on: date) -> date:
        """The last working day of the month of `on`."""
        first_of_next = (on.replace(day=28) + timedelta(days=4)).replace(day=1)
        last = first_of_next - timedelta(days=1)
        while not self.is_working_day(last):
            last -= timedelta(days=1)
        return last

    def is_provisional(self, start: date, end: date) -> bool:
        """Whether a deadline counted from `start` to `end` touches a year whose notice is not entered (暂定)."""
        return any(year in self.provisional_years for year in range(start.year, end.year + 1))
