"""The one place where an instant becomes a Shanghai date, and ids that sort by time."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest

from server import clock, ids


@pytest.mark.parametrize(
    ("instant", "on"),
    [
        (datetime(2026, 11, 24, 15, 59, 59, tzinfo=UTC), date(2026, 11, 24)),
        (datetime(2026, 11, 24, 16, 0, 0, tzinfo=UTC), date(2026, 11, 25)),
        (datetime(2026, 12, 31, 16, 0, 0, tzinfo=UTC), date(2027, 1, 1)),
        (datetime(2024, 2, 28, 16, 0, 0, tzinfo=UTC), date(2024, 2, 29)),
    ],
)
def test_sixteen_hours_utc_is_already_the_next_day_in_shanghai(instant: datetime, on: date) -> None:
    assert clock.shanghai_date(instant) == on


def test_a_day_ends_where_the_next_begins() -> None:
    on = date(2026, 11, 24)
    assert clock.end_of_day(on) == clock.start_of_day(on + timedelta(days=1)) == datetime(2026, 11, 24, 16, tzinfo=UTC)
    assert clock.shanghai_date(clock.end_of_day(on) - timedelta(microseconds=1)) == on
    assert clock.month_of(on) == "2026-11"


def test_the_present_is_an_instant_in_utc() -> None:
    assert clock.now().tzinfo is UTC
    assert clock.today() in (clock.shanghai_date(clock.now()), clock.shanghai_date(clock.now() - timedelta(seconds=1)))


def test_ids_are_uuids_of_version_7_that_carry_their_time() -> None:
    made = [ids.uuid7() for _ in range(200)]
    assert len(set(made)) == 200
    for text in made:
        assert uuid.UUID(text).version == 7
        assert uuid.UUID(text).variant == uuid.RFC_4122
        assert ids.is_uuid(text)
    assert abs((int(made[0].replace("-", "")[:12], 16) / 1000) - clock.now().timestamp()) < 60


def test_ids_sort_in_the_order_in_which_they_were_made(monkeypatch: pytest.MonkeyPatch) -> None:
    start = datetime(2026, 11, 24, 1, 2, 3, 999_000, tzinfo=UTC)
    made = []
    for microseconds in range(0, 3000, 7):
        monkeypatch.setattr(clock, "now", lambda after=microseconds: start + timedelta(microseconds=after))
        made.append(ids.uuid7())
    assert made == sorted(made)


@pytest.mark.parametrize("text", ["", "x", "01900000000070008000000000000001", "01900000-0000-7000-8000-00000000000A"])
def test_only_the_canonical_form_is_an_id(text: str) -> None:
    assert not ids.is_uuid(text)
