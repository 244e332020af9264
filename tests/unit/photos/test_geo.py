"""Distances and the shift of Chinese maps."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.photos.geo import distance_m, gcj02_to_wgs84, is_position, wgs84_to_gcj02


@pytest.mark.parametrize(
    ("lat", "lon"),
    [(0, 0), (91, 10), (10, 181), (-90.1, 0), (math.nan, 1), (1, math.inf), (None, 1), (1, None), (4294967295, 0)],
)
def test_r86_what_is_no_position(lat: float | None, lon: float | None) -> None:
    assert not is_position(lat, lon)


@pytest.mark.parametrize(("lat", "lon"), [(27.87, 113.11), (0, 113), (27, 0), (-90, -180), (90, 180)])
def test_what_is_a_position(lat: float, lon: float) -> None:
    assert is_position(lat, lon)


def test_a_minute_of_latitude_is_a_nautical_mile() -> None:
    assert distance_m(27, 113, 27 + 1 / 60, 113) == pytest.approx(1853, abs=1)
    assert distance_m(27.8741, 113.1187, 27.8858, 113.1187) == pytest.approx(1301, abs=2)
    assert distance_m(10, 179.999, 10, -179.999) < 250
    assert distance_m(0, 0, 0, 180) == pytest.approx(math.pi * 6_371_008.8, abs=1)


def test_a_published_pair_of_the_map_shift() -> None:
    # Tian'anmen, as published with the conversion: WGS-84 39.90734, 116.39089 is drawn at 39.90874, 116.39713.
    lat, lon = wgs84_to_gcj02(39.90734, 116.39089)
    assert distance_m(lat, lon, 39.90874, 116.39713) < 5


def test_outside_china_nothing_is_shifted() -> None:
    assert wgs84_to_gcj02(48.85, 2.35) == (48.85, 2.35)


@given(st.floats(18.5, 53.0), st.floats(74.0, 134.5))
def test_there_and_back_is_within_half_a_metre(lat: float, lon: float) -> None:
    there = wgs84_to_gcj02(lat, lon)
    assert 50 < distance_m(lat, lon, *there) < 1500
    assert distance_m(lat, lon, *gcj02_to_wgs84(*there)) <= 0.5
