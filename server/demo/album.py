"""The demo photos on their way into the store: drawn, verified and kept as a phone's photos are."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from server.auth.actor import Actor
from server.demo.pictures import photograph
from server.demo.script import Taken
from server.demo.story import Photo
from server.district import District
from server.photos.decoding import Inspection
from server.photos.desk import PhotoDesk, copy_key, photo_key
from server.photos.recording import record_photo
from server.photos.verifying import verify_photo
from server.tasks.visibility import visible_tasks
from storage.database import models
from storage.database.models import PhotoDelivery, PhotoFlag, PhotoUse, Shot

_AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class Print:
    """A photo whose bytes are in the store; its rows are still to be written."""

    sha256: str
    size_bytes: int
    inspection: Inspection


class Album:
    """The prints by what they show."""

    def __init__(self, prints: Mapping[tuple[str, str], Print]) -> None:
        self._prints = prints

    def sha256(self, photo: Photo) -> str:
        """The hash of a photo's bytes."""
        return self._prints[photo.scene, photo.take].sha256

    async def deliver(self, session: AsyncSession, photos: Iterable[Photo], *, me: Actor, at: datetime) -> None:
        """Record that a person's photos were received at an instant."""
        for photo in photos:
            one = self._prints[photo.scene, photo.take]
            is_new = await session.get(models.Photo, one.sha256) is None
            await record_photo(session, me=me, sha256=one.sha256, size_bytes=one.size_bytes, inspection=one.inspection)
            if is_new:
                row = await session.get_one(models.Photo, one.sha256)
                row.received_at = at
            delivery = await session.get_one(PhotoDelivery, (one.sha256, me.person_id))
            delivery.at = min(delivery.at, at)


async def develop(district: District, wanted: Iterable[Taken]) -> Album:
    """Draw the photos and put them into the store, a few at a time."""
    desk = PhotoDesk(district, visible_tasks)
    turn = asyncio.Semaphore(_AT_ONCE)

    async def one(taken: Taken) -> tuple[tuple[str, str], Print]:
        async with turn:
            return (taken.photo.scene, taken.photo.take), await _develop(desk, taken)

    try:
        return Album(dict(await asyncio.gather(*(one(taken) for taken in wanted))))
    finally:
        desk.close()


async def _develop(desk: PhotoDesk, taken: Taken) -> Print:
    data = await asyncio.to_thread(photograph, taken.photo.scene, seed=taken.photo.take, moment=taken.moment)
    sha256 = hashlib.sha256(data).hexdigest()
    with desk.scratch_file() as path:
        await desk.workshop.on_files(lambda: path.write_bytes(data))
        inspection = await verify_photo(path, desk.workshop)
        await desk.district.objects.put(photo_key(sha256), path)
    await desk.district.objects.put(copy_key("thumbnail", sha256), inspection.thumbnail, durable=False)
    return Print(sha256, len(data), inspection)


async def date_back(session: AsyncSession, which: ColumnElement[bool], *, at: datetime) -> None:
    """Say of the photo uses that fit, of their shots and flags, that they came at an instant."""
    await session.flush()
    uses = list(await session.scalars(select(PhotoUse).where(which)))
    ids, shots = [use.id for use in uses], [use.shot_id for use in uses if use.shot_id]
    for use in uses:
        use.created_at = at
    await session.execute(update(Shot).where(Shot.id.in_(shots)).values(received_at=at))
    await session.execute(update(PhotoFlag).where(PhotoFlag.photo_use_id.in_(ids)).values(raised_at=at))
