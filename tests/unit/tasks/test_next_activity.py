"""Which inspection decides a task that waits for the next activity (R41)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from schemas.tasks import TaskStatus
from server.tasks.deadlines import awaits_activity
from server.tasks.next_activity import Outcome, Seen, Waiting, first_decision, outcome_of

REPLIED = datetime(2026, 11, 10, 3, tzinfo=UTC)
TASK = Waiting(item_code="KH-B04", replied_at=REPLIED, replied_on=date(2026, 11, 10), failed_on=date(2026, 11, 3))


def seen(
    verdict: str | None = "pass",
    *,
    on: date = date(2026, 11, 20),
    activity: str | None = "2026-11-19",
    carried: bool = False,
    void: frozenset[str] = frozenset(),
    name: str = "a",
) -> Seen:
    results: dict[str, dict[str, Any]] = {"KH-B03": {"value": activity, "verdict": "pass", "carried": False}}
    if verdict is not None:
        results["KH-B04"] = {"value": 30, "verdict": verdict, "carried": carried}
    finished = datetime(on.year, on.month, on.day, 2, tzinfo=UTC)
    return Seen(id=name, finished_at=finished, finished_on=on, results=results, void_items=void)


@pytest.mark.parametrize(("verdict", "outcome"), [("pass", "strike_off"), ("fail", "return"), ("pending", None)])
def test_r41_next_activity_passes_or_fails_the_item(verdict: str, outcome: Outcome | None) -> None:
    assert outcome_of(TASK, seen(verdict)) == outcome


def test_r41_next_activity_that_did_not_ask_the_item_decides_nothing() -> None:
    assert outcome_of(TASK, seen(None)) is None
    assert outcome_of(TASK, seen("pass", carried=True)) is None


def test_r41_next_activity_is_none_that_was_held_before_the_reply() -> None:
    assert outcome_of(TASK, seen(activity="2026-11-09")) is None
    assert outcome_of(TASK, seen(activity="2026-11-10")) == "strike_off"
    assert outcome_of(TASK, seen(on=date(2026, 11, 9), activity="2026-11-12")) is None


def test_r41_next_activity_is_not_the_one_that_failed() -> None:
    same_day = Waiting(
        item_code="KH-B04", replied_at=REPLIED, replied_on=date(2026, 11, 10), failed_on=date(2026, 11, 10)
    )
    assert outcome_of(same_day, seen(activity="2026-11-10")) is None
    assert outcome_of(same_day, seen(activity="2026-11-11")) == "strike_off"


def test_r41_next_activity_without_a_certain_date_counts_from_its_inspection() -> None:
    assert outcome_of(TASK, seen(activity="unsure")) == "strike_off"
    assert outcome_of(TASK, seen(activity=None)) == "strike_off"


def test_r41_next_activity_whose_finding_was_voided_returns_nothing() -> None:
    assert outcome_of(TASK, seen("fail", void=frozenset({"KH-B04"}))) is None
    assert outcome_of(TASK, seen("fail", void=frozenset({"KH-B05"}))) == "return"


def test_r41_next_activity_is_the_first_that_decides() -> None:
    failed = seen("fail", on=date(2026, 11, 20), name="first")
    passed = seen("pass", on=date(2026, 11, 25), name="second")
    skipped = seen(None, on=date(2026, 11, 15), name="no activity")
    found = first_decision(TASK, [passed, skipped, failed])
    assert found is not None
    assert (found[0].id, found[1]) == ("first", "return")


@pytest.mark.parametrize(
    ("status", "closing", "rests"),
    [
        ("replied", "next_activity", True),
        ("replied", "evidence", False),
        ("open", "next_activity", False),
        ("closed", "next_activity", False),
    ],
)
def test_r41_next_activity_rests_the_clock_only_after_the_reply(status: TaskStatus, closing: str, rests: bool) -> None:
    assert awaits_activity(status, closing) is rests
