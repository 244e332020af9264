"""Official letters of the ladder, what was answered to them, and the disqualifications they lead to."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from schemas.letters import Decision, Ground, LetterKind, LetterState, Trigger
from storage.database.base import Base, Id, IdKey, JsonDocument

_OPEN_APPROVAL = text("kind = 'approval' AND state <> 'cancelled'")


class Letter(Base):
    """One document of the register. After `signed` its content never changes (R42, R49).

    `number` is given at signing, gapless in its series (code, year); a cancelled letter keeps it.
    """

    __tablename__ = "letter"
    __table_args__ = (
        UniqueConstraint("code", "year", "number"),
        # One approval a supervision letter, whoever clicks at once. A 交办函 may earn a second 督办函, about those
        # of its tasks that were at rest when the first was drafted.
        Index("uq_letter_approval", "parent_id", unique=True, sqlite_where=_OPEN_APPROVAL,
              postgresql_where=_OPEN_APPROVAL),
        Index("ix_letter_created", "created_at", "id"),
        Index("ix_letter_unit_state", "unit_id", "state"),
        Index("ix_letter_month", "month"),
    )  # fmt: skip

    id: Mapped[IdKey]
    kind: Mapped[LetterKind] = mapped_column(String(20))
    state: Mapped[LetterState] = mapped_column(String(12))
    unit_id: Mapped[str | None] = mapped_column(ForeignKey("unit.id"))
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("letter.id"))
    code: Mapped[str] = mapped_column(String(30))
    year: Mapped[int | None]
    number: Mapped[int | None]
    month: Mapped[str | None] = mapped_column(String(7))
    title: Mapped[str] = mapped_column(String(200))
    content: Mapped[dict[str, Any]] = mapped_column(JsonDocument)
    content_sha256: Mapped[str] = mapped_column(String(64))
    ground: Mapped[Ground | None] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text, default="")
    reply_due_on: Mapped[date | None]
    agreed_until_on: Mapped[date | None]
    decision: Mapped[Decision | None] = mapped_column(String(10))
    decision_scan_sha256: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime]
    drafted_by: Mapped[str | None] = mapped_column(String(36))
    signed_at: Mapped[datetime | None]
    signed_by: Mapped[str | None] = mapped_column(String(36))
    issued_at: Mapped[datetime | None]
    issued_by: Mapped[str | None] = mapped_column(String(36))
    closed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)


class LetterRecipient(Base):
    """A unit to which a circular, a notice or minutes go: it sees them from their issue on."""

    __tablename__ = "letter_recipient"
    __table_args__ = (Index("ix_letter_recipient_unit", "unit_id"),)

    letter_id: Mapped[Id] = mapped_column(ForeignKey("letter.id"), primary_key=True)
    unit_id: Mapped[Id] = mapped_column(ForeignKey("unit.id"), primary_key=True)


class LetterTask(Base):
    """A task in a letter, with the reason it got there (R43) and its own 整改时限 (R44)."""

    __tablename__ = "letter_task"
    __table_args__ = (Index("ix_letter_task_task", "task_id"),)

    letter_id: Mapped[Id] = mapped_column(ForeignKey("letter.id"), primary_key=True)
    task_id: Mapped[Id] = mapped_column(ForeignKey("task.id"), primary_key=True)
    trigger: Mapped[Trigger] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text)
    due_on: Mapped[date]


class LetterStep(Base):
    """One step on a letter: of the signing chain, or what the unit answered (R44, R95). Append-only."""

    __tablename__ = "letter_step"
    __table_args__ = (Index("ix_letter_step_letter", "letter_id", "at"),)

    id: Mapped[IdKey]
    letter_id: Mapped[Id] = mapped_column(ForeignKey("letter.id"))
    action: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime]
    actor_id: Mapped[str | None] = mapped_column(String(36))
    role: Mapped[str] = mapped_column(String(20))
    unit_id: Mapped[str | None] = mapped_column(String(36))
    on_behalf_of: Mapped[str | None] = mapped_column(String(36))
    original_on: Mapped[date | None]
    body: Mapped[dict[str, Any]] = mapped_column(JsonDocument)
    body_sha256: Mapped[str] = mapped_column(String(64))


class Disqualification(Base):
    """取消评优评选资格 of a unit for a year (R47); revoked only by the group leader, and both stay."""

    __tablename__ = "disqualification"
    __table_args__ = (Index("ix_disqualification_unit_year", "unit_id", "year"),)

    id: Mapped[IdKey]
    unit_id: Mapped[Id] = mapped_column(ForeignKey("unit.id"))
    year: Mapped[int]
    letter_id: Mapped[Id] = mapped_column(ForeignKey("letter.id"))
    effective_at: Mapped[datetime]
    decided_by: Mapped[Id] = mapped_column(ForeignKey("person.id"))
    revoked_at: Mapped[datetime | None]
    revoked_by: Mapped[str | None] = mapped_column(String(36))
    revocation_reason: Mapped[str | None] = mapped_column(Text)


class LetterScan(Base):
    """A scanned PDF that a step names by its hash (R95); scans that are pictures are photos. Its bytes never change."""

    __tablename__ = "letter_scan"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size_bytes: Mapped[int]
    received_at: Mapped[datetime]
    received_from: Mapped[Id] = mapped_column(ForeignKey("person.id"))
