"""What may be thrown away: uploads whose time is over, pieces and bytes that no row knows. Never a photo."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from server.photos.desk import ORPHAN_AGE, PhotoDesk
from server.photos.uploads import forget
from storage.database.models import Photo, Upload
from storage.objects import ObjectMissing, ObjectStore


@dataclass(frozen=True, slots=True)
class Swept:
    """How much a sweep threw away."""

    uploads: int
    parts: int
    orphans: int
    scratch_files: int


async def sweep_uploads(desk: PhotoDesk, now: datetime) -> Swept:
    """Throw away expired uploads, and what is older than 48 h and belongs to no row.

    Safe at any time, beside any number of other sweeps and of uploads under way.
    """
    before = now - ORPHAN_AGE
    scratch = await desk.workshop.on_files(lambda: _stale_scratch(desk, before))
    return Swept(
        uploads=await _expired_uploads(desk, now),
        parts=await _stray_parts(desk, before),
        orphans=await _orphans(desk, before),
        scratch_files=scratch + await desk.district.objects.tidy(before),
    )


async def _expired_uploads(desk: PhotoDesk, now: datetime) -> int:
    async with desk.district.database.reading() as session:
        expired = (await session.scalars(select(Upload.id).where(Upload.expires_at <= now).limit(1000))).all()
    for upload_id in expired:
        await forget(desk, upload_id)
    return len(expired)


async def _stray_parts(desk: PhotoDesk, before: datetime) -> int:
    store, count = desk.district.objects, 0
    async for info in store.list("uploads/"):
        if info.modified_at >= before:
            continue
        upload_id = info.key.split("/")[1]
        async with desk.district.database.reading() as session:
            upload = await session.get(Upload, upload_id)
        if upload is None or info.key not in upload.parts:
            await store.delete(info.key)
            count += 1
    return count


async def _orphans(desk: PhotoDesk, before: datetime) -> int:
    store, count = desk.district.objects, 0
    async for info in store.list("photos/"):
        if info.modified_at >= before:
            continue
        sha256 = info.key.rsplit("/", 1)[1]
        async with desk.district.database.reading() as session:
            known = await session.get(Photo, sha256)
        if known is None and await _delete_orphan(desk, sha256, info.key, before):
            count += 1
    return count


async def _delete_orphan(desk: PhotoDesk, sha256: str, key: str, before: datetime) -> bool:
    """Look again and delete while no receipt can be written: one that comes later finds the bytes gone."""
    async with desk.district.database.writing() as session:
        await _hold_receipts(session)
        if await session.get(Photo, sha256) is not None or await _is_fresh(desk.district.objects, key, before):
            return False
        await desk.district.objects.delete(key)
        return True


async def _hold_receipts(session: AsyncSession) -> None:
    # On SQLite a writing transaction is alone already. Here readers go on; inserts of photos wait.
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(text("LOCK TABLE photo IN SHARE ROW EXCLUSIVE MODE"))


async def _is_fresh(store: ObjectStore, key: str, before: datetime) -> bool:
    try:
        return (await store.stat(key)).modified_at >= before
    except ObjectMissing:
        return True


def _stale_scratch(desk: PhotoDesk, before: datetime) -> int:
    if not desk.scratch.is_dir():
        return 0
    stale = [path for path in desk.scratch.iterdir() if path.stat().st_mtime < before.timestamp()]
    for path in stale:
        path.unlink(missing_ok=True)
    return len(stale)
