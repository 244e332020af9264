"""A kept inspection's score and the points that it lost (R67). Pure: verdicts and items are arguments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from schemas.checklists import Item
from server.checklists.scoring import score_of

_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Lost:
    """An item that failed and what it takes of the hundred."""

    item: Item
    points: Fraction


@dataclass(frozen=True, slots=True)
class Scored:
    """The weights of what passed and of what was scored, the exact score or none, and what was lost."""

    passed_weight: int
    scored_weight: int
    score: Fraction | None
    lost: tuple[Lost, ...]


def scored_again(items: Sequence[Item], results: Mapping[str, Mapping[str, object]]) -> Scored:
    """The score anew from the verdicts that were kept; what was lost and the score make a hundred (R67)."""
    verdicts = {code: str(one["verdict"]) for code, one in results.items()}
    known = {code: one for code, one in verdicts.items() if one in ("pass", "fail")}
    scored = [item for item in items if item.code in known]
    whole = sum(item.weight for item in scored)
    passed = sum(item.weight for item in scored if known[item.code] == "pass")
    lost = [item for item in scored if known[item.code] == "fail" and item.weight]
    return Scored(
        passed,
        whole,
        score_of(items, {code: "pass" if one == "pass" else "fail" for code, one in known.items()}),
        tuple(Lost(item, Fraction(_HUNDRED * item.weight, whole)) for item in lost),
    )
