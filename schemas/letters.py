"""Letters of the ladder, their proposals and their register, as they travel."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from schemas.circulars import CircularProposal
from schemas.documents import Document
from schemas.wire import Day, Input, Instant, LongText, Output, Sha256, ShortText, Uuid

Trigger = Literal["added", "no_progress", "unstable"]
Ground = Literal["silent", "unfixed"]
Answered = Literal["none", "asked", "replied"]
Decision = Literal["approved", "refused"]
LetterKind = Literal["assignment", "supervision", "circular", "notice", "minutes", "approval", "situation_report"]
LetterState = Literal[
    "draft", "in_review", "confirmed", "signed", "issued", "sealed", "submitted", "decided", "archived", "cancelled"
]


class ReasonOut(Output):
    """A task that earned an assignment letter, and why."""

    task_id: str
    task_number: str | None
    site_name: str
    problem: str
    due_on: Day
    trigger: Trigger
    days: int


class AssignmentProposal(Output):
    """One 交办函 to be: all of a unit's tasks that earned one."""

    unit_id: str
    unit_name: str
    tasks: list[ReasonOut]


class SupervisionProposalOut(Output):
    """One 督办函 to be: the letter that it follows, the ground, the working days overdue."""

    letter_id: str
    letter_number: str
    unit_id: str
    unit_name: str
    ground: Ground
    overdue_days: int
    tasks: int


class ReportProposal(Output):
    """One 呈批件 to be: a 督办函 whose deadline passed without accepted progress."""

    letter_id: str
    letter_number: str
    unit_id: str
    unit_name: str
    due_on: Day
    tasks: int


class Proposals(Output):
    """What the ladder proposes today. A person issues."""

    assignments: list[AssignmentProposal]
    supervisions: list[SupervisionProposalOut]
    reports: list[ReportProposal]
    circulars: list[CircularProposal]


class DraftAssignment(Input):
    """Draft a 交办函 for a unit. `reply_due_on` defaults to five working days; `subject` names it in the title."""

    unit_id: Uuid
    task_ids: Annotated[list[Uuid], msgspec.Meta(min_length=1, max_length=200)]
    subject: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
    contact_name: ShortText
    contact_phone: ShortText
    reply_due_on: Day | None = None


class DraftSupervision(Input):
    """Draft the 督办函 that follows a 交办函; the reason is needed where the ground is that tasks are still open."""

    letter_id: Uuid
    reason: LongText = ""
    due_on: Day | None = None
    contact_name: ShortText = ""
    contact_phone: ShortText = ""


class DraftApproval(Input):
    """Draft the 呈批件 to the group leader about a 督办函 without progress (R47)."""

    letter_id: Uuid


class DraftReport(Input):
    """Draft the 情况报告 to 区文明办; possible once the 批示 stands (R47)."""

    letter_id: Uuid


class LetterMove(Input):
    """One step of the signing chain, or an answer. Which fields it needs is the chain's matter."""

    id: Uuid
    action: Literal[
        "send_to_review",
        "send_back",
        "sign",
        "issue",
        "seal",
        "archive",
        "cancel",
        "submit",
        "decide",
        "reply",
        "ask_for_time",
        "agree",
        "accept_progress",
        "deliver",
        "chase",
        "confirm",
    ]
    version: int | None = None
    reason: LongText = ""
    text: LongText = ""
    measures: LongText = ""
    signer: ShortText = ""
    until: Day | None = None
    approved: bool | None = None
    original_on: Day | None = None
    scan: Sha256 | None = None
    archive_number: Annotated[str, msgspec.Meta(max_length=60)] = ""


class LetterRow(Output):
    """One row of the register."""

    id: str
    kind: str
    state: str
    number: str | None
    title: str
    unit_id: str | None
    unit_name: str | None
    reply_due_on: Day | None
    agreed_until_on: Day | None
    answered: Answered
    overdue: bool
    tasks: int
    open_tasks: int
    parent_id: str | None
    signed_on: Day | None
    issued_at: Instant | None
    created_at: Instant
    closed_at: Instant | None
    archive_number: str | None
    sealed_scan: str | None
    delivered_on: Day | None
    version: int
    actions: list[str]


class LetterTaskOut(Output):
    """A task that a letter lists."""

    task_id: str
    task_number: str | None
    site_name: str
    problem: str
    reason: str
    due_on: Day
    status: str


class LetterStepOut(Output):
    """One step in a letter's history; `on_behalf_of` names the unit or person whose word was entered from paper."""

    id: str
    action: str
    at: Instant
    actor: str
    role: str
    unit: str | None
    on_behalf_of: str | None
    original_on: Day | None
    scan: Literal["photo", "pdf"] | None
    detail: dict[str, Any]


class LetterReader(Output):
    """One person to whom a letter was delivered in the inbox, and when it was read."""

    person: str
    unit: str | None
    on_paper: bool
    delivered_at: Instant
    read_at: Instant | None


class LetterOut(LetterRow):
    """One letter: its content as it would be printed, its tasks, its history."""

    document: Document
    listed: list[LetterTaskOut]
    history: list[LetterStepOut]
    readers: list[LetterReader]
    ground: Ground | None
    reason: str
    decision: Decision | None


class DisqualificationOut(Output):
    """A unit that may not be nominated in a year (R48), with how it came and whether it was revoked."""

    id: str
    unit_id: str
    unit_name: str
    year: int
    effective_at: Instant
    revoked_at: Instant | None
    revocation_reason: str | None
    letter_id: str


class Revoke(Input):
    reason: Annotated[str, msgspec.Meta(min_length=1, max_length=1000)]
