"""A letter as the file that is printed: PDF by Typst, DOCX for the office's own word processor."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from schemas.documents import Document
from server.auth.actor import Actor
from server.documents.forms import MEDIA_TYPES, RENDERERS, Form
from server.documents.turn import PRINTING
from server.headers import attachment
from server.letters.numbering import printed_number
from server.letters.queries import document_of, visible_letter, with_code
from server.letters.reply_codes import ReplyCodes
from server.photos.copies import bring_screen
from server.photos.desk import PhotoDesk


@dataclass(frozen=True, slots=True)
class Printed:
    """A finished file with its media type and the name it is saved under."""

    content: bytes
    media_type: str
    disposition: str


async def print_letter(
    session: AsyncSession, desk: PhotoDesk, *, me: Actor, letter_id: str, form: Form, codes: ReplyCodes | None = None
) -> Printed:
    """Print a letter. Whoever may see it sees its photos in it. Raises NotFound."""
    letter = await visible_letter(session, me, letter_id)
    document = await with_code(session, document_of(letter), letter, me=me, codes=codes)
    name = f"{printed_number(letter) or '草稿'} {letter.title}.{form}"
    await session.close()  # the database is let go: photos and typesetting take their time
    async with PRINTING:
        photos = {sha256: await bring_screen(desk, sha256) for sha256 in _hashes(document)}
        content = await asyncio.to_thread(RENDERERS[form], document, photos)
    return Printed(content, MEDIA_TYPES[form], attachment(name))


def _hashes(document: Document) -> list[str]:
    named = [
        picture.sha256
        for annex in document.annexes
        for pair in annex.photos
        for picture in (*pair.before, *pair.after)
        if picture.sha256
    ]
    return list(dict.fromkeys(named))
