"""The twelve months before an evaluation, and calendar months (R72). Pure."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

WindowFound = Literal["inside", "before", "after_start", "during", "outside", "same_year", "other_year"]


@dataclass(frozen=True, slots=True)
class When:
    """When an event was: a day, or from a day until another; `until` None is still there. A day has both alike."""

    start: date
    until: date | None

    @classmethod
    def on(cls, day: date) -> When:
        """A single day."""
        return cls(day, day)


def months_later(day: date, months: int) -> date:
    """The same day some calendar months later, or earlier; a day that the month lacks becomes its last."""
    number = day.year * 12 + day.month - 1 + months
    year, month = divmod(number, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def window_of(starts_on: date, months: int) -> tuple[date, date]:
    """The first and the last day of the window: it ends the day before the evaluation starts."""
    return months_later(starts_on, -months), starts_on - timedelta(days=1)


def before_evaluation(when: When, starts_on: date, months: int) -> WindowFound:
    """Whether an event lies in the window. The start itself is not before, and what came later is none of its
    concern; what lasted lies in it where it overlaps.
    """
    first, last = window_of(starts_on, months)
    if when.start > last:
        return "after_start"
    return "inside" if when.until is None or when.until >= first else "before"


def during_evaluation(when: When, starts_on: date, ends_on: date) -> WindowFound:
    """Whether an event was while the evaluation was under way, its first and last day included."""
    return "during" if when.start <= ends_on and (when.until is None or when.until >= starts_on) else "outside"


def in_year(when: When, year: int) -> WindowFound:
    """Whether an event was in the year whose score it takes points from."""
    ends_in = when.until.year if when.until else year
    return "same_year" if when.start.year <= year <= ends_in else "other_year"
