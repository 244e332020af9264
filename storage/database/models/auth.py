"""Sessions and what slows down guessing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.database.base import Base, Id, IdKey


class Session(Base):
    """One signed-in browser. Only the SHA-256 of its token is kept, so that a stolen table opens nothing."""

    __tablename__ = "session"
    __table_args__ = (Index("ix_session_person", "person_id"),)

    id: Mapped[IdKey]
    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[Id] = mapped_column(ForeignKey("person.id"))
    role: Mapped[str] = mapped_column(String(20))
    device: Mapped[str] = mapped_column(String(200))
    address: Mapped[str] = mapped_column(String(60))
    is_phone: Mapped[bool]
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class SignInFailure(Base):
    """A failed sign-in, counted for the account and for the network it came from."""

    __tablename__ = "sign_in_failure"
    __table_args__ = (
        Index("ix_sign_in_failure_account", "account", "at"),
        Index("ix_sign_in_failure_network", "network", "at"),
    )

    id: Mapped[IdKey]
    account: Mapped[str] = mapped_column(String(64))
    network: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]


class KnownDevice(Base):
    """A browser from which this person has signed in: guessing elsewhere never locks it out. A shared phone is known
    for each of those who signed in on it, and for nobody else.
    """

    __tablename__ = "known_device"

    token_sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[Id] = mapped_column(ForeignKey("person.id"), primary_key=True)
    last_used_at: Mapped[datetime]
