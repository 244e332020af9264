"""Identifiers that the server makes itself (what a phone creates brings its own)."""

from __future__ import annotations

import os
import uuid

from server import clock


def uuid7() -> str:
    """A time-ordered UUID (RFC 9562 section 5.7) as text.

    The twelve bits after the version hold the fraction of the millisecond (section 6.2, method 3), so that rows which
    one transaction makes one after the other sort as they were made.
    """
    milliseconds, microseconds = divmod(int(clock.now().timestamp() * 1_000_000), 1000)
    raw = bytearray(milliseconds.to_bytes(6, "big") + os.urandom(10))
    fraction = microseconds * 4096 // 1000
    raw[6] = 0x70 | fraction >> 8
    raw[7] = fraction & 0xFF
    raw[8] = 0x80 | raw[8] & 0x3F
    return str(uuid.UUID(bytes=bytes(raw)))


def is_uuid(text: str) -> bool:
    """Whether a text is a UUID in its canonical form: lower case, with dashes."""
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False
