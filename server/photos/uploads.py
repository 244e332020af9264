"""tus 1.0: resumable uploads whose pieces are objects of the store, so that any replica can go on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from server import clock, ids
from server.audit import service as audit
from server.auth.actor import Actor
from server.errors import NotFound, Refusal
from server.photos.decoding import Inspection
from server.photos.desk import PhotoDesk, copy_key, part_key, photo_key
from server.photos.errors import (
    EmptyUpload,
    HashDiffers,
    OffsetConflict,
    PhotoTooLarge,
    StoreAway,
    TooManyUploads,
    UploadOverflow,
)
from server.photos.metadata import Circumstances, clock_skew_s, parse
from server.photos.receiving import Arrival, receive, sha256_of
from server.photos.recognition import LARGEST_BYTES
from server.photos.recording import keep_shot, record_photo, refuse_uses, settle_uses
from server.photos.soundness import damage_of
from server.photos.verifying import verify_hash, verify_photo
from storage.database.models import Photo, Upload
from storage.objects import ObjectStoreError

LIFETIME = timedelta(days=7)
_MOST_PARTS = 500
_MOST_UPLOADS = 500


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an upload is. `receipt` is the hash, once the photo is kept; before, the offset is short of it."""

    id: str
    offset: int
    length: int
    expires_at: datetime
    receipt: str | None


def _progress(upload: Upload) -> Progress:
    receipt = upload.sha256 if upload.received_at is not None else None
    return Progress(upload.id, upload.offset, upload.length, upload.expires_at, receipt)


async def create_upload(
    desk: PhotoDesk, *, me: Actor, length: int, metadata: str, device_time: str | None = None
) -> Progress:
    """Begin an upload; one of the same photo that was begun and has no byte yet is begun again, because its answer was
    lost. Raises BadMetadata, EmptyUpload, PhotoTooLarge, TooManyUploads.

    A photo that can be refused by its length alone is refused for the uses of this person that wait for it.
    """
    sha256, told = parse(metadata)
    if not 0 < length <= LARGEST_BYTES:
        refusal: Refusal = PhotoTooLarge() if length > 0 else EmptyUpload()
        async with desk.district.database.writing() as session:
            await refuse_uses(session, desk, sha256=sha256, reason=refusal.code, person_id=me.person_id)
        raise refusal
    now = clock.now()
    told = msgspec.structs.replace(told, clock_skew_s=clock_skew_s(device_time, now))
    upload = Upload(
        id=ids.uuid7(),
        person_id=me.person_id,
        sha256=sha256,
        length=length,
        offset=0,
        parts=[],
        details=msgspec.to_builtins(told),
        created_at=now,
        expires_at=now + LIFETIME,
    )
    async with desk.district.database.writing() as session:
        begun = await _begun_before(session, upload, told)
        if begun is not None:
            begun.details, begun.expires_at = upload.details, upload.expires_at
            return _progress(begun)
        open_ones = select(func.count()).where(
            Upload.person_id == me.person_id, Upload.received_at.is_(None), Upload.expires_at > now
        )
        if (await session.scalar(open_ones) or 0) >= _MOST_UPLOADS:
            raise TooManyUploads(headers={"Retry-After": "600"})
        session.add(upload)
    return _progress(upload)


async def _begun_before(session: AsyncSession, upload: Upload, told: Circumstances) -> Upload | None:
    """The upload that a phone began with these words (its clock aside), never heard of, and begins once more."""
    query = select(Upload).where(
        Upload.person_id == upload.person_id,
        Upload.sha256 == upload.sha256,
        Upload.length == upload.length,
        Upload.offset == 0,
        Upload.received_at.is_(None),
        Upload.expires_at > upload.created_at,
    )
    for row in await session.scalars(query.with_for_update(skip_locked=True).limit(_MOST_UPLOADS)):
        before = msgspec.convert(row.details, Circumstances)
        if msgspec.structs.replace(before, clock_skew_s=told.clock_skew_s) == told:
            return row
    return None


async def find_upload(session: AsyncSession, *, me: Actor, upload_id: str) -> Upload:
    """This person's upload. Raises NotFound for an absent, foreign or expired one alike."""
    upload = await session.get(Upload, upload_id)
    if upload is None or upload.person_id != me.person_id or upload.expires_at <= clock.now():
        raise NotFound
    return upload


async def ask_progress(session: AsyncSession, *, me: Actor, upload_id: str) -> Progress:
    """How far this person's upload is, and its receipt. Raises NotFound."""
    return _progress(await find_upload(session, me=me, upload_id=upload_id))


async def append(desk: PhotoDesk, *, me: Actor, upload_id: str, offset: int, body: AsyncIterator[bytes]) -> Progress:
    """Take the bytes that follow `offset`; with the last one verify, record and give the receipt.

    Raises NotFound, OffsetConflict, UploadOverflow, and what verifying refuses: then nothing is left of the upload.
    No transaction is open while bytes arrive.
    """
    async with desk.district.database.reading() as session:
        upload = await find_upload(session, me=me, upload_id=upload_id)
    if upload.offset != offset:
        raise OffsetConflict(offset=upload.offset, headers={"Upload-Offset": str(upload.offset)})
    if upload.received_at is not None:
        return _progress(upload)
    try:
        with desk.scratch_file() as path:
            arrival = await receive(body, path, most_bytes=upload.length - offset, workshop=desk.workshop)
            if offset + arrival.size_bytes < upload.length:
                return await _keep_part(desk, upload, path, arrival)
            return await _complete(desk, me, upload, path, arrival)
    except ObjectStoreError as error:
        raise StoreAway(headers={"Retry-After": "10"}) from error


