"""Photos: the bytes, the circumstances of each shot, what each photo proves, and the uploads under way."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from schemas.photos import PhotoKind, PhotoSource, ReviewDecision, UseState
from storage.database.base import Base, Id, IdKey, JsonDocument

_MISSING = text("state = 'missing'")
_WAITING = text("verdict IS NULL")


class Fix(Base):
    """A position of a phone (WGS-84), in a row of its own so that it can be coarsened later."""

    __tablename__ = "fix"

    id: Mapped[IdKey]
    lat: Mapped[float]
    lon: Mapped[float]
    accuracy_m: Mapped[float | None]
    at: Mapped[datetime | None]


class Photo(Base):
    """Bytes that were received, verified and kept, named by their SHA-256. Never changed, never swept.

    `width` × `height` is the upright size. The dHash stands also in four 16-bit quarters: two hashes at most
    3 bits apart share a quarter, so near-duplicates are found by index among millions.
    """

    __tablename__ = "photo"
    __table_args__ = (
        Index("ix_photo_dhash_1", "dhash_1"),
        Index("ix_photo_dhash_2", "dhash_2"),
        Index("ix_photo_dhash_3", "dhash_3"),
        Index("ix_photo_dhash_4", "dhash_4"),
        Index("ix_photo_received", "received_at", "sha256"),
    )

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[PhotoKind] = mapped_column(String(8))
    size_bytes: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]
    dhash: Mapped[str] = mapped_column(String(16))
    dhash_1: Mapped[int]
    dhash_2: Mapped[int]
    dhash_3: Mapped[int]
    dhash_4: Mapped[int]
    exif: Mapped[dict[str, Any]] = mapped_column(JsonDocument)
    received_at: Mapped[datetime]


class PhotoDelivery(Base):
    """Who delivered these very bytes: the person's right to read them, and the answer to "known"."""

    __tablename__ = "photo_delivery"

    sha256: Mapped[str] = mapped_column(ForeignKey("photo.sha256"), primary_key=True)
    person_id: Mapped[Id] = mapped_column(ForeignKey("person.id"), primary_key=True)
    at: Mapped[datetime]


class Shot(Base):
    """The circumstances of one use, as the phone claims them. May be told before the bytes have come."""

    __tablename__ = "shot"
    __table_args__ = (
        Index("ix_shot_photo_person", "sha256", "person_id"),
        Index("ix_shot_person_taken", "person_id", "taken_at"),
    )

    id: Mapped[IdKey]
    sha256: Mapped[str] = mapped_column(String(64))
    person_id: Mapped[Id] = mapped_column(ForeignKey("person.id"))
    taken_at: Mapped[datetime | None]
    source: Mapped[PhotoSource] = mapped_column(String(10))
    fix_id: Mapped[str | None] = mapped_column(ForeignKey("fix.id"))
    # How far the phone's clock was ahead of the server's when it told this, where it told its time.
    clock_skew_s: Mapped[float | None]
    received_at: Mapped[datetime]


class Upload(Base):
    """A tus upload. `offset` reaches `length` only together with the receipt, in one transaction.

    `parts` names the objects that hold what has come so far, so that any replica can go on.
    """

    __tablename__ = "upload"
    __table_args__ = (Index("ix_upload_expires", "expires_at"), Index("ix_upload_person", "person_id"))

    id: Mapped[IdKey]
    person_id: Mapped[Id] = mapped_column(ForeignKey("person.id"))
    sha256: Mapped[str] = mapped_column(String(64))
    length: Mapped[int]
    offset: Mapped[int]
    parts: Mapped[list[Any]] = mapped_column(JsonDocument)
    details: Mapped[dict[str, Any]] = mapped_column(JsonDocument)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    received_at: Mapped[datetime | None]


