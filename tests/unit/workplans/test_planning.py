"""When a plan is due."""

from __future__ import annotations

from datetime import date

from server.workplans.planning import plan_due_on, steps_state


def test_r15_a_plan_is_due_fifteen_days_after_the_notice() -> None:
    assert plan_due_on(2017, 2017, date(2017, 5, 5), 15) == date(2017, 5, 20)


def test_a_year_without_a_notice_of_its_own_begins_with_the_year() -> None:
    assert plan_due_on(2026, 2017, date(2017, 5, 5), 15) == date(2026, 1, 16)


def test_r15_a_units_steps_are_one_state_on_the_wall_the_worst_first() -> None:
    assert steps_state(steps=3, done=0, late=0) == "not_started"
    assert steps_state(steps=3, done=1, late=0) == "under_way"
    assert steps_state(steps=3, done=2, late=1) == "overdue"
    assert steps_state(steps=3, done=3, late=0) == "done"
