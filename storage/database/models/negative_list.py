"""The negative list: the city's statuses and evaluations, and the events with all their versions."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from schemas.negative_list import CityStatus, EvaluationKind, EventLevel, EventState
from storage.database.base import Base, Id, IdKey, JsonDocument

_CURRENT = text("is_current")


class CityStatusSpan(Base):
    """The city's status from a day on (R69)."""

    __tablename__ = "city_status"

    id: Mapped[IdKey]
    status: Mapped[CityStatus] = mapped_column(String(12))
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    source: Mapped[str] = mapped_column(String(300))
    entered_at: Mapped[datetime]
    entered_by: Mapped[Id] = mapped_column(ForeignKey("person.id"))
    body_sha256: Mapped[str] = mapped_column(String(64))
    version: Mapped[int]


class CityEvaluation(Base):
    """An evaluation of the city, or its application (R70). `score` is an exact decimal as text."""

    __tablename__ = "city_evaluation"

    id: Mapped[IdKey]
    year: Mapped[int]
    kind: Mapped[EvaluationKind] = mapped_column(String(13))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    cycle_from: Mapped[int]
    score: Mapped[str | None] = mapped_column(String(20))
    source: Mapped[str] = mapped_column(String(300))
    entered_at: Mapped[datetime]
    entered_by: Mapped[Id] = mapped_column(ForeignKey("person.id"))
    body_sha256: Mapped[str] = mapped_column(String(64))
    version: Mapped[int]


class NegativeEvent(Base):
    """One version of an event (R84). None is overwritten: a correction is the next version of the same id."""

    __tablename__ = "negative_event"
    __table_args__ = (
        Index("uq_negative_event_current", "id", unique=True, sqlite_where=_CURRENT, postgresql_where=_CURRENT),
    )

    id: Mapped[IdKey]
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    is_current: Mapped[bool]
    item_code: Mapped[str] = mapped_column(String(8))
    level: Mapped[EventLevel] = mapped_column(String(8))
    state: Mapped[EventState] = mapped_column(String(11))
    description: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(String(300))
    evidence: Mapped[str] = mapped_column(Text)
    happened_on: Mapped[date | None]
    from_on: Mapped[date | None]
    until_on: Mapped[date | None]
    persons: Mapped[list[Any]] = mapped_column(JsonDocument)
    value: Mapped[str | None] = mapped_column(String(20))
    rankings: Mapped[list[Any]] = mapped_column(JsonDocument)
    decided_on: Mapped[date | None]
    established_by: Mapped[str] = mapped_column(String(100))
    reason: Mapped[str] = mapped_column(Text)
    entered_at: Mapped[datetime]
    entered_by: Mapped[Id] = mapped_column(ForeignKey("person.id"))
    body_sha256: Mapped[str] = mapped_column(String(64))
