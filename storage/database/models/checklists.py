"""Versions of the checklists, and drafts of the next ones."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.database.base import Base, Id, IdKey, Instant, JsonDocument


class TemplateVersion(Base):
    """One immutable version of a checklist: its items as one document. A change is a new version.

    Current is the highest version whose day (`holds_from`) has come. `published_by` is empty for those of a release.
    """

    __tablename__ = "template_version"
    __table_args__ = (UniqueConstraint("code", "version"),)

    id: Mapped[IdKey]
    code: Mapped[str] = mapped_column(String(20))
    version: Mapped[int]
    subject: Mapped[str] = mapped_column(String(20))
    name: Mapped[dict[str, Any]] = mapped_column(JsonDocument)
    document: Mapped[dict[str, Any]] = mapped_column(JsonDocument)
    published_on: Mapped[date]
    holds_from: Mapped[date]
    superseded_on: Mapped[date | None]
    is_current: Mapped[bool]
    renews_visits: Mapped[bool] = mapped_column(default=False)
    """Whether visits that are planned and not begun take this version when its day has come."""
    note: Mapped[str] = mapped_column(String(500), default="")
    published_by: Mapped[Id | None] = mapped_column(ForeignKey("person.id"))


class ChecklistDraft(Base):
    """What a checklist's next version will say, while the office writes it. One for a checklist at a time."""

    __tablename__ = "checklist_draft"

    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    base_version_id: Mapped[Id | None] = mapped_column(ForeignKey("template_version.id"))
    document: Mapped[dict[str, Any]] = mapped_column(JsonDocument)
    version: Mapped[int]
    updated_at: Mapped[Instant]
    updated_by: Mapped[Id] = mapped_column(ForeignKey("person.id"))
