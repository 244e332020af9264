"""Places and times that were faked, and honest ones that look odd: weak signals, tunnels, bursts, drifting clocks."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from server.photos.exif import PlaceState, Witness
from server.photos.flags import Fix, Limits, Setting, Shot, judge
from server.photos.trails import Stop, follow
from tests.tricks.cases import Case, Outcome

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
LAT, LON = 27.8741, 113.1187
SITE = Setting(LAT, LON, 300, NOON - timedelta(minutes=30), NOON + timedelta(minutes=10))
PAGE = replace(SITE, place_and_time_matter=False)
GOOD = Shot(NOON, "camera", Fix(LAT, LON, 12.0, NOON), NOON + timedelta(minutes=1), 0.0)
SILENT = Witness()


@dataclass(frozen=True)
class Scene:
    """One shot with everything around it. `before` are other stops of the same person."""

    name: str
    deserves: frozenset[str]
    shot: Shot = GOOD
    setting: Setting = SITE
    witness: Witness = SILENT
    before: Sequence[Stop] = ()


def trick(code: str, name: str, **rest: object) -> Scene:
    """A scene that deserves one flag."""
    return Scene(name, frozenset({code}), **rest)  # type: ignore[arg-type]


def honest(name: str, **rest: object) -> Scene:
    """A scene that deserves none."""
    return Scene(name, frozenset(), **rest)  # type: ignore[arg-type]


def away(metres: float, *, accuracy_m: float | None = 12.0, age_s: float = 2) -> Shot:
    """A shot whose fix lies so far north of the site."""
    return replace(GOOD, fix=Fix(LAT + metres / 111_195, LON, accuracy_m, NOON - timedelta(seconds=age_s)))


def taken(before: timedelta, *, sent: timedelta = timedelta(minutes=1), skew_s: float = 0.0) -> Shot:
    """A shot taken so long before the visit, received so long after it, by a clock so far ahead."""
    at = NOON - before + timedelta(seconds=skew_s)
    return replace(GOOD, taken_at=at, fix=Fix(LAT, LON, 12.0, at), received_at=NOON + sent, clock_skew_s=skew_s)


def stop(metres: float, seconds: float, accuracy_m: float | None = 12.0) -> Stop:
    """Where the person was so many seconds before."""
    return Stop(NOON - timedelta(seconds=seconds), LAT + metres / 111_195, LON, accuracy_m)


def trembling(count: int, every_s: float, *, by: float, accuracy_m: float = 12.0) -> list[Stop]:
    """Fixes of a phone that lies still, each of another instant; `by` is how much they differ, in degrees."""
    chance = random.Random(7)
    return [
        Stop(NOON - timedelta(seconds=every_s * n), LAT + by * chance.uniform(-1, 1), LON, accuracy_m)
        for n in range(1, count)
    ]


def said(time: str | None = None, metres: float | None = None, **rest: object) -> Witness:
    """What the file itself says."""
    place = {} if metres is None else {"place": PlaceState.VALID, "lat": LAT + metres / 111_195, "lon": LON}
    return Witness(present=True, local_time=time, **place, **rest)  # type: ignore[arg-type]


HOURS, DAYS = timedelta(hours=1), timedelta(days=1)
GALLERY = replace(GOOD, source="gallery")
SCENES = [
    # Another place.
    *[trick("outside-site", f"taken {m} m away", shot=away(m)) for m in (400, 1_000, 5_000, 30_000)],
    trick("outside-site", "taken 600 m away, fix within 100 m", shot=away(600, accuracy_m=100)),
    trick("outside-site", "taken 600 m away, fix within 350 m", shot=away(600, accuracy_m=350)),
    honest("290 m away, a large yard", shot=away(290)),
    honest("330 m away by a fix within 60 m", shot=away(330, accuracy_m=60)),
    honest("no fix outdoors but one within 95 m", shot=away(380, accuracy_m=95)),
    trick("weak-fix", "fix from two minutes before", shot=away(0, age_s=120)),
    trick("weak-fix", "fix from before the tunnel", shot=away(100, age_s=40)),
    trick("weak-fix", "indoors, fix within 400 m", shot=away(200, accuracy_m=400)),
    honest("fix from ten seconds before", shot=away(50, age_s=10)),
    trick("no-position", "place switched off", shot=replace(GOOD, fix=None)),
    trick("no-position", "place 0, 0", shot=replace(GOOD, fix=Fix(0, 0, 5.0, NOON))),
    # A place set by an app.
    trick("zero-accuracy", "set by an app, error of nothing", shot=away(0, accuracy_m=0)),
    honest("a very good fix, within 3 m", shot=away(0, accuracy_m=3)),
    trick("frozen-fix", "set by an app, six shots in ten minutes", before=trembling(6, 120, by=0)),
    trick("frozen-fix", "set by an app, twenty shots in four minutes", before=trembling(20, 12, by=0)),
    trick("frozen-fix", "set by an app, four shots in ten minutes", before=trembling(4, 150, by=0)),
    trick("frozen-fix", "set by an app that trembles", before=trembling(20, 60, by=3e-6)),
    honest("a burst of thirty on one fix", before=[stop(0, 0)] * 30),
    honest("a phone on a table for an hour", before=trembling(30, 120, by=1e-6)),
    honest("the same answer of Wi-Fi stations for an hour, within 20 m",
           shot=away(0, accuracy_m=20), before=trembling(30, 120, by=0, accuracy_m=20)),
    # Two places at once.
    trick("impossible-travel", "4 km in a minute", before=[stop(4_000, 60)]),
    trick("impossible-travel", "1.5 km in ten seconds", before=[stop(1_500, 10)]),
    trick("impossible-travel", "20 km in five minutes", before=[stop(20_000, 300)]),
    trick("impossible-travel", "4 km in a minute, fix within 200 m", before=[stop(4_000, 60, 200)]),
    trick("impossible-travel", "4 km in ten minutes", before=[stop(4_000, 600)]),
    honest("by car at 60 km/h", before=[stop(1_000 * n, 60 * n) for n in range(1, 20)]),
    honest("by motorway at 120 km/h", before=[stop(2_000 * n, 60 * n) for n in range(1, 20)]),
    honest("out of a tunnel: a jump of 450 m", before=[stop(450, 1)]),
    honest("indoors, a jump of 2 km within 2,000 m", before=[stop(2_000, 3, 2_000)]),
    honest("two phones' clocks, same place", before=[stop(5, 0), stop(8, 1)]),
    # Another time.
    *[trick("time-gap", f"taken {gap} before", shot=taken(gap)) for gap in (26 * HOURS, 3 * DAYS, 31 * DAYS)],
    honest("sent three days later from a valley without a network", shot=taken(timedelta(), sent=3 * DAYS)),
    honest("a visit that began the evening before", shot=taken(23 * HOURS)),
    trick("in-the-future", "said to be of tomorrow, clock not told",
          shot=replace(taken(-DAYS), clock_skew_s=None), setting=replace(SITE, begins_at=None, ends_at=None)),
    *[trick("clock-behind", f"clock set back by {gap}", shot=taken(timedelta(), skew_s=-gap.total_seconds()))
      for gap in (10 * timedelta(minutes=1), HOURS, DAYS, 31 * DAYS)],
    trick("clock-ahead", "clock put forward by an hour", shot=taken(timedelta(), skew_s=3600)),
    trick("clock-behind", "clock set back by two hours and put right before sending",
          shot=taken(2 * HOURS, sent=timedelta(minutes=1))),
    *[honest(f"a clock that is {s} s off", shot=taken(timedelta(), skew_s=s)) for s in (-240, -40, 40, 240)],
    # Not from the camera; a file that says otherwise.
    trick("from-gallery", "chosen from the gallery", shot=GALLERY),
    trick("exif-time-disagrees", "an old file passed off as a shot",
          witness=said("2026-10-20T10:00:00", offset="+08:00")),
    trick("exif-time-disagrees", "a file of two days ago", witness=said("2026-11-22T09:00:00")),
    trick("exif-time-disagrees", "a file of the same morning", witness=said("2026-11-24T08:00:00")),
    trick("exif-place-disagrees", "a file from 5 km away", witness=said(metres=5_000)),
    trick("exif-place-disagrees", "a file from 400 m away", witness=said(metres=400)),
    trick("edited-software", "through Photoshop", witness=said(software="Adobe Photoshop 25.0 (Windows)")),
    trick("edited-software", "through a beauty app", witness=said(software="美图秀秀 9.8")),
    trick("edited-software", "through an editor that does not name itself", witness=said()),
    honest("a phone's own file", witness=said("2026-11-24T12:00:01", metres=40, software="HDR+ 1.0.6")),
    honest("a file whose place the browser took out", witness=Witness(present=True, place=PlaceState.ZEROED)),
    honest("a file without anything"),
    honest("a camera that knows no zone", witness=said("2026-11-24T12:00:00")),
    # R31: a newspaper or a screen proves neither place nor time.
    honest("a newspaper's page from the gallery, without a place", setting=PAGE, shot=replace(GALLERY, fix=None)),
    honest("a television's picture of last month, 5 km away",
           setting=PAGE, shot=replace(away(5_000), taken_at=NOON - 30 * DAYS)),
]  # fmt: skip


def cases() -> Iterator[Outcome]:
    """Every scene, judged by the server's own functions with the default limits."""
    for scene in SCENES:
        raised = {flag.code for flag in judge(scene.shot, scene.setting, scene.witness, Limits())}
        fix, at = scene.shot.fix, scene.shot.happened_at
        if scene.before and fix is not None and at is not None:
            here = Stop(fix.at or at, fix.lat, fix.lon, fix.accuracy_m)
            raised |= {flag.code for flag in follow(here, scene.before, Limits())}
        yield Outcome(Case(scene.name, scene.deserves, scene.name), frozenset(raised))
