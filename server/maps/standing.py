"""How a site looks on the map: the worst of its open tasks."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.maps import Standing


@dataclass(frozen=True, slots=True)
class Counts:
    """Tasks of a site; `overdue` is a part of `open`."""

    open: int = 0
    overdue: int = 0
    replied: int = 0


def standing(counts: Counts) -> Standing:
    """The worst first: something is late, something is open, something waits to be verified, nothing."""
    if counts.overdue:
        return "late"
    if counts.open:
        return "open"
    return "replied" if counts.replied else "none"
