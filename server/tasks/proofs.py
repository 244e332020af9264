"""What tasks and inspections tell the photo slice about their photos, and what they hear from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from server.org.rules import Rules
from server.photos.flags import Setting
from server.photos.metadata import Circumstances
from storage.database.models import Finding, PhotoFlag, PhotoUse, Site


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


def told_shots(shots: Sequence[_Shot]) -> Mapping[str, Circumstances]:
    """The circumstances that a document brings along, by hash."""
    return {shot.sha256: _circumstances(shot) for shot in shots}


def _circumstances(shot: _Shot) -> Circumstances:
    fix = shot.fix
    return Circumstances(
        taken_at=shot.taken_at,
        source="gallery" if shot.source == "gallery" else "camera",
        lat=fix.lat if fix else None,
        lon=fix.lon if fix else None,
        accuracy_m=fix.accuracy_m if fix else None,
        fix_at=fix.at if fix else None,
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
    """Mark the findings whose photos have flags, so that the review queue can filter for them."""
    await session.flush()
    flagged = select(PhotoFlag.photo_use_id).where(PhotoFlag.photo_use_id.in_([use.id for use in uses]))
    hit = set(await session.scalars(flagged))
    findings = {use.finding_id for use in uses if use.finding_id and use.id in hit}
    if findings:
        await session.execute(update(Finding).where(Finding.id.in_(findings)).values(is_flagged=True))
