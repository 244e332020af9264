"""Scans of papers: a picture is a photo like any other, a PDF is kept beside the letters (R95)."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server import clock
from server.audit import service as audit
from server.auth.actor import Actor
from server.district import District
from server.errors import FieldError, NotFound, Unprocessable
from server.letters.errors import NotAScan
from server.letters.service import may_see
from server.once import insert_new
from server.photos.copies import bring_screen
from server.photos.desk import PhotoDesk
from server.photos.errors import StoreAway
from storage.database.models import Letter, LetterScan, LetterStep
from storage.objects import ObjectStoreError

LARGEST_BYTES = 20 * 1024 * 1024
_TAIL = 2048


@dataclass(frozen=True, slots=True)
class Scan:
    """The bytes of a scan as a reader gets them."""

    content: bytes
    media_type: str


async def keep_scan(district: District, content: bytes, *, sha256: str, me: Actor) -> None:
    """Keep a scanned PDF under its hash; once more changes nothing. Raises NotAScan, Unprocessable, StoreAway.

    Nobody opens it here: it must begin and end as a PDF does, and its reader gets it as a file.
    """
    if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-_TAIL:]:
        raise NotAScan
    if await asyncio.to_thread(lambda: hashlib.sha256(content).hexdigest()) != sha256:
        raise Unprocessable(errors=[FieldError("/scan", "scan-differs")])
    try:
        await district.objects.put(scan_key(sha256), content)
    except ObjectStoreError as error:
        raise StoreAway(headers={"Retry-After": "10"}) from error
    row = {
        "sha256": sha256,
        "size_bytes": len(content),
        "received_at": clock.now(),
        "received_from": me.person_id,
    }
    async with district.database.writing() as session:
        if await insert_new(session, LetterScan, [row], "sha256"):
            audit.record(session, actor=me, action="keep_scan", subject=("letter_scan", sha256))


async def read_scan(session: AsyncSession, desk: PhotoDesk, *, me: Actor, letter_id: str, sha256: str) -> Scan:
    """A scan that a step of a letter names, for whoever may see that letter. Raises NotFound."""
    letter = await session.get(Letter, letter_id)
    if letter is None or not may_see(letter, me):
        raise NotFound
    bodies = await session.scalars(select(LetterStep.body).where(LetterStep.letter_id == letter_id))
    if all(body.get("scan") != sha256 for body in bodies):
        raise NotFound
    is_pdf = await session.get(LetterScan, sha256) is not None
    await session.close()  # the database is let go: the store may take its time
    if is_pdf:
        return Scan(await kept_pdf(desk.district, sha256), "application/pdf")
    return Scan(await bring_screen(desk, sha256), "image/jpeg")


async def kept_pdf(district: District, sha256: str) -> bytes:
    """The bytes of a PDF that was kept. Raises StoreAway."""
    try:
        return await district.objects.get(scan_key(sha256))
    except ObjectStoreError as error:
        raise StoreAway(headers={"Retry-After": "10"}) from error


def scan_key(sha256: str) -> str:
    """Where the bytes of a scanned PDF are kept."""
    return f"scans/{sha256[:2]}/{sha256}"
