"""What makes a photo worth a second look. A flag accuses nobody: it names numbers, and a person decides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

from server.photos.exif import PlaceState, Witness
from server.photos.geo import distance_m, is_position

RADIUS_M = 300.0
TIME_GAP = timedelta(hours=24)
CLOCK_TOLERANCE = timedelta(minutes=5)
WEAK_ACCURACY_M = 100.0
WEAK_AGE = timedelta(seconds=15)
WITNESS_DISTANCE_M = 300.0
NEAR_BITS = 3
_PLAINEST_BITS = 4
_SHANGHAI_OFFSET = timezone(timedelta(hours=8))

Detail = dict[str, str | float | int]


@dataclass(frozen=True, slots=True)
class Flag:
    """A code (texts are in the message catalogue) and the numbers it was raised on."""

    code: str
    detail: Detail = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fix:
    """A position of the phone: WGS-84 degrees, radius of uncertainty in metres, instant of the fix."""

    lat: float
    lon: float
    accuracy_m: float | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Shot:
    """The circumstances that a phone claims for one use of a photo."""

    taken_at: datetime | None
    source: str
    fix: Fix | None
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Setting:
    """What the photo is to be a proof of: a place with a radius in metres, and a time."""

    lat: float | None = None
    lon: float | None = None
    radius_m: float = RADIUS_M
    begins_at: datetime | None = None
    ends_at: datetime | None = None
    # A picture of a screen or a paper (KH-C03) proves neither a place nor a time.
    place_and_time_matter: bool = True


def judge(shot: Shot, setting: Setting, witness: Witness) -> list[Flag]:
    """Every flag that the circumstances of one shot raise (R86). Never refuses."""
    found = list(_source(shot))
    if setting.place_and_time_matter:
        found += _place(shot, setting, witness)
        found += _time(shot, setting, witness)
    if witness.malformed:
        found.append(Flag("exif-damaged"))
    return found


def _source(shot: Shot) -> Iterator[Flag]:
    if shot.source == "gallery":
        yield Flag("from-gallery")


def _place(shot: Shot, setting: Setting, witness: Witness) -> Iterator[Flag]:
    """R86: 0,0, out of range and undefined are no position; too far is a flag, not a refusal."""
    fix = shot.fix if shot.fix and is_position(shot.fix.lat, shot.fix.lon) else None
    camera = _camera_fix(witness)
    if fix is None and camera is None:
        yield Flag("no-position", {"exif": witness.place.value})
        return
    if fix is not None:
        yield from _weakness(fix, shot)
        yield from _disagreement(fix, camera)
    yield from _distance(fix or camera, setting, by="phone" if fix else "camera")


def _camera_fix(witness: Witness) -> Fix | None:
    if witness.place is not PlaceState.VALID or witness.lat is None or witness.lon is None:
        return None
    return Fix(witness.lat, witness.lon)


def _weakness(fix: Fix, shot: Shot) -> Iterator[Flag]:
    age = abs(shot.taken_at - fix.at) if shot.taken_at and fix.at else timedelta()
    if fix.accuracy_m is None or fix.accuracy_m > WEAK_ACCURACY_M or age > WEAK_AGE:
        numbers: Detail = {"ageSeconds": round(age.total_seconds())}
        if fix.accuracy_m is not None:
            numbers["accuracyM"] = round(fix.accuracy_m)
        yield Flag("weak-fix", numbers)


def _disagreement(fix: Fix, camera: Fix | None) -> Iterator[Flag]:
    if camera is None:
        return
    apart = distance_m(fix.lat, fix.lon, camera.lat, camera.lon)
    if apart > WITNESS_DISTANCE_M + (fix.accuracy_m or 0):
        numbers: Detail = {"distanceM": round(apart), "lat": camera.lat, "lon": camera.lon}
        yield Flag("exif-place-disagrees", numbers)


def _distance(fix: Fix | None, setting: Setting, *, by: str) -> Iterator[Flag]:
    if fix is None or setting.lat is None or setting.lon is None:
        return
    away = distance_m(fix.lat, fix.lon, setting.lat, setting.lon)
    # Only what the uncertainty of the fix cannot explain is outside.
    if away - (fix.accuracy_m or 0) > setting.radius_m:
        numbers: Detail = {"distanceM": round(away), "radiusM": round(setting.radius_m), "by": by}
        yield Flag("outside-site", numbers | {"accuracyM": round(fix.accuracy_m or 0)})


def _time(shot: Shot, setting: Setting, witness: Witness) -> Iterator[Flag]:
    """R86: in the future, or more than 24 h from the inspection."""
    taken = shot.taken_at
    if taken is not None:
        if taken > shot.received_at + CLOCK_TOLERANCE:
            yield Flag("in-the-future", {"aheadMinutes": _minutes(taken - shot.received_at)})
        gap = _gap(taken, setting)
        if gap > TIME_GAP:
            yield Flag("time-gap", {"gapHours": round(gap.total_seconds() / 3600, 1)})
    camera = witness.taken_at(_SHANGHAI_OFFSET)
    if camera is not None:
        apart = abs(camera - (taken or shot.received_at))
        if apart > TIME_GAP:
            yield Flag("exif-time-disagrees", {"gapHours": round(apart.total_seconds() / 3600, 1)})


def _gap(taken: datetime, setting: Setting) -> timedelta:
    before = setting.begins_at - taken if setting.begins_at else timedelta()
    after = taken - setting.ends_at if setting.ends_at else timedelta()
    return max(before, after, timedelta())


def _minutes(span: timedelta) -> int:
    return round(span.total_seconds() / 60)


def bits_apart(dhash: str, other: str) -> int:
    """In how many of 64 bits two dHashes differ."""
    return (int(dhash, 16) ^ int(other, 16)).bit_count()


def is_plain(dhash: str) -> bool:
    """Whether a picture has too little in it (a white wall, a dark room) for its hash to mean likeness."""
    return not _PLAINEST_BITS <= int(dhash, 16).bit_count() <= 64 - _PLAINEST_BITS


def are_near(dhash: str, other: str) -> bool:
    """Whether two pictures are near-duplicates by their dHash."""
    return not is_plain(dhash) and bits_apart(dhash, other) <= NEAR_BITS


def bands(dhash: str) -> tuple[int, int, int, int]:
    """The four 16-bit quarters of a dHash: two hashes at most 3 bits apart share at least one quarter."""
    value = int(dhash, 16)
    return value >> 48, value >> 32 & 0xFFFF, value >> 16 & 0xFFFF, value & 0xFFFF
