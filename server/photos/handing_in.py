"""A photo that lies in a file on this machine (a list that the office brought) takes the same way as one from a
phone: verified, kept, recorded, and acknowledged only then."""

from __future__ import annotations

from pathlib import Path

from server.auth.actor import Actor
from server.errors import Refusal
from server.photos.desk import PhotoDesk, copy_key, photo_key
from server.photos.errors import PhotoTooLarge, StoreAway
from server.photos.holding import hold_photos
from server.photos.metadata import Circumstances
from server.photos.receiving import sha256_of
from server.photos.recognition import LARGEST_BYTES
from server.photos.recording import keep_shot, record_photo, settle_uses
from server.photos.soundness import damage_of
from server.photos.verifying import verify_photo
from storage.database.models import Photo
from storage.objects import ObjectStoreError


async def hand_in(desk: PhotoDesk, *, me: Actor, path: Path) -> str:
    """Keep the photo in this file and give its SHA-256; the file may be moved away. Nothing is known of where and when
    it was taken, so it counts as chosen from a gallery.

    Raises PhotoTooLarge, NotAPhoto, TooManyPixels, Undecodable; StoreAway when it may be tried again.
    """
    size_bytes = (await desk.workshop.on_files(path.stat)).st_size
    if size_bytes > LARGEST_BYTES:
        raise PhotoTooLarge
    sha256 = await sha256_of(path, desk.workshop)
    try:
        async with desk.district.database.reading() as session:
            photo = await session.get(Photo, sha256)
        is_kept = photo is not None and await damage_of(desk.district.objects, photo) is None
        inspection = None if is_kept else await verify_photo(path, desk.workshop)
        if inspection is not None:
            await desk.district.objects.put(photo_key(sha256), path)
            await desk.district.objects.put(copy_key("thumbnail", sha256), inspection.thumbnail, durable=False)
        async with desk.district.database.writing() as session:
            await hold_photos(session, [sha256])
            row = await record_photo(session, me=me, sha256=sha256, size_bytes=size_bytes, inspection=inspection)
            # As for an upload: had the sweep of orphans been quicker, the bytes would be gone and this is tried again.
            await desk.district.objects.stat(photo_key(sha256))
            shot_id = await keep_shot(session, sha256, me.person_id, Circumstances(source="gallery"))
            await settle_uses(session, desk, me=me, photo=row, shot_id=shot_id)
    except Refusal:
        raise
    except ObjectStoreError as error:
        raise StoreAway(headers={"Retry-After": "10"}) from error
    return sha256
