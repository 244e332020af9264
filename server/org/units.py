"""What kinds of units there are. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

OF_THE_GROUP: Final = frozenset({"lead", "member", "street"})
"""The units of the group (R3): they can owe a task, need their posts (R6) and have a column on the wall chart."""

ONE_OF_A_KIND: Final = frozenset({"lead", "office"})
"""There is one lead unit and one office (R2)."""


def who_took_over(unit_id: str, successors: Mapping[str, str | None]) -> str:
    """Who took over from a unit, and from that one in turn; itself where nobody did (R3)."""
    seen = {unit_id}
    while (following := successors.get(unit_id)) is not None and following not in seen:
        seen.add(following)
        unit_id = following
    return unit_id
