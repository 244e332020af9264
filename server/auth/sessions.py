"""How long sessions live, and what a request's cookie is worth. Pure but for the random token."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

COOKIE = "__Host-sid"
DEVICE_COOKIE = "__Host-device"
DEVICE_LIFETIME = timedelta(days=400)
TOUCH_EVERY = timedelta(minutes=5)


class Ending(Protocol):
    """What of a session says when it ends."""

    @property
    def last_seen_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...
    @property
    def revoked_at(self) -> datetime | None: ...
    @property
    def is_phone(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Lifetime:
    """A session ends when it was idle too long, and at the latest after `whole`."""

    idle: timedelta
    whole: timedelta


PHONE = Lifetime(idle=timedelta(days=30), whole=timedelta(days=90))
DESK = Lifetime(idle=timedelta(minutes=30), whole=timedelta(hours=12))


def lifetime(*, is_phone: bool) -> Lifetime:
    """A phone keeps its session for weeks, because its owner is outdoors; a desk does not (ASVS 7.3)."""
    return PHONE if is_phone else DESK


def new_token() -> str:
    """256 random bits, as the cookie carries them."""
    return secrets.token_urlsafe(32)


def token_digest(token: str) -> str:
    """What the database keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def is_alive(session: Ending, *, now: datetime) -> bool:
    """Whether a session still opens anything."""
    rests = now - session.last_seen_at < lifetime(is_phone=session.is_phone).idle
    return session.revoked_at is None and now < session.ends_at and rests
