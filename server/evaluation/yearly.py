"""The official score of a year and what follows from it (R65, R66). Pure and exact."""

from __future__ import annotations

from decimal import Decimal

_PERCENT = Decimal(100)


def is_eligible(score: Decimal, line: int, *, overridden: bool) -> bool:
    """Below the line a unit is not eligible that year, 80.00 is; the group leader may decide otherwise (R65)."""
    return score >= line or overridden


def deduction_of(score: Decimal, *, line: int, base: int, weight_percent: int) -> Decimal | None:
    """What comes off the yearly appraisal: (base − score) × weight, only for a score below the line (R66)."""
    if score >= line:
        return None
    return (base - score) * weight_percent / _PERCENT
