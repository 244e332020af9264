"""What is judged, and how the outcomes are counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Case:
    """A trick with the flags that it deserves, or something honest that deserves none. Cases of one strength are one
    line of a table."""

    name: str
    deserves: frozenset[str]
    strength: str


@dataclass(frozen=True)
class Outcome:
    """What was raised for a case."""

    case: Case
    raised: frozenset[str]


@dataclass
class Count:
    """Of one flag: tricks found and missed, honest cases left alone and alarmed about."""

    hits: int = 0
    misses: int = 0
    quiet: int = 0
    false_alarms: int = 0
    missed: list[str] = field(default_factory=list)
    alarmed: list[str] = field(default_factory=list)


def counted(outcomes: Iterable[Outcome]) -> dict[str, Count]:
    """The confusion of each flag, over all cases: a case that deserves another flag is no honest one for this."""
    held = list(outcomes)
    codes = sorted({code for one in held for code in one.case.deserves | one.raised})
    table = {code: Count() for code in codes}
    for one in held:
        for code, count in table.items():
            _count(count, one, code)
    return table


def _count(count: Count, one: Outcome, code: str) -> None:
    if code in one.case.deserves:
        if code in one.raised:
            count.hits += 1
        else:
            count.misses += 1
            count.missed.append(one.case.strength)
    elif code in one.raised and not one.case.deserves:
        count.false_alarms += 1
        count.alarmed.append(one.case.strength)
    elif not one.case.deserves:
        count.quiet += 1
