"""Positions of Chinese maps come back to where they were measured."""

from __future__ import annotations

import pytest

from server.photos.geo import distance_m, wgs84_to_gcj02
from server.sites.datums import bd09_to_gcj02, gcj02_to_bd09, to_wgs84

PLACE = (27.8741, 113.1187)


def test_a_position_of_amap_is_shifted_back() -> None:
    there = wgs84_to_gcj02(*PLACE)
    assert distance_m(*there, *PLACE) > 300
    assert distance_m(*to_wgs84(*there, "gcj02"), *PLACE) < 0.5


def test_a_position_of_baidu_is_shifted_back_twice() -> None:
    there = gcj02_to_bd09(*wgs84_to_gcj02(*PLACE))
    assert distance_m(*there, *PLACE) > 800
    assert distance_m(*to_wgs84(*there, "bd09"), *PLACE) < 2


def test_baidus_shift_is_the_published_one() -> None:
    # The example that stands beside the formula wherever it is published.
    lat, lon = bd09_to_gcj02(39.915, 116.404)
    assert (lat, lon) == pytest.approx((39.90865673957631, 116.39762729119315), abs=1e-9)


def test_a_measured_position_stays() -> None:
    assert to_wgs84(*PLACE, "wgs84") == PLACE
