"""Lays suspicious pairs of photos on each other, in the background: nobody waits for it, no receipt depends on it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from sqlalchemy import select, update

from server import clock
from server.photos.desk import PhotoDesk, photo_key
from server.photos.judging import judge_uses
from server.photos.likeness import Comparison
from server.photos.recognition import NotAPhotoError, TooManyPixelsError, UndecodableError
from server.photos.workshop import WorkshopBusyError
from storage.database.models import Photo, PhotoComparison, PhotoUse
from storage.objects import ObjectMissing, ObjectStoreError

_PAIRS_AT_A_TIME = 50
_UNREADABLE = (NotAPhotoError, TooManyPixelsError, UndecodableError, ObjectMissing)


async def compare_waiting(desk: PhotoDesk, *, limit: int = _PAIRS_AT_A_TIME) -> int:
    """Compare the pairs that wait, the longest waiting first, and judge their photos anew; how many were compared.

    Safe beside other replicas: the same pair compared twice gives the same verdict. A pair whose photos cannot be had
    now waits on.
    """
    query = select(PhotoComparison).where(PhotoComparison.verdict.is_(None)).order_by(PhotoComparison.asked_at)
    async with desk.district.database.reading() as session:
        waiting = (await session.scalars(query.limit(limit))).all()
    compared = [pair.sha256 for pair in waiting if await _compare(desk, pair)]
    for sha256 in dict.fromkeys(compared):
        await _judge_anew(desk, sha256)
    return len(compared)


async def _compare(desk: PhotoDesk, pair: PhotoComparison) -> bool:
    try:
        found = await _laid(desk, pair.earlier_sha256, pair.sha256)
    except _UNREADABLE:
        found = Comparison("unclear", 0.0, 0)
    except (ObjectStoreError, WorkshopBusyError):
        return False
    told = msgspec.to_builtins(found)
    values = {"verdict": told.pop("verdict"), "detail": told, "compared_at": clock.now()}
    change = update(PhotoComparison).where(
        PhotoComparison.sha256 == pair.sha256, PhotoComparison.earlier_sha256 == pair.earlier_sha256
    )
    async with desk.district.database.writing() as session:
        await session.execute(change.values(**values))
    return True


async def _laid(desk: PhotoDesk, earlier: str, later: str) -> Comparison:
    with desk.scratch_file() as one, desk.scratch_file() as two:
        await desk.district.objects.fetch(photo_key(earlier), one)
        await desk.district.objects.fetch(photo_key(later), two)
        first, second = await desk.workshop.recognise(one), await desk.workshop.recognise(two)
        return await desk.workshop.compare((one, first), (two, second))


async def _judge_anew(desk: PhotoDesk, sha256: str) -> None:
    async with desk.district.database.writing() as session:
        query = select(PhotoUse).where(PhotoUse.sha256 == sha256, PhotoUse.state == "received")
        # Locked, because another replica that swept at the same instant writes the same flags.
        held = query.order_by(PhotoUse.created_at, PhotoUse.id).with_for_update(key_share=True)
        uses: Sequence[PhotoUse] = (await session.scalars(held)).all()
        await judge_uses(session, await session.get_one(Photo, sha256), uses)
        await session.flush()
        await desk.tell(session, uses)
