"""The audit chain: one canonical form, and no edit that goes unseen."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import msgspec
import pytest

from server.audit.chain import GENESIS, canonical, digest, event_hash, fields_of, first_break

SHANGHAI = timezone(timedelta(hours=8))


@dataclass(frozen=True)
class Event:
    """An event as it is stored."""

    seq: int
    at: datetime
    actor_id: str | None = "somebody"
    role: str = "office"
    unit_id: str | None = None
    client: str = "browser"
    action: str = "confirm"
    subject_kind: str = "task"
    subject_id: str = "a task"
    detail: Any = None
    previous_hash: str = GENESIS
    hash: str = ""


def chain(length: int) -> list[Event]:
    events: list[Event] = []
    previous = GENESIS
    for seq in range(1, length + 1):
        at = datetime(2026, 11, 24, 1, 0, seq % 60, seq, tzinfo=UTC)
        event = Event(seq, at, detail={"n": seq}, previous_hash=previous)
        previous = event_hash(previous, fields_of(event))
        events.append(replace(event, hash=previous))
    return events


def test_the_same_value_has_the_same_bytes_whatever_its_order() -> None:
    assert canonical({"b": [1, {"y": "ü", "x": None}], "a": 1.5}) == canonical(
        {"a": 1.5, "b": [1, {"x": None, "y": "ü"}]}
    )
    assert canonical({"a": 1}) == b'{"a":1}'
    assert digest({"a": 1}) != digest({"a": 2})


def test_a_struct_and_its_json_have_one_digest() -> None:
    class Thing(msgspec.Struct, rename="camel"):
        some_name: int
        other: str = "x"

    assert digest(Thing(some_name=1)) == digest({"other": "x", "someName": 1})


def test_an_instant_counts_as_an_instant_whatever_its_zone() -> None:
    event = Event(1, datetime(2026, 11, 24, 1, tzinfo=UTC))
    assert fields_of(event) == fields_of(replace(event, at=datetime(2026, 11, 24, 9, tzinfo=SHANGHAI)))


def test_every_field_but_the_two_hashes_is_covered() -> None:
    event = chain(1)[0]
    changes: dict[str, Any] = {
        "seq": 2, "at": event.at + timedelta(microseconds=1), "actor_id": None, "role": "admin", "unit_id": "u",
        "client": "c", "action": "void", "subject_kind": "k", "subject_id": "s", "detail": {"n": 2},
    }  # fmt: skip
    assert set(fields_of(event)) == set(changes)
    for name, value in changes.items():
        changed = replace(event, **{name: value})
        assert event_hash(GENESIS, fields_of(changed)) != event.hash, name


def test_a_whole_chain_holds_and_may_be_walked_in_pieces() -> None:
    events = chain(50)
    assert first_break(events) is None
    assert first_break(events[20:], events[19].hash, 20) is None
    assert first_break([]) is None


@pytest.mark.parametrize("kind", ["edit", "delete", "insert", "swap", "forge one hash"])
def test_t11_tampering_is_always_found(kind: str) -> None:
    dice = random.Random(kind)
    for _ in range(50):
        events = chain(30)
        place = dice.randrange(1, 28)
        found_at = place + 1
        if kind == "edit":
            events[place] = replace(events[place], detail={"n": -1})
        elif kind == "delete":
            del events[place]
        elif kind == "insert":
            events.insert(place, replace(events[place], detail={"n": -1}))
        elif kind == "swap":
            events[place], events[place + 1] = events[place + 1], events[place]
        else:
            edited = replace(events[place], detail={"n": -1})
            events[place] = replace(edited, hash=event_hash(edited.previous_hash, fields_of(edited)))
            found_at = place + 2  # the edited event fits, the next one does not
        assert first_break(events) == found_at
