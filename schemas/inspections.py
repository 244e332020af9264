"""Inspections as a phone builds them, and the receipt they get."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from schemas.marks import Marks
from schemas.tasks import FlagOut, Link, PhotoRef
from schemas.wire import Day, Input, Instant, LongText, Output, Sha256, ShortText, Uuid

FedBack = Literal["owed", "unread", "read"]


class FixIn(Input):
    """A position fix: WGS-84 degrees, accuracy in metres, the instant of the fix. 0,0 counts as none."""

    lat: float
    lon: float
    accuracy_m: float | None = None
    at: Instant | None = None


class DeviceIn(Input):
    """The device that filled the checklist."""

    id: ShortText
    app_version: ShortText


class GuidanceIn(Input):
    """What the inspector told the people of the site about one finding, and what was agreed (R40)."""

    words: LongText = ""
    measure: LongText = ""
    agreed_on: Day | None = None
    receiver: ShortText = ""
    receiver_post: ShortText = ""


class AnswerIn(Input):
    """One item's answer; `value` is judged against the template version, not here."""

    item: ShortText
    value: bool | int | float | str | None
    note: LongText = ""
    photos: Annotated[list[Sha256], msgspec.Meta(max_length=60)] = msgspec.field(default_factory=list)
    no_photo_reason: LongText = ""
    fixed_photos: Annotated[
        list[Sha256], msgspec.Meta(max_length=60, description="put right while the inspector was there (R40)")
    ] = msgspec.field(default_factory=list)
    guidance: GuidanceIn | None = None


class ShotIn(Input):
    """The circumstances of one photo of this inspection, and what was marked on it.

    With `item` they are those of its use for that item alone: the same bytes may prove two items.
    """

    sha256: Sha256
    item: ShortText | None = None
    taken_at: Instant | None = None
    source: Literal["camera", "gallery"] = "camera"
    fix: FixIn | None = None
    marks: Marks = msgspec.field(default_factory=list)
    note: ShortText = ""


class InspectionIn(Input):
    """One inspection, built once at submit and sent again unchanged until it has its receipt (R37)."""

    site_id: Uuid
    template_version_id: Uuid
    started_at: Instant
    finished_at: Instant
    device: DeviceIn
    answers: Annotated[list[AnswerIn], msgspec.Meta(max_length=500)]
    visit_id: Uuid | None = None
    position: FixIn | None = None
    outcome: Literal["inspected", "no_access"] = "inspected"
    with_people: Annotated[list[Uuid], msgspec.Meta(max_length=20)] = msgspec.field(default_factory=list)
    shots: Annotated[list[ShotIn], msgspec.Meta(max_length=200)] = msgspec.field(default_factory=list)
    guidance: LongText = ""
    signature: Sha256 | None = None
    amends: Uuid | None = None


class FindingLink(Output):
    """Where a failing item went."""

    id: str
    item: str
    task_id: str
    link: Link


class InspectionTaken(Output):
    """The receipt of an inspection: its findings and the photos that are still owed."""

    id: str
    received_at: Instant
    score: float | None
    findings: list[FindingLink]
    missing_photos: list[str]


class AnswerOut(Output):
    """One answer with the verdict that the server reached."""

    item: str
    label: str
    value: Any
    verdict: str
    note: str
    photos: list[PhotoRef]


class InspectionOut(Output):
    """One inspection as its author, the office and 区政府办 see it."""

    id: str
    site_id: str
    site_name: str
    template_code: str
    author: str
    outcome: str
    state: str
    month: str
    started_at: Instant
    finished_at: Instant
    received_at: Instant
    confirmed_at: Instant | None
    score: float | None
    guidance: str
    answers: list[AnswerOut]
    findings: list[FindingLink]
    photos: list[PhotoRef]
    flags: list[FlagOut]
    amends: str | None
    amended_by: str | None


class PhotoCounts(Output):
    """What became of the photos that an inspection named; each is counted once."""

    received: int
    missing: int
    refused: int
    waived: int


class FeedbackSum(Output):
    """To how many people an inspection was fed back, and how many have got and read it; paper counts once a unit."""

    people: int
    delivered: int
    read: int
    on_paper: int


class InspectionRow(Output):
    """One inspection in a list; `findings` is a count, `feedback` None while nobody has been told."""

    id: str
    site_id: str
    site_name: str
    template_code: str
    author: str
    outcome: str
    state: str
    month: str
    finished_at: Instant
    received_at: Instant
    confirmed_at: Instant | None
    score: float | None
    findings: int
    photos: PhotoCounts
    feedback: FeedbackSum | None
    flags: list[FlagOut]
    amended_by: str | None
