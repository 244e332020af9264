"""The canonical form of an audit event and the hash that chains it to the one before. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec

GENESIS = "0" * 64


def canonical(value: Any) -> bytes:
    """JSON with sorted keys, no spaces and instants in UTC: the same value always gives the same bytes."""
    return msgspec.json.encode(msgspec.to_builtins(value), order="deterministic")


def digest(value: Any) -> str:
    """SHA-256 of the canonical form, in hexadecimal."""
    return hashlib.sha256(canonical(value)).hexdigest()


def event_hash(previous: str, fields: Mapping[str, Any]) -> str:
    """The hash of an event: over the previous hash and the event's own canonical form."""
    return hashlib.sha256(previous.encode() + canonical(fields)).hexdigest()


def fields_of(event: Any) -> dict[str, Any]:
    """What of a stored event its hash covers: everything but the two hashes."""
    at: datetime = event.at
    return {
        "seq": event.seq,
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor_id": event.actor_id,
        "role": event.role,
        "unit_id": event.unit_id,
        "client": event.client,
        "action": event.action,
        "subject_kind": event.subject_kind,
        "subject_id": event.subject_id,
        "detail": event.detail,
    }


def first_break(events: Iterable[Any], previous: str = GENESIS, seq: int = 0) -> int | None:
    """The number of the first event that does not fit the one before, or None where the chain holds."""
    for event in events:
        seq += 1
        if event.seq != seq or event.previous_hash != previous:
            return seq
        if event.hash != event_hash(previous, fields_of(event)):
            return seq
        previous = event.hash
    return None
