"""What the rules look at: events, statuses and evaluations as plain values. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from schemas.negative_list import CityStatus, EffectName, EvaluationKind, EventLevel, EventState
from server.negative_list.windows import When

QuestionKind = Literal["status", "condition", "evaluation", "window", "suspended", "state", "level"]
Verdict = Literal["takes_effect", "no_effect", "undecided"]


@dataclass(frozen=True, slots=True)
class Ranking:
    """A place in a ranking of `size`; 1 is the best. `group` is one of the notice's three."""

    rank: int
    size: int
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFacts:
    """What of an event the rules look at. `decided_on` is the day from which a suspension runs (R83)."""

    id: str
    item_code: str
    when: When
    level: EventLevel = "city"
    state: EventState = "established"
    persons: frozenset[str] = frozenset()
    value: Decimal | None = None
    rankings: tuple[Ranking, ...] = ()
    decided_on: date | None = None

    @property
    def counts(self) -> bool:
        """Only what was established counts (R84), and only the city's decides."""
        return self.state == "established" and self.level == "city"


@dataclass(frozen=True, slots=True)
class StatusSpan:
    """The city's status over some time; `until` is the last day, None is open."""

    status: CityStatus
    start: date
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationFacts:
    """One evaluation, or one application to take part. `score` is the official one before any penalty."""

    id: str
    year: int
    kind: EvaluationKind
    starts_on: date
    ends_on: date
    cycle_from: int
    score: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Everything that an outcome depends on: the same world gives the same outcome."""

    statuses: tuple[StatusSpan, ...]
    evaluations: tuple[EvaluationFacts, ...]
    events: tuple[EventFacts, ...]

    def status_on(self, day: date) -> CityStatus | None:
        """The status in force on a day, None where nothing is on record (R69)."""
        for span in self.statuses:
            if span.start <= day and (span.until is None or day <= span.until):
                return span.status
        return None

    def evaluations_of(self, kinds: Collection[EvaluationKind]) -> list[EvaluationFacts]:
        """Those of some kinds, the earliest first."""
        return sorted((one for one in self.evaluations if one.kind in kinds), key=lambda one: (one.starts_on, one.id))


@dataclass(frozen=True, slots=True)
class Question:
    """One question that a clause asks, and its answer: None is not to be told yet."""

    kind: QuestionKind
    holds: bool | None
    code: str
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseOutcome:
    """What one clause makes of an event, for one evaluation where it speaks of evaluations."""

    clause_code: str
    item_code: str
    effect: EffectName
    effect_text: str
    points: Decimal
    verdict: Verdict
    questions: tuple[Question, ...]
    evaluation_id: str | None = None
    suspended_from: date | None = None
    suspended_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventOutcome:
    """What all clauses make of an event. Where it does not count, this is what it would cost if it did."""

    event_id: str
    counts: bool
    questions: tuple[Question, ...]
    clauses: tuple[ClauseOutcome, ...]
