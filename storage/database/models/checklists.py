"""Versions of the checklists."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.database.base import Base, IdKey, JsonDocument


class TemplateVersion(Base):
    """One immutable version of a checklist: its items as one document. A change is a new version."""

    __tablename__ = "template_version"
    __table_args__ = (UniqueConstraint("code", "version"),)

    id: Mapped[IdKey]
    code: Mapped[str] = mapped_column(String(20))
    version: Mapped[int]
    subject: Mapped[str] = mapped_column(String(20))
    name: Mapped[dict[str, Any]] = mapped_column(JsonDocument)
    document: Mapped[dict[str, Any]] = mapped_column(JsonDocument)
    published_on: Mapped[date]
    is_current: Mapped[bool]
