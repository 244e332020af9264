"""Links by which a unit replies to a letter without an account, and who told what through them (R44)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.database.base import Base, Id, IdKey

_LIVE = text("withdrawn_at IS NULL")


class ReplyLink(Base):
    """What a printed code stands for: one letter, one unit, until a day. The row decides, the paper stays.

    `person_id` is a person whom nobody can sign in as: photos and steps of the link are its own and no other's.
    """

    __tablename__ = "reply_link"
    __table_args__ = (
        Index("uq_reply_link_live", "letter_id", unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE),
    )

    id: Mapped[IdKey]
    letter_id: Mapped[Id] = mapped_column(ForeignKey("letter.id"))
    unit_id: Mapped[Id] = mapped_column(ForeignKey("unit.id"))
    person_id: Mapped[Id] = mapped_column(ForeignKey("person.id"), unique=True)
    expires_on: Mapped[date]
    created_at: Mapped[datetime]
    created_by: Mapped[str | None] = mapped_column(String(36))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[str | None] = mapped_column(String(36))
    withdrawn_reason: Mapped[str | None] = mapped_column(Text)


class ReplyTold(Base):
    """Who a step through a link says it is from, in its own words, and where it came from. One row a step."""

    __tablename__ = "reply_told"
    __table_args__ = (Index("ix_reply_told_link", "link_id", "at"),)

    step_id: Mapped[IdKey]
    link_id: Mapped[Id] = mapped_column(ForeignKey("reply_link.id"))
    name: Mapped[str] = mapped_column(String(60))
    post: Mapped[str] = mapped_column(String(60))
    phone: Mapped[str] = mapped_column(String(30))
    address: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]
