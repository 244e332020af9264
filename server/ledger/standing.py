"""How the units stand, counted while the rows go by. Pure."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from server.ledger.entries import Entry


@dataclass(slots=True)
class UnitCount:
    """Tasks of a unit, without those that wait for confirmation or are void."""

    total: int = 0
    closed: int = 0
    on_time: int = 0
    overdue: int = 0

    @property
    def rate(self) -> float:
        """The share that was struck off, 0 to 1."""
        return self.closed / self.total if self.total else 0.0


class Standing:
    """The counts by unit; as small as there are units, whatever the rows."""

    def __init__(self) -> None:
        self._units: dict[str, UnitCount] = defaultdict(UnitCount)

    def add(self, entry: Entry) -> None:
        """Count one row. Closed in time means answered within the limit; overdue, not struck off and late."""
        if entry.status in ("draft", "void"):
            return
        count = self._units[entry.unit]
        closed = entry.status == "closed"
        count.total += 1
        count.closed += closed
        count.on_time += closed and not entry.days_late
        count.overdue += entry.days_late > 0 and not closed

    def rows(self) -> list[tuple[str, UnitCount]]:
        """Each unit with its counts by name, and the sum of all."""
        units = sorted(self._units.items())
        whole = UnitCount(
            sum(count.total for _, count in units),
            sum(count.closed for _, count in units),
            sum(count.on_time for _, count in units),
            sum(count.overdue for _, count in units),
        )
        return [*units, ("", whole)]
