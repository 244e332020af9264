"""Where else a person was about the time of a shot, as far as their phone told."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.photos.trails import Stop
from storage.database.models import Fix, PhotoUse, Shot

_AROUND = timedelta(hours=6)
_MOST_STOPS = 40


async def stops_around(session: AsyncSession, use: PhotoUse, at: datetime) -> list[Stop]:
    """The person's other shots with a position, at most 40 before and 40 after an instant."""
    query = select(Shot, Fix).join(Fix, Fix.id == Shot.fix_id)
    query = query.where(Shot.person_id == use.person_id, Shot.id != use.shot_id)
    before = query.where(Shot.taken_at <= at, Shot.taken_at > at - _AROUND).order_by(Shot.taken_at.desc())
    after = query.where(Shot.taken_at > at, Shot.taken_at < at + _AROUND).order_by(Shot.taken_at)
    return [*await _stops(session, before), *await _stops(session, after)]


async def _stops(session: AsyncSession, query: Select[Shot, Fix]) -> list[Stop]:
    found = []
    for shot, fix in await session.execute(query.limit(_MOST_STOPS)):
        skew, at = timedelta(seconds=shot.clock_skew_s or 0), fix.at or shot.taken_at
        if at is not None:
            found.append(Stop(at - skew, fix.lat, fix.lon, fix.accuracy_m))
    return found
