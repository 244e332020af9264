"""When the digest leaves, and when somebody is reminded."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.messages.digest import digest_at, digest_due, reminder_at
from server.org.working_days import WorkCalendar

# Thursday 1 October 2026 to Wednesday 7 October off; Saturday 10 October worked.
CALENDAR = WorkCalendar({**{date(2026, 10, day): False for day in range(1, 8)}, date(2026, 10, 10): True})


def shanghai(day: int, hour: int, minute: int = 0, month: int = 10) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (shanghai(30, 15, 59, month=9), None),
        (shanghai(30, 16, month=9), date(2026, 9, 30)),
        (shanghai(30, 23, 59, month=9), date(2026, 9, 30)),
        (shanghai(3, 12), date(2026, 9, 30)),
        (shanghai(8, 9), None),
        (shanghai(8, 16), date(2026, 10, 8)),
        (shanghai(10, 16), date(2026, 10, 10)),
        (shanghai(11, 16), date(2026, 10, 10)),
    ],
)
def test_r39_the_digest_leaves_on_working_days_at_its_hour(now: datetime, due: date | None) -> None:
    assert digest_due(now, CALENDAR, hour=16) == due


@given(st.lists(st.integers(min_value=0, max_value=40 * 24 * 60), min_size=1, max_size=60))
def test_r39_whenever_the_sweep_runs_nobody_gets_two_digests_a_day(minutes: list[int]) -> None:
    begin = shanghai(20, 0, month=9)
    sent: dict[date, datetime] = {}
    for minute in sorted(minutes):
        now = begin + timedelta(minutes=minute)
        on = digest_due(now, CALENDAR, hour=16)
        if on is not None:
            assert now >= digest_at(on, 16)
            sent.setdefault(on, now)
    days = [(at + timedelta(hours=8)).date() for at in sent.values()]
    assert len(days) == len(set(days))


def test_r39_who_has_not_read_is_reminded_after_a_working_day() -> None:
    assert reminder_at(shanghai(30, 16, month=9), CALENDAR, days=1, hour=16) == shanghai(8, 16)
    assert reminder_at(shanghai(8, 16), CALENDAR, days=1, hour=16) == shanghai(9, 16)
