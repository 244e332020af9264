"""Positions on the ground: distance, and the shift of Chinese base maps. Everything kept is WGS-84."""

from __future__ import annotations

from math import asin, cos, hypot, isfinite, pi, radians, sin, sqrt

_EARTH_RADIUS_M = 6_371_008.8
# The Krasovsky ellipsoid and the polynomial that every published GCJ-02 conversion uses.
_KRASOVSKY_A = 6_378_245.0
_KRASOVSKY_EE = 0.00669342162296594323


def is_position(lat: float | None, lon: float | None) -> bool:
    """Whether two numbers (degrees) are a place: finite, in range, not 0,0 ("no fix") (R86)."""
    if lat is None or lon is None or not (isfinite(lat) and isfinite(lon)):
        return False
    return -90 <= lat <= 90 and -180 <= lon <= 180 and (lat, lon) != (0, 0)


def distance_m(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance in metres between two WGS-84 positions in degrees."""
    lat_1, lat_2 = radians(lat), radians(other_lat)
    half = sin((lat_2 - lat_1) / 2) ** 2
    half += cos(lat_1) * cos(lat_2) * sin(radians(other_lon - lon) / 2) ** 2
    return 2 * _EARTH_RADIUS_M * asin(min(1.0, sqrt(half)))


def wgs84_to_gcj02(lat: float, lon: float) -> tuple[float, float]:
    """The (lat, lon) at which a Chinese base map draws a WGS-84 position; outside China it is the same."""
    if not (0.8293 <= lat <= 55.8271 and 72.004 <= lon <= 137.8347):
        return lat, lon
    x, y = lon - 105.0, lat - 35.0
    magic = 1 - _KRASOVSKY_EE * sin(radians(lat)) ** 2
    metres_a_degree = _KRASOVSKY_A * (1 - _KRASOVSKY_EE) / (magic * sqrt(magic)) * pi / 180
    shift_lat = _north(x, y) / metres_a_degree
    shift_lon = _east(x, y) / (_KRASOVSKY_A / sqrt(magic) * cos(radians(lat)) * pi / 180)
    return lat + shift_lat, lon + shift_lon


def gcj02_to_wgs84(lat: float, lon: float) -> tuple[float, float]:
    """The reverse, found by approaching it; exact to well under half a metre."""
    guess_lat, guess_lon = lat, lon
    for _ in range(10):
        drawn_lat, drawn_lon = wgs84_to_gcj02(guess_lat, guess_lon)
        miss_lat, miss_lon = drawn_lat - lat, drawn_lon - lon
        guess_lat, guess_lon = guess_lat - miss_lat, guess_lon - miss_lon
        if hypot(miss_lat, miss_lon) < 1e-9:
            break
    return guess_lat, guess_lon


def _wave(value: float, *terms: tuple[float, float]) -> float:
    return sum(weight * sin(value * pi * factor) for weight, factor in terms) * 2 / 3


def _north(x: float, y: float) -> float:
    shift = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x))
    shift += _wave(x, (20.0, 6.0), (20.0, 2.0)) + _wave(y, (20.0, 1.0), (40.0, 1 / 3))
    return shift + _wave(y, (160.0, 1 / 12), (320.0, 1 / 30))


def _east(x: float, y: float) -> float:
    shift = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x))
    shift += _wave(x, (20.0, 6.0), (20.0, 2.0)) + _wave(x, (20.0, 1.0), (40.0, 1 / 3))
    return shift + _wave(x, (150.0, 1 / 12), (300.0, 1 / 30))
