"""How long an account and a network wait after failed sign-ins."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest

from server.auth.throttle import ACCOUNT_LIMIT, NETWORK_LIMIT, WINDOW, account_wait, network_wait

NOW = datetime(2026, 11, 24, 1, tzinfo=UTC)
NONE = timedelta()
SECONDS = [0] * 5 + [30, 60, 120, 240, 480, 900, 900, 900, 900, 900]


@pytest.mark.parametrize(("failures", "seconds"), enumerate(SECONDS))
def test_five_are_free_then_the_wait_doubles_up_to_a_quarter_of_an_hour(failures: int, seconds: int) -> None:
    span = (NOW - timedelta(minutes=50), NOW) if failures else None
    assert account_wait(failures, span, NOW) == timedelta(seconds=seconds)


def test_the_wait_counts_from_the_last_failure() -> None:
    span = (NOW - timedelta(minutes=20), NOW - timedelta(seconds=20))
    assert account_wait(5, span, NOW) == timedelta(seconds=10)
    assert account_wait(5, span, NOW + timedelta(seconds=10)) == NONE


def test_an_own_device_does_not_wait_until_twenty() -> None:
    span = (NOW - timedelta(minutes=59), NOW)
    assert account_wait(ACCOUNT_LIMIT - 1, span, NOW, known_device=True) == NONE
    assert account_wait(ACCOUNT_LIMIT, span, NOW, known_device=True) == timedelta(minutes=1)
    assert account_wait(ACCOUNT_LIMIT, span, NOW) == timedelta(minutes=1)


def checked_within_an_hour(tries: list[tuple[datetime, bool]]) -> int:
    """The most passwords that are looked at in any hour, when these tries are made."""
    checked: list[datetime] = []
    most = 0
    for at, known in tries:
        recent = [one for one in checked if one > at - WINDOW]
        span = (recent[0], recent[-1]) if recent else None
        if account_wait(len(recent), span, at, known_device=known) == NONE:
            checked.append(at)
            most = max(most, len(recent) + 1)
    return most


def test_t18_at_most_twenty_passwords_an_hour_are_checked_for_one_account() -> None:
    steadily = [(NOW + timedelta(seconds=second), False) for second in range(0, 4 * 3600, 5)]
    assert checked_within_an_hour(steadily) <= 15
    assert checked_within_an_hour([(at, True) for at, _ in steadily]) == ACCOUNT_LIMIT
    dice = random.Random(18)
    for _ in range(20):
        mixed = sorted((NOW + timedelta(seconds=dice.randrange(4 * 3600)), dice.random() < 0.3) for _ in range(3000))
        assert checked_within_an_hour(mixed) <= ACCOUNT_LIMIT


def test_guessing_elsewhere_alone_never_locks_an_own_device_out() -> None:
    guesses = [(NOW + timedelta(seconds=second), False) for second in range(0, 8 * 3600, 3)]
    assert checked_within_an_hour(guesses) < ACCOUNT_LIMIT - 3


def test_a_network_waits_only_after_a_hundred_failures() -> None:
    span = (NOW - timedelta(minutes=50), NOW)
    assert network_wait(NETWORK_LIMIT - 1, span, NOW) == NONE
    assert network_wait(NETWORK_LIMIT, span, NOW) == timedelta(minutes=10)
    assert network_wait(0, None, NOW) == NONE
