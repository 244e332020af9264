"""Meetings of the group as they travel: planning, record, documents (R50, R51)."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from schemas.wire import Day, Input, Instant, LongText, Output, Uuid

AttendanceState = Literal["present", "excused", "absent"]
MeetingDocumentKind = Literal["notice", "minutes"]
MeetingState = Literal["planned", "notified", "held", "minuted", "cancelled"]
MeetingActionName = Literal["edit", "draft_notice", "hold", "record", "assign", "draft_minutes", "amend", "cancel"]

Title = Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
Name = Annotated[str, msgspec.Meta(max_length=60)]
Line = Annotated[str, msgspec.Meta(min_length=1, max_length=300)]
Lines = Annotated[list[Line], msgspec.Meta(max_length=30)]
Units = Annotated[list[Uuid], msgspec.Meta(max_length=100)]


class MeetingIn(Input):
    """A meeting as it is planned. `version` None makes it, else it changes the version that the page has read.

    `delegation` is the ground on which somebody other than the group leader is in the chair, `delegated_on` its day.
    """

    title: Title
    starts_at: Instant
    place: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
    chair: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
    agenda: Annotated[list[Line], msgspec.Meta(min_length=1, max_length=30)]
    unit_ids: Annotated[list[Uuid], msgspec.Meta(min_length=1, max_length=100)]
    delegation: Annotated[str, msgspec.Meta(max_length=500)] = ""
    delegated_on: Day | None = None
    attendees: Annotated[str, msgspec.Meta(max_length=200)] = ""
    demands: Lines = msgspec.field(default_factory=list)
    contact_name: Name = ""
    contact_phone: Annotated[str, msgspec.Meta(max_length=40)] = ""
    version: int | None = None


class AttendanceIn(Input):
    """Whether a unit was there, by whom, and for whom a stand-in came; what it reported."""

    unit_id: Uuid
    state: AttendanceState | None = None
    names: Annotated[list[Annotated[str, msgspec.Meta(min_length=1, max_length=60)]], msgspec.Meta(max_length=20)] = (
        msgspec.field(default_factory=list)
    )
    stand_in_for: Name = ""
    reason: Annotated[str, msgspec.Meta(max_length=300)] = ""
    progress: LongText = ""


class ObserverIn(Input):
    """A body that sat in, with its people."""

    body: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
    names: Annotated[list[Annotated[str, msgspec.Meta(min_length=1, max_length=60)]], msgspec.Meta(max_length=20)] = (
        msgspec.field(default_factory=list)
    )


class ArrangementIn(Input):
    """What a unit was told to do, until when, and whether a 函 follows (R43a). The id is the page's."""

    id: Uuid
    unit_id: Uuid
    heading: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
    content: Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]
    due_on: Day
    wants_letter: bool = False


class RecordIn(Input):
    """What happened at a meeting, whole: what is not in it is no longer on record."""

    version: int
    units: Annotated[list[AttendanceIn], msgspec.Meta(max_length=100)]
    arrangements: Annotated[list[ArrangementIn], msgspec.Meta(max_length=60)]
    observers: Annotated[list[ObserverIn], msgspec.Meta(max_length=20)] = msgspec.field(default_factory=list)
    recorder: Name = ""
    remarks: LongText = ""


class Hold(Input):
    """The meeting took place; `called_otherwise` says how it was called where no notice was issued."""

    version: int
    called_otherwise: Annotated[str, msgspec.Meta(max_length=300)] = ""


class Cancel(Input):
    """The meeting does not take place."""

    version: int
    reason: Annotated[str, msgspec.Meta(min_length=1, max_length=500)]


class DraftDocument(Input):
    """Draft the notice or the minutes under an id that the page made. A further edition says why."""

    id: Uuid
    version: int
    reason: Annotated[str, msgspec.Meta(max_length=500)] = ""


class MeetingRow(Output):
    """One meeting in a list."""

    id: str
    title: str
    starts_at: Instant
    place: str
    chair: str
    state: MeetingState
    units: int
    arrangements: int
    open_tasks: int
    version: int


class AttendanceOut(Output):
    """A unit at a meeting. `notice_read_at` tells when somebody of the unit first read the notice."""

    unit_id: str
    unit_name: str
    state: AttendanceState | None
    names: list[str]
    stand_in_for: str
    reason: str
    progress: str
    notice_read_at: Instant | None


class ObserverOut(Output):
    """A body that sat in, with its people."""

    body: str
    names: list[str]


class ArrangementOut(Output):
    """An arrangement with what became of its task."""

    id: str
    unit_id: str
    unit_name: str
    heading: str
    content: str
    due_on: Day
    wants_letter: bool
    task_id: str | None
    task_number: str | None
    task_status: str | None


class MeetingDocumentOut(Output):
    """A document of a meeting in the register; `stale` says that the meeting was changed after it was drawn up."""

    letter_id: str
    kind: MeetingDocumentKind
    edition: int
    reason: str
    number: str | None
    title: str
    state: str
    stale: bool


class MeetingOut(MeetingRow):
    """One meeting, whole. `actions` is what this person may do now."""

    delegation: str
    delegated_on: Day | None
    attendees: str
    agenda: list[str]
    demands: list[str]
    contact_name: str
    contact_phone: str
    called_otherwise: str
    recorder: str
    observers: list[ObserverOut]
    remarks: str
    held_at: Instant | None
    cancel_reason: str | None
    attendance: list[AttendanceOut]
    listed: list[ArrangementOut]
    documents: list[MeetingDocumentOut]
    actions: list[MeetingActionName]


class UnitProgress(Output):
    """A unit's figures since the last meeting, and the sentence that they make."""

    unit_id: str
    open: int
    overdue: int
    closed: int
    text: str


class MeetingRhythm(Output):
    """Whether the next meeting is overdue: for the office alone (R50)."""

    last_held_on: Day | None
    next_due_on: Day | None
    overdue: bool
    planned_id: str | None
    group_leader: str
