"""Planned re-checks of replied tasks."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from schemas.rechecks import RecheckOutcome
from storage.database.base import Base, Id, IdKey

_WAITS = text("outcome IS NULL")


class Recheck(Base):
    """One visit to one site on one day, to see what its units say is put right. It has ended when no task of it
    waits any more, or when it was cancelled.
    """

    __tablename__ = "recheck"
    __table_args__ = (Index("ix_recheck_planned", "planned_on", "id"), Index("ix_recheck_ended", "ended_at"))

    id: Mapped[IdKey]
    site_id: Mapped[Id] = mapped_column(ForeignKey("site.id"))
    planned_on: Mapped[date]
    note: Mapped[str] = mapped_column(Text)
    planned_at: Mapped[datetime]
    planned_by: Mapped[Id] = mapped_column(ForeignKey("person.id"))
    document_sha256: Mapped[str] = mapped_column(String(64))
    ended_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancelled_by: Mapped[str | None] = mapped_column(String(36))
    cancel_reason: Mapped[str | None] = mapped_column(Text)


class RecheckAssignee(Base):
    """Who goes."""

    __tablename__ = "recheck_assignee"
    __table_args__ = (Index("ix_recheck_assignee_person", "person_id"),)

    recheck_id: Mapped[Id] = mapped_column(ForeignKey("recheck.id"), primary_key=True)
    person_id: Mapped[Id] = mapped_column(ForeignKey("person.id"), primary_key=True)


class RecheckTask(Base):
    """A task that is to be seen, and what came of it. At most one re-check waits for a task."""

    __tablename__ = "recheck_task"
    __table_args__ = (
        Index("uq_recheck_task_waits", "task_id", unique=True, sqlite_where=_WAITS, postgresql_where=_WAITS),
        Index("ix_recheck_task_task", "task_id"),
    )

    recheck_id: Mapped[Id] = mapped_column(ForeignKey("recheck.id"), primary_key=True)
    task_id: Mapped[Id] = mapped_column(ForeignKey("task.id"), primary_key=True)
    outcome: Mapped[RecheckOutcome | None] = mapped_column(String(12))
    outcome_at: Mapped[datetime | None]
    outcome_by: Mapped[str | None] = mapped_column(String(36))
    reason: Mapped[str | None] = mapped_column(Text)
