"""Who owes what for which indicator: the notice's tables by year, and the duties of units, dated."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from schemas.matrix import Part
from storage.database.base import Base, Id, IdKey, JsonDocument


class CatalogueEdition(Base):
    """A year's notice as data (R9), whole, as it was taken. The one whose day came last holds; none is overwritten."""

    __tablename__ = "catalogue_edition"

    id: Mapped[IdKey]
    year: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    from_on: Mapped[date]
    content: Mapped[dict[str, Any]] = mapped_column(JsonDocument)
    content_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    taken_at: Mapped[datetime]
    taken_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))


class IndicatorDuty(Base):
    """A share in an indicator (R11, R12) from a day to a day, both included. Only `until_on` is ever set afterwards.

    `holder` is the code of a unit or of a group that the notice names (各街道, 各成员单位); `requirement_code` is empty
    where the share is in the whole indicator. `position` is the place in the notice's cell; `compiles` marks who puts
    the others' parts together where the Office named somebody else than the first.
    """

    __tablename__ = "indicator_duty"
    __table_args__ = (Index("ix_indicator_duty_dates", "from_on", "until_on"),)

    id: Mapped[IdKey]
    indicator_code: Mapped[str] = mapped_column(String(40))
    requirement_code: Mapped[str] = mapped_column(String(40))
    holder: Mapped[str] = mapped_column(String(40))
    part: Mapped[Part] = mapped_column(String(12))
    position: Mapped[int]
    compiles: Mapped[bool]
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(Text)
    entered_at: Mapped[datetime]
    entered_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))


class BasisDocument(Base):
    """A paper that the work rests on (R90): number, day, issuing body, and its scan or address. Versions stay."""

    __tablename__ = "basis_document"
    __table_args__ = (Index("ix_basis_document_code", "code", "version"),)

    id: Mapped[IdKey]
    code: Mapped[str] = mapped_column(String(40))
    version: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    number: Mapped[str] = mapped_column(String(60))
    issuer: Mapped[str] = mapped_column(String(100))
    issued_on: Mapped[date | None]
    url: Mapped[str] = mapped_column(String(400))
    scan: Mapped[str | None] = mapped_column(String(64))
    indicators: Mapped[list[Any]] = mapped_column(JsonDocument)
    entered_at: Mapped[datetime]
    entered_by: Mapped[Id] = mapped_column(ForeignKey("person.id"))
    body_sha256: Mapped[str] = mapped_column(String(64))
