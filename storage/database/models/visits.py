"""Planned visits."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from schemas.planning import VisitStatus
from storage.database.base import Base, Id, IdKey, JsonDocument


class VisitDraw(Base):
    """One 双随机 draw of a month's visits: the seed, what was drawn from, what came out, and who drew.

    It is never changed, but for its publication; a draw that nobody published stays in the record.
    """

    __tablename__ = "visit_draw"
    __table_args__ = (Index("ix_visit_draw_month", "month", "drawn_at"),)

    id: Mapped[IdKey]
    month: Mapped[str] = mapped_column(String(7))
    seed: Mapped[str] = mapped_column(String(64))
    input: Mapped[dict[str, Any]] = mapped_column(JsonDocument)
    input_sha256: Mapped[str] = mapped_column(String(64))
    lines: Mapped[list[Any]] = mapped_column(JsonDocument)
    drawn_at: Mapped[datetime]
    drawn_by: Mapped[Id] = mapped_column(ForeignKey("person.id"))
    published_at: Mapped[datetime | None]
    published_by: Mapped[str | None] = mapped_column(String(36))


class Visit(Base):
    """Site, checklist, month: a plan, not a permission."""

    __tablename__ = "visit"
    __table_args__ = (
        UniqueConstraint("site_id", "template_code", "month", "round"),
        Index("ix_visit_month", "month"),
    )

    id: Mapped[IdKey]
    site_id: Mapped[Id] = mapped_column(ForeignKey("site.id"))
    template_version_id: Mapped[Id] = mapped_column(ForeignKey("template_version.id"))
    template_code: Mapped[str] = mapped_column(String(20))
    month: Mapped[str] = mapped_column(String(7))
    round: Mapped[int] = mapped_column(default=1)
    due_on: Mapped[date]
    status: Mapped[VisitStatus] = mapped_column(String(20))
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    draw_id: Mapped[str | None] = mapped_column(ForeignKey("visit_draw.id"))
    reasons: Mapped[list[Any]] = mapped_column(JsonDocument, default=list)
    cancel_reason: Mapped[str | None] = mapped_column(Text)


class VisitAssignee(Base):
    """An inspector of a visit."""

    __tablename__ = "visit_assignee"
    __table_args__ = (Index("ix_visit_assignee_person", "person_id"),)

    visit_id: Mapped[Id] = mapped_column(ForeignKey("visit.id"), primary_key=True)
    person_id: Mapped[Id] = mapped_column(ForeignKey("person.id"), primary_key=True)
