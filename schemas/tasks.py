"""Findings, rectification tasks and the steps on them, as they travel."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from schemas.checklists import Closing
from schemas.marks import Mark
from schemas.rechecks import RecheckRef
from schemas.shots import StepShot
from schemas.wire import Day, Input, Instant, LongText, Output, Position, Sha256, ShortText, Uuid

Severity = Literal["minor", "major", "severe"]
FindingStatus = Literal["draft", "confirmed", "void"]
TaskStatus = Literal["draft", "open", "replied", "closed", "void"]
Rung = Literal["none", "assignment", "supervision", "report"]
Link = Literal["new", "existing", "relapse"]
Photos = Annotated[list[Sha256], msgspec.Meta(max_length=60)]
ItemCode = Annotated[str, msgspec.Meta(max_length=40)]
SourceNumber = Annotated[str, msgspec.Meta(max_length=60, description="文号 of the paper that gave it")]
PersonPart = Literal["overseer", "implementer", "resolver"]
Origin = Literal["inspection", "superior", "leader", "office", "complaint", "meeting", "ledger"]
ActionName = Literal[
    "confirm",
    "correct",
    "void",
    "acknowledge",
    "name_persons",
    "progress",
    "ask_extension",
    "reply",
    "return",
    "strike_off",
    "extend",
    "refuse_extension",
    "not_seen",
]


class TaskStep(Input):
    """One step on a task, under an id that its sender made. Which fields a step needs is the workflow's matter."""

    id: Uuid
    at: Instant
    action: ActionName
    version: int | None = None
    unit_id: Uuid | None = None
    severity: Severity | None = None
    due_on: Day | None = None
    until: Day | None = None
    reason: LongText | None = None
    text: LongText | None = None
    measure: LongText | None = None
    note: LongText | None = None
    resolver: ShortText | None = None
    overseer: ShortText | None = None
    implementer: ShortText | None = None
    closing: Literal["evidence", "next_activity"] | None = None
    photos: Photos = msgspec.field(default_factory=list)
    shots: list[StepShot] = msgspec.field(default_factory=list)
    finding_id: Uuid | None = None
    signer: Annotated[ShortText | None, msgspec.Meta(description="who signed the paper that the office enters")] = None
    original_on: Annotated[Day | None, msgspec.Meta(description="of a paper that the office enters: its day")] = None
    on_spot: Annotated[
        Literal["refuse"] | None,
        msgspec.Meta(description="of `confirm`: what the inspector closed on the spot is to be put right all the same"),
    ] = None


class AssignmentIn(Input):
    """A task that no inspection found, as the office enters it, under an id that the page made (R4, R43a).

    Without `due_on` the item's working days count, or those of the severity.
    """

    id: Uuid
    origin: Literal["superior", "leader", "office", "complaint"]
    problem: LongText
    unit_id: Uuid
    requirement: LongText = ""
    institution: Annotated[str, msgspec.Meta(max_length=100)] = ""
    severity: Severity = "minor"
    due_on: Day | None = None
    site_id: Uuid | None = None
    item_code: ItemCode | None = None
    closing: Literal["evidence", "next_activity"] | None = None
    watcher_ids: Annotated[list[Uuid], msgspec.Meta(max_length=20)] = msgspec.field(default_factory=list)
    source_name: ShortText = ""
    source_number: SourceNumber = ""
    given_on: Day | None = None
    wants_letter: bool = False
    photos: Photos = msgspec.field(default_factory=list)
    shots: list[StepShot] = msgspec.field(default_factory=list)


class FlagOut(Output):
    """Something a person should look at: a code, a sentence in the reader's language, its numbers."""

    code: str
    message: str
    detail: dict[str, Any]


class PhotoRef(Output):
    """A photo where it is used: its hash and whether its bytes have arrived."""

    use_id: str
    sha256: str
    state: Literal["missing", "received", "refused", "waived"]
    reason: str | None
    purpose: str
    person: str
    taken_at: Instant | None
    distance_m: float | None
    marks: list[Mark]
    note: str
    flags: list[FlagOut]


