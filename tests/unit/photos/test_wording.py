"""Flags as sentences."""

from __future__ import annotations

import pytest

from server.photos.wording import flag_text


@pytest.mark.parametrize(
    ("metres", "words"), [(310, "310 米"), (9_999, "9,999 米"), (10_000, "10 公里"), (7_248_381, "7,248 公里")]
)
def test_distances_are_told_in_metres_and_far_ones_in_kilometres(metres: int, words: str) -> None:
    assert words in flag_text("exif-place-disagrees", {"distanceM": metres}, "zh-CN")


@pytest.mark.parametrize(("hours", "words"), [(24.5, "24.5 小时"), (71.9, "71.9 小时"), (73_060.6, "3,044 天")])
def test_gaps_are_told_in_hours_and_long_ones_in_days(hours: float, words: str) -> None:
    assert words in flag_text("time-gap", {"gapHours": hours}, "zh-CN")


def test_the_reader_is_told_in_their_language() -> None:
    assert "310 m " in flag_text("outside-site", {"distanceM": 310, "radiusM": 300}, "en") + " "
