"""What was entered for the evaluation, with all its versions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from schemas.evaluation_entries import EntryKind, Level
from storage.database.base import Base, Id, IdKey, JsonDocument

_CURRENT = text("is_current")


class EvaluationEntry(Base):
    """One version of a value, honour, rating, force, complaint or score. None is overwritten: a correction is the
    next version of the same id. `body` is what was sent, its numbers as text.
    """

    __tablename__ = "evaluation_entry"
    __table_args__ = (
        Index("uq_evaluation_entry_current", "id", unique=True, sqlite_where=_CURRENT, postgresql_where=_CURRENT),
        Index("ix_evaluation_entry_kind_year", "kind", "year"),
    )

    id: Mapped[IdKey]
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    is_current: Mapped[bool]
    kind: Mapped[EntryKind] = mapped_column(String(10))
    year: Mapped[int]
    level: Mapped[Level] = mapped_column(String(8))
    unit_id: Mapped[str | None] = mapped_column(ForeignKey("unit.id"))
    body: Mapped[dict[str, Any]] = mapped_column(JsonDocument)
    source: Mapped[str] = mapped_column(String(300))
    reason: Mapped[str] = mapped_column(Text)
    entered_at: Mapped[datetime]
    entered_by: Mapped[Id] = mapped_column(ForeignKey("person.id"))
    body_sha256: Mapped[str] = mapped_column(String(64))
