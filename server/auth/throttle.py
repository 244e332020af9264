"""How long an account or a network must wait after failed sign-ins. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

FREE_FAILURES = 5
WINDOW = timedelta(hours=1)
_FIRST_DELAY = timedelta(seconds=30)
_LONGEST_DELAY = timedelta(minutes=15)
NETWORK_LIMIT = 100
"""Failures an hour from one network before every account waits there: many people share a district's address."""


def account_wait(failures: int, last_failure_at: datetime | None, now: datetime) -> timedelta:
    """How long this account must still wait: nothing for the first five failures an hour, then doubling."""
    if last_failure_at is None or failures < FREE_FAILURES:
        return timedelta()
    delay = min(_FIRST_DELAY * (1 << min(failures - FREE_FAILURES, 10)), _LONGEST_DELAY)
    return max(last_failure_at + delay - now, timedelta())


def network_wait(failures: int, oldest_failure_at: datetime | None, now: datetime) -> timedelta:
    """How long a network must still wait: until its failures of the last hour are fewer than the limit."""
    if oldest_failure_at is None or failures < NETWORK_LIMIT:
        return timedelta()
    return max(oldest_failure_at + WINDOW - now, timedelta())
