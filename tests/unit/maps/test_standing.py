"""How a site looks: the worst of its tasks."""

from __future__ import annotations

import pytest

from server.maps.standing import Counts, standing


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        (Counts(), "none"),
        (Counts(replied=3), "replied"),
        (Counts(open=1, replied=3), "open"),
        (Counts(open=5, overdue=1), "late"),
        (Counts(open=1, overdue=1, replied=9), "late"),
    ],
)
def test_the_worst_task_decides(counts: Counts, expected: str) -> None:
    assert standing(counts) == expected
