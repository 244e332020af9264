"""Figures from counts: medians, percentiles and sums, without a row in memory. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from schemas.statistics import Spread

MOST_MONTHS = 36


@dataclass(slots=True)
class Closed:
    """The struck-off tasks of a unit or of all: how many took how many days, and how many were answered in time."""

    by_days: dict[int, int] = field(default_factory=dict)
    on_time: int = 0
    relapses: int = 0

    def add(self, days: int, count: int, *, on_time: bool) -> None:
        """Count `count` tasks that took `days` days from confirmation to 销号."""
        self.by_days[days] = self.by_days.get(days, 0) + count
        self.on_time += count if on_time else 0

    @property
    def count(self) -> int:
        return sum(self.by_days.values())

    @property
    def spread(self) -> Spread:
        return spread_of(self.by_days)


def spread_of(by_days: Mapping[int, int]) -> Spread:
    """Median and 90th percentile of a histogram of days; between two values the median is their middle."""
    count = sum(by_days.values())
    if not count:
        return Spread(count=0, median_days=None, p90_days=None)
    low, high = _at(by_days, (count - 1) // 2), _at(by_days, count // 2)
    nine_in_ten = _at(by_days, -(-count * 9 // 10) - 1)
    return Spread(count=count, median_days=(low + high) / 2, p90_days=float(nine_in_ten))


def _at(by_days: Mapping[int, int], place: int) -> int:
    """The value at a place (from 0) of the sorted values."""
    seen = 0
    for days in sorted(by_days):
        seen += by_days[days]
        if place < seen:
            return days
    raise IndexError(place)


def together(counts: Iterable[Closed]) -> Closed:
    """The same of several units."""
    whole = Closed()
    for one in counts:
        whole.on_time += one.on_time
        whole.relapses += one.relapses
        for days, count in one.by_days.items():
            whole.by_days[days] = whole.by_days.get(days, 0) + count
    return whole
