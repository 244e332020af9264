"""Photos as they travel: what is known, what is told of one photo, and its uses."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from schemas.marks import Mark
from schemas.tasks import FlagOut
from schemas.wire import Input, Instant, LongText, Output, Sha256, Uuid

PhotoSource = Literal["camera", "gallery"]
UseState = Literal["missing", "received", "refused", "waived"]
PhotoKind = Literal["jpeg", "png", "webp", "heic"]
ReviewDecision = Literal["accepted", "voided", "new_photo"]


class KnownQuery(Input):
    """Which of these hashes has this person delivered already?"""

    hashes: Annotated[list[Sha256], msgspec.Meta(max_length=1000)]


class Known(Output):
    """`known`: bytes that this same person delivered. `wanted`: all others; sending them is never wrong."""

    known: list[str]
    wanted: list[str]


class WitnessOut(Output):
    """What the camera wrote into the file: a second witness, never proof. WGS-84 degrees."""

    present: bool
    malformed: bool
    place: Literal["absent", "zeroed", "malformed", "valid"]
    lat: float | None
    lon: float | None
    local_time: str | None
    offset: str | None
    camera: str | None
    software: str | None


class FixOut(Output):
    """A position fix of a phone: WGS-84 degrees, accuracy in metres."""

    lat: float
    lon: float
    accuracy_m: float | None
    at: Instant | None


class ShotOut(Output):
    """The circumstances of one use, as the phone claims them."""

    id: str
    person_id: str
    person: str
    taken_at: Instant | None
    source: PhotoSource
    fix: FixOut | None
    distance_m: float | None
    received_at: Instant


class PhotoReviewIn(Input):
    """What a person decides about a photo that was flagged: the explanation holds, it proves nothing, or another one
    is needed. The same id and words may be sent again."""

    id: Uuid
    decision: ReviewDecision
    reason: Annotated[LongText, msgspec.Meta(min_length=1)]


class PhotoReviewOut(Output):
    """A decision about a photo, and the codes of the flags that were up when it was taken."""

    id: str
    decision: ReviewDecision
    reason: str
    person: str
    role: str
    at: Instant
    flag_codes: list[str]


class TwinOut(Output):
    """Another photo that this one is likely to be a copy of, with where and when that was used. `patch` is the part of
    this photo that is foreign to it: left, top, width and height in shares of the picture."""

    sha256: str
    code: str
    site_name: str | None
    item: str | None
    person: str
    taken_at: Instant | None
    used_at: Instant
    patch: list[float] | None


class PhotoUseOut(Output):
    """What the photo proves here, and what is noticeable about that."""

    id: str
    purpose: str
    state: UseState
    reason: str | None
    person_id: str
    person: str
    shot_id: str | None
    inspection_id: str | None
    item: str | None
    finding_id: str | None
    task_id: str | None
    site_id: str | None
    site_name: str | None
    distance_m: float | None
    marks: list[Mark]
    note: str
    flags: list[FlagOut]
    twins: list[TwinOut]
    reviews: list[PhotoReviewOut]
    created_at: Instant


class PhotoOut(Output):
    """One photo as this person may see it. `width` × `height` is the upright size in pixels."""

    sha256: str
    kind: PhotoKind
    size_bytes: int
    width: int
    height: int
    received_at: Instant
    exif: WitnessOut
    shots: list[ShotOut]
    flags: list[FlagOut]
    uses: list[PhotoUseOut]


class Waiver(Input):
    """Why the office no longer waits for a photo."""

    reason: Annotated[LongText, msgspec.Meta(min_length=1)]


class UnusedPhoto(Output):
    """A photo that has been here for a week and proves nothing yet."""

    sha256: str
    received_at: Instant
    delivered_by: list[str]


class OwedPhoto(Output):
    """A photo that was named but whose bytes have not come, or were refused."""

    use_id: str
    sha256: str
    state: UseState
    reason: str | None
    purpose: str
    person: str
    inspection_id: str | None
    item: str | None
    task_id: str | None
    created_at: Instant
