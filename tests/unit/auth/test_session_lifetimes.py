"""How long a session lives: idle, in all, and after it was revoked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from server.auth import sessions
from storage.database.models import Session

NOW = datetime(2026, 11, 24, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def alive(*, is_phone: bool, idle: timedelta, age: timedelta, revoked: bool = False) -> bool:
    begun_at = NOW - age
    row = Session(
        last_seen_at=NOW - idle,
        ends_at=begun_at + sessions.lifetime(is_phone=is_phone).whole,
        revoked_at=NOW - SECOND if revoked else None,
        is_phone=is_phone,
    )
    return sessions.is_alive(row, now=NOW)


@pytest.mark.parametrize(
    ("is_phone", "idle", "whole"),
    [(True, timedelta(days=30), timedelta(days=90)), (False, timedelta(minutes=30), timedelta(hours=12))],
)
def test_a_session_ends_idle_or_old(is_phone: bool, idle: timedelta, whole: timedelta) -> None:
    assert alive(is_phone=is_phone, idle=idle - SECOND, age=whole - SECOND)
    assert not alive(is_phone=is_phone, idle=idle, age=whole - SECOND)
    assert not alive(is_phone=is_phone, idle=timedelta(), age=whole)


@pytest.mark.parametrize("is_phone", [True, False])
def test_a_revoked_session_is_dead_at_once(is_phone: bool) -> None:
    assert not alive(is_phone=is_phone, idle=timedelta(), age=timedelta(), revoked=True)


def test_a_token_is_long_never_the_same_and_kept_as_a_digest() -> None:
    tokens = {sessions.new_token() for _ in range(100)}
    assert len(tokens) == 100
    assert all(len(token) >= 43 for token in tokens)
    digest = sessions.token_digest("a token")
    assert len(digest) == 64
    assert digest == sessions.token_digest("a token") != sessions.token_digest("a tokem")
