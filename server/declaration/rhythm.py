"""When a unit is reminded of what it still owes. Pure."""

from __future__ import annotations

from datetime import date
from typing import Final

STEPS: Final = (14, 7, 3, 1)
"""Days before the last one on which units are reminded; of each step once, on its day or the next that is worked."""


def step_of(until_on: date, today: date) -> int | None:
    """The step that has been reached, by the days that are left; None where it is too early, or the round is over."""
    left = (until_on - today).days
    if left < 0:
        return None
    return min((step for step in STEPS if left <= step), default=None)
