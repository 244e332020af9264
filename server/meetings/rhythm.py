"""When the next meeting is due: regularly, every so many months (R50). Pure."""

from __future__ import annotations

import calendar
from datetime import date


def next_due_on(last_held_on: date, months: int) -> date:
    """The last day on which the next meeting is in time: the same day `months` later, or the month's last."""
    count = last_held_on.year * 12 + last_held_on.month - 1 + months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(last_held_on.day, calendar.monthrange(year, month + 1)[1]))


def is_overdue(last_held_on: date | None, months: int, *, today: date) -> bool:
    """Overdue from the day after; where none was ever held, at once."""
    return last_held_on is None or today > next_due_on(last_held_on, months)
