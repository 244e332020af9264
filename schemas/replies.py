"""Reply without an account (R44): what the holder of a code sees and sends, and what the office does with it."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from schemas.letters import Answered
from schemas.shots import StepShot
from schemas.tasks import MarkedPhoto, Photos, Severity, TaskStatus
from schemas.wire import Day, Input, Instant, LongText, Output, Uuid

Standing = Literal["open", "not_yet", "expired", "withdrawn", "closed"]
ReplyAction = Literal["acknowledge", "progress", "ask_extension", "reply"]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
Phone = Annotated[str, msgspec.Meta(max_length=30, pattern=r"^[0-9+()\- ]*$")]


class Teller(Input):
    """Who this is from, in its own words: name, post (分管领导 for a reply), telephone."""

    name: Name
    post: Name
    phone: Phone = ""


class ReplyStep(Input):
    """One step on a task of the letter, under an id that the page made."""

    id: Uuid
    at: Instant
    action: ReplyAction
    told_by: Teller
    until: Day | None = None
    reason: LongText = ""
    text: LongText = ""
    measure: LongText = ""
    photos: Photos = msgspec.field(default_factory=list)
    shots: Annotated[list[StepShot], msgspec.Meta(max_length=60)] = msgspec.field(default_factory=list)


class ReplyMove(Input):
    """The reply to the letter itself, or a request for more time to reply, under an id that the page made."""

    id: Uuid
    action: Literal["reply", "ask_for_time"]
    told_by: Teller
    text: LongText = ""
    measures: LongText = ""
    reason: LongText = ""


class OwnReply(Output):
    """What was replied to a task through this link."""

    at: Instant
    text: str
    measure: str
    photos: list[str]
    photos_owed: list[str]


class ReplyTaskOut(Output):
    """A task of the letter as the page shows it: what is wrong, by when, and what may be done now. No persons."""

    id: str
    number: str | None
    site_name: str
    problem: str
    requirement: str
    severity: Severity
    status: TaskStatus
    due_on: Day
    due_provisional: bool
    days_left: int | None
    overdue: bool
    acknowledged: bool
    extension_until: Day | None
    return_reason: str | None
    actions: list[str]
    problem_photos: list[str]
    marked_photos: list[MarkedPhoto]
    replied: OwnReply | None


class ReplyPageOut(Output):
    """All that the link shows: its letter's facts and its unit's tasks in it."""

    link_id: str
    kind: Literal["assignment", "supervision"]
    number: str
    title: str
    unit_name: str
    office_name: str
    office_phone: str
    issued_on: Day
    reply_due_on: Day | None
    agreed_until_on: Day | None
    overdue: bool
    answered: Answered
    last_day: Day
    today: Day
    tasks: list[ReplyTaskOut]


class ManageReplyLink(Input):
    """What the office does with a letter's link. `replace` makes a new one under this id, and the printed code of the
    old one opens nothing more; `renew` moves the last day, and the printed code goes on working.
    """

    id: Uuid
    action: Literal["renew", "withdraw", "replace"]
    until: Day | None = None
    reason: Annotated[str, msgspec.Meta(max_length=1000)] = ""


class ReplyLinkOut(Output):
    """A letter's link as the office sees it. `url` and the code's squares are there as long as it may be printed."""

    id: str
    standing: Standing
    url: str | None
    code_size: int
    code_path: str
    last_day: Day
    created_at: Instant
    withdrawn_at: Instant | None
    withdrawn_reason: str | None
    steps: int
    last_used_at: Instant | None
