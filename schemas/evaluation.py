"""The evaluation as it is read: verdicts, honours, ratings, complaints, scores (R52–R67)."""

from __future__ import annotations

from schemas.evaluation_entries import (
    Criterion,
    IssuerLevel,
    Level,
    MeasureName,
    Method,
    OutcomeName,
    PublishedState,
    Rating,
    Satisfaction,
    SubjectKind,
)
from schemas.wire import Day, Instant, Output


class EntryOut(Output):
    """What every entry shows; `decides` is false for the district's own, which is monitoring."""

    id: str
    version: int
    year: int
    level: Level
    decides: bool
    source: str
    entered_at: Instant
    entered_by: str


class VerdictOut(Output):
    """What figures come to. `exact` are the parts that it was computed from, `shown` the rounded figure to read."""

    outcome: OutcomeName
    exact: dict[str, str]
    shown: str | None
    score: str | None
    differs: bool


class ValueOut(EntryOut, kw_only=True):
    """A value with its verdict."""

    measure: MeasureName
    state: PublishedState
    figures: dict[str, str]
    opinion: int | None
    published_on: Day | None
    verdict: VerdictOut


class MeasureOut(Output):
    """A measure of the notice: its rule, indicator, the figures that it asks, its owners and its values of a year."""

    name: MeasureName
    rule: str
    indicator: str
    figures: list[str]
    owners: list[str]
    values: list[ValueOut]


class HonourOut(EntryOut, kw_only=True):
    """An honour and why it does not count, where it does not."""

    name: str
    issued_on: Day
    issuer: str
    issuer_level: IssuerLevel
    photo: str | None
    expires_on: Day | None
    revoked_on: Day | None
    approved: bool
    decision: str
    unit_id: str | None
    faults: list[str]


class HonoursOut(Output):
    """The honours of a level: how many count, and the score of at most six."""

    level: Level
    valid: int
    score: int
    honours: list[HonourOut]


class RatingOut(EntryOut, kw_only=True):
    """A rating of one criterion."""

    action: str
    unit_id: str
    criterion: Criterion
    method: Method
    rating: Rating
    evidence: str
    rated_on: Day


class ActionOut(Output):
    """One of the ten actions with its ratings, the latest of each unit and criterion."""

    code: str
    name: str
    ratings: list[RatingOut]


class ForceOut(EntryOut, kw_only=True):
    """A force of supervision and what it lacks."""

    from_on: Day
    until_on: Day | None
    names: list[str]
    vehicle: str
    funds: str
    states_people: bool
    states_vehicle: bool
    states_funds: bool
    running: bool
    faults: list[str]


class CircularMonth(Output):
    """A month with the circulars that were issued for it; `enough` None while it has not ended."""

    month: str
    letter_ids: list[str]
    enough: bool | None


class ScoreOut(EntryOut, kw_only=True):
    """An official score and what follows from it. `deduction` is none where it is not below the line (R66)."""

    subject: SubjectKind
    unit_id: str | None
    unit_name: str | None
    score: str
    scored_on: Day
    override_by: str
    override_reason: str
    eligible: bool
    deduction: str | None
    line: int
    base: int
    weight_percent: int


class EstimateOut(Output):
    """Our own estimate for a unit, from complaints alone; it disqualifies nobody (R65)."""

    unit_id: str
    unit_name: str
    estimate: str


class EvaluationOfYear(Output):
    """Everything about a year. `unscored` are the units without an official score: no consequence for them."""

    year: int
    as_of: Day
    measures: list[MeasureOut]
    honours: list[HonoursOut]
    actions: list[ActionOut]
    forces: list[ForceOut]
    circulars: list[CircularMonth]
    scores: list[ScoreOut]
    unscored: int
    estimates: list[EstimateOut]


class ComplaintOut(EntryOut, kw_only=True):
    """A complaint with its clocks. `complainant` is shown to the office alone."""

    number: str
    text: str
    place: str
    complainant: str | None
    unit_id: str
    unit_name: str
    received_on: Day
    read_on: Day | None
    handled_on: Day | None
    replied_on: Day | None
    reply: str
    satisfaction: Satisfaction | None
    read_due_on: Day
    reply_due_on: Day
    read_in_time: bool | None
    replied_in_time: bool | None


class ComplaintRate(Output):
    """A unit's complaints: counts, and the shares that they make; `unit_id` None is all of them."""

    unit_id: str | None
    unit_name: str
    complaints: int
    due: int
    in_time: int
    rated: int
    satisfied: int
    satisfied_enough: bool | None


class ComplaintsOut(Output):
    """The complaints of a year as of a day."""

    year: int
    as_of: Day
    rates: list[ComplaintRate]
    complaints: list[ComplaintOut]


class LostPoint(Output):
    """An item that failed: its weight, what it takes of the hundred, and the finding that shows it."""

    item_code: str
    label: str
    weight: int
    points: str
    finding_id: str | None
    task_id: str | None
    photos: list[str]


class SiteScore(Output):
    """A site's checklist score as of a day: from the inspection that was the latest then. None: nothing scored."""

    site_id: str
    site_name: str
    template_code: str
    template_name: str
    inspection_id: str
    inspected_on: Day
    passed_weight: int
    scored_weight: int
    score: str | None
    lost: list[LostPoint]


class SiteScores(Output):
    """All sites' scores as of a day."""

    as_of: Day
    sites: list[SiteScore]


class EntryVersion(Output):
    """A version that an entry had, as it was entered."""

    version: int
    year: int
    level: Level
    source: str
    reason: str
    entered_at: Instant
    entered_by: str
    body: dict[str, str]
