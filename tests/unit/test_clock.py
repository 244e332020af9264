"""The clock of the process, and of one task that was set back."""

from __future__ import annotations

import asyncio
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from server import clock

ROOT = Path(__file__).resolve().parent.parent.parent
PAST = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)


async def test_a_clock_that_was_set_back_runs_on_and_only_for_the_task_that_did_it() -> None:
    inside, seen = asyncio.Event(), asyncio.Event()

    async def tell() -> list[datetime]:
        with clock.set_back(PAST):
            first = clock.now()
            inside.set()
            await seen.wait()
            return [first, clock.now()]

    telling = asyncio.create_task(tell())
    await inside.wait()
    assert clock.now() - PAST > timedelta(days=1)
    seen.set()
    first, second = await telling
    assert PAST <= first < second


def test_a_clock_that_was_set_back_is_right_again_after_a_failure() -> None:
    with pytest.raises(ValueError, match="told"), clock.set_back(PAST):
        assert clock.today() == PAST.date()
        raise ValueError("told")
    assert clock.now() - PAST > timedelta(days=1)


def test_nothing_but_the_demo_sets_the_clock_back() -> None:
    using = {
        path.relative_to(ROOT).parts[1]
        for path in (ROOT / "server").rglob("*.py")
        if re.search(r"\bset_back\(", path.read_text(encoding="utf-8")) and path.name != "clock.py"
    }
    assert using == {"demo"}
