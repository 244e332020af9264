"""Identifiers that the server makes itself (what a phone creates brings its own)."""

from __future__ import annotations

import os
import uuid

from server import clock


def uuid7() -> str:
    """A time-ordered UUID (RFC 9562 section 5.7) as text."""
    milliseconds = int(clock.now().timestamp() * 1000)
    raw = bytearray(milliseconds.to_bytes(6, "big") + os.urandom(10))
    raw[6] = 0x70 | raw[6] & 0x0F
    raw[8] = 0x80 | raw[8] & 0x3F
    return str(uuid.UUID(bytes=bytes(raw)))


def is_uuid(text: str) -> bool:
    """Whether a text is a UUID in its canonical form: lower case, with dashes."""
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False