async def _keep_part(desk: PhotoDesk, upload: Upload, path: Path, arrival: Arrival) -> Progress:
    """Put a piece aside. Two that carry the same bytes at once: the first counts, the other is told to go on."""
    if not arrival.size_bytes:
        return _progress(upload)
    if len(upload.parts) >= _MOST_PARTS:
        await forget(desk, upload.id)
        raise UploadOverflow
    key = part_key(upload.id)
    await desk.district.objects.put(key, path)
    async with desk.district.database.writing() as session:
        row = await session.get(Upload, upload.id, with_for_update=True)
        if row is not None and row.offset == upload.offset:
            row.parts = [*row.parts, key]
            row.offset += arrival.size_bytes
            return _progress(row)
        offset = None if row is None else row.offset
    await desk.district.objects.delete(key)
    if offset is None:
        raise NotFound
    raise OffsetConflict(offset=offset, headers={"Upload-Offset": str(offset)})


async def _complete(desk: PhotoDesk, me: Actor, upload: Upload, path: Path, arrival: Arrival) -> Progress:
    """All bytes are here: verify them, keep them, record them."""
    with desk.scratch_file() as joined:
        whole, sha256 = path, arrival.sha256
        if upload.parts:
            whole = joined
            for key in upload.parts:
                await desk.district.objects.fetch(key, whole)
            await desk.workshop.on_files(lambda: _join(whole, path))
            sha256 = await sha256_of(whole, desk.workshop)
        try:
            verify_hash(sha256, upload.sha256)
            inspection = None if await _is_kept(desk, sha256) else await verify_photo(whole, desk.workshop)
        except StoreAway:
            raise
        except Refusal as refusal:
            await forget(desk, upload.id, me=me, refusal=refusal)
            raise
        if inspection is not None:
            await _keep_bytes(desk, sha256, whole, inspection)
        return await _receipt(desk, me, upload, inspection)


def _join(whole: Path, last: Path) -> None:
    with whole.open("ab") as target, last.open("rb") as source:
        while piece := source.read(1024 * 1024):
            target.write(piece)


async def _is_kept(desk: PhotoDesk, sha256: str) -> bool:
    """Whether these bytes were verified before and the store still has every bit of them.

    Where it has lost some, those that have just arrived take their place.
    """
    async with desk.district.database.reading() as session:
        photo = await session.get(Photo, sha256)
    return photo is not None and await damage_of(desk.district.objects, photo) is None


async def _keep_bytes(desk: PhotoDesk, sha256: str, path: Path, inspection: Inspection) -> None:
    await desk.district.objects.put(photo_key(sha256), path)
    await desk.district.objects.put(copy_key("thumbnail", sha256), inspection.thumbnail, durable=False)


async def _receipt(desk: PhotoDesk, me: Actor, upload: Upload, inspection: Inspection | None) -> Progress:
    """The one transaction of an upload, opened only now that the bytes are durable."""
    told = msgspec.convert(upload.details, Circumstances)
    async with desk.district.database.writing() as session:
        row = await session.get(Upload, upload.id, with_for_update=True)
        if row is None:
            raise NotFound
        if row.received_at is not None:
            return _progress(row)
        photo = await record_photo(session, me=me, sha256=row.sha256, size_bytes=row.length, inspection=inspection)
        # The sweep of orphans looks for rows under a lock that the row above waits for: if it was quicker,
        # the bytes are gone, and the phone, which still has them, is asked again.
        await desk.district.objects.stat(photo_key(row.sha256))
        shot_id = await keep_shot(session, row.sha256, me.person_id, told)
        await settle_uses(session, desk, me=me, photo=photo, shot_id=shot_id)
        parts, row.parts = row.parts, []
        row.offset, row.received_at = row.length, clock.now()
        progress = _progress(row)
    for key in parts:
        await desk.district.objects.delete(key)
    return progress


async def terminate(desk: PhotoDesk, *, me: Actor, upload_id: str) -> None:
    """Give an upload up. A photo that has its receipt stays. Raises NotFound."""
    async with desk.district.database.reading() as session:
        await find_upload(session, me=me, upload_id=upload_id)
    await forget(desk, upload_id)


async def forget(desk: PhotoDesk, upload_id: str, *, me: Actor | None = None, refusal: Refusal | None = None) -> None:
    """Leave nothing of an upload behind. With a refusal of proven bytes, the uses that waited are refused too."""
    async with desk.district.database.writing() as session:
        row = await session.get(Upload, upload_id, with_for_update=True)
        parts = list(row.parts) if row else []
        if row is not None:
            await session.delete(row)
        if row is not None and me is not None and refusal is not None:
            detail = {"sha256": row.sha256, "reason": refusal.code}
            audit.record(session, actor=me, action="photo.refused", subject=("upload", row.id), detail=detail)
            if not isinstance(refusal, HashDiffers):
                await refuse_uses(session, desk, sha256=row.sha256, reason=refusal.code)
    for key in parts:
        await desk.district.objects.delete(key)
