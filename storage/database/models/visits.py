"""Planned visits."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.database.base import Base, Id, IdKey


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
    status: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime]


class VisitAssignee(Base):
    """An inspector of a visit."""

    __tablename__ = "visit_assignee"
    __table_args__ = (Index("ix_visit_assignee_person", "person_id"),)

    visit_id: Mapped[Id] = mapped_column(ForeignKey("visit.id"), primary_key=True)
    person_id: Mapped[Id] = mapped_column(ForeignKey("person.id"), primary_key=True)
