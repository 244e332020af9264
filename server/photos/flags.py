"""What makes a photo worth a second look. A flag accuses nobody: it names numbers, and a person decides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

from server.photos.exif import PlaceState, Witness
from server.photos.geo import distance_m, is_position

RADIUS_M = 300.0
MOST_NEAR_BITS = 3
_PLAINEST_BITS = 4
_SHANGHAI_OFFSET = timezone(timedelta(hours=8))
# Programs that change what a picture shows; a phone's own camera program names itself here too, and is none of them.
_EDITORS = (
    "photoshop", "lightroom", "snapseed", "gimp", "meitu", "美图", "醒图", "轻颜", "picsart", "pixelmator", "affinity",
    "canva", "facetune", "remini", "paint.net", "acdsee", "faststone", "photoscape", "polarr", "光影魔术手", "可牛",
)  # fmt: skip

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
    # How many seconds the phone's clock was ahead of the server's, where the phone told its time.
    clock_skew_s: float | None = None

    @property
    def happened_at(self) -> datetime | None:
        """When it was taken by the server's clock, as far as the phone's is known."""
        if self.taken_at is None or self.clock_skew_s is None:
            return self.taken_at
        return self.taken_at - timedelta(seconds=self.clock_skew_s)


@dataclass(frozen=True, slots=True)
class Setting:
    """What the photo is to be a proof of: a place with a radius in metres, and a time."""

    lat: float | None = None
    lon: float | None = None
    radius_m: float = RADIUS_M
    begins_at: datetime | None = None
    ends_at: datetime | None = None
    # A newspaper's page, a television's picture (R31) or a photo that may come from elsewhere (KH-C03) proves neither.
    place_and_time_matter: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """From where on something is worth a look: the settings of `server.org.rules` that begin with photo_."""

    time_gap: timedelta = timedelta(hours=24)
    clock_tolerance: timedelta = timedelta(minutes=5)
    weak_accuracy_m: float = 100.0
    fix_age: timedelta = timedelta(seconds=15)
    witness_distance_m: float = 300.0
    witness_gap: timedelta = timedelta(hours=24)
    top_speed_kmh: float = 150.0
    speed_slack_m: float = 500.0
    frozen_fixes: int = 5
    frozen_for: timedelta = timedelta(minutes=3)
    frozen_accuracy_m: float = 15.0
    near_bits: int = MOST_NEAR_BITS


def judge(shot: Shot, setting: Setting, witness: Witness, limits: Limits = Limits()) -> list[Flag]:
    """Every flag that the circumstances of one shot raise (R86). Never refuses.

    R31: what proves neither place nor time is not asked where and when it was taken, nor with which camera.
    """
    found: list[Flag] = []
    if setting.place_and_time_matter:
        found += [*_source(shot, witness), *_place(shot, setting, witness, limits)]
        found += [*_clock(shot, limits), *_time(shot, setting, witness, limits)]
    if witness.malformed:
        found.append(Flag("exif-damaged"))
    return found


def _source(shot: Shot, witness: Witness) -> Iterator[Flag]:
    if shot.source == "gallery":
        yield Flag("from-gallery")
    software = (witness.software or "").lower()
    if any(editor in software for editor in _EDITORS):
        yield Flag("edited-software", {"software": witness.software or ""})


def _place(shot: Shot, setting: Setting, witness: Witness, limits: Limits) -> Iterator[Flag]:
    """R86: 0,0, out of range and undefined are no position; too far is a flag, not a refusal."""
    fix = shot.fix if shot.fix and is_position(shot.fix.lat, shot.fix.lon) else None
    camera = _camera_fix(witness)
    if fix is None and camera is None:
        yield Flag("no-position", {"exif": witness.place.value})
        return
    if fix is not None:
        yield from _weakness(fix, shot, limits)
        yield from _disagreement(fix, camera, limits)
    yield from _distance(fix or camera, setting, by="phone" if fix else "camera")


def _camera_fix(witness: Witness) -> Fix | None:
    if witness.place is not PlaceState.VALID or witness.lat is None or witness.lon is None:
        return None
    return Fix(witness.lat, witness.lon)


def _weakness(fix: Fix, shot: Shot, limits: Limits) -> Iterator[Flag]:
    if fix.accuracy_m is not None and fix.accuracy_m <= 0:
        # No receiver is exact; a program that sets the place often forgets to be inexact.
        yield Flag("zero-accuracy", {"accuracyM": fix.accuracy_m})
    age = abs(shot.taken_at - fix.at) if shot.taken_at and fix.at else timedelta()
    if fix.accuracy_m is None or fix.accuracy_m > limits.weak_accuracy_m or age > limits.fix_age:
        numbers: Detail = {"ageSeconds": round(age.total_seconds())}
        if fix.accuracy_m is not None:
            numbers["accuracyM"] = round(fix.accuracy_m)
        yield Flag("weak-fix", numbers)


def _disagreement(fix: Fix, camera: Fix | None, limits: Limits) -> Iterator[Flag]:
    if camera is None:
        return
    apart = distance_m(fix.lat, fix.lon, camera.lat, camera.lon)
    if apart > limits.witness_distance_m + (fix.accuracy_m or 0):
        numbers: Detail = {"distanceM": round(apart), "lat": camera.lat, "lon": camera.lon}
        yield Flag("exif-place-disagrees", numbers)


def _distance(fix: Fix | None, setting: Setting, *, by: str) -> Iterator[Flag]:
    if fix is None or setting.lat is None or setting.lon is None:
        return
    away = distance_m(fix.lat, fix.lon, setting.lat, setting.lon)
    # Only what the uncertainty of the fix cannot explain is outside.
    if away - max(0.0, fix.accuracy_m or 0) > setting.radius_m:
        numbers: Detail = {"distanceM": round(away), "radiusM": round(setting.radius_m), "by": by}
        yield Flag("outside-site", numbers | {"accuracyM": round(fix.accuracy_m or 0)})


def _clock(shot: Shot, limits: Limits) -> Iterator[Flag]:
    skew = timedelta(seconds=shot.clock_skew_s or 0)
    if abs(skew) > limits.clock_tolerance:
        code = "clock-ahead" if skew > timedelta() else "clock-behind"
        yield Flag(code, {"skewSeconds": round(abs(skew).total_seconds())})


def _time(shot: Shot, setting: Setting, witness: Witness, limits: Limits) -> Iterator[Flag]:
    """R86: in the future, or more than 24 h from the inspection. A clock that is known to be off is put right first."""
    taken = shot.happened_at
    if taken is not None:
        if taken > shot.received_at + limits.clock_tolerance:
            yield Flag("in-the-future", {"aheadMinutes": _minutes(taken - shot.received_at)})
        gap = _gap(taken, setting)
        if gap > limits.time_gap:
            yield Flag("time-gap", {"gapHours": round(gap.total_seconds() / 3600, 1)})
    camera = witness.taken_at(_SHANGHAI_OFFSET)
    if camera is not None:
        # The camera program reads the same clock as the page, right or wrong.
        apart = abs(camera - (shot.taken_at or shot.received_at))
        if apart > limits.witness_gap:
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
    return not is_plain(dhash) and bits_apart(dhash, other) <= MOST_NEAR_BITS


def bands(dhash: str) -> tuple[int, int, int, int]:
    """The four 16-bit quarters of a dHash: two hashes at most 3 bits apart share at least one quarter."""
    value = int(dhash, 16)
    return value >> 48, value >> 32 & 0xFFFF, value >> 16 & 0xFFFF, value & 0xFFFF
