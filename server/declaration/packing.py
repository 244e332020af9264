"""The package of a round: a ZIP as a stream, with a manifest of every file and a list of what is lacking (R35)."""

from __future__ import annotations

import contextlib
import hashlib
import json
import zipfile
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from schemas.declaration import EditionIn, PictureIn
from schemas.declaration_views import DeclarationPackagePlan, GapOut
from server.declaration.filing import file_key
from server.declaration.gathering import Gathered, Held, content_of, gather
from server.declaration.naming import FORMAT_NAMES, file_name, folder_of, free_name
from server.declaration.service import find_round
from server.exports.packing import Sink, csv_file
from server.ledger.cells import safe_text
from server.photos.desk import photo_key
from storage.database.models import DeclarationAsk, DeclarationEdition
from storage.objects import ObjectMissing, ObjectStore

# ZIP keeps a wall clock; the same package is the same bytes whenever it is made.
_DATE_OF_ENTRIES = (1980, 1, 1, 0, 0, 0)


@cache
def words() -> dict[str, Any]:
    """The words of the package, in Chinese whoever asks."""
    found: dict[str, Any] = json.loads(Path(__file__).with_name("words.json").read_text("utf-8"))
    return found


@dataclass(frozen=True, slots=True)
class Packed:
    """One file of a package: where it goes, where its bytes lie, and what the manifest says of it."""

    path: str
    key: str
    sha256: str
    size_bytes: int
    told: tuple[str, ...]
    after: tuple[str, ...]


async def plan(session: AsyncSession, round_id: str, *, indicator: str | None = None) -> DeclarationPackagePlan:
    """What the package would hold now and what it lacks. Raises NotFound."""
    gathered = await gather(session, await find_round(session, round_id))
    files = files_of(gathered, indicator)
    query = f"?indicator={indicator}" if indicator else ""
    return DeclarationPackagePlan(
        files=len(files),
        size_bytes=sum(one.size_bytes for one in files),
        gaps=gaps_of(gathered, indicator),
        url=f"/api/declaration-rounds/{round_id}/package.zip{query}",
    )


def gaps_of(gathered: Gathered, indicator: str | None = None) -> list[GapOut]:
    """Every material that is not complete."""
    return [
        GapOut(
            indicator=ask.indicator,
            indicator_name=ask.indicator_name,
            material=ask.material,
            format=ask.format,
            material_id=held.material.id,
            unit_name=held.unit_name,
            standing=gathered.standing(ask, held),
        )
        for ask in gathered.asks
        if indicator in (None, ask.indicator)
        for held in gathered.held[ask.id]
        if gathered.standing(ask, held) != "complete"
    ]


def files_of(gathered: Gathered, indicator: str | None = None) -> list[Packed]:
    """The files of every accepted version that came in time, under names that no two share."""
    taken: set[str] = set()
    found: list[Packed] = []
    for ask in gathered.asks:
        for held in gathered.held[ask.id]:
            edition = held.accepted(gathered.until_on)
            if edition is None or indicator not in (None, ask.indicator):
                continue
            for one in _of_edition(gathered, ask, held, edition):
                path = free_name(one.path, taken)
                found.append(Packed(path, one.key, one.sha256, one.size_bytes, one.told, one.after))
    return found


@dataclass(frozen=True, slots=True)
class _Part:
    name: str
    suffix: str
    key: str
    sha256: str
    size_bytes: int
    original: str
    remark: str
    sources: str = ""


def _of_edition(gathered: Gathered, ask: DeclarationAsk, held: Held, edition: DeclarationEdition) -> Iterator[Packed]:
    folder = folder_of(ask.indicator, ask.indicator_name, ask.material, ask.format, held.material.part)
    paper = next((one for one in reversed(held.papers) if one.edition >= edition.number), None)
    handed = (paper.received_on.isoformat(), paper.receiver) if paper else ("", "")
    content = content_of(edition)
    for number, one in enumerate([*_shown(edition, content), *_report(gathered, ask, content)], 1):
        yield Packed(
            path=f"{folder}/{file_name(held.unit_name, number, one.name, one.suffix)}",
            key=one.key,
            sha256=one.sha256,
            size_bytes=one.size_bytes,
            told=(
                f"{ask.indicator} {ask.indicator_name}",
                ask.material,
                FORMAT_NAMES[ask.format],
                held.unit_name,
                str(edition.number),
                one.original,
            ),
            after=(one.remark, one.sources, *handed),
        )


