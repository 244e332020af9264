"""The month's plan of visits, and the draws that made it, as they travel (R36, R37)."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from schemas.phone import PersonName
from schemas.wire import Day, Input, Instant, LongText, Month, Output, Uuid

VisitWhy = Literal["severe", "bad_score", "before_evaluation", "never", "not_this_period", "subject"]
VisitStatus = Literal["planned", "in_progress", "done", "cancelled"]
Version = Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]


class VisitDrawIn(Input):
    """Which month is to be drawn; sent again under the same id it changes nothing."""

    month: Month


class VisitMove(Input):
    """Another day, other inspectors, or both, for the visit that the page has read."""

    version: Version
    due_on: Day | None = None
    assignees: Annotated[list[Uuid], msgspec.Meta(min_length=1, max_length=6)] | None = None


class VisitCancel(Input):
    """Why a visit is not made."""

    version: Version
    reason: Annotated[LongText, msgspec.Meta(min_length=1)]


class VisitReason(Output):
    """Why a site is visited: the day or the score that speaks for it."""

    code: VisitWhy
    on: Day | None
    score: float | None


class DrawnVisit(Output):
    """One visit of a draw that is not published yet."""

    site_id: str
    site_name: str
    template_code: str
    due_on: Day
    assignee_names: list[str]
    reasons: list[VisitReason]


class PersonLoad(Output):
    """How many sites somebody goes to by a draw."""

    name: str
    trips: int


class VisitDrawOut(Output):
    """A draw: seed and digest of what was drawn from, who drew and when, and what came out.

    `number` counts the draws of the month from 1, so that a repeated one can be seen.
    """

    id: str
    month: str
    number: int
    seed: str
    input_sha256: str
    drawn_at: Instant
    drawn_by: str
    published_at: Instant | None
    published_by: str | None
    visits: list[DrawnVisit]
    loads: list[PersonLoad]


class VisitDrawCheck(Output):
    """Whether the kept seed on the kept input gives the kept plan, and the input its digest."""

    holds: bool
    input_sha256: str


class PlannedVisit(Output):
    """A visit of the month. `made_on` is the day of its inspection, `no_access` whether nobody got in, so that it
    covers nothing; `may_change` is whether this person may still move it or call it off.
    """

    id: str
    version: int
    site_id: str
    template_code: str
    round: int
    due_on: Day
    made_on: Day | None
    no_access: bool
    assignees: list[str]
    assignee_names: list[str]
    status: VisitStatus
    cancel_reason: str | None
    reasons: list[VisitReason]
    may_change: bool


class PlanSite(Output):
    """A row of the month."""

    id: str
    name: str
    street_name: str
    kind: str


class PlanDay(Output):
    """A column of the month."""

    on: Day
    works: bool


class PublishedDraw(Output):
    """A draw that made visits of the month."""

    id: str
    seed: str
    input_sha256: str
    drawn_at: Instant
    drawn_by: str
    published_at: Instant
    visits: int


class MonthPlan(Output):
    """`GET /api/visits`: sites × days, and who can be sent."""

    month: str
    may_plan: bool
    days: list[PlanDay]
    sites: list[PlanSite]
    inspectors: list[PersonName]
    visits: list[PlannedVisit]
    draws: list[PublishedDraw]
