"""Whether a visit can be put on a day, and whether these people can go. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Change:
    """What is asked of a visit of a month (YYYY-MM): a new day, a new team, or None where it stays."""

    month: str
    on: date | None
    team: Sequence[str] | None
    standing: Sequence[str]


def faults_of(change: Change, inspectors: Collection[str], *, today: date, works: bool) -> list[tuple[str, str]]:
    """Everything that speaks against a change, as pointer and code.

    `inspectors` hold the post on the visit's day, `works` is whether that is a working day. A visit stays in its
    month, because the month's subject would lose it otherwise (R36).
    """
    faults = []
    if change.on is not None:
        if change.on.strftime("%Y-%m") != change.month or change.on < today:
            faults.append(("/dueOn", "visit-day"))
        elif not works:
            faults.append(("/dueOn", "visit-day-off"))
    team = change.standing if change.team is None else change.team
    if len(set(team)) < len(team):
        faults.append(("/assignees", "person-twice"))
    for at, person_id in enumerate(team):
        if person_id not in inspectors:
            faults.append((f"/assignees/{at}", "not-inspector"))
    return faults
