"""下次活动验证: which inspection of a later activity decides a task that waits for it, and how (R41). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final, Literal

Outcome = Literal["strike_off", "return"]
_DECIDES: Final[Mapping[str, Outcome]] = {"pass": "strike_off", "fail": "return"}
ACTIVITY_DATES: Final[Mapping[str, str]] = {"KH": "KH-B03"}
"""The item of each checklist that says on which day the activity took place (活动日期)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A task that was replied to and waits. `failed_on` is the day of the last confirmed sighting of the fault."""

    item_code: str
    replied_at: datetime
    replied_on: date
    failed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A confirmed inspection of the task's site. `results` are its verdicts by item; `void_items` those whose finding
    the office did not let stand.
    """

    id: str
    finished_at: datetime
    finished_on: date
    results: Mapping[str, Mapping[str, Any]]
    void_items: frozenset[str] = field(default_factory=frozenset)


def activity_date(seen: Seen, item_code: str) -> date:
    """The day of the activity that an inspection saw; where it cannot be established, the day of the inspection."""
    told = seen.results.get(ACTIVITY_DATES.get(item_code.partition("-")[0], ""), {}).get("value")
    try:
        return date.fromisoformat(told) if isinstance(told, str) else seen.finished_on
    except ValueError:
        return seen.finished_on


def outcome_of(task: Waiting, seen: Seen) -> Outcome | None:
    """What this inspection decides: passed → struck off, failed → returned, anything else nothing (R41).

    It must have been made after the reply, about an activity that is neither before the reply nor the one that
    failed, and have judged the item anew: an answer that was carried along proves nothing.
    """
    result = seen.results.get(task.item_code)
    if result is None or result.get("carried") or task.item_code in seen.void_items:
        return None
    took_place_on = activity_date(seen, task.item_code)
    if seen.finished_at <= task.replied_at or took_place_on < task.replied_on:
        return None
    if task.failed_on is not None and took_place_on <= task.failed_on:
        return None
    return _DECIDES.get(str(result.get("verdict")))


def first_decision(task: Waiting, inspections: Iterable[Seen]) -> tuple[Seen, Outcome] | None:
    """The earliest inspection that decides, and how: the next activity is the one that counts, not a later one."""
    for seen in sorted(inspections, key=lambda one: (one.finished_at, one.id)):
        outcome = outcome_of(task, seen)
        if outcome is not None:
            return seen, outcome
    return None
