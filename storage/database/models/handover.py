"""Handovers of posts, and of the open work that went with them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.database.base import Base, Id, IdKey, JsonDocument


class Handover(Base):
    """One person's posts in a unit went to another from a day on, or to nobody yet (R6). `moved` counts what moved.
    Append-only.
    """

    __tablename__ = "handover"
    __table_args__ = (Index("ix_handover_at", "at", "id"),)

    id: Mapped[IdKey]
    unit_id: Mapped[Id] = mapped_column(ForeignKey("unit.id"))
    from_id: Mapped[Id] = mapped_column(ForeignKey("person.id"))
    to_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    roles: Mapped[list[Any]] = mapped_column(JsonDocument)
    begins_on: Mapped[date]
    reason: Mapped[str] = mapped_column(Text)
    moved: Mapped[dict[str, Any]] = mapped_column(JsonDocument)
    at: Mapped[datetime]
    by_id: Mapped[Id] = mapped_column(ForeignKey("person.id"))
    role: Mapped[str] = mapped_column(String(20))
    body_sha256: Mapped[str] = mapped_column(String(64))
