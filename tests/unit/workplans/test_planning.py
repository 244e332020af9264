"""When a plan is due."""

from __future__ import annotations

from datetime import date

from server.workplans.planning import plan_due_on


def test_r15_a_plan_is_due_fifteen_days_after_the_notice() -> None:
    assert plan_due_on(2017, 2017, date(2017, 5, 5), 15) == date(2017, 5, 20)


def test_a_year_without_a_notice_of_its_own_begins_with_the_year() -> None:
    assert plan_due_on(2026, 2017, date(2017, 5, 5), 15) == date(2026, 1, 16)
