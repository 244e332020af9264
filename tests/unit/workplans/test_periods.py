"""Weeks, months, their deadlines and lateness, on the state's own calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from schemas.workplans import SummaryKind
from server.org.calendar_seed import departures
from server.org.working_days import WorkCalendar
from server.workplans.periods import Span, due_on, late_days, period_params, span_of, state_of, week_of, weeks_of_month

CALENDAR = WorkCalendar(exceptions={**departures(2017), **departures(2026), **departures(2027)})


def span(kind: SummaryKind, period: str) -> Span:
    found = span_of(kind, period)
    assert found is not None
    return found


def due(kind: SummaryKind, period: str) -> date | None:
    return due_on(span(kind, period), CALENDAR, monthly_days=3)


def test_r16_a_week_is_an_iso_week_and_a_month_a_calendar_month() -> None:
    week, month = span("week", "2026-W01"), span("month", "2026-02")
    assert (week.from_on, week.until_on) == (date(2025, 12, 29), date(2026, 1, 4))
    assert (month.from_on, month.until_on) == (date(2026, 2, 1), date(2026, 2, 28))
    assert week_of(date(2027, 1, 3)) == "2026-W53"
    assert period_params("2026-W05") == {"year": 2026, "number": 5}


@pytest.mark.parametrize(
    ("kind", "period"), [("week", "2027-W53"), ("week", "2026-W00"), ("week", "2026-11"), ("month", "2026-W11")]
)
def test_a_period_that_the_calendar_does_not_have_is_none(kind: SummaryKind, period: str) -> None:
    assert span_of(kind, period) is None


def test_r16_a_week_is_due_on_its_last_working_day() -> None:
    assert due("week", "2026-W47") == date(2026, 11, 20)
    assert due("week", "2026-W40") == date(2026, 9, 30)  # Thursday and Friday are National Day
    assert due("week", "2026-W06") == date(2026, 2, 6)
    assert due("week", "2026-W07") == date(2026, 2, 14)  # a Saturday that is worked instead


def test_r16_a_week_without_a_working_day_owes_nothing() -> None:
    assert due("week", "2017-W40") is None
    assert due("week", "2026-W08") is None
    assert state_of(None, sent=False, owed=False, over=False) == "not_owed"


def test_r16_a_month_is_due_on_the_third_working_day_of_the_next() -> None:
    assert due("month", "2026-10") == date(2026, 11, 4)
    assert due("month", "2026-09") == date(2026, 10, 10)  # the holidays, then a Saturday that is worked


def test_r16_late_begins_after_the_hour_and_counts_working_days() -> None:
    day = due("week", "2026-W47")
    at = {
        datetime(2026, 11, 20, 9, 0, tzinfo=UTC): 0,  # 17:00 in Shanghai
        datetime(2026, 11, 20, 9, 0, 1, tzinfo=UTC): 1,
        datetime(2026, 11, 22, 9, 0, tzinfo=UTC): 1,
        datetime(2026, 11, 23, 1, 0, tzinfo=UTC): 1,
        datetime(2026, 11, 25, 1, 0, tzinfo=UTC): 3,
    }
    assert {moment: late_days(day, 17, moment, CALENDAR) for moment in at} == at
    assert late_days(None, 17, datetime(2030, 1, 1, tzinfo=UTC), CALENDAR) == 0


def test_a_week_belongs_to_the_month_of_its_thursday() -> None:
    assert weeks_of_month("2026-10") == ["2026-W40", "2026-W41", "2026-W42", "2026-W43", "2026-W44"]
    assert weeks_of_month("2026-11") == ["2026-W45", "2026-W46", "2026-W47", "2026-W48"]


@pytest.mark.parametrize(
    ("decision", "sent", "over", "state"),
    [
        (None, False, False, "owed"),
        (None, False, True, "missing"),
        (None, True, True, "submitted"),
        ("accepted", True, True, "accepted"),
        ("returned", True, False, "returned"),
    ],
)
def test_r16_the_state_follows_the_latest_version(decision: str | None, sent: bool, over: bool, state: str) -> None:
    assert state_of(decision, sent=sent, owed=True, over=over) == state
