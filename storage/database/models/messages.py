"""The inbox, the feedback of inspections, and what leaves the house for chat robots and mailboxes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.database.base import Base, Id, IdKey, JsonDocument

_WAITING = text("message_id IS NULL")
_UNREAD = text("read_at IS NULL")
_UNDELIVERED = text("delivered_at IS NULL")
_OWED = text("done_at IS NULL AND gave_up_at IS NULL")


class Message(Base):
    """Something in a person's inbox: a catalogue code with its parameters, rendered in the reader's language.

    `link` is a path within either page, phone or desk. Delivered means: it lies in the inbox.
    """

    __tablename__ = "message"
    __table_args__ = (
        Index("ix_message_person", "person_id", "delivered_at", "id"),
        Index("ix_message_link", "link"),
        Index("ix_message_unread", "person_id", sqlite_where=_UNREAD, postgresql_where=_UNREAD),
    )

    id: Mapped[IdKey]
    person_id: Mapped[Id] = mapped_column(ForeignKey("person.id"))
    unit_id: Mapped[str | None] = mapped_column(ForeignKey("unit.id"))
    kind: Mapped[str] = mapped_column(String(40))
    params: Mapped[dict[str, Any]] = mapped_column(JsonDocument)
    link: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]
    delivered_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    dedupe_key: Mapped[str] = mapped_column(String(200), unique=True)


class DigestLine(Base):
    """News for a person that waits for the digest hour, and then is a line of one message (R39)."""

    __tablename__ = "digest_line"
    __table_args__ = (
        Index("ix_digest_line_message", "message_id"),
        Index("ix_digest_line_waiting", "created_at", "id", sqlite_where=_WAITING, postgresql_where=_WAITING),
    )

    id: Mapped[IdKey]
    person_id: Mapped[Id] = mapped_column(ForeignKey("person.id"))
    unit_id: Mapped[str | None] = mapped_column(ForeignKey("unit.id"))
    kind: Mapped[str] = mapped_column(String(40))
    params: Mapped[dict[str, Any]] = mapped_column(JsonDocument)
    link: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]
    message_id: Mapped[str | None] = mapped_column(ForeignKey("message.id"))
    dedupe_key: Mapped[str] = mapped_column(String(200), unique=True)


class DigestRun(Base):
    """The digest of a date has left. Its row goes in with the messages, so that ten replicas send it once."""

    __tablename__ = "digest_run"

    on: Mapped[date] = mapped_column(primary_key=True)
    ran_at: Mapped[datetime]


class Feedback(Base):
    """An inspection told to one person of a responsible unit: when it was delivered and when it was read (R39).

    `gaps` are the posts that nobody held (R6). In the capacity `paper` the person is of the office, which delivers it
    by hand and says when.
    """

    __tablename__ = "feedback"
    __table_args__ = (
        UniqueConstraint("inspection_id", "unit_id", "person_id"),
        Index("ix_feedback_message", "message_id"),
        Index("ix_feedback_undelivered", "created_at", sqlite_where=_UNDELIVERED, postgresql_where=_UNDELIVERED),
    )

    id: Mapped[IdKey]
    inspection_id: Mapped[Id] = mapped_column(ForeignKey("inspection.id"))
    unit_id: Mapped[Id] = mapped_column(ForeignKey("unit.id"))
    person_id: Mapped[Id] = mapped_column(ForeignKey("person.id"))
    capacity: Mapped[str] = mapped_column(String(20))
    gaps: Mapped[list[Any]] = mapped_column(JsonDocument)
    created_at: Mapped[datetime]
    message_id: Mapped[str | None] = mapped_column(ForeignKey("message.id"))
    delivered_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    note: Mapped[str | None] = mapped_column(Text)


class MessageTarget(Base):
    """A chat robot or mailbox of a unit or a person. Its address is a secret: it is kept sealed, never shown again."""

    __tablename__ = "message_target"
    __table_args__ = (Index("ix_message_target_person", "person_id"), Index("ix_message_target_unit", "unit_id"))

    id: Mapped[IdKey]
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    unit_id: Mapped[str | None] = mapped_column(ForeignKey("unit.id"))
    label: Mapped[str] = mapped_column(String(60))
    scheme: Mapped[str] = mapped_column(String(20))
    sealed_address: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    created_by: Mapped[str | None] = mapped_column(String(36))
    removed_at: Mapped[datetime | None]


class Outgoing(Base):
    """A message on its way to a target. A unit's robot gets a piece of news once, however many people it has.

    Who sends it claims it first, for a while; `claim` tells a claim from the one after it.
    """

    __tablename__ = "outgoing"
    __table_args__ = (
        UniqueConstraint("target_id", "news_key"),
        Index("ix_outgoing_owed", "next_at", "id", sqlite_where=_OWED, postgresql_where=_OWED),
    )

    id: Mapped[IdKey]
    message_id: Mapped[Id] = mapped_column(ForeignKey("message.id"))
    target_id: Mapped[Id] = mapped_column(ForeignKey("message_target.id"))
    news_key: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime]
    claim: Mapped[str | None] = mapped_column(String(36))
    claimed_until: Mapped[datetime | None]
    first_tried_at: Mapped[datetime | None]
    last_error: Mapped[str | None] = mapped_column(String(200))
    done_at: Mapped[datetime | None]
    gave_up_at: Mapped[datetime | None]


class Chase(Base):
    """催办: a person chased a unit in the chat group, with these words, about these tasks (R93). Append-only."""

    __tablename__ = "chase"
    __table_args__ = (Index("ix_chase_unit", "unit_id", "at"),)

    id: Mapped[IdKey]
    unit_id: Mapped[Id] = mapped_column(ForeignKey("unit.id"))
    task_ids: Mapped[list[Any]] = mapped_column(JsonDocument)
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    actor_id: Mapped[Id] = mapped_column(ForeignKey("person.id"))
    role: Mapped[str] = mapped_column(String(20))
    body_sha256: Mapped[str] = mapped_column(String(64))
