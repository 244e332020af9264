"""When a task is due, and whether it is late (R41). Pure: `today` and the calendar are arguments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from schemas.tasks import TaskStatus
from server.org.working_days import WorkCalendar


@dataclass(frozen=True, slots=True)
class Deadline:
    """A date and whether it is only expected (预计, 暂定)."""

    due_on: date
    provisional: bool


def deadline(confirmed_on: date, working_days: int, calendar: WorkCalendar) -> Deadline:
    """The item's working days counted from the Shanghai date of confirmation, that day not counted (R41).

    Provisional where the count reaches a year whose notice has not been entered.
    """
    due_on = calendar.add_working_days(confirmed_on, working_days)
    return Deadline(due_on, calendar.is_provisional(confirmed_on, due_on))


def day_of_the_clock(today: date, asked_on: date | None) -> date:
    """The day that a task's clock shows: it stands still on the day of a request for more time until the office has
    decided (R41).
    """
    return today if asked_on is None else min(today, asked_on)


def after_refusal(due_on: date, *, asked_on: date, decided_on: date, calendar: WorkCalendar) -> date:
    """The due date after a refused request: the working days that the clock stood still are given back (R41)."""
    return calendar.add_working_days(due_on, calendar.working_days_between(asked_on, decided_on))


def awaits_activity(status: TaskStatus, closing: str) -> bool:
    """下次活动验证: the reply names the measure, and the next activity shows whether it holds (R41).

    Till then clock and ladder are at rest.
    """
    return status == "replied" and closing == "next_activity"


def is_overdue(status: TaskStatus, due_on: date, *, today: date, replied_on: date | None) -> bool:
    """Late begins on the day after. A reply in time stops the clock until it is returned."""
    if status == "open":
        return today > due_on
    if status == "replied":
        return replied_on is not None and replied_on > due_on
    return False


def days_left(status: TaskStatus, due_on: date, *, today: date, calendar: WorkCalendar) -> int | None:
    """Working days that are left (negative: days late); None where no clock runs."""
    if status not in ("draft", "open"):
        return None
    return calendar.working_days_between(today, due_on)
