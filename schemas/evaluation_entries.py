"""What is entered for the evaluation, as it travels (R52–R66)."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from schemas.wire import Amount, Day, Input, Sha256, ShortText, Uuid

EntryKind = Literal["value", "honour", "rating", "force", "complaint", "score"]
Level = Literal["city", "district"]
MeasureName = Literal[
    "elderly_funds", "gdp_per_head", "energy_per_gdp", "income", "insured_institutions", "health_staff"
]
PublishedState = Literal["published", "not_published"]
IssuerLevel = Literal["national", "ministry", "provincial", "city", "district"]
Criterion = Literal["plan", "organisation", "duties", "work", "publicity", "effect"]
Method = Literal["papers", "on_site", "hearing"]
Rating = Literal["good", "fair", "poor"]
SubjectKind = Literal["unit", "group", "district"]
Satisfaction = Literal["very_satisfied", "satisfied", "neutral", "dissatisfied", "very_dissatisfied"]
OutcomeName = Literal[
    "met", "not_met", "level_1", "level_2", "level_3", "rising", "equal", "falling", "no_comparison", "not_published"
]

Year = Annotated[int, msgspec.Meta(ge=2011, le=2199)]
Source = Annotated[str, msgspec.Meta(min_length=1, max_length=300)]
Reason = Annotated[str, msgspec.Meta(max_length=500)]
Line = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Remark = Annotated[str, msgspec.Meta(max_length=1000)]


class Entry(Input):
    """What every entry has: its year, its level (only the city's decides), its source.

    `version` None makes it, else it is the version that this one follows, and `reason` says why.
    """

    year: Year
    level: Level
    source: Source
    reason: Reason = ""
    version: int | None = None


class ValueIn(Entry, kw_only=True):
    """A value of a measure. `figures` are exact; `opinion` is the level that the province gave (R55)."""

    measure: MeasureName
    state: PublishedState
    figures: dict[str, Amount] = msgspec.field(default_factory=dict)
    opinion: Annotated[int, msgspec.Meta(ge=1, le=3)] | None = None
    published_on: Day | None = None


class HonourIn(Entry, kw_only=True):
    """An honour with the photo of its plaque or certificate (R60)."""

    name: Line
    issued_on: Day
    issuer: Line
    issuer_level: IssuerLevel
    photo: Sha256 | None = None
    expires_on: Day | None = None
    revoked_on: Day | None = None
    approved: bool = False
    decision: ShortText = ""
    unit_id: Uuid | None = None


class RatingIn(Entry, kw_only=True):
    """How a unit meets one criterion of one of the ten actions, by one of the three methods (R61)."""

    action: Annotated[str, msgspec.Meta(min_length=1, max_length=12)]
    unit_id: Uuid
    criterion: Criterion
    method: Method
    rating: Rating
    evidence: Remark = ""
    rated_on: Day


class ForceIn(Entry, kw_only=True):
    """Who is named as 专门督查员 from a day on, with vehicle and funds, and what the document states (R62)."""

    from_on: Day
    until_on: Day | None = None
    names: Annotated[list[Annotated[str, msgspec.Meta(min_length=1, max_length=40)]], msgspec.Meta(max_length=20)]
    vehicle: ShortText = ""
    funds: ShortText = ""
    states_people: bool = False
    states_vehicle: bool = False
    states_funds: bool = False


class ComplaintIn(Entry, kw_only=True):
    """A citizen's complaint, with the days on which it was read, handled and replied to (R63, R64)."""

    number: Line
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]
    place: ShortText = ""
    complainant: ShortText = ""
    unit_id: Uuid
    received_on: Day
    read_on: Day | None = None
    handled_on: Day | None = None
    replied_on: Day | None = None
    reply: Annotated[str, msgspec.Meta(max_length=2000)] = ""
    satisfaction: Satisfaction | None = None


class ScoreIn(Entry, kw_only=True):
    """The official score of a year, as awarded from outside (R65). An override is the group leader's, with a reason."""

    subject: SubjectKind
    unit_id: Uuid | None = None
    score: Amount
    scored_on: Day
    override_by: ShortText = ""
    override_reason: ShortText = ""
