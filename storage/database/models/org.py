"""Units, people, posts, sites, settings and the working-day calendar."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.database.base import Base, Id, IdKey, JsonDocument


class Unit(Base):
    """A unit of the group (R2, R3): lead, office, member, street, outside body. Membership is dated."""

    __tablename__ = "unit"

    id: Mapped[IdKey]
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    kind: Mapped[str] = mapped_column(String(20))
    member_from: Mapped[date]
    member_until: Mapped[date | None]
    successor_id: Mapped[str | None] = mapped_column(ForeignKey("unit.id"))
    seated_in_id: Mapped[str | None] = mapped_column(ForeignKey("unit.id"))
    body_sha256: Mapped[str | None] = mapped_column(String(64))


class UnitName(Base):
    """A name that a unit had before, until the day on which it took another (R3). Append-only."""

    __tablename__ = "unit_name"
    __table_args__ = (Index("ix_unit_name_unit", "unit_id", "until_on"),)

    id: Mapped[IdKey]
    unit_id: Mapped[Id] = mapped_column(ForeignKey("unit.id"))
    name: Mapped[str] = mapped_column(String(100))
    until_on: Mapped[date]


class Person(Base):
    """Somebody who signs in. The name is the one that others see; a password is kept as an Argon2id hash only."""

    __tablename__ = "person"

    id: Mapped[IdKey]
    login: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(60))
    phone: Mapped[str | None] = mapped_column(String(30))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    one_time_hash: Mapped[str | None] = mapped_column(String(200))
    one_time_until_at: Mapped[datetime | None]
    must_change_password: Mapped[bool] = mapped_column(default=False)
    disabled_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    body_sha256: Mapped[str | None] = mapped_column(String(64))


class Post(Base):
    """A person's role in a unit, from a date to a date; history stays (R1, R6)."""

    __tablename__ = "post"
    __table_args__ = (Index("ix_post_person", "person_id"), Index("ix_post_unit_role", "unit_id", "role"))

    id: Mapped[IdKey]
    person_id: Mapped[Id] = mapped_column(ForeignKey("person.id"))
    unit_id: Mapped[Id] = mapped_column(ForeignKey("unit.id"))
    role: Mapped[str] = mapped_column(String(20))
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]


class Site(Base):
    """A place that is inspected. Position is WGS-84, in degrees; `facts` holds what pass rules ask for."""

    __tablename__ = "site"

    id: Mapped[IdKey]
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    kind: Mapped[str] = mapped_column(String(20))
    unit_id: Mapped[Id] = mapped_column(ForeignKey("unit.id"))
    street_id: Mapped[Id] = mapped_column(ForeignKey("unit.id"))
    institution: Mapped[str] = mapped_column(String(100))
    address: Mapped[str] = mapped_column(String(200))
    lat: Mapped[float]
    lon: Mapped[float]
    radius_m: Mapped[int]
    keeper_post: Mapped[str] = mapped_column(String(60))
    keeper_phone: Mapped[str] = mapped_column(String(30))
    facts: Mapped[dict[str, Any]] = mapped_column(JsonDocument, default=dict)
    closed_on: Mapped[date | None]
    body_sha256: Mapped[str | None] = mapped_column(String(64))


class Setting(Base):
    """What the notice leaves open (rules, section 13) where an installation differs from the default."""

    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[dict[str, Any]] = mapped_column(JsonDocument)
    changed_at: Mapped[datetime]


class CalendarYear(Base):
    """A year of the working-day table: provisional until its official notice has been entered."""

    __tablename__ = "calendar_year"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    notice: Mapped[str] = mapped_column(Text, default="")
    provisional: Mapped[bool]
    revision: Mapped[str] = mapped_column(String(36), default="seed")
    entered_by: Mapped[str] = mapped_column(String(60), default="", server_default=text("''"))


class CalendarDay(Base):
    """A day on which the calendar departs from Monday to Friday: a weekday off or a weekend day worked (调休)."""

    __tablename__ = "calendar_day"

    on: Mapped[date] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(ForeignKey("calendar_year.year"))
    works: Mapped[bool]