class PhotoUse(Base):
    """What a photo proves, and through which task a unit may see it. The bytes may still be on their way.

    `needs_delivery` holds for people of units: naming a hash gives them no right to it, delivering its bytes
    does. The setting (place, radius, time) is kept as it was when the photo was judged.
    """

    __tablename__ = "photo_use"
    __table_args__ = (
        Index("ix_photo_use_photo", "sha256", "created_at"),
        Index("ix_photo_use_inspection", "inspection_id"),
        Index("ix_photo_use_task", "task_id"),
        Index("ix_photo_use_finding", "finding_id"),
        Index("ix_photo_use_missing", "sha256", sqlite_where=_MISSING, postgresql_where=_MISSING),
    )

    id: Mapped[IdKey]
    sha256: Mapped[str] = mapped_column(String(64))
    purpose: Mapped[str] = mapped_column(String(20))
    state: Mapped[UseState] = mapped_column(String(10))
    reason: Mapped[str | None] = mapped_column(Text)
    decided_by: Mapped[str | None] = mapped_column(String(36))
    decided_at: Mapped[datetime | None]
    needs_delivery: Mapped[bool]
    person_id: Mapped[Id] = mapped_column(ForeignKey("person.id"))
    shot_id: Mapped[str | None] = mapped_column(ForeignKey("shot.id"))
    inspection_id: Mapped[str | None] = mapped_column(String(36))
    item_code: Mapped[str | None] = mapped_column(String(40))
    finding_id: Mapped[str | None] = mapped_column(String(36))
    task_id: Mapped[str | None] = mapped_column(String(36))
    action_id: Mapped[str | None] = mapped_column(String(36))
    site_id: Mapped[str | None] = mapped_column(ForeignKey("site.id"))
    site_lat: Mapped[float | None]
    site_lon: Mapped[float | None]
    radius_m: Mapped[float | None]
    begins_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    place_and_time_matter: Mapped[bool] = mapped_column(default=True)
    # Drawn and written over the picture by whoever took it; the bytes stay as they were taken.
    marks: Mapped[list[Any]] = mapped_column(JsonDocument, default=list)
    note: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]


class PhotoFlag(Base):
    """Something about one use that a person should look at: a code and the numbers it was raised on."""

    __tablename__ = "photo_flag"

    photo_use_id: Mapped[Id] = mapped_column(ForeignKey("photo_use.id"), primary_key=True)
    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    detail: Mapped[dict[str, Any]] = mapped_column(JsonDocument)
    raised_at: Mapped[datetime]


class PhotoComparison(Base):
    """Whether two photos are one exposure: asked for when one of them is judged, answered in the background.

    `detail` holds the numbers of `server.photos.likeness.Comparison`; without a verdict it waits.
    """

    __tablename__ = "photo_comparison"
    __table_args__ = (
        Index("ix_photo_comparison_waiting", "asked_at", sqlite_where=_WAITING, postgresql_where=_WAITING),
    )

    sha256: Mapped[str] = mapped_column(ForeignKey("photo.sha256"), primary_key=True)
    earlier_sha256: Mapped[str] = mapped_column(ForeignKey("photo.sha256"), primary_key=True)
    asked_at: Mapped[datetime]
    verdict: Mapped[str | None] = mapped_column(String(10))
    detail: Mapped[dict[str, Any]] = mapped_column(JsonDocument)
    compared_at: Mapped[datetime | None]


class PhotoReview(Base):
    """What a person decided about a flagged use, with the reason; kept for ever, the newest one counts."""

    __tablename__ = "photo_review"
    __table_args__ = (Index("ix_photo_review_use", "photo_use_id", "at"),)

    id: Mapped[IdKey]
    photo_use_id: Mapped[Id] = mapped_column(ForeignKey("photo_use.id"))
    decision: Mapped[ReviewDecision] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(Text)
    flag_codes: Mapped[list[Any]] = mapped_column(JsonDocument)
    person_id: Mapped[Id] = mapped_column(ForeignKey("person.id"))
    role: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime]
