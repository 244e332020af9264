"""Who visits what in a month. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Plan:
    """One visit to be made: site, template version, by when, by whom."""

    site_id: str
    template_version_id: str
    template_code: str
    due_on: date
    assignees: tuple[str, ...]


def plan_month(
    sites: Sequence[tuple[str, str]],
    templates: Sequence[tuple[str, str, frozenset[str]]],
    *,
    inspectors: Sequence[str],
    last_day: date,
) -> list[Plan]:
    """Every site (id, kind) with every template (version id, code, kinds of site) that asks about its kind (R36).

    Inspectors go in pairs, taken in turn; where there are fewer than two, all go.
    """
    plans = []
    turn = 0
    for site_id, kind in sites:
        for version_id, code, kinds in templates:
            if kind in kinds:
                plans.append(Plan(site_id, version_id, code, last_day, _pair(inspectors, turn)))
                turn += 1
    return plans


def _pair(inspectors: Sequence[str], turn: int) -> tuple[str, ...]:
    if len(inspectors) <= 2:
        return tuple(inspectors)
    first = turn % len(inspectors)
    return inspectors[first], inspectors[(first + 1) % len(inspectors)]
