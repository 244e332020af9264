"""Takes the pictures out of a list's file: each becomes a photo by the way of all photos."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.imports import PicturesTaken
from server import clock
from server.auth.actor import Actor
from server.errors import NotFound, Refusal
from server.imports.errors import refusal_of
from server.imports.filing import file_key
from server.imports.reading.archive import LARGEST_PICTURE_BYTES, open_archive
from server.imports.reading.table import UnreadableError
from server.imports.rows import Fault
from server.photos.desk import PhotoDesk
from server.photos.errors import StoreAway
from server.photos.handing_in import hand_in
from storage.database.models import Import, ImportRow
from storage.objects import ObjectStoreError

A_WHILE: Final = timedelta(seconds=6)
"""How long one call works before it answers how far it has come; the page calls again."""


async def receive_pictures(
    desk: PhotoDesk, *, me: Actor, import_id: str, only_chosen: Sequence[int] | None = None, a_while: bool = True
) -> PicturesTaken:
    """Receive the pictures of an import that are still in its file only: for a while, or all of the rows that are
    named. What is no photo is refused with its reason and holds nothing up. Raises NotFound, StoreAway.
    """
    async with desk.district.database.reading() as session:
        imported = await session.get(Import, import_id)
        if imported is None:
            raise NotFound
        waiting = await _waiting(session, import_id, only_chosen)
    if waiting:
        with desk.scratch_file() as path:
            try:
                await desk.district.objects.fetch(file_key(imported.sha256), path)
            except ObjectStoreError as error:
                raise StoreAway(headers={"Retry-After": "10"}) from error
            until = clock.now() + A_WHILE
            for part, numbers in waiting.items():
                await _receive_one(desk, me, path, part, numbers, import_id)
                if a_while and clock.now() > until:
                    break
    async with desk.district.database.reading() as session:
        return await pictures_left(session, import_id)


async def _waiting(session: AsyncSession, import_id: str, only: Sequence[int] | None) -> dict[str, list[int]]:
    """The rows that wait for each part of the file."""
    found: dict[str, list[int]] = defaultdict(list)
    query = select(ImportRow.number, ImportRow.pictures).where(ImportRow.import_id == import_id)
    wanted = None if only is None else set(only)
    for number, pictures in await session.execute(query.order_by(ImportRow.position)):
        if wanted is None or number in wanted:
            for picture in pictures:
                if picture["state"] == "waiting":
                    found[picture["part"]].append(number)
    return found


async def _receive_one(
    desk: PhotoDesk, me: Actor, path: Path, part: str, numbers: Sequence[int], import_id: str
) -> None:
    sha256, reason = None, None
    with desk.scratch_file() as picture:
        try:
            await desk.workshop.on_files(lambda: _take_out(path, part, picture))
            sha256 = await hand_in(desk, me=me, path=picture)
        except UnreadableError as error:
            reason = refusal_of(error).code
        except StoreAway:
            raise
        except Refusal as refusal:
            reason = refusal.code
    result = {"sha256": sha256, "state": "received" if sha256 else "refused", "reason": reason}
    async with desk.district.database.writing() as session:
        query = select(ImportRow).where(ImportRow.import_id == import_id, ImportRow.number.in_(set(numbers)))
        for row in await session.scalars(query.with_for_update()):
            row.pictures = [{**one, **result} if one["part"] == part else one for one in row.pictures]
            if reason is not None:
                _tell_refused(row)


def _tell_refused(row: ImportRow) -> None:
    count = sum(picture["state"] == "refused" for picture in row.pictures)
    others = [fault for fault in row.faults if fault["code"] != "picture-refused"]
    told = Fault("before", "picture-refused", "note", {"n": count})
    row.faults = [*others, {"field": told.field, "code": told.code, "level": told.level, "params": told.params}]


def _take_out(path: Path, part: str, picture: Path) -> None:
    with open_archive(path) as archive:
        picture.write_bytes(archive.read(part, LARGEST_PICTURE_BYTES))


async def pictures_left(session: AsyncSession, import_id: str) -> PicturesTaken:
    """How many pictures still wait in the file, and how many were refused."""
    counts = {"waiting": 0, "refused": 0}
    for pictures in await session.scalars(select(ImportRow.pictures).where(ImportRow.import_id == import_id)):
        for picture in pictures:
            if picture["state"] in counts:
                counts[picture["state"]] += 1
    return PicturesTaken(**counts)