class MarkedPhoto(Output):
    """What was drawn and written over one photo of a task, by whoever did so last."""

    sha256: str
    marks: list[Mark]
    note: str


class GuidanceOut(Output):
    """What the inspector told the people of the site about one finding (R40)."""

    adviser: str
    words: str
    measure: str
    agreed_on: Day | None
    receiver: str
    receiver_post: str


class FindingOut(Output):
    """One failing item of one inspection."""

    id: str
    inspection_id: str
    item: str
    item_label: str
    section: str
    basis: str
    site_id: str
    site_name: str
    site_kind: str
    unit_id: str
    unit_name: str
    task_id: str
    task_number: str | None
    task_status: TaskStatus
    task_version: int
    rung: Rung
    link: Link
    severity: Severity
    problem: str
    note: str
    answer: Any
    status: FindingStatus
    void_reason: str | None
    decided_at: Instant | None
    decided_by: Annotated[str | None, msgspec.Meta(description="who decided; null where the calendar did")]
    due_on: Day
    due_provisional: bool
    finder: str
    on_spot: bool
    guidance: GuidanceOut | None
    seen_at: Instant
    received_at: Instant
    photos: list[PhotoRef]
    flags: list[FlagOut]
    actions: list[str]


class TimelineEntry(Output):
    """One step of a task's history, taken or refused."""

    id: str
    at: Instant
    received_at: Instant
    actor: str
    role: str
    unit: str | None
    action: str
    text: str
    detail: dict[str, Any]
    photos: list[PhotoRef]
    accepted: bool
    refusal: str | None


class TaskSource(Output):
    """Where an assigned task comes from: who gave it, under which 文号, when; whether 发函 was ticked (R43a);
    the meeting that arranged it (R51)."""

    name: str
    number: str
    given_on: Day | None
    wants_letter: bool
    meeting_id: str | None


class TaskPersons(Output):
    """Who asks after it (过问人), who carries it out (落实人), who solves it (解决人), by name (R14).

    As named for this task (`named`), or the post's holder and the site's own responsible person. `gaps`: nobody.
    """

    overseer: str
    implementer: str
    resolver: str
    named: list[PersonPart]
    gaps: list[PersonPart]


class TaskOut(Output):
    """One rectification task in a list. `site_name` of a task without a site is the body that it concerns."""

    id: str
    number: str | None
    origin: Origin
    source: TaskSource | None
    site_id: str | None
    site_name: str
    site_kind: str | None
    position: Position | None
    item: str | None
    item_label: str
    problem: str
    requirement: str
    basis: str
    status: TaskStatus
    rung: Rung
    severity: Severity
    unit_id: str
    unit_name: str
    institution: str
    due_on: Day
    due_provisional: bool
    days_left: int | None
    overdue: bool
    return_count: int
    return_proposed: bool
    is_relapse: bool
    extension_until: Day | None
    extension_reason: str | None
    acknowledged_at: Instant | None
    resolver: str | None
    persons: TaskPersons
    closing: Closing
    awaits_activity: bool
    version: int
    actions: list[str]
    before_photos: list[str]
    after_photos: list[str]
    marked_photos: list[MarkedPhoto]
    created_at: Instant
    updated_at: Instant
    confirmed_at: Instant | None
    replied_at: Instant | None
    closed_at: Instant | None
    closed_kind: str | None
    recheck: RecheckRef | None


class TaskDetail(TaskOut):
    """Everything about one task that this person may see, and what they may do now."""

    findings: list[FindingOut]
    timeline: list[TimelineEntry]
    watchers: list[str]
    relapse_of_id: str | None


class StepTaken(Output):
    """The answer to a step; the same step sent again gets the same answer."""

    id: str
    task_id: str
    status: TaskStatus
    version: int
    due_on: Day
    closed: bool
