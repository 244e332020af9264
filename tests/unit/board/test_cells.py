"""What a cell and a month say, just at their edges."""

from __future__ import annotations

from datetime import date

import pytest

from server.board.cells import NOTHING, Tally, cells, months_of, state_of
from server.board.matrix import Share

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("tally", "state"),
    [
        (NOTHING, "not_started"),
        (Tally(open=2), "not_started"),
        (Tally(open=2, begun=1), "under_way"),
        (Tally(replied=1), "under_way"),
        (Tally(open=1, closed=4), "under_way"),
        (Tally(closed=4), "done"),
        (Tally(open=1, overdue=1, closed=9), "overdue"),
        (Tally(open=2, overdue=2, supervised=1), "supervised"),
        (Tally(open=1, supervised=1, replied=3), "supervised"),
    ],
)
def test_r13_a_cell_says_the_worst_of_its_tasks(tally: Tally, state: str) -> None:
    assert state_of(tally) == state


def test_r13_a_unit_with_tasks_but_no_share_has_a_cell_and_a_share_without_tasks_too() -> None:
    found = {
        (cell.row, cell.unit_id): (cell.part, cell.state)
        for cell in cells([Share("III-61", "a", "responsible")], {("III-42", "b"): Tally(closed=1)})
    }
    assert found == {("III-61", "a"): ("responsible", "not_started"), ("III-42", "b"): (None, "done")}


def test_r36_a_month_that_ended_without_an_inspection_is_red_and_this_month_is_not_yet() -> None:
    months = months_of(2026, {"2026-01": 3, "2026-10": 1}, TODAY)
    assert [cell.state for cell in months] == ["done", *["missed"] * 8, "done", "due", "ahead"]
    assert months[0].inspections == 3


def test_r36_another_year_is_over_or_ahead_as_a_whole() -> None:
    assert {cell.state for cell in months_of(2025, {}, TODAY)} == {"missed"}
    assert {cell.state for cell in months_of(2027, {}, TODAY)} == {"ahead"}
