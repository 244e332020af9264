"""Whether the bytes that a receipt was given for are still there, bit for bit, and what is there without a receipt."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Literal

from sqlalchemy import select

from server.district import District
from server.photos.desk import ORPHAN_AGE, photo_key
from server.photos.errors import PhotoDamaged, StoreAway
from storage.database.models import Photo
from storage.objects import ObjectMissing, ObjectStore, ObjectStoreError

Damage = Literal["missing", "other size", "other bytes"]
_BATCH = 500


async def damage_of(store: ObjectStore, photo: Photo) -> Damage | None:
    """Read a photo's bytes from end to end; what is wrong with them. Raises ObjectStoreError when it cannot tell."""
    key, digest = photo_key(photo.sha256), hashlib.sha256()
    try:
        if (await store.stat(key)).size_bytes != photo.size_bytes:
            return "other size"
        async for piece in store.stream(key):
            digest.update(piece)
    except ObjectMissing:
        return "missing"
    return None if digest.hexdigest() == photo.sha256 else "other bytes"


async def require_sound(store: ObjectStore, photo: Photo) -> None:
    """Raises PhotoDamaged, so that no changed bytes leave under a photo's name; StoreAway when it cannot tell."""
    try:
        if await damage_of(store, photo) is not None:
            raise PhotoDamaged(hash=photo.sha256[:12])
    except ObjectStoreError as error:
        raise StoreAway(headers={"Retry-After": "10"}) from error


async def every_photo(district: District) -> AsyncIterator[Photo]:
    """All photos that have a receipt, in the order of their hashes."""
    last = ""
    while True:
        query = select(Photo).where(Photo.sha256 > last).order_by(Photo.sha256).limit(_BATCH)
        async with district.database.reading() as session:
            photos = (await session.scalars(query)).all()
        for photo in photos:
            yield photo
        if not photos:
            return
        last = photos[-1].sha256


async def strays(district: District, now: datetime) -> AsyncIterator[str]:
    """The keys of originals that no row knows, older than what an upload under way may have put there."""
    batch: list[str] = []
    async for info in district.objects.list("photos/"):
        if info.modified_at < now - ORPHAN_AGE:
            batch.append(info.key)
        if len(batch) == _BATCH:
            for key in await _unknown(district, batch):
                yield key
            batch = []
    for key in await _unknown(district, batch):
        yield key


async def _unknown(district: District, keys: list[str]) -> list[str]:
    hashes = {key: key.rsplit("/", 1)[1] for key in keys}
    async with district.database.reading() as session:
        known = set(await session.scalars(select(Photo.sha256).where(Photo.sha256.in_(set(hashes.values())))))
    return [key for key, sha256 in hashes.items() if sha256 not in known or key != photo_key(sha256)]
