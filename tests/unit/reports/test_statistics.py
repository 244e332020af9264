"""Figures from counts, against the same figures from the values themselves."""

from __future__ import annotations

import statistics as plain

from hypothesis import given
from hypothesis import strategies as st

from server.reports.statistics import Closed, spread_of, together


@given(st.lists(st.integers(0, 400), min_size=1, max_size=200))
def test_the_median_and_the_nine_in_ten_are_those_of_the_values(days: list[int]) -> None:
    by_days = {value: days.count(value) for value in days}
    spread = spread_of(by_days)
    assert spread.count == len(days)
    assert spread.median_days == plain.median(days)
    assert spread.p90_days is not None
    within = sum(value <= spread.p90_days for value in days)
    assert within >= 0.9 * len(days)
    assert sum(value < spread.p90_days for value in days) < 0.9 * len(days)


def test_nothing_closed_has_no_spread() -> None:
    assert (spread_of({}).count, spread_of({}).median_days, spread_of({}).p90_days) == (0, None, None)


def test_units_come_together_without_losing_a_task() -> None:
    one, other = Closed(), Closed()
    one.add(3, 2, on_time=True)
    one.add(3, 1, on_time=False)
    other.add(9, 4, on_time=True)
    whole = together([one, other])
    assert (whole.by_days, whole.on_time, whole.count) == ({3: 3, 9: 4}, 6, 7)
    assert one.by_days == {3: 3}
