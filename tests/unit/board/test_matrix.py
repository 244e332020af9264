"""The rows of the wall chart and its shares."""

from __future__ import annotations

from collections import Counter

from server.board.matrix import Share, rows, shares
from server.matrix.holding import Owner
from server.matrix.notice import indicators, seed_notice

NAMED = indicators(seed_notice())


def test_r9_eight_contents_and_three_key_works_are_the_rows() -> None:
    assert Counter(row.board for row in rows(NAMED)) == {"routine": 8, "key_work": 3, "other": 1}
    assert len({row.code for row in rows(NAMED)}) == 12


def test_r12_a_cell_keeps_whether_its_unit_answers_or_cooperates() -> None:
    answering = Owner(unit_id="4", unit_code="U-A", unit_name="甲", part="responsible", position=0)
    helping = Owner(unit_id="3", unit_code="U-B", unit_name="乙", part="supporting", position=0)
    found = shares(NAMED, {"III-43": [answering, helping], "M-43-1": [answering]})
    assert found == [Share("III-43", "4", "responsible"), Share("III-43", "3", "supporting")]
