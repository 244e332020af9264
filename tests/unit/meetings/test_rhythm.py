"""When the next meeting is due, and in which state one is."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from server.meetings.rhythm import is_overdue, next_due_on
from server.meetings.stages import ACTIONS, state_of


@pytest.mark.parametrize(
    ("last", "months", "due"),
    [
        (date(2026, 8, 27), 3, date(2026, 11, 27)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(2026, 1, 15), 12, date(2027, 1, 15)),
    ],
)
def test_r50_the_next_meeting_is_due_as_many_months_later_as_the_district_set(
    last: date, months: int, due: date
) -> None:
    assert next_due_on(last, months) == due
    assert not is_overdue(last, months, today=due)
    assert is_overdue(last, months, today=date.fromordinal(due.toordinal() + 1))


def test_r50_where_no_meeting_was_ever_held_one_is_overdue() -> None:
    assert is_overdue(None, 3, today=date(2026, 11, 24))


@pytest.mark.parametrize(("held", "cancelled"), list(product([False, True], repeat=2)))
@pytest.mark.parametrize("notice", ["", "draft", "in_review", "signed", "issued", "sealed", "archived", "cancelled"])
@pytest.mark.parametrize(
    "minutes", ["", "draft", "in_review", "confirmed", "signed", "issued", "archived", "cancelled"]
)
def test_r50_a_meeting_stands_where_its_marks_and_documents_put_it(
    held: bool, cancelled: bool, notice: str, minutes: str
) -> None:
    state = state_of(held=held, cancelled=cancelled, notices={notice} - {""}, minutes={minutes} - {""})
    if cancelled:
        assert state == "cancelled"
    elif not held:
        assert state == ("notified" if notice in ("issued", "sealed", "archived") else "planned")
    else:
        assert state == ("minuted" if minutes in ("signed", "issued", "archived") else "held")


def test_r50_nothing_is_planned_after_a_meeting_was_held_and_nothing_recorded_before() -> None:
    assert {state for state, actions in ACTIONS.items() if "record" in actions} == {"held", "minuted"}
    assert {state for state, actions in ACTIONS.items() if "edit" in actions} == {"planned", "notified"}
    assert ACTIONS["cancelled"] == ()
    assert "draft_minutes" not in ACTIONS["minuted"]  # what is signed is amended, with a reason
