"""The negative list as it travels: statuses, evaluations, events and what they cost (R68–R84)."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from schemas.wire import Amount, Day, Input, Instant, LongText, Output

CityStatus = Literal["title_holder", "candidate", "none"]
EvaluationKind = Literal["annual", "comprehensive", "term_review", "application"]
EventLevel = Literal["city", "district"]
EventState = Literal["lead", "verified", "established", "excluded"]
EffectName = Literal[
    "cancel_title", "cancel_nomination", "bar_next_nomination", "disqualify_participation", "suspend", "deduct"
]
VerdictName = Literal["takes_effect", "no_effect", "undecided"]
RankGroup = Literal["", "capital", "prefecture", "urban"]

Source = Annotated[str, msgspec.Meta(min_length=1, max_length=300)]
Place = Annotated[int, msgspec.Meta(ge=1, le=10_000)]
CalendarYear = Annotated[int, msgspec.Meta(ge=2011, le=2199)]


class StatusIn(Input):
    """The city's status from a day on; `until_on` is its last day. `version` None makes it."""

    status: CityStatus
    from_on: Day
    source: Source
    until_on: Day | None = None
    version: int | None = None


class EvaluationIn(Input):
    """An evaluation of the city, or its application. `score` is the official one before penalties."""

    year: CalendarYear
    kind: EvaluationKind
    starts_on: Day
    ends_on: Day
    cycle_from: CalendarYear
    source: Source
    score: Amount | None = None
    version: int | None = None


class RankingIn(Input):
    """A place in a ranking of `size`, 1 the best."""

    rank: Place
    size: Place
    group: RankGroup = ""


class EventIn(Input):
    """An event as the office records it: a day, or from a day until another (`until_on` None: still there).

    `version` None makes it, else it is the version that this one follows, and `reason` says why.
    """

    item_code: Annotated[str, msgspec.Meta(min_length=1, max_length=8)]
    level: EventLevel
    state: EventState
    description: Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]
    source: Source
    evidence: Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]
    happened_on: Day | None = None
    from_on: Day | None = None
    until_on: Day | None = None
    persons: Annotated[list[Annotated[str, msgspec.Meta(min_length=1, max_length=40)]], msgspec.Meta(max_length=30)] = (
        msgspec.field(default_factory=list)
    )
    value: Amount | None = None
    rankings: Annotated[list[RankingIn], msgspec.Meta(max_length=2)] = msgspec.field(default_factory=list)
    decided_on: Day | None = None
    established_by: Annotated[str, msgspec.Meta(max_length=100)] = ""
    reason: LongText = ""
    accept_duplicate: bool = False
    version: int | None = None


class ClauseRow(Output):
    """One of the penalty clauses, as reference."""

    code: str
    statuses: list[CityStatus]
    when: str
    window_months: int | None
    effect: EffectName
    effect_text: str
    points: str


class ItemRow(Output):
    """One item of the list, read-only. `condition` says which figures an event of it needs."""

    code: str
    area: str
    area_name: str
    text: str
    penalty_text: str
    condition: str
    may_happen: bool
    may_last: bool
    clauses: list[ClauseRow]


class QuestionOut(Output):
    """One question of a clause: `holds` None is not to be told yet; `code` and `params` make its words."""

    kind: str
    holds: bool | None
    code: str
    params: dict[str, str | int | None]


class ClauseOutcomeOut(Output):
    """What one clause makes of an event."""

    clause_code: str
    effect: EffectName
    effect_text: str
    points: str
    verdict: VerdictName
    questions: list[QuestionOut]
    evaluation_id: str | None
    evaluation_year: int | None
    evaluation_kind: EvaluationKind | None
    evaluation_starts_on: Day | None
    suspended_from: Day | None
    suspended_until: Day | None


class OutcomeOut(Output):
    """What an event costs, or would cost where `counts` is false."""

    counts: bool
    questions: list[QuestionOut]
    clauses: list[ClauseOutcomeOut]


class RankingOut(Output):
    """A place in a ranking."""

    rank: int
    size: int
    group: str


class EventRow(Output):
    """One event in a list; `effects` are those that take effect, or would, the strongest first."""

    id: str
    version: int
    item_code: str
    item_text: str
    level: EventLevel
    state: EventState
    description: str
    happened_on: Day | None
    from_on: Day | None
    until_on: Day | None
    counts: bool
    effects: list[str]
    undecided: int
    entered_at: Instant


class EventVersionOut(Output):
    """A version that an event had, with who entered it and why."""

    version: int
    state: EventState
    level: EventLevel
    item_code: str
    description: str
    entered_at: Instant
    entered_by: str
    reason: str


class EventOut(EventRow):
    """One event, whole, with its explanation."""

    area_name: str
    penalty_text: str
    source: str
    evidence: str
    persons: list[str]
    value: str | None
    rankings: list[RankingOut]
    decided_on: Day | None
    established_by: str
    outcome: OutcomeOut
    versions: list[EventVersionOut]
    duplicates: list[str]


class LineOut(Output):
    """What one clause takes, and for which events."""

    clause_code: str
    item_code: str
    effect: EffectName
    effect_text: str
    points: str
    event_ids: list[str]
    suspended_from: Day | None
    suspended_until: Day | None


class StatusOut(Output):
    """The city's status over some time."""

    id: str
    status: CityStatus
    from_on: Day
    until_on: Day | None
    source: str
    version: int


class EvaluationOut(Output):
    """An evaluation with what comes off its score; `left` is None while no official score is on record."""

    id: str
    year: int
    kind: EvaluationKind
    starts_on: Day
    ends_on: Day
    cycle_from: int
    score: str | None
    source: str
    version: int
    lines: list[LineOut]
    points: str
    left: str | None


class SuspensionOut(Output):
    """A span for which the title is suspended."""

    first_on: Day
    last_on: Day
    running: bool


class StandingOut(Output):
    """What the city's established events cost it as of a day."""

    as_of: Day
    status: CityStatus | None
    statuses: list[StatusOut]
    evaluations: list[EvaluationOut]
    effects: list[LineOut]
    suspensions: list[SuspensionOut]
    weights: list[int] | None
    cycle_from: int | None
    total: str | None
    catalogue_title: str


class WhatIfOut(Output):
    """What an event would do if it were established: nothing of it is stored."""

    outcome: OutcomeOut
    before: StandingOut
    after: StandingOut
