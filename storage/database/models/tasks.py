"""Rectification tasks and everything that was done, or tried, on them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from schemas.checklists import Closing
from schemas.tasks import Origin, Rung, Severity, TaskStatus
from storage.database.base import Base, Id, IdKey, JsonDocument

_LIVE = text("status IN ('draft', 'open', 'replied')")

_RELAPSE = text("relapse_of_id IS NOT NULL")


class Task(Base):
    """One fault at one site, until it is struck off (R41). `status` is moved by people, `rung` by time.

    What a superior, the leader, the office or a meeting assigned may have no site and no item: `source_*` say where it
    comes from (name, 文号, the id of an arrangement or of an imported row) and `given_on` when it was given.
    Each of the three persons of R14 is a name, with the account where there is one; NULL means the post's holder.
    """

    __tablename__ = "task"
    __table_args__ = (
        # One live task a site and item is a fact of the database, not a check of the program.
        Index("uq_task_live", "site_id", "item_code", unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE),
        Index("ix_task_site_item", "site_id", "item_code"),
        Index("ix_task_created", "created_at", "id"),
        Index("ix_task_status_due", "status", "due_on", "id"),
        Index("ix_task_unit_status", "unit_id", "status", "due_on", "id"),
        Index("ix_task_relapse", "created_at", "id", sqlite_where=_RELAPSE, postgresql_where=_RELAPSE),
        # All that the figures of a span count: read from the index alone.
        Index(
            "ix_task_figures", "status", "closed_at", "unit_id", "replied_at", "due_on", "confirmed_at", "created_at"
        ),
        CheckConstraint(
            "origin <> 'inspection' OR (site_id IS NOT NULL AND item_code IS NOT NULL"
            " AND template_version_id IS NOT NULL)",
            name="inspected",
        ),
        CheckConstraint(
            "item_code IS NULL OR (site_id IS NOT NULL AND template_version_id IS NOT NULL)", name="item_at_site"
        ),
    )

    id: Mapped[IdKey]
    number: Mapped[str | None] = mapped_column(String(20), unique=True)
    origin: Mapped[Origin] = mapped_column(String(20))
    source_name: Mapped[str] = mapped_column(String(200), default="")
    source_number: Mapped[str] = mapped_column(String(60), default="")
    source_id: Mapped[str | None] = mapped_column(String(36), index=True)
    given_on: Mapped[date | None]
    wants_letter: Mapped[bool] = mapped_column(default=False)
    site_id: Mapped[str | None] = mapped_column(ForeignKey("site.id"))
    item_code: Mapped[str | None] = mapped_column(String(40))
    template_version_id: Mapped[str | None] = mapped_column(ForeignKey("template_version.id"))
    problem: Mapped[str] = mapped_column(Text)
    requirement: Mapped[str] = mapped_column(Text)
    unit_id: Mapped[Id] = mapped_column(ForeignKey("unit.id"))
    institution: Mapped[str] = mapped_column(String(100))
    severity: Mapped[Severity] = mapped_column(String(10))
    status: Mapped[TaskStatus] = mapped_column(String(10))
    rung: Mapped[Rung] = mapped_column(String(12))
    closing: Mapped[Closing] = mapped_column(String(20))
    working_days: Mapped[int]
    due_on: Mapped[date]
    due_provisional: Mapped[bool]
    relapse_of_id: Mapped[str | None] = mapped_column(ForeignKey("task.id"))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    confirmed_by: Mapped[str | None] = mapped_column(String(36))
    progressed_at: Mapped[datetime | None]
    acknowledged_at: Mapped[datetime | None]
    acknowledged_by: Mapped[str | None] = mapped_column(String(36))
    overseer: Mapped[str | None] = mapped_column(String(200))
    overseer_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    implementer: Mapped[str | None] = mapped_column(String(200))
    implementer_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    resolver: Mapped[str | None] = mapped_column(String(200))
    resolver_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    extension_asked_at: Mapped[datetime | None]
    extension_until_on: Mapped[date | None]
    extension_reason: Mapped[str | None] = mapped_column(Text)
    replied_at: Mapped[datetime | None]
    replied_by: Mapped[str | None] = mapped_column(String(36))
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str | None] = mapped_column(String(36))
    closed_kind: Mapped[str | None] = mapped_column(String(30))
    return_count: Mapped[int] = mapped_column(default=0)
    return_proposed: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)


class TaskWatcher(Base):
    """A unit that supervises or cooperates (R12): it sees the task and is never overdue for it."""

    __tablename__ = "task_watcher"
    __table_args__ = (Index("ix_task_watcher_unit", "unit_id"),)

    task_id: Mapped[Id] = mapped_column(ForeignKey("task.id"), primary_key=True)
    unit_id: Mapped[Id] = mapped_column(ForeignKey("unit.id"), primary_key=True)


class TaskAction(Base):
    """One step that was taken or refused, under the id that the phone or the desk gave it. Append-only."""

    __tablename__ = "task_action"
    __table_args__ = (
        UniqueConstraint("task_id", "seq"),
        Index("ix_task_action_task", "task_id", "seq"),
    )

    id: Mapped[IdKey]
    task_id: Mapped[Id] = mapped_column(ForeignKey("task.id"))
    seq: Mapped[int]
    action: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime]
    received_at: Mapped[datetime]
    actor_id: Mapped[str | None] = mapped_column(String(36))
    role: Mapped[str] = mapped_column(String(20))
    unit_id: Mapped[str | None] = mapped_column(String(36))
    body: Mapped[dict[str, Any]] = mapped_column(JsonDocument)
    body_sha256: Mapped[str] = mapped_column(String(64))
    accepted: Mapped[bool]
    refusal: Mapped[str | None] = mapped_column(String(60))
    answer: Mapped[dict[str, Any]] = mapped_column(JsonDocument)


class Counter(Base):
    """The last number given out in a series (tasks of a year; letters later)."""

    __tablename__ = "counter"

    series: Mapped[str] = mapped_column(String(40), primary_key=True)
    last: Mapped[int]
