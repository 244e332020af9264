"""Quiet hours and how long is waited after a failure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from server.messages.backoff import gives_up, is_quiet, next_try

NOW = datetime(2026, 11, 24, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("clock", "since", "until", "quiet"),
    [
        ("20:59", "21:00", "07:30", False),
        ("21:00", "21:00", "07:30", True),
        ("00:00", "21:00", "07:30", True),
        ("07:29", "21:00", "07:30", True),
        ("07:30", "21:00", "07:30", False),
        ("12:30", "12:00", "14:00", True),
        ("14:00", "12:00", "14:00", False),
        ("00:00", "00:00", "00:00", False),
    ],
)
def test_quiet_hours_may_pass_midnight(clock: str, since: str, until: str, quiet: bool) -> None:
    hour, minute = map(int, clock.split(":"))
    now = datetime(2026, 11, 24, hour, minute, tzinfo=UTC) - timedelta(hours=8)
    assert is_quiet(now, since=since, until=until) is quiet


def test_each_failure_waits_longer_up_to_an_hour() -> None:
    waits = [next_try(NOW, attempts) - NOW for attempts in range(1, 12)]
    assert waits[:4] == [timedelta(minutes=n) for n in (1, 2, 4, 8)]
    assert waits == sorted(waits)
    assert waits[-1] == timedelta(hours=1)


def test_it_gives_up_a_day_after_the_first_try() -> None:
    assert not gives_up(NOW, NOW + timedelta(hours=23, minutes=59), hours=24)
    assert gives_up(NOW, NOW + timedelta(hours=24), hours=24)
