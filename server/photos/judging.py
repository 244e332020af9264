"""Flags of a use: from its own circumstances, and from where else its picture, or one like it, was used."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from server import clock
from server.photos import flags
from server.photos.exif import Witness
from server.photos.flags import Fix, Flag, Setting, Shot
from storage.database import models
from storage.database.models import Photo, PhotoFlag, PhotoUse

# A hash band shared by more pictures than this says nothing about likeness.
_MOST_CANDIDATES = 400


async def judge_uses(session: AsyncSession, photo: Photo, uses: Sequence[PhotoUse]) -> dict[str, list[Flag]]:
    """Raise the flags of received uses of one photo and keep them as rows; answers them by use id."""
    alike = await _alike(session, photo) if uses else []
    found: dict[str, list[Flag]] = {}
    for use in uses:
        raised = flags.judge(await _shot_of(session, use, photo), setting_of(use), witness_of(photo))
        raised += await _reuse(session, use, photo)
        raised += await _likeness(session, use, alike)
        await session.execute(delete(PhotoFlag).where(PhotoFlag.photo_use_id == use.id))
        session.add_all(_row(use, flag) for flag in raised)
        found[use.id] = raised
    return found


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
    return Shot(shot.taken_at, shot.source, position, received_at=shot.received_at)


def _elsewhere(use: PhotoUse) -> Any:
    """Uses that are not of the same inspection and not of the same step: one picture may prove two items."""
    conditions = [PhotoUse.id != use.id]
    if use.inspection_id:
        conditions.append(or_(PhotoUse.inspection_id.is_(None), PhotoUse.inspection_id != use.inspection_id))
    if use.action_id:
        conditions.append(or_(PhotoUse.action_id.is_(None), PhotoUse.action_id != use.action_id))
    return conditions


async def _reuse(session: AsyncSession, use: PhotoUse, photo: Photo) -> list[Flag]:
    query = select(PhotoUse.id).where(PhotoUse.sha256 == photo.sha256, *_elsewhere(use), _before(use)).limit(100)
    others = (await session.scalars(query)).all()
    return [Flag("reused", {"uses": len(others)})] if others else []


def _before(use: PhotoUse) -> Any:
    # The later use is the repeated one; the first is not spoiled by it.
    return PhotoUse.created_at <= use.created_at


async def _alike(session: AsyncSession, photo: Photo) -> list[tuple[str, int]]:
    """Hashes of near-duplicates with the number of differing bits, nearest first."""
    if flags.is_plain(photo.dhash):
        return []
    first, second, third, fourth = flags.bands(photo.dhash)
    in_band = or_(Photo.dhash_1 == first, Photo.dhash_2 == second, Photo.dhash_3 == third, Photo.dhash_4 == fourth)
    query = select(Photo.sha256, Photo.dhash).where(in_band, Photo.sha256 != photo.sha256)
    rows = await session.execute(query.limit(_MOST_CANDIDATES))
    near = [(row.sha256, flags.bits_apart(photo.dhash, row.dhash)) for row in rows]
    return sorted((pair for pair in near if pair[1] <= flags.NEAR_BITS), key=lambda pair: pair[1])[:20]


async def _likeness(session: AsyncSession, use: PhotoUse, alike: Sequence[tuple[str, int]]) -> list[Flag]:
    if not alike:
        return []
    bits = dict(alike)
    query = select(PhotoUse.sha256, PhotoUse.task_id, PhotoUse.inspection_id).where(
        PhotoUse.sha256.in_(bits), *_elsewhere(use), _before(use)
    )
    rows = (await session.execute(query.limit(100))).all()
    if not rows:
        return []
    same_task = [row for row in rows if use.task_id and row.task_id == use.task_id and not use.inspection_id]
    nearest = min(same_task or rows, key=lambda row: bits[row.sha256])
    detail: flags.Detail = {"sha256": nearest.sha256, "bits": bits[nearest.sha256]}
    return [Flag("copy-of-before" if same_task else "near-duplicate", detail)]
