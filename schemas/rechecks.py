"""Planned re-checks of replied tasks, as they travel (R41: 待复查)."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from schemas.wire import Day, Input, Instant, LongText, Output, Uuid

RecheckOutcome = Literal["struck_off", "returned", "not_seen", "void", "cancelled"]


class RecheckIn(Input):
    """A re-check as it is planned, at the desk or on a phone: sent again unchanged it changes nothing.

    `at` is when it was planned: a phone may have been without network since.
    """

    at: Instant
    site_id: Uuid
    planned_on: Day
    task_ids: Annotated[list[Uuid], msgspec.Meta(min_length=1, max_length=50)]
    assignees: Annotated[list[Uuid], msgspec.Meta(min_length=1, max_length=10)]
    note: LongText = ""


class Cancellation(Input):
    """Why a re-check is not made."""

    reason: Annotated[LongText, msgspec.Meta(min_length=1)]


class RecheckTaskOut(Output):
    """One task of a re-check; `outcome` is null while it waits."""

    task_id: str
    number: str | None
    problem: str
    unit_name: str
    outcome: RecheckOutcome | None
    outcome_at: Instant | None
    outcome_by: str
    reason: str | None
    same_inspector: bool


class RecheckOut(Output):
    """One planned re-check with what has come of it."""

    id: str
    site_id: str
    site_name: str
    planned_on: Day
    note: str
    assignees: list[str]
    assignee_names: list[str]
    planned_at: Instant
    planned_by: str
    status: Literal["planned", "done", "cancelled"]
    cancel_reason: str | None
    tasks: list[RecheckTaskOut]


class RecheckRef(Output):
    """The re-check that a task waits for: the day, and who goes."""

    id: str
    planned_on: Day
    assignee_names: list[str]
