"""Nobody is in two places, and no receiver stands still to the last digit."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from server.photos.flags import Flag, Limits
from server.photos.trails import Stop, follow

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
HERE = Stop(NOON, 27.8741, 113.1187, 12.0)
LIMITS = Limits()


def north(metres: float, *, seconds: float, accuracy_m: float | None = 12.0) -> Stop:
    return Stop(NOON + timedelta(seconds=seconds), HERE.lat + metres / 111_195, HERE.lon, accuracy_m)


def codes(here: Stop, *others: Stop) -> list[str]:
    return [flag.code for flag in follow(here, others, LIMITS)]


@pytest.mark.parametrize(
    ("metres", "seconds", "flagged"),
    [
        (0, 0, False),
        (500, 1, False),  # one lost signal explains it
        (700, 1, True),
        (5_000, 60, True),
        (5_000, 120, False),  # 135 km/h beyond the slack
        (5_000, -60, True),  # the other way round in time
        (30_000, 900, False),  # a motorway
        (30_000, 300, True),
    ],
)
def test_faster_than_anything_that_drives_is_a_flag(metres: float, seconds: float, flagged: bool) -> None:
    assert ("impossible-travel" in codes(HERE, north(metres, seconds=seconds))) is flagged


def test_a_vague_fix_proves_no_journey() -> None:
    assert codes(HERE, north(3_000, seconds=5, accuracy_m=3_000)) == []
    assert codes(replace(HERE, accuracy_m=2_600), north(3_000, seconds=5)) == []
    assert codes(HERE, north(3_000, seconds=5, accuracy_m=None)) == ["impossible-travel"]


def test_the_most_impossible_journey_is_told_with_its_numbers() -> None:
    [flag] = follow(HERE, [north(2_000, seconds=20), north(9_000, seconds=30)], LIMITS)
    assert flag == Flag("impossible-travel", {"distanceM": 9_000, "travelSeconds": 30})


def frozen(count: int, *, every_s: float) -> list[Stop]:
    return [replace(HERE, at=NOON + timedelta(seconds=every_s * number)) for number in range(1, count)]


@pytest.mark.parametrize(
    ("count", "every_s", "flagged"), [(5, 45, True), (4, 60, False), (5, 44, False), (20, 9, False), (20, 10, True)]
)
def test_fixes_that_agree_to_the_last_digit_are_a_flag_once_there_are_enough(
    count: int, every_s: float, flagged: bool
) -> None:
    assert (codes(HERE, *frozen(count, every_s=every_s)) == ["frozen-fix"]) is flagged


def test_a_burst_on_one_fix_counts_once() -> None:
    assert codes(HERE, *[HERE] * 30) == []


def test_a_real_receiver_trembles() -> None:
    trembling = [replace(stop, lat=stop.lat + 1e-7 * number) for number, stop in enumerate(frozen(30, every_s=60), 1)]
    assert codes(HERE, *trembling) == []
    breathing = [replace(stop, accuracy_m=12 + 0.1 * number) for number, stop in enumerate(frozen(30, every_s=60), 1)]
    assert codes(HERE, *breathing) == []


def test_a_list_of_stations_may_answer_the_same_again() -> None:
    coarse = [replace(stop, accuracy_m=20.0) for stop in [HERE, *frozen(30, every_s=60)]]
    assert codes(*coarse) == []