def _shown(edition: DeclarationEdition, content: EditionIn) -> Iterator[_Part]:
    said = words()
    declared = {one["source"]: one for one in edition.declared}
    shown: list[tuple[str, str, str, str]] = [
        (page.sha256, page.file_name, said["tag"][page.tag], _of_document(content)) for page in content.pages
    ]
    for one in content.pictures:
        kind = said["picture"][one.kind]
        shown.append((one.sha256, one.file_name, one.caption or kind, _of_picture(one, kind)))
    for sha256, original, name, remark in shown:
        file = declared[sha256]
        key = file_key(file["sha256"]) if file["copied"] else photo_key(file["sha256"])
        yield _Part(name, "jpg", key, file["sha256"], file["sizeBytes"], original, remark)


def _of_document(content: EditionIn) -> str:
    if content.document is not None:
        one = content.document
        dated = one.issued_on.isoformat() if one.issued_on else ""
        return " ".join(part for part in (one.title, one.issuer, one.number, dated) if part)
    if content.seal is not None:
        figures = "；".join(f"{one.label}：{one.value}" for one in content.figures)
        return f"{content.seal.department} {content.seal.sealed_on.isoformat()}；{figures}"
    return ""


def _of_picture(one: PictureIn, kind: str) -> str:
    taken = one.taken_on.isoformat() if one.taken_on else ""
    return " ".join(part for part in (kind, one.caption, one.place, taken) if part)


def _report(gathered: Gathered, ask: DeclarationAsk, content: EditionIn) -> Iterator[_Part]:
    if content.report is None:
        return
    said, report = words(), content.report
    file = gathered.known.files[report.sha256]
    suffix = report.file_name.rpartition(".")[2].lower()
    name = said["report"] if ask.format == "SMBG" else said["body"]
    sources = "；".join(f"{said['source'][one.kind]}：{one.statement}（{one.source}）" for one in report.sources)
    key = file_key(report.sha256)
    yield _Part(name, suffix, key, report.sha256, file.size_bytes, report.file_name, "", sources)


async def packed(store: ObjectStore, files: Sequence[Packed], gaps: Sequence[GapOut]) -> AsyncIterator[bytes]:
    """The bytes of the ZIP, at most a piece of one file in memory. A file whose bytes are not those that were handed in
    stands in the manifest as damaged; the rest goes on.
    """
    sink, said = Sink(), words()
    rows: list[list[str]] = [list(said["manifest_columns"])]
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:  # pictures do not get smaller
        for one in files:
            digest = hashlib.sha256()
            entry = zipfile.ZipInfo(one.path, date_time=_DATE_OF_ENTRIES)
            entry.file_size = one.size_bytes
            with archive.open(entry, "w") as target, contextlib.suppress(ObjectMissing):
                async for piece in store.stream(one.key):
                    digest.update(piece)
                    target.write(piece)
                    yield sink.take()
            yield sink.take()
            kept = one.sha256 if digest.hexdigest() == one.sha256 else f"{one.sha256}{said['damaged']}"
            rows.append([one.path, *one.told, str(one.size_bytes), kept, *one.after])
        archive.writestr(zipfile.ZipInfo(said["manifest"], _DATE_OF_ENTRIES), _table(rows))
        lacking = [[*_gap(gap)] for gap in gaps]
        archive.writestr(zipfile.ZipInfo(said["gaps"], _DATE_OF_ENTRIES), _table([said["gap_columns"], *lacking]))
    yield sink.take()


def _gap(gap: GapOut) -> tuple[str, ...]:
    standing = words()["standing"][gap.standing]
    return (gap.indicator, gap.indicator_name, gap.material, FORMAT_NAMES[gap.format], gap.unit_name, standing)


def _table(rows: Sequence[Sequence[str]]) -> bytes:
    return csv_file([[safe_text(cell) for cell in row] for row in rows])
