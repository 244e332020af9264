"""Trips to teams and days: near sites together, the load equal. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import gcd

from server.photos.geo import distance_m


@dataclass(frozen=True, slots=True)
class Stop:
    """A site to be driven to, in degrees (WGS-84)."""

    site_id: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Trip:
    """A team at a site, on a day."""

    site_id: str
    on: date
    team: tuple[str, ...]


def routed(stops: Sequence[Stop], start: str) -> list[Stop]:
    """The stops from nearest to nearest, beginning at one of them. Equal distances go by id."""
    left = {stop.site_id: stop for stop in stops}
    here = left.pop(start)
    route = [here]
    while left:
        lat, lon = here.lat, here.lon
        here = min(left.values(), key=lambda stop: (distance_m(lat, lon, stop.lat, stop.lon), stop.site_id))
        route.append(left.pop(here.site_id))
    return route


def teams_of(people: Sequence[str], size: int) -> list[tuple[str, ...]]:
    """Teams of a size, taken round the circle of people until everybody is in equally many.

    Five people make the five pairs ab, cd, ea, bc, de; where there are not more people than a team asks for, all go.
    """
    if len(people) <= size:
        return [tuple(people)]
    count = len(people) // gcd(len(people), size)
    return [tuple(people[(team * size + at) % len(people)] for at in range(size)) for team in range(count)]


def team_days(
    route: Sequence[str], people: Sequence[str], days: Sequence[date], *, team_size: int, trips_per_day: int
) -> dict[str, Trip]:
    """Each site's trip. A team takes a stretch of the route, in pieces of at most `trips_per_day` for one day.

    Stretches differ by at most one and the longer ones follow each other round the circle, so nobody makes more than
    one trip more than another. Nobody is in two pieces on one day while a free day is left.
    """
    teams = teams_of(people, team_size)
    least, longer = divmod(len(route), len(teams))
    busy: dict[tuple[str, date], int] = defaultdict(int)
    trips: dict[str, Trip] = {}
    begin = 0
    for at, team in enumerate(teams):
        stretch = route[begin : begin + least + (at < longer)]
        begin += len(stretch)
        pieces = _pieces(stretch, trips_per_day)
        for number, piece in enumerate(pieces):
            # Spread over the month, and the teams shifted against each other.
            wish = (number * 2 * len(teams) + 2 * at + 1) * len(days) // (2 * len(teams) * len(pieces))
            on = _day(team, days, wish, busy)
            for person in team:
                busy[person, on] += len(piece)
            trips |= {site_id: Trip(site_id, on, team) for site_id in piece}
    return trips


def _pieces(stretch: Sequence[str], most: int) -> list[Sequence[str]]:
    count = -(-len(stretch) // most)
    edges = [number * len(stretch) // count for number in range(count + 1)] if count else []
    return [stretch[begin:end] for begin, end in pairwise(edges)]


def _day(team: Sequence[str], days: Sequence[date], wish: int, busy: dict[tuple[str, date], int]) -> date:
    def key(at: int) -> tuple[int, int, int]:
        return max(busy[person, days[at]] for person in team), abs(at - wish), at

    return days[min(range(len(days)), key=key)]
