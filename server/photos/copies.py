"""Derive: copies are made when they are first asked for, and kept under a name that tells what they were made of.

Each function reads what it needs and lets the database go: a copy may have to wait for its turn in the workshop.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.marks import Mark
from server.auth.actor import Actor
from server.catalogue import text
from server.checklists.versions import by_ids, item_of, words
from server.errors import NotFound
from server.photos.derivation import Facts, facts_of
from server.photos.desk import PhotoDesk, copy_key, photo_key
from server.photos.errors import PhotoDamaged, StoreAway
from server.photos.judging import shot_and_fix, witness_of
from server.photos.queries import may_read
from server.photos.receiving import sha256_of
from server.photos.recognition import Recognised
from server.photos.visibility import visible_uses
from server.photos.workshop import WorkshopBusyError
from storage.database.models import Fix, Inspection, Photo, PhotoUse, Shot, Site, Task
from storage.objects import ObjectMissing, ObjectStoreError

# Part of every copy's name: raise it when the way of making them changes.
_RECIPE = 2
_STAMP_LANGUAGE = "zh-CN"
_LONGEST_LABEL = 40

Make = Callable[[Path, Recognised], Awaitable[bytes]]


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy that can be had: its key, the tag of its ingredients, and how to make it where it is not there yet."""

    sha256: str
    key: str
    etag: str
    make: Make


async def screen_copy(desk: PhotoDesk, *, me: Actor, sha256: str) -> Copy:
    """The ≤ 1600 px copy. Raises NotFound."""
    async with desk.district.database.reading() as session:
        await may_read(session, desk, me=me, sha256=sha256)
    return _screen(desk, sha256)


def _screen(desk: PhotoDesk, sha256: str) -> Copy:
    return Copy(sha256, copy_key("screen", sha256), f"{sha256[:32]}-s{_RECIPE}", desk.workshop.screen)


async def bring_screen(desk: PhotoDesk, sha256: str) -> bytes:
    """The ≤ 1600 px copy for whoever has made sure that it may be seen. Raises StoreAway, PhotoDamaged."""
    return await bring(desk, _screen(desk, sha256))


async def thumbnail_copy(desk: PhotoDesk, *, me: Actor, sha256: str) -> Copy:
    """The ≤ 320 px copy, made with the receipt. Raises NotFound."""
    async with desk.district.database.reading() as session:
        await may_read(session, desk, me=me, sha256=sha256)

    async def make(path: Path, found: Recognised) -> bytes:
        return (await desk.workshop.inspect(path, found)).thumbnail

    return Copy(sha256, copy_key("thumbnail", sha256), f"{sha256[:32]}-t{_RECIPE}", make)


async def declaration_copy(desk: PhotoDesk, *, me: Actor, sha256: str, use_id: str | None) -> Copy:
    """The declaration JPEG of one use, by default the first (R32). Raises NotFound."""
    async with desk.district.database.reading() as session:
        photo = await may_read(session, desk, me=me, sha256=sha256)
        use = await _use_of(session, desk, me, sha256, use_id)
        return await declaration_copy_of(session, desk, photo, use)


async def declaration_copy_of(session: AsyncSession, desk: PhotoDesk, photo: Photo, use: PhotoUse | None) -> Copy:
    """The same of a photo that the caller has made sure this person may see."""
    facts = await _facts(session, photo, use)

    def make(path: Path, found: Recognised) -> Awaitable[bytes]:
        return desk.workshop.declaration(path, found, facts)

    return _named("declaration", photo.sha256, msgspec.json.encode(facts), make)


async def stamped_copy(desk: PhotoDesk, *, me: Actor, sha256: str, use_id: str | None) -> Copy:
    """The same with place, time, site and short hash burnt in, and what was drawn and written for this use."""
    async with desk.district.database.reading() as session:
        photo = await may_read(session, desk, me=me, sha256=sha256)
        use = await _use_of(session, desk, me, sha256, use_id)
        facts = await _facts(session, photo, use)
        site = await session.get(Site, use.site_id) if use and use.site_id else None
        item = await _item(session, use) if use else None
    lines = stamp_lines(facts, site.name if site else None, sha256, item=item, note=use.note if use else "")
    marks = msgspec.convert(use.marks, list[Mark]) if use else []

    def make(path: Path, found: Recognised) -> Awaitable[bytes]:
        return desk.workshop.stamped(path, found, facts, lines, marks)

    return _named("stamped", sha256, msgspec.json.encode([facts, lines, marks]), make)


def _named(kind: str, sha256: str, ingredients: bytes, make: Make) -> Copy:
    tag = hashlib.sha256(f"{_RECIPE}:".encode() + ingredients).hexdigest()[:32]
    return Copy(sha256, copy_key(kind, sha256, tag), f"{sha256[:16]}-{tag}", make)


