"""Plans and regular reporting (工作方案、每周小结、每月总结) as they travel."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from schemas.wire import Day, Input, Instant, Output, ShortText, Uuid

SummaryKind = Literal["week", "month"]
"""每周小结 of an ISO week, 每月总结 of a calendar month (R16)."""
SummaryState = Literal["owed", "missing", "submitted", "accepted", "returned", "not_owed"]
"""Not handed in yet; not handed in and past its deadline; waiting for the office; taken; sent back; a week without a
working day, which is merged into the next (R16)."""
Decision = Literal["accepted", "returned"]
HighlightKind = Literal["practice", "model"]
"""亮点做法 or 先进典型 (R18)."""
Verdict = Literal["adopted", "declined"]
Period = Annotated[
    str,
    msgspec.Meta(pattern=r"^20[0-9]{2}-(W[0-5][0-9]|0[1-9]|1[0-2])$", max_length=8, description="2026-W47 or 2026-11"),
]
Words = Annotated[str, msgspec.Meta(max_length=2000)]


class IndicatorProgress(Input):
    """What was done for one indicator."""

    indicator_code: Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=1000)]


class SummaryIn(Input):
    """A summary as it is handed in. 零报告 has no words. `correction` says why an accepted one is corrected.

    The office enters one that came on paper or by telephone for its unit, and says how it came (R95).
    """

    kind: SummaryKind
    period: Period
    nil: bool = False
    done: Words = ""
    problems: Words = ""
    next_steps: Words = ""
    highlights: Words = ""
    progress: Annotated[list[IndicatorProgress], msgspec.Meta(max_length=40)] = msgspec.field(default_factory=list)
    correction: Annotated[str, msgspec.Meta(max_length=400)] = ""
    unit_id: Uuid | None = None
    entered_from: ShortText = ""


class SummaryDecision(Input):
    """The office takes a summary, or sends it back with a reason."""

    decision: Decision
    reason: Annotated[str, msgspec.Meta(max_length=400)] = ""


class ProgressOut(Output):
    """What was done for one indicator."""

    indicator_code: str
    name: str
    text: str


class SummaryOut(Output):
    """One version of a summary, as it was handed in, and what the office said to it."""

    id: str
    unit_id: str
    kind: SummaryKind
    period: str
    number: int
    nil: bool
    done: str
    problems: str
    next_steps: str
    highlights: str
    progress: list[ProgressOut]
    correction: str
    entered_from: str
    template_version: int
    sent_at: Instant
    sent_by: str
    late: bool
    decision: Decision | None
    reason: str
    decided_at: Instant | None
    decided_by: str


class Prefill(Output):
    """What a summary begins from: the weeklies of the month, in the order of the weeks (R16)."""

    done: str
    problems: str
    next_steps: str
    highlights: str
    progress: list[ProgressOut]


class PeriodOut(Output):
    """A week or a month: its days, its deadline (None where no day of it is worked), and whether that is over."""

    kind: SummaryKind
    period: str
    from_on: Day
    until_on: Day
    due_at: Instant | None
    provisional: bool
    over: bool


class SummaryDuty(Output):
    """A period that a unit owes, with the versions that it handed in, the latest first."""

    period: PeriodOut
    state: SummaryState
    late_days: int
    versions: list[SummaryOut]
    prefill: Prefill
    requirements: str


class UnitSummary(Output):
    """How one unit stands in a period. `late_days` are working days past the deadline, computed (R16)."""

    unit_id: str
    unit_name: str
    state: SummaryState
    late_days: int
    latest: SummaryOut | None
    versions: int


class SummaryList(Output):
    """A period with every unit that owes it, and what the office demands (R17)."""

    period: PeriodOut
    units: list[UnitSummary]
    requirements: str
    template_version: int
    may_decide: bool


class ChaseWords(Output):
    """催报: words for the chat group that name who has not handed in. A person sends them (R93)."""

    text: str
    units: int


class TemplateIn(Input):
    """区文明办's demands for summaries, from now on (R17): what to write, and by which paper."""

    kind: SummaryKind
    requirements: Annotated[str, msgspec.Meta(min_length=1, max_length=1000)]
    source: Annotated[str, msgspec.Meta(max_length=200)] = ""


class HighlightIn(Input):
    """A good practice or a model that a unit recommends (R18)."""

    kind: HighlightKind
    title: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]
    on: Day
    evidence: Annotated[str, msgspec.Meta(max_length=400)] = ""


class HighlightVerdict(Input):
    """Adopted, or declined with a reason."""

    verdict: Verdict
    reason: Annotated[str, msgspec.Meta(max_length=400)] = ""


class HighlightOut(Output):
    """A recommendation and what became of it."""

    id: str
    unit_id: str
    unit_name: str
    kind: HighlightKind
    title: str
    text: str
    on: Day
    evidence: str
    sent_at: Instant
    sent_by: str
    verdict: Verdict | None
    reason: str
    decided_at: Instant | None


class MilestoneIn(Input):
    """A step of a plan: what, by when, for which indicator."""

    id: Uuid
    indicator_code: Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
    content: Annotated[str, msgspec.Meta(min_length=1, max_length=400)]
    due_on: Day | None = None
    demand: Annotated[str, msgspec.Meta(max_length=400)] = ""


class NamedPerson(Input):
    """Who in the unit answers for an indicator (R15)."""

    indicator_code: Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]


class PlanIn(Input):
    """A unit's plan of a year, whole: how the work was deployed, who answers for what, and its milestones (R15)."""

    year: Annotated[int, msgspec.Meta(ge=2017, le=2199)]
    deployed_by: Literal["meeting", "notice"]
    deployed_on: Day
    deployment: Annotated[str, msgspec.Meta(min_length=1, max_length=400)]
    persons: Annotated[list[NamedPerson], msgspec.Meta(max_length=60)]
    milestones: Annotated[list[MilestoneIn], msgspec.Meta(max_length=100)]
    correction: Annotated[str, msgspec.Meta(max_length=400)] = ""


class MilestoneDone(Input):
    """A milestone was reached on a day, and what shows it."""

    done_on: Day
    note: Annotated[str, msgspec.Meta(min_length=1, max_length=400)]


class MilestoneOut(Output):
    """A step of a plan. `late_days` are working days past its day, 0 where it is done or ahead."""

    id: str
    indicator_code: str
    indicator: str
    content: str
    demand: str
    due_on: Day
    done_on: Day | None
    note: str
    late_days: int


class PersonOf(Output):
    """Who in the unit answers for an indicator."""

    indicator_code: str
    indicator: str
    name: str


class PlanOut(Output):
    """A unit's plan of a year in its newest version; `missing_persons` are indicators of the unit without a name."""

    id: str
    unit_id: str
    year: int
    number: int
    deployed_by: Literal["meeting", "notice"]
    deployed_on: Day
    deployment: str
    persons: list[PersonOf]
    missing_persons: list[str]
    milestones: list[MilestoneOut]
    correction: str
    sent_at: Instant
    sent_by: str


class UnitPlan(Output):
    """How a unit stands with its plan: `late_days` are days past the due day where none has come."""

    unit_id: str
    unit_name: str
    late_days: int
    plan: PlanOut | None


class PlanList(Output):
    """All plans of a year; `due_on` is 15 days after the notice's day unless set otherwise (R15)."""

    year: int
    due_on: Day
    units: list[UnitPlan]
