"""Where a sighting goes: live, relapse, late, new, to the second."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from server.tasks.linking import LiveTask, Placement, StruckOff, corrected_time, place_sighting

CLOSED_AT = datetime(2026, 11, 24, 1, 30, 7, 640_000, UTC)
STRUCK_OFF = StruckOff("closed", CLOSED_AT)
SECOND = timedelta(seconds=1)


def place(live: LiveTask | None, last: StruckOff | None, seen_at: datetime, window_days: int = 90) -> Placement:
    return place_sighting(live, last, seen_at=seen_at, window_days=window_days)


def test_a_fault_that_nobody_saw_before_is_new() -> None:
    assert place(None, None, CLOSED_AT) == Placement("new", None)


@pytest.mark.parametrize("last", [None, STRUCK_OFF])
@pytest.mark.parametrize("away", [-timedelta(days=400), timedelta(), timedelta(days=400)])
def test_r41_a_live_task_is_joined_whenever_the_fault_was_seen(last: StruckOff | None, away: timedelta) -> None:
    assert place(LiveTask("live"), last, CLOSED_AT + away) == Placement("existing", "live")


def test_r41_a_sighting_on_a_replied_task_proposes_to_return_it() -> None:
    placed = place(LiveTask("live", is_replied=True), STRUCK_OFF, CLOSED_AT)
    assert placed == Placement("existing", "live", proposes_return=True)


@pytest.mark.parametrize(
    ("seen_at", "link"),
    [
        (CLOSED_AT - timedelta(days=30), "existing"),
        (CLOSED_AT - SECOND, "existing"),
        (CLOSED_AT.replace(microsecond=0) - timedelta(microseconds=1), "existing"),
        (CLOSED_AT.replace(microsecond=0), "relapse"),  # the same second: phones tell no smaller part
        (CLOSED_AT, "relapse"),
        (CLOSED_AT + SECOND, "relapse"),
        (CLOSED_AT + timedelta(days=90), "relapse"),
        (CLOSED_AT + timedelta(days=90, microseconds=1), "new"),
        (CLOSED_AT + timedelta(days=91), "new"),
    ],
)
def test_r43_relapse_within_the_window_new_after_it_late_before_it(seen_at: datetime, link: str) -> None:
    placed = place(None, STRUCK_OFF, seen_at)
    assert placed.link == link
    assert placed.task_id == ("closed" if link == "existing" else None)
    assert placed.relapse_of == ("closed" if link == "relapse" else None)
    assert placed.proposes_return is False


def test_r43_the_window_is_a_setting() -> None:
    assert place(None, STRUCK_OFF, CLOSED_AT + timedelta(days=8), window_days=7).link == "new"
    assert place(None, STRUCK_OFF, CLOSED_AT + timedelta(days=7), window_days=7).link == "relapse"


@pytest.mark.parametrize(
    ("told", "skew_s", "corrected"),
    [
        (timedelta(hours=-1), None, timedelta(hours=-1)),
        (timedelta(hours=2), None, timedelta()),
        (timedelta(hours=-1), 0.0, timedelta(hours=-1)),
        (timedelta(hours=23), 86_400.0, timedelta(hours=-1)),
        (timedelta(hours=-25), -86_400.0, timedelta(hours=-1)),
        (timedelta(hours=-1), -86_400.0, timedelta()),  # never after the receipt
        (timedelta(days=3650), 3650 * 86_400.0, timedelta()),
    ],
)
def test_a_phones_time_is_put_right_and_is_never_after_the_receipt(
    told: timedelta, skew_s: float | None, corrected: timedelta
) -> None:
    assert corrected_time(CLOSED_AT + told, skew_s=skew_s, received_at=CLOSED_AT) == CLOSED_AT + corrected
