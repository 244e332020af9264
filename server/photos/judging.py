"""Flags of a use: from its own circumstances, and from where else its picture, or one like it, was used."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import msgspec
from sqlalchemy import delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from server import clock
from server.org.rules import Rules
from server.org.settings import current_rules
from server.photos import flags
from server.photos.exif import Witness
from server.photos.flags import Fix, Flag, Limits, Setting, Shot
from server.photos.following import stops_around
from server.photos.resembling import resemblance
from server.photos.trails import Stop, follow
from storage.database import models
from storage.database.models import Photo, PhotoFlag, PhotoUse


async def judge_uses(session: AsyncSession, photo: Photo, uses: Sequence[PhotoUse]) -> dict[str, list[Flag]]:
    """Raise the flags of received uses of one photo and keep them as rows; answers them by use id."""
    if not uses:
        return {}
    limits = limits_of(await current_rules(session))
    found: dict[str, list[Flag]] = {}
    for use in uses:
        shot, setting = await _shot_of(session, use, photo), setting_of(use)
        raised = flags.judge(shot, setting, witness_of(photo), limits)
        if setting.place_and_time_matter:
            raised += await _trail(session, use, shot, limits)
        raised += await _reuse(session, use, photo)
        raised += await resemblance(session, photo, use, elsewhere(use), near_bits=limits.near_bits)
        await session.execute(delete(PhotoFlag).where(PhotoFlag.photo_use_id == use.id))
        session.add_all(_row(use, flag) for flag in raised)
        found[use.id] = raised
    return found


def limits_of(rules: Rules) -> Limits:
    """This district's limits."""
    return Limits(
        time_gap=timedelta(hours=rules.photo_time_gap_h),
        clock_tolerance=timedelta(seconds=rules.photo_clock_tolerance_s),
        weak_accuracy_m=rules.photo_weak_accuracy_m,
        fix_age=timedelta(seconds=rules.photo_fix_age_s),
        witness_distance_m=rules.photo_witness_distance_m,
        witness_gap=timedelta(hours=rules.photo_witness_gap_h),
        top_speed_kmh=rules.photo_top_speed_kmh,
        speed_slack_m=rules.photo_speed_slack_m,
        frozen_fixes=rules.photo_frozen_fixes,
        frozen_for=timedelta(minutes=rules.photo_frozen_minutes),
        frozen_accuracy_m=rules.photo_frozen_accuracy_m,
        near_bits=min(rules.photo_near_bits, flags.MOST_NEAR_BITS),
    )


def _row(use: PhotoUse, flag: Flag) -> PhotoFlag:
    return PhotoFlag(photo_use_id=use.id, code=flag.code, detail=dict(flag.detail), raised_at=clock.now())


def witness_of(photo: Photo) -> Witness:
    """What the camera said, from its row."""
    return msgspec.convert(photo.exif, Witness)


def setting_of(use: PhotoUse) -> Setting:
    """What the photo was to prove, from its row."""
    return Setting(
        lat=use.site_lat,
        lon=use.site_lon,
        radius_m=flags.RADIUS_M if use.radius_m is None else use.radius_m,
        begins_at=use.begins_at,
        ends_at=use.ends_at,
        place_and_time_matter=use.place_and_time_matter,
    )


async def shot_and_fix(session: AsyncSession, shot_id: str | None) -> tuple[models.Shot, models.Fix | None] | None:
    """A shot with its position, or None."""
    if shot_id is None:
        return None
    query = select(models.Shot, models.Fix).outerjoin(models.Fix, models.Fix.id == models.Shot.fix_id)
    row = (await session.execute(query.where(models.Shot.id == shot_id))).one_or_none()
    return (row[0], row[1]) if row else None


async def _shot_of(session: AsyncSession, use: PhotoUse, photo: Photo) -> Shot:
    found = await shot_and_fix(session, use.shot_id)
    if found is None:
        return Shot(taken_at=None, source="camera", fix=None, received_at=photo.received_at)
    shot, fix = found
    position = Fix(fix.lat, fix.lon, fix.accuracy_m, fix.at) if fix else None
    return Shot(shot.taken_at, shot.source, position, shot.received_at, shot.clock_skew_s)


async def _trail(session: AsyncSession, use: PhotoUse, shot: Shot, limits: Limits) -> list[Flag]:
    at, fix = shot.happened_at, shot.fix
    if at is None or fix is None:
        return []
    here = Stop(
        at if fix.at is None else fix.at - timedelta(seconds=shot.clock_skew_s or 0), fix.lat, fix.lon, fix.accuracy_m
    )
    return follow(here, await stops_around(session, use, at), limits)


def elsewhere(use: PhotoUse) -> Any:
    """Uses that are not of the same inspection and not of the same step: one picture may prove two items.

    Of those the earlier ones: the later use is the repeated one, and the first is not spoiled by it.
    """
    conditions = [PhotoUse.id != use.id, PhotoUse.created_at <= use.created_at]
    if use.inspection_id:
        conditions.append(or_(PhotoUse.inspection_id.is_(None), PhotoUse.inspection_id != use.inspection_id))
    if use.action_id:
        conditions.append(or_(PhotoUse.action_id.is_(None), PhotoUse.action_id != use.action_id))
    return conditions


async def _reuse(session: AsyncSession, use: PhotoUse, photo: Photo) -> list[Flag]:
    query = select(PhotoUse.id).where(PhotoUse.sha256 == photo.sha256, *elsewhere(use)).limit(100)
    others = (await session.scalars(query)).all()
    return [Flag("reused", {"uses": len(others)})] if others else []
