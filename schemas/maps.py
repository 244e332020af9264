"""The office's map as it travels: sites with how they stand, positions of photos, and the ground below them."""

from __future__ import annotations

from typing import Literal

from schemas.wire import Day, Instant, Output, Position

Standing = Literal["late", "open", "replied", "none"]
"""The worst open task of a site: 逾期 · 待整改 · 已回复 · 无未销号问题."""
Datum = Literal["wgs84", "gcj02"]


class MapGround(Output):
    """What is drawn below the sites; all empty: plain ground.

    `tiles` are addresses with {z}, {x} and {y}, drawn in this order; `datum` is theirs. `archive` is the address of a
    PMTiles file of this installation, in WGS-84.
    """

    tiles: list[str]
    datum: Datum
    attribution: str
    archive: str | None


class MapSite(Output):
    """A site and how it stands. Counts are tasks; `overdue` is a part of `open`.

    `findings` counts by month (YYYY-MM), months without one left out. `last_inspected_on` is the last time that
    somebody got in; `next_visit_on` and `recheck_on` are the next planned days. All three are None for whoever sees no
    plan (R8).
    """

    id: str
    code: str
    name: str
    kind: str
    unit_id: str
    unit_name: str
    street_name: str
    institution: str
    address: str
    position: Position
    radius_m: int
    keeper_post: str
    keeper_phone: str
    standing: Standing
    open: int
    overdue: int
    replied: int
    findings: dict[str, int]
    last_inspected_on: Day | None
    next_visit_on: Day | None
    recheck_on: Day | None


class MapSites(Output):
    """Every site that this person may see, and the twelve months that are counted, the oldest first."""

    as_of: Day
    months: list[str]
    sites: list[MapSite]


class PhotoPlace(Output):
    """Where a photo of a site was taken (WGS-84, metres); `distance_m` is to the site."""

    use_id: str
    sha256: str
    purpose: str
    task_id: str | None
    finding_id: str | None
    taken_at: Instant | None
    position: Position
    accuracy_m: float | None
    distance_m: float


class PhotoPlaces(Output):
    """The newest photos of a site that have a position; `without` counts those of the same that have none."""

    places: list[PhotoPlace]
    without: int
