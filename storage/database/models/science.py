"""Science rooms: their facts by version, and what is entered of them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from schemas.science import EntryKind, ScienceNode
from storage.database.base import Base, Id, IdKey


class ScienceRoom(Base):
    """One version of a room's facts (R20); the highest number holds."""

    __tablename__ = "science_room"
    __table_args__ = (UniqueConstraint("site_id", "number"),)

    id: Mapped[IdKey]
    site_id: Mapped[Id] = mapped_column(ForeignKey("site.id"))
    number: Mapped[int]
    community: Mapped[str] = mapped_column(String(60))
    area_m2: Mapped[int]
    opening_hours: Mapped[str] = mapped_column(String(200))
    keeper: Mapped[str] = mapped_column(String(60))
    equipment: Mapped[str] = mapped_column(Text)
    body_sha256: Mapped[str] = mapped_column(String(64))
    entered_at: Mapped[datetime]
    entered_by: Mapped[Id] = mapped_column(ForeignKey("person.id"))


class ScienceEntry(Base):
    """A stock of material, an activity or an update of a room (R20). Only the withdrawal is set afterwards, once."""

    __tablename__ = "science_entry"
    __table_args__ = (Index("ix_science_entry_site", "site_id", "on"),)

    id: Mapped[IdKey]
    site_id: Mapped[Id] = mapped_column(ForeignKey("site.id"))
    kind: Mapped[EntryKind] = mapped_column(String(10))
    on: Mapped[date]
    name: Mapped[str] = mapped_column(String(100))
    count: Mapped[int | None]
    node: Mapped[ScienceNode | None] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(Text)
    body_sha256: Mapped[str] = mapped_column(String(64))
    entered_at: Mapped[datetime]
    entered_by: Mapped[Id] = mapped_column(ForeignKey("person.id"))
    withdrawn: Mapped[str] = mapped_column(String(200), default="")
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
