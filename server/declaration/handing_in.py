"""A unit hands a material in: checked, its pictures made to fit, kept as the next version. Nothing is overwritten."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping
from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.declaration import EditionIn, PageIn, PictureIn
from server import clock
from server.audit import service as audit
from server.audit.chain import digest
from server.auth.actor import Actor
from server.declaration.checking import Checked, check, find_material
from server.declaration.checks import LARGEST_PICTURE_BYTES
from server.declaration.errors import EditionDiffers, RoundNotOpen
from server.declaration.faults import refused
from server.declaration.filing import file_key, keep_row
from server.declaration.gathering import Known, content_of, pictures_of, shown_in
from server.errors import FieldError, Unprocessable
from server.ids import is_uuid
from server.photos.copies import Copy, bring, declaration_copy_of
from server.photos.desk import PhotoDesk
from server.photos.errors import StoreAway
from server.photos.flags import Setting
from server.photos.service import Claim, claim_photos
from storage.database.models import DeclarationEdition, DeclarationMaterial, Photo
from storage.objects import ObjectStoreError

Declared = Mapping[str, Any]


async def hand_in(desk: PhotoDesk, *, me: Actor, material_id: str, edition_id: str, asked: EditionIn) -> bool:
    """Keep a version under the id that the page gave it; whether it is new. The same again changes nothing.

    What comes after the last day is kept and marked (R87). Raises NotFound, NotAllowed, EditionDiffers, RoundNotOpen,
    Unprocessable with everything that is wrong, StoreAway.
    """
    if not is_uuid(edition_id):
        raise Unprocessable(errors=[FieldError("/id", "bad-id")])
    told = digest(msgspec.to_builtins(asked))
    async with desk.district.database.reading() as session:
        if await _was_handed_in(session, edition_id, material_id, told):
            return False
        checked = await check(session, desk, me=me, material_id=material_id, asked=asked)
        wrong = refused(checked.faults)
        if wrong:
            raise Unprocessable(errors=[FieldError(one.pointer, one.code, one.params) for one in wrong])
        if clock.today() < checked.gathered.round.opens_on:
            raise RoundNotOpen
        copies = await _copies(session, desk, checked, asked)
    declared = await _declare(desk, asked, copies, checked.known)
    async with desk.district.database.writing() as session:
        material = await find_material(session, material_id, lock=True)
        if await _was_handed_in(session, edition_id, material_id, told):  # sent twice at once
            return False
        await _keep(session, material, edition_id, asked, declared, me=me, told=told)
        await _claim(session, edition_id, checked, asked, me=me)
    return True


async def _was_handed_in(session: AsyncSession, edition_id: str, material_id: str, told: str) -> bool:
    known = await session.get(DeclarationEdition, edition_id)
    if known is not None and (known.body_sha256, known.material_id) != (told, material_id):
        raise EditionDiffers
    return known is not None


async def _copies(session: AsyncSession, desk: PhotoDesk, checked: Checked, asked: EditionIn) -> dict[str, Copy]:
    """The copies to be made: of pictures that are to be made to fit, and of pages that are no JPEG that fits."""
    found = {}
    photos: dict[str, Photo] = {}
    for one in shown_in(asked):
        photo = photos.setdefault(one.sha256, await session.get_one(Photo, one.sha256))
        if _wants_copy(one, photo):
            found[one.sha256] = await declaration_copy_of(session, desk, photo, checked.uses.get(one.sha256))
    return found


def _wants_copy(one: PageIn | PictureIn, photo: Photo) -> bool:
    if isinstance(one, PictureIn):
        return one.shrink
    return photo.kind != "jpeg" or photo.size_bytes > LARGEST_PICTURE_BYTES


async def _declare(desk: PhotoDesk, asked: EditionIn, copies: Mapping[str, Any], known: Known) -> list[Declared]:
    """The file that is declared for each picture and page: the original, or a copy that was made and is kept."""
    found: list[Declared] = []
    for sha256 in dict.fromkeys(one.sha256 for one in shown_in(asked)):
        if sha256 not in copies:
            found.append(
                {"source": sha256, "sha256": sha256, "sizeBytes": known.pictures[sha256].size_bytes, "copied": False}
            )
            continue
        data = await bring(desk, copies[sha256])
        hashed = (await asyncio.to_thread(hashlib.sha256, data)).hexdigest()
        try:
            await desk.district.objects.put(file_key(hashed), data)
        except ObjectStoreError as error:
            raise StoreAway(headers={"Retry-After": "10"}) from error
        found.append({"source": sha256, "sha256": hashed, "sizeBytes": len(data), "copied": True})
    return found


async def _keep(
    session: AsyncSession,
    material: DeclarationMaterial,
    edition_id: str,
    asked: EditionIn,
    declared: list[Declared],
    *,
    me: Actor,
    told: str,
) -> None:
    numbers = select(DeclarationEdition.number).where(DeclarationEdition.material_id == material.id)
    number = max(await session.scalars(numbers), default=0) + 1
    for one in declared:
        if one["copied"]:
            await keep_row(session, one["sha256"], "jpg", one["sizeBytes"])
    entered_for = me.unit_id != material.unit_id
    session.add(
        DeclarationEdition(
            id=edition_id,
            material_id=material.id,
            number=number,
            content=msgspec.to_builtins(asked),
            declared=declared,
            body_sha256=told,
            handed_in_at=clock.now(),
            handed_in_by=me.person_id,
            entered_for=entered_for,
            state="submitted",
        )
    )
    detail = {"number": number, "body": told, "enteredFor": material.unit_id if entered_for else None}
    audit.record(
        session, actor=me, action="hand_in_material", subject=("declaration_material", material.id), detail=detail
    )
    await session.flush()


async def _claim(session: AsyncSession, edition_id: str, checked: Checked, asked: EditionIn, *, me: Actor) -> None:
    """Say what the new pictures prove. A page of a newspaper or a television's picture proves no place and time (R31);
    what was taken over keeps the flags of its own use.
    """
    before = {sha256 for one in checked.held.editions for sha256 in pictures_of(content_of(one))}
    claims = []
    for matters in (True, False):
        hashes = [
            one.sha256
            for one in asked.pictures
            if (one.kind == "scene") is matters and one.sha256 not in before and one.sha256 not in checked.uses
        ]
        setting = Setting(place_and_time_matter=matters)
        claims.append(Claim(purpose="declaration", hashes=hashes, action_id=edition_id, setting=setting))
    pages = [one.sha256 for one in asked.pages if one.sha256 not in before]
    plain = Setting(place_and_time_matter=False)
    claims.append(Claim(purpose="declaration_page", hashes=pages, action_id=edition_id, setting=plain))
    await claim_photos(session, me=me, claims=claims)
