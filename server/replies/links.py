"""What a letter's printed code says, and when it opens anything (R44). Pure.

The code holds a link's id and a signature over it, its letter and its unit. Nothing else: the row of the link decides
until when it is open, so that a paper in the unit's hands goes on working after the office renewed it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from schemas.letters import LetterState
from schemas.replies import Standing

_SIGNED_BYTES: Final = 16
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{44}")
_OUT: Final = frozenset({"issued", "sealed"})


@dataclass(frozen=True, slots=True)
class Named:
    """What a signature is over: one link, of one letter, to one unit."""

    link_id: str
    letter_id: str
    unit_id: str


@dataclass(frozen=True, slots=True)
class Claim:
    """What a token says of itself, unproven."""

    key: int
    link_id: str
    signature: bytes


def make_token(named: Named, *, secret: str, key: int) -> str:
    """The text in the code. `key` (1–255) is the version of the key: a higher one makes all earlier codes void."""
    signed = _signature(named, secret=secret, key=key)
    raw = bytes([key]) + uuid.UUID(named.link_id).bytes + signed
    return base64.urlsafe_b64encode(raw).decode()


def read_token(token: str) -> Claim | None:
    """Take a token apart; None where it is none of ours by its shape."""
    if not _TOKEN.fullmatch(token):
        return None
    raw = base64.urlsafe_b64decode(token)
    return Claim(raw[0], str(uuid.UUID(bytes=raw[1:17])), raw[17:])


def is_genuine(claim: Claim, named: Named, *, secret: str, key: int) -> bool:
    """Whether the claim was signed for this link, letter and unit with the key of today; in constant time."""
    expected = _signature(named, secret=secret, key=key)
    return hmac.compare_digest(claim.signature, expected) and claim.key == key and claim.link_id == named.link_id


def _signature(named: Named, *, secret: str, key: int) -> bytes:
    own_key = hmac.digest(secret.encode(), f"xungai reply links {key}".encode(), hashlib.sha256)
    message = b"".join(uuid.UUID(one).bytes for one in (named.link_id, named.letter_id, named.unit_id))
    return hmac.digest(own_key, message, hashlib.sha256)[:_SIGNED_BYTES]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkFacts:
    """What of a link and its letter decides whether it is open. `expires_on` is the last day on which it is."""

    letter_state: LetterState
    letter_closed: bool
    withdrawn: bool
    expires_on: date
    agreed_until_on: date | None = None
    grace_days: int = 0


def first_expiry(limits: Iterable[date], *, grace_days: int) -> date:
    """The last day of a new link: the latest limit of its letter and some calendar days more."""
    return max(limits) + timedelta(days=grace_days)


def last_day(facts: LinkFacts) -> date:
    """Until when it is open: a date that the office agreed to later counts like the letter's own (R46)."""
    if facts.agreed_until_on is None:
        return facts.expires_on
    return max(facts.expires_on, facts.agreed_until_on + timedelta(days=facts.grace_days))


def standing(facts: LinkFacts, *, today: date) -> Standing:
    """Whether a link opens its page, or why not. A letter that is closed, archived or cancelled is answered no more."""
    if facts.withdrawn:
        return "withdrawn"
    if facts.letter_closed or facts.letter_state in ("archived", "cancelled"):
        return "closed"
    if facts.letter_state not in _OUT:
        return "not_yet"
    return "open" if today <= last_day(facts) else "expired"
