"""What tasks and inspections tell the photo slice about their photos, and what they hear from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.marks import Mark
from server.org.rules import Rules
from server.photos.flags import Setting
from server.photos.metadata import Circumstances
from server.photos.reviewing import undecided
from storage.database.models import Finding, PhotoUse, Site


class _Fix(Protocol):
    @property
    def lat(self) -> float: ...
    @property
    def lon(self) -> float: ...
    @property
    def accuracy_m(self) -> float | None: ...
    @property
    def at(self) -> datetime | None: ...


class _Shot(Protocol):
    @property
    def sha256(self) -> str: ...
    @property
    def taken_at(self) -> datetime | None: ...
    @property
    def source(self) -> str: ...
    @property
    def fix(self) -> _Fix | None: ...
    @property
    def marks(self) -> Sequence[Mark]: ...
    @property
    def note(self) -> str: ...


def told_shots(shots: Sequence[_Shot], *, clock_skew_s: float | None = None) -> Mapping[str, Circumstances]:
    """The circumstances that a document brings along, by hash; the phone's clock was so many seconds ahead."""
    return {shot.sha256: _circumstances(shot, clock_skew_s) for shot in shots}


def _circumstances(shot: _Shot, clock_skew_s: float | None) -> Circumstances:
    fix = shot.fix
    return Circumstances(
        taken_at=shot.taken_at,
        source="gallery" if shot.source == "gallery" else "camera",
        lat=fix.lat if fix else None,
        lon=fix.lon if fix else None,
        accuracy_m=fix.accuracy_m if fix else None,
        fix_at=fix.at if fix else None,
        clock_skew_s=clock_skew_s,
        marks=tuple(shot.marks),
        note=shot.note,
    )


def setting_at(
    site: Site | None, rules: Rules, *, begins_at: datetime, ends_at: datetime, matters: bool = True
) -> Setting:
    """What a photo is to be a proof of: this site within its fence in metres, this stretch of time (R86).

    A task without a site asks for no place.
    """
    return Setting(
        lat=site.lat if site else None,
        lon=site.lon if site else None,
        radius_m=float((site.radius_m if site else 0) or rules.geofence_m),
        begins_at=begins_at,
        ends_at=ends_at,
        place_and_time_matter=matters,
    )


async def take_over_flags(session: AsyncSession, uses: Sequence[PhotoUse]) -> None:
    """Mark the findings with something to look at, so that the review queue can filter for them.

    A finding whose flags were all withdrawn, or about which somebody has decided, is marked no longer.
    """
    await session.flush()
    ids = {use.finding_id for use in uses if use.finding_id}
    if not ids:
        return
    photos = select(PhotoUse.id, PhotoUse.finding_id).where(PhotoUse.finding_id.in_(ids))
    finding_of = {row.id: row.finding_id for row in await session.execute(photos)}
    marked = {finding_of[use_id] for use_id in await undecided(session, finding_of)}
    rows = await session.execute(select(Finding.id, Finding.flag_codes).where(Finding.id.in_(ids)))
    marked |= {row.id for row in rows if row.flag_codes}
    for flagged in (True, False):
        those = marked if flagged else ids - marked
        if those:
            await session.execute(update(Finding).where(Finding.id.in_(those)).values(is_flagged=flagged))
