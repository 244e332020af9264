"""Which posts are handed over, by whom, and what goes with them (R6)."""

from __future__ import annotations

from datetime import date

import pytest

from server.auth import roles
from server.handover.posts import Held, faults, may_hand_over, parts_of

TODAY = date(2026, 11, 24)
HELD = [Held(roles.LIAISON, date(2025, 3, 1)), Held(roles.DATA_OFFICER, TODAY)]


@pytest.mark.parametrize(
    ("actor", "asked", "may"),
    [
        (roles.ADMIN, [roles.OFFICE, roles.ADMIN], True),
        (roles.OFFICE, [roles.LIAISON, roles.UNIT_LEADER], True),
        (roles.OFFICE, [roles.LIAISON, roles.ADMIN], False),
        (roles.OFFICE, [roles.GROUP_LEADER], False),
        (roles.SUPERVISOR, [roles.LIAISON], False),
        (roles.UNIT_LEADER, [roles.LIAISON], False),
    ],
)
def test_r6_handover_makes_nobody_more_than_they_may_give(actor: str, asked: list[str], may: bool) -> None:
    assert may_hand_over(actor, asked) is may


def test_r6_handover_is_of_posts_that_are_held_and_of_a_day_that_has_come() -> None:
    assert list(faults([roles.LIAISON], HELD, begins_on=TODAY, today=TODAY)) == []
    assert list(faults([roles.UNIT_LEADER], HELD, begins_on=TODAY, today=TODAY)) == [("/roles/0", "post-not-held")]
    assert list(faults([roles.DATA_OFFICER], HELD, begins_on=TODAY, today=TODAY)) == [("/beginsOn", "before-the-post")]
    late = list(faults([roles.LIAISON], HELD, begins_on=date(2026, 11, 25), today=TODAY))
    assert late == [("/beginsOn", "handover-later")]


def test_r6_handover_changes_the_names_that_go_with_the_post() -> None:
    assert parts_of([roles.UNIT_LEADER], leaves=False) == ("overseer",)
    assert parts_of([roles.LIAISON, roles.DATA_OFFICER], leaves=False) == ("implementer", "resolver")
    assert parts_of([roles.LIAISON], leaves=True) == ("overseer", "implementer", "resolver")
    assert parts_of([roles.INSPECTOR], leaves=True) == ()
