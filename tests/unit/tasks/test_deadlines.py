"""When a task is due, and when it is late."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from server.org.working_days import WorkCalendar
from server.tasks.deadlines import Deadline, after_refusal, day_of_the_clock, days_left, deadline, is_overdue

FRIDAY = date(2026, 11, 27)
DUE = date(2026, 12, 1)
CALENDAR = WorkCalendar(provisional_years=frozenset({2027}))


def test_r41_the_day_of_confirmation_is_not_counted() -> None:
    assert deadline(FRIDAY, 1, CALENDAR) == Deadline(date(2026, 11, 30), provisional=False)
    assert deadline(FRIDAY, 5, CALENDAR) == Deadline(date(2026, 12, 4), provisional=False)


def test_a_deadline_is_provisional_once_its_count_reaches_a_year_without_a_notice() -> None:
    assert deadline(date(2026, 12, 30), 1, CALENDAR) == Deadline(date(2026, 12, 31), provisional=False)
    assert deadline(date(2026, 12, 31), 1, CALENDAR) == Deadline(date(2027, 1, 1), provisional=True)
    assert deadline(date(2027, 3, 1), 1, CALENDAR).provisional is True


def test_r41_late_begins_on_the_day_after() -> None:
    assert is_overdue("open", DUE, today=DUE, replied_on=None) is False
    assert is_overdue("open", DUE, today=DUE + timedelta(days=1), replied_on=None) is True


@pytest.mark.parametrize("days_after", [0, 1, 100])
def test_a_reply_in_time_stops_the_clock(days_after: int) -> None:
    today = DUE + timedelta(days=days_after)
    assert is_overdue("replied", DUE, today=today, replied_on=DUE) is False
    assert is_overdue("replied", DUE, today=today, replied_on=DUE + timedelta(days=1)) is True


def test_what_is_closed_void_or_not_confirmed_is_never_late() -> None:
    late = DUE + timedelta(days=30)
    assert not is_overdue("draft", DUE, today=late, replied_on=None)
    assert not is_overdue("closed", DUE, today=late, replied_on=late)
    assert not is_overdue("void", DUE, today=late, replied_on=None)


def test_days_left_count_working_days_and_stop_with_the_clock() -> None:
    assert days_left("open", DUE, today=FRIDAY, calendar=CALENDAR) == 2
    assert days_left("open", DUE, today=DUE, calendar=CALENDAR) == 0
    assert days_left("open", DUE, today=DUE + timedelta(days=1), calendar=CALENDAR) == -1
    assert days_left("replied", DUE, today=DUE, calendar=CALENDAR) is None


def test_r41_the_clock_stands_still_while_a_request_for_time_waits() -> None:
    asked_on, due_on = date(2026, 3, 5), date(2026, 3, 6)
    for day in (5, 6, 9, 20):
        shown = day_of_the_clock(date(2026, 3, day), asked_on)
        assert shown == asked_on
        assert not is_overdue("open", due_on, today=shown, replied_on=None)
    assert day_of_the_clock(date(2026, 3, 9), None) == date(2026, 3, 9)


def test_r41_a_refusal_gives_back_the_working_days_that_the_clock_stood() -> None:
    # Asked on Thursday the 5th, due on Friday the 6th, refused on Tuesday the 10th: three working days given back.
    back = after_refusal(
        date(2026, 3, 6), asked_on=date(2026, 3, 5), decided_on=date(2026, 3, 10), calendar=WorkCalendar()
    )
    assert back == date(2026, 3, 11)
    same_day = after_refusal(
        date(2026, 3, 6), asked_on=date(2026, 3, 5), decided_on=date(2026, 3, 5), calendar=WorkCalendar()
    )
    assert same_day == date(2026, 3, 6)