async def _item(session: AsyncSession, use: PhotoUse) -> str | None:
    """Code and words of the item that a use proves, by the inspection that named it or the task that it is for."""
    code, version_id = use.item_code, None
    if use.task_id is not None and (task := await session.get(Task, use.task_id)) is not None:
        code, version_id = code or task.item_code, task.template_version_id
    if use.inspection_id is not None and (inspection := await session.get(Inspection, use.inspection_id)) is not None:
        version_id = inspection.template_version_id
    if code is None or version_id is None:
        return code
    version = (await by_ids(session, [version_id])).get(version_id)
    found = item_of(version, code) if version else None
    label = words(found.label, _STAMP_LANGUAGE) if found else ""
    return f"{code} {_shortened(label)}".strip()


def _shortened(words_: str) -> str:
    """A line that is too long would be written too small to be read."""
    return words_ if len(words_) <= _LONGEST_LABEL else words_[:_LONGEST_LABEL] + "…"


def stamp_lines(facts: Facts, site: str | None, sha256: str, *, item: str | None = None, note: str = "") -> list[str]:
    """The lines that are burnt in, in Chinese whoever asks: the copy goes to Chinese authorities."""
    time = f"{(facts.local_time or '').replace('T', ' ')} {facts.offset or ''}".strip()
    lines = [_line("taken", time=time)]
    if site:
        lines.append(_line("site", site=site))
    if item:
        lines.append(_line("item", item=item))
    if note:
        lines.append(_line("note", note=_shortened(" ".join(note.split()))))
    if facts.lat is None or facts.lon is None:
        lines.append(_line("no-position"))
    else:
        place = {"lat": f"{facts.lat:.5f}", "lon": f"{facts.lon:.5f}"}
        by_camera = facts.accuracy_m is None
        more = {} if by_camera else {"accuracy": f"{facts.accuracy_m:.0f}"}
        lines.append(_line("by-camera" if by_camera else "by-phone", **place, **more))
    return [*lines, _line("hash", hash=sha256[:12])]


def _line(code: str, **params: str) -> str:
    return text("photo_stamp", code, _STAMP_LANGUAGE, params)


async def _use_of(
    session: AsyncSession, desk: PhotoDesk, me: Actor, sha256: str, use_id: str | None
) -> PhotoUse | None:
    query = visible_uses(desk, me).where(PhotoUse.sha256 == sha256).order_by(PhotoUse.created_at, PhotoUse.id)
    if use_id is not None:
        query = query.where(PhotoUse.id == use_id)
    use = (await session.scalars(query.limit(1))).first()
    if use is None and use_id is not None:
        raise NotFound
    return use


async def _facts(session: AsyncSession, photo: Photo, use: PhotoUse | None) -> Facts:
    found = await shot_and_fix(session, use.shot_id if use else None) or await _first_shot(session, photo.sha256)
    shot, fix = found or (None, None)
    return facts_of(
        witness_of(photo),
        received_at=photo.received_at,
        taken_at=shot.taken_at if shot else None,
        position=(fix.lat, fix.lon, fix.accuracy_m) if fix else None,
    )


async def _first_shot(session: AsyncSession, sha256: str) -> tuple[Shot, Fix | None] | None:
    """Before any use: what the first deliverer told."""
    query = select(Shot, Fix).outerjoin(Fix, Fix.id == Shot.fix_id).where(Shot.sha256 == sha256)
    row = (await session.execute(query.order_by(Shot.received_at, Shot.id).limit(1))).one_or_none()
    return (row[0], row[1]) if row else None


async def bring(desk: PhotoDesk, copy: Copy) -> bytes:
    """The bytes of a copy, made now if it is not kept yet. Raises StoreAway, PhotoDamaged."""
    try:
        try:
            return await desk.district.objects.get(copy.key)
        except ObjectMissing:
            # Many may ask at once for what takes a second to make, and the one who asked first may go away.
            making = desk.making.get(copy.key) or asyncio.create_task(_make(desk, copy))
            desk.making[copy.key] = making
            making.add_done_callback(lambda _: desk.making.pop(copy.key, None))
            return await asyncio.shield(making)
    except (ObjectStoreError, WorkshopBusyError) as error:
        raise StoreAway(headers={"Retry-After": "10"}) from error


async def _make(desk: PhotoDesk, copy: Copy) -> bytes:
    with desk.scratch_file() as path:
        try:
            await desk.district.objects.fetch(photo_key(copy.sha256), path)
        except ObjectMissing as error:
            raise PhotoDamaged(hash=copy.sha256[:12]) from error
        # No copy is made of other bytes: it would be shown, stamped and declared under this photo's name.
        if await sha256_of(path, desk.workshop) != copy.sha256:
            raise PhotoDamaged(hash=copy.sha256[:12])
        data = await copy.make(path, await desk.workshop.recognise(path))
    await desk.district.objects.put(copy.key, data, durable=False)
    return data
