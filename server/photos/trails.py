"""What the positions of one person's shots say together: nobody is in two places, and no receiver stands still."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from server.photos.flags import Flag, Limits
from server.photos.geo import distance_m

_LEAST_TIME = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Stop:
    """Where a phone was: WGS-84 degrees, radius of uncertainty in metres, the instant of the fix."""

    at: datetime
    lat: float
    lon: float
    accuracy_m: float | None = None


def follow(here: Stop, others: Sequence[Stop], limits: Limits) -> list[Flag]:
    """The flags that a stop raises beside the same person's other stops of about that time, in any order."""
    return [*_travel(here, others, limits), *_frozen(here, others, limits)]


def _travel(here: Stop, others: Sequence[Stop], limits: Limits) -> Iterator[Flag]:
    """Faster than anything that drives, whatever the uncertainty of both fixes and one lost signal can explain."""
    fastest: tuple[float, Flag] | None = None
    for other in others:
        apart = distance_m(here.lat, here.lon, other.lat, other.lon)
        certain = apart - (here.accuracy_m or 0) - (other.accuracy_m or 0) - limits.speed_slack_m
        took = max(abs(here.at - other.at), _LEAST_TIME)
        speed_kmh = certain / took.total_seconds() * 3.6
        if speed_kmh > limits.top_speed_kmh and (fastest is None or speed_kmh > fastest[0]):
            seconds = round(abs(here.at - other.at).total_seconds())
            fastest = speed_kmh, Flag("impossible-travel", {"distanceM": round(apart), "travelSeconds": seconds})
    if fastest:
        yield fastest[1]


def _frozen(here: Stop, others: Sequence[Stop], limits: Limits) -> Iterator[Flag]:
    """The same position and accuracy to the last digit in fixes of several instants.

    A phone answers the shots of a burst with one fix, of one instant: those count as one. A satellite receiver's next
    fix differs in the last digits even on a table; a coarse one may come from a list of Wi-Fi stations, which gives the
    same answer again, and says nothing.
    """
    if here.accuracy_m is None or here.accuracy_m > limits.frozen_accuracy_m:
        return
    same = {other.at for other in others if _same_to_the_last_digit(here, other)} | {here.at}
    spanned = max(same) - min(same)
    if len(same) >= limits.frozen_fixes and spanned >= limits.frozen_for:
        yield Flag("frozen-fix", {"fixes": len(same), "minutes": round(spanned.total_seconds() / 60)})


def _same_to_the_last_digit(one: Stop, other: Stop) -> bool:
    return (one.lat, one.lon, one.accuracy_m) == (other.lat, other.lon, other.accuracy_m)
