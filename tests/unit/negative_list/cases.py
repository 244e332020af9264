"""The notice's 52 penalties, typed from its attachment 2 by hand, and events that meet each item."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from schemas.negative_list import CityStatus, EvaluationKind
from server.negative_list.facts import (
    ClauseOutcome,
    EvaluationFacts,
    EventFacts,
    EventOutcome,
    Ranking,
    StatusSpan,
    World,
)
from server.negative_list.judging import judge
from server.negative_list.reference import known_items
from server.negative_list.windows import When

HOLDER: tuple[CityStatus, ...] = ("title_holder",)
CANDIDATE: tuple[CityStatus, ...] = ("candidate",)
BOTH: tuple[CityStatus, ...] = ("title_holder", "candidate")
# code, statuses, what it speaks of, months before (0: during it, None: no window), effect, points
CLAUSES: list[tuple[str, tuple[CityStatus, ...], str, int | None, str, int]] = [
    ("A01-P1", HOLDER, "", None, "suspend", 0),
    ("A01-P2", CANDIDATE, "annual", 12, "deduct", 5),
    ("A01-P3", CANDIDATE, "application", 12, "disqualify_participation", 0),
    ("B02-P1", HOLDER, "", None, "suspend", 0),
    ("B02-P2", CANDIDATE, "annual", 12, "deduct", 5),
    ("B02-P3", CANDIDATE, "application", 12, "disqualify_participation", 0),
    ("B03-P1", BOTH, "any", 12, "deduct", 3),
    ("B04-P1", BOTH, "any", 12, "deduct", 2),
    ("B05-P1", BOTH, "any", 12, "deduct", 1),
    ("C06-P1", BOTH, "any", 12, "deduct", 2),
    ("C07-P1", BOTH, "any", 12, "deduct", 2),
    ("C08-P1", BOTH, "any", 12, "deduct", 2),
    ("D09-P1", BOTH, "any", 12, "deduct", 2),
    ("D10-P1", BOTH, "any", 12, "deduct", 2),
    ("D11-P1", BOTH, "any", 12, "deduct", 2),
    ("D12-P1", BOTH, "any", 12, "deduct", 1),
    ("E13-P1", HOLDER, "", None, "suspend", 0),
    ("E13-P2", CANDIDATE, "any", 12, "deduct", 3),
    ("F14-P1", HOLDER, "", None, "suspend", 0),
    ("F14-P2", CANDIDATE, "", None, "disqualify_participation", 0),
    ("G15-P1", HOLDER, "", None, "suspend", 0),
    ("G15-P2", CANDIDATE, "annual", 12, "deduct", 3),
    ("G15-P3", CANDIDATE, "application", 12, "disqualify_participation", 0),
    ("G16-P1", HOLDER, "", None, "suspend", 0),
    ("G16-P2", CANDIDATE, "annual", 12, "deduct", 3),
    ("G16-P3", CANDIDATE, "application", 12, "disqualify_participation", 0),
    ("G17-P1", HOLDER, "", None, "suspend", 0),
    ("G17-P2", CANDIDATE, "annual", 12, "deduct", 3),
    ("G17-P3", CANDIDATE, "application", 12, "disqualify_participation", 0),
    ("G18-P1", HOLDER, "", None, "suspend", 0),
    ("G18-P2", CANDIDATE, "annual", 12, "deduct", 3),
    ("G18-P3", CANDIDATE, "application", 12, "disqualify_participation", 0),
    ("G19-P1", BOTH, "any", 12, "deduct", 2),
    ("G20-P1", BOTH, "any", 12, "deduct", 2),
    ("G21-P1", BOTH, "any", 12, "deduct", 2),
    ("H22-P1", HOLDER, "", None, "suspend", 0),
    ("H22-P2", CANDIDATE, "annual", 12, "deduct", 3),
    ("H22-P3", CANDIDATE, "application", 12, "disqualify_participation", 0),
    ("H23-P1", BOTH, "any", 12, "deduct", 2),
    ("H24-P1", BOTH, "any", 12, "deduct", 2),
    ("I25-P1", HOLDER, "", None, "suspend", 0),
    ("I25-P2", CANDIDATE, "annual", 0, "cancel_nomination", 0),
    ("I25-P3", CANDIDATE, "comprehensive", 0, "disqualify_participation", 0),
    ("I26-P1", HOLDER, "", None, "suspend", 0),
    ("I26-P2", CANDIDATE, "annual", 0, "cancel_nomination", 0),
    ("I26-P3", CANDIDATE, "comprehensive", 0, "disqualify_participation", 0),
    ("I27-P1", BOTH, "any", None, "deduct", 5),
    ("I28-P1", HOLDER, "", None, "cancel_title", 0),
    ("I28-P2", CANDIDATE, "", None, "cancel_nomination", 0),
    ("I29-P1", HOLDER, "", None, "cancel_title", 0),
    ("I29-P2", CANDIDATE, "", None, "bar_next_nomination", 0),
    ("I30-P1", HOLDER, "", None, "cancel_title", 0),
]
KINDS: dict[str, tuple[EvaluationKind, ...]] = {
    "": (),
    "any": ("annual", "comprehensive", "term_review"),
    "annual": ("annual",),
    "comprehensive": ("comprehensive",),
    "application": ("application",),
}
ALL_KINDS: tuple[EvaluationKind, ...] = ("annual", "comprehensive", "term_review", "application")
STARTS, ENDS = date(2026, 9, 1), date(2026, 9, 10)
FIGURES: dict[str, dict[str, Any]] = {
    "B03": {"persons": frozenset({"甲", "乙", "丙"})},
    "B04": {"persons": frozenset({"甲", "乙"})},
    "B05": {"persons": frozenset({"甲"})},
    "D12": {"rankings": (Ranking(31, 31),)},
    "F14": {"value": Decimal("84.99")},
    "I25": {"value": Decimal("69.99")},
    "I28": {"rankings": (Ranking(20, 20, "prefecture"), Ranking(18, 20, "prefecture"))},
    "I29": {"value": Decimal("74.99")},
}


def event(item: str, on: date | When, **changes: Any) -> EventFacts:
    """An established event of the city that meets its item."""
    when = on if isinstance(on, When) else When.on(on)
    return EventFacts(
        **{"id": f"{item} {when.start}", "item_code": item, "when": when, **FIGURES.get(item, {}), **changes}
    )


def evaluation(kind: EvaluationKind, starts_on: date = STARTS, **changes: Any) -> EvaluationFacts:
    ends_on = starts_on + (ENDS - STARTS)
    facts = {"id": f"{kind} {starts_on}", "year": starts_on.year, "kind": kind, "starts_on": starts_on}
    return EvaluationFacts(**{**facts, "ends_on": ends_on, "cycle_from": starts_on.year, **changes})


def world(
    *events: EventFacts, status: CityStatus = "candidate", evaluations: tuple[EvaluationFacts, ...] = ()
) -> World:
    """A city of one status for all time."""
    return World(statuses=(StatusSpan(status, date(2000, 1, 1)),), evaluations=evaluations, events=events)


def outcome(one: EventFacts, around: World) -> EventOutcome:
    return judge(one, known_items(), around)


def effective(found: EventOutcome) -> set[str]:
    """The clauses that take effect."""
    return {each.clause_code for each in found.clauses if each.verdict == "takes_effect"}


def clause(found: EventOutcome, code: str) -> ClauseOutcome:
    """The only outcome of a clause."""
    (one,) = [each for each in found.clauses if each.clause_code == code]
    return one


def question(one: ClauseOutcome, kind: str) -> Any:
    return next(each for each in one.questions if each.kind == kind)
