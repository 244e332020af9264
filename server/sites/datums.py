"""Positions as Chinese maps give them, brought to WGS-84 (GB 20263; BD-09 is Baidu's own shift over GCJ-02). Pure."""

from __future__ import annotations

from math import atan2, cos, hypot, pi, sin

from schemas.sites import Datum
from server.photos.geo import gcj02_to_wgs84

_WAVES = pi * 3000 / 180
_SHIFT_LAT, _SHIFT_LON = 0.006, 0.0065


def to_wgs84(lat: float, lon: float, datum: Datum) -> tuple[float, float]:
    """The (lat, lon) in WGS-84 of a position that was read by a datum, in degrees to seven places (a centimetre)."""
    if datum == "bd09":
        lat, lon = bd09_to_gcj02(lat, lon)
    if datum != "wgs84":
        lat, lon = gcj02_to_wgs84(lat, lon)
    return round(lat, 7), round(lon, 7)


def bd09_to_gcj02(lat: float, lon: float) -> tuple[float, float]:
    """Baidu's shift taken back, by the formula that is published everywhere; right to about a metre."""
    x, y = lon - _SHIFT_LON, lat - _SHIFT_LAT
    far = hypot(x, y) - 0.00002 * sin(y * _WAVES)
    turn = atan2(y, x) - 0.000003 * cos(x * _WAVES)
    return far * sin(turn), far * cos(turn)


def gcj02_to_bd09(lat: float, lon: float) -> tuple[float, float]:
    """Where Baidu's map draws a position of GCJ-02."""
    far = hypot(lon, lat) + 0.00002 * sin(lat * _WAVES)
    turn = atan2(lat, lon) + 0.000003 * cos(lon * _WAVES)
    return far * sin(turn) + _SHIFT_LAT, far * cos(turn) + _SHIFT_LON
