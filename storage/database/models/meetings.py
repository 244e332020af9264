"""Meetings of the group: who was called, what was heard, what was arranged, and the documents that tell of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from schemas.meetings import AttendanceState, MeetingDocumentKind
from storage.database.base import Base, Id, IdKey, JsonDocument

_HELD = text("held_at IS NOT NULL")


class Meeting(Base):
    """One meeting (R50). Its state is told from `held_at`, `cancelled_at` and its documents.

    `chair` is the group leader, or somebody with a delegation on record: its ground and the day it was given.
    """

    __tablename__ = "meeting"
    __table_args__ = (
        Index("ix_meeting_starts", "starts_at", "id"),
        Index("ix_meeting_held", "held_at", sqlite_where=_HELD, postgresql_where=_HELD),
    )

    id: Mapped[IdKey]
    title: Mapped[str] = mapped_column(String(60))
    starts_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(String(100))
    chair: Mapped[str] = mapped_column(String(60))
    delegation: Mapped[str] = mapped_column(Text)
    delegated_on: Mapped[date | None]
    attendees: Mapped[str] = mapped_column(String(200))
    agenda: Mapped[list[Any]] = mapped_column(JsonDocument)
    demands: Mapped[list[Any]] = mapped_column(JsonDocument)
    contact_name: Mapped[str] = mapped_column(String(60))
    contact_phone: Mapped[str] = mapped_column(String(40))
    called_otherwise: Mapped[str] = mapped_column(Text, default="")
    recorder: Mapped[str] = mapped_column(String(60), default="")
    observers: Mapped[list[Any]] = mapped_column(JsonDocument, default=list)
    remarks: Mapped[str] = mapped_column(Text, default="")
    record_sha256: Mapped[str] = mapped_column(String(64), default="")
    held_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancel_reason: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime]
    created_by: Mapped[Id] = mapped_column(ForeignKey("person.id"))
    body_sha256: Mapped[str] = mapped_column(String(64))
    version: Mapped[int] = mapped_column(default=1)


class MeetingUnit(Base):
    """A unit that is called to a meeting: whether and by whom it was there, and what it reported (R50)."""

    __tablename__ = "meeting_unit"
    __table_args__ = (Index("ix_meeting_unit_unit", "unit_id"),)

    meeting_id: Mapped[Id] = mapped_column(ForeignKey("meeting.id"), primary_key=True)
    unit_id: Mapped[Id] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    state: Mapped[AttendanceState | None] = mapped_column(String(10))
    names: Mapped[list[Any]] = mapped_column(JsonDocument, default=list)
    stand_in_for: Mapped[str] = mapped_column(String(60), default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    progress: Mapped[str] = mapped_column(Text, default="")


class MeetingArrangement(Base):
    """What a meeting arranged: a unit, a matter, a date (R51). Its task, once given, has the arrangement's id."""

    __tablename__ = "meeting_arrangement"
    __table_args__ = (Index("ix_meeting_arrangement_meeting", "meeting_id", "position"),)

    id: Mapped[IdKey]
    meeting_id: Mapped[Id] = mapped_column(ForeignKey("meeting.id"))
    position: Mapped[int]
    unit_id: Mapped[Id] = mapped_column(ForeignKey("unit.id"))
    heading: Mapped[str] = mapped_column(String(60))
    content: Mapped[str] = mapped_column(Text)
    due_on: Mapped[date]
    wants_letter: Mapped[bool]
    task_id: Mapped[str | None] = mapped_column(ForeignKey("task.id"))


class MeetingDocument(Base):
    """A notice or the minutes of a meeting in the register. An amendment is the next edition; none is overwritten."""

    __tablename__ = "meeting_document"
    __table_args__ = (UniqueConstraint("meeting_id", "kind", "edition"),)

    letter_id: Mapped[Id] = mapped_column(ForeignKey("letter.id"), primary_key=True)
    meeting_id: Mapped[Id] = mapped_column(ForeignKey("meeting.id"))
    kind: Mapped[MeetingDocumentKind] = mapped_column(String(10))
    edition: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    drawn_sha256: Mapped[str] = mapped_column(String(64))
