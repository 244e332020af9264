"""Moving a visit: its month, working days, people in their posts."""

from __future__ import annotations

from datetime import date

import pytest

from server.planning.changing import Change, faults_of

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("on", "team", "works", "faults"),
    [
        (date(2026, 11, 24), None, True, []),
        (date(2026, 11, 23), None, True, [("/dueOn", "visit-day")]),
        (date(2026, 12, 1), None, True, [("/dueOn", "visit-day")]),
        (date(2026, 11, 28), None, False, [("/dueOn", "visit-day-off")]),
        (None, ["b", "c"], True, []),
        (None, ["b", "b"], True, [("/assignees", "person-twice")]),
        (None, ["b", "x"], True, [("/assignees/1", "not-inspector")]),
    ],
)
def test_what_speaks_against_a_change(
    on: date | None, team: list[str] | None, works: bool, faults: list[tuple[str, str]]
) -> None:
    change = Change("2026-11", on, team, ["a"])
    assert faults_of(change, {"a", "b", "c"}, today=TODAY, works=works) == faults


def test_who_stays_must_be_in_post_on_the_new_day() -> None:
    change = Change("2026-11", date(2026, 11, 26), None, ["gone"])
    assert faults_of(change, {"a"}, today=TODAY, works=True) == [("/assignees/0", "not-inspector")]
