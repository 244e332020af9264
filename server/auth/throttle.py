"""How long an account or a network must wait after failed sign-ins. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

FREE_FAILURES = 5
WINDOW = timedelta(hours=1)
_FIRST_DELAY = timedelta(seconds=30)
_LONGEST_DELAY = timedelta(minutes=15)
ACCOUNT_LIMIT = 20
"""Passwords checked an hour for one account, wherever they come from."""
NETWORK_LIMIT = 100
"""Failures an hour from one network before every account waits there: many people share a district's address."""


def account_wait(
    failures: int, first_and_last: tuple[datetime, datetime] | None, now: datetime, *, known_device: bool = False
) -> timedelta:
    """How long this account must still wait: nothing for the first five failures an hour, then doubling.

    The account's own devices do not wait, so that guessing elsewhere (which never gets as far as twenty) locks nobody
    out; but more than twenty an hour are never checked. `first_and_last`: of the failures of the last hour.
    """
    if first_and_last is None or failures < FREE_FAILURES:
        return timedelta()
    first, last = first_and_last
    if failures >= ACCOUNT_LIMIT:
        return max(first + WINDOW - now, timedelta())
    if known_device:
        return timedelta()
    delay = min(_FIRST_DELAY * (1 << (failures - FREE_FAILURES)), _LONGEST_DELAY)
    return max(last + delay - now, timedelta())


def network_wait(failures: int, first_and_last: tuple[datetime, datetime] | None, now: datetime) -> timedelta:
    """How long a network must still wait: until its failures of the last hour are fewer than the limit."""
    if first_and_last is None or failures < NETWORK_LIMIT:
        return timedelta()
    return max(first_and_last[0] + WINDOW - now, timedelta())
