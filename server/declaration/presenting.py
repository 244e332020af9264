"""An edition as it travels: its parts with what is known of their files, and what the checks say of it now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any, TypeVar

import msgspec
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.declaration import EditionIn
from schemas.declaration_views import (
    DocumentOut,
    EditionOut,
    FaultOut,
    FigureOut,
    JudgementsOut,
    PageOut,
    PictureOut,
    ReportOut,
    SealOut,
    SourceOut,
)
from schemas.tasks import FlagOut
from server.catalogue import text
from server.declaration import standing
from server.declaration.faults import Fault
from server.declaration.filing import facts_of
from server.declaration.gathering import Gathered, Held, came_on, content_of
from server.tasks.lookups import flag_out, person_names
from storage.database.models import DeclarationAsk, DeclarationEdition, PhotoFlag, PhotoUse

Out = TypeVar("Out", bound=msgspec.Struct)


def fault_out(fault: Fault, language: str) -> FaultOut:
    """A fault with its sentence in the reader's language: what is wrong and how to mend it."""
    message = text("field_errors", fault.code, language, fault.params)
    return FaultOut(pointer=fault.pointer, code=fault.code, gravity=fault.gravity, message=message)


async def editions(
    session: AsyncSession, gathered: Gathered, ask: DeclarationAsk, held: Held, language: str
) -> list[EditionOut]:
    """The versions of a material, the newest first."""
    people = [one.handed_in_by for one in held.editions] + [one.decided_by for one in held.editions if one.decided_by]
    names = await person_names(session, people)
    flags = await _flags(session, held.editions, language)
    return [_edition(gathered, ask, one, names, flags, language) for one in reversed(held.editions)]


async def _flags(
    session: AsyncSession, found: Collection[DeclarationEdition], language: str
) -> dict[str, list[FlagOut]]:
    """The flags of the pictures of these editions, by hash (R31)."""
    contents = [content_of(one) for one in found]
    taken_over = {picture.use_id for one in contents for picture in one.pictures if picture.use_id}
    query = (
        select(PhotoUse.sha256, PhotoFlag)
        .join(PhotoFlag, PhotoFlag.photo_use_id == PhotoUse.id)
        .where(PhotoUse.action_id.in_([one.id for one in found]) | PhotoUse.id.in_(taken_over))
        .order_by(PhotoFlag.code)
    )
    flags: dict[str, list[FlagOut]] = defaultdict(list)
    for sha256, flag in await session.execute(query):
        flags[sha256].append(flag_out(flag.code, flag.detail, language))
    return flags


def _edition(
    gathered: Gathered,
    ask: DeclarationAsk,
    edition: DeclarationEdition,
    names: dict[str, str],
    flags: dict[str, list[FlagOut]],
    language: str,
) -> EditionOut:
    content = content_of(edition)
    sizes = {one["source"]: one["sizeBytes"] for one in edition.declared}
    return EditionOut(
        id=edition.id,
        number=edition.number,
        state=edition.state,
        late=standing.is_late(came_on(edition), gathered.until_on),
        handed_in_at=edition.handed_in_at,
        handed_in_by=names.get(edition.handed_in_by, ""),
        entered_for=edition.entered_for,
        entered_note=content.entered_note,
        note=content.note,
        decided_at=edition.decided_at,
        decided_by=names.get(edition.decided_by) if edition.decided_by else None,
        reason=edition.reason,
        override=edition.override,
        judgements=msgspec.convert(edition.judgements, JudgementsOut) if edition.judgements else None,
        document=_same(content.document, DocumentOut),
        pages=[_plain(one, PageOut) for one in content.pages],
        report=_report(gathered, content),
        pictures=[
            PictureOut(**_fields(one), size_bytes=sizes.get(one.sha256, 0), flags=flags.get(one.sha256, []))
            for one in content.pictures
        ],
        template_version=content.template_version,
        figures=[_plain(one, FigureOut) for one in content.figures],
        seal=_same(content.seal, SealOut),
        faults=[fault_out(one, language) for one in gathered.faults(ask, edition)],
    )


def _report(gathered: Gathered, content: EditionIn) -> ReportOut | None:
    if content.report is None:
        return None
    file = gathered.known.files[content.report.sha256]
    return ReportOut(
        sha256=content.report.sha256,
        file_name=content.report.file_name,
        sources=[_plain(one, SourceOut) for one in content.report.sources],
        kind=file.kind,
        size_bytes=file.size_bytes,
        characters=facts_of(file).characters,
    )


def _fields(one: msgspec.Struct) -> dict[str, Any]:
    return {name: getattr(one, name) for name in one.__struct_fields__}


def _plain(one: msgspec.Struct, out: type[Out]) -> Out:
    return out(**_fields(one))


def _same(one: msgspec.Struct | None, out: type[Out]) -> Out | None:
    return None if one is None else _plain(one, out)
