"""Inspections as immutable documents, and the findings that they explode into."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Float, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from schemas.tasks import FindingStatus, Link, Severity
from storage.database.base import Base, Id, IdKey, JsonDocument


class Inspection(Base):
    """One submitted checklist. `document` is never changed; positions live in rows of their own (`fix`)."""

    __tablename__ = "inspection"
    __table_args__ = (
        Index("ix_inspection_site_template", "site_id", "template_code", "received_at"),
        Index("ix_inspection_received", "received_at", "id"),
        Index("ix_inspection_state", "state", "received_at"),
        Index("ix_inspection_visit", "visit_id"),
    )

    id: Mapped[IdKey]
    visit_id: Mapped[str | None] = mapped_column(ForeignKey("visit.id"))
    site_id: Mapped[Id] = mapped_column(ForeignKey("site.id"))
    template_version_id: Mapped[Id] = mapped_column(ForeignKey("template_version.id"))
    template_code: Mapped[str] = mapped_column(String(20))
    author_id: Mapped[Id] = mapped_column(ForeignKey("person.id"))
    outcome: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20))
    month: Mapped[str] = mapped_column(String(7))
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime]
    received_at: Mapped[datetime]
    clock_skew_s: Mapped[float | None] = mapped_column(Float)
    confirmed_at: Mapped[datetime | None]
    confirmed_by: Mapped[str | None] = mapped_column(String(36))
    score: Mapped[float | None] = mapped_column(Float)
    document: Mapped[dict[str, Any]] = mapped_column(JsonDocument)
    document_sha256: Mapped[str] = mapped_column(String(64))
    results: Mapped[dict[str, Any]] = mapped_column(JsonDocument)
    flags: Mapped[list[Any]] = mapped_column(JsonDocument)
    fix_id: Mapped[str | None] = mapped_column(String(36))
    amends_id: Mapped[str | None] = mapped_column(ForeignKey("inspection.id"))
    amended_by_id: Mapped[str | None] = mapped_column(String(36))


class Finding(Base):
    """One failing item of one inspection, linked to the task that will put it right."""

    __tablename__ = "finding"
    __table_args__ = (
        Index("ix_finding_received", "received_at", "id"),
        Index("ix_finding_month_received", "month", "received_at", "id"),
        Index("ix_finding_task", "task_id"),
        Index("ix_finding_inspection", "inspection_id"),
        Index("ix_finding_status_received", "status", "received_at", "id"),
        Index("ix_finding_unit_received", "unit_id", "received_at", "id"),
        Index("ix_finding_site_received", "site_id", "received_at", "id"),
        # All that the figures of a span count: read from the index alone.
        Index("ix_finding_figures", "month", "status", "unit_id", "severity", "item_code", "site_id"),
    )

    id: Mapped[IdKey]
    inspection_id: Mapped[Id] = mapped_column(ForeignKey("inspection.id"))
    item_code: Mapped[str] = mapped_column(String(40))
    site_id: Mapped[Id] = mapped_column(ForeignKey("site.id"))
    task_id: Mapped[Id] = mapped_column(ForeignKey("task.id"))
    unit_id: Mapped[Id] = mapped_column(ForeignKey("unit.id"))
    link: Mapped[Link] = mapped_column(String(10))
    severity: Mapped[Severity] = mapped_column(String(10))
    problem: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)
    answer: Mapped[dict[str, Any]] = mapped_column(JsonDocument)
    status: Mapped[FindingStatus] = mapped_column(String(12))
    month: Mapped[str] = mapped_column(String(7))
    seen_at: Mapped[datetime]
    received_at: Mapped[datetime]
    finder_id: Mapped[Id] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None] = mapped_column(String(36))
    void_reason: Mapped[str | None] = mapped_column(Text)
    flag_codes: Mapped[list[Any]] = mapped_column(JsonDocument)
    is_flagged: Mapped[bool] = mapped_column(default=False)
    on_spot: Mapped[bool] = mapped_column(default=False)
    guidance: Mapped[dict[str, Any] | None] = mapped_column(JsonDocument)
