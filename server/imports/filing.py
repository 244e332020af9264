"""Takes in the file of a list: its bytes are kept as they came, its table becomes the rows of a preview."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.imports import ImportKind
from server import clock, ids
from server.apart import in_turn
from server.audit import service as audit
from server.auth.actor import Actor
from server.errors import FieldError, Unprocessable
from server.imports.dates import read_day
from server.imports.errors import ImportDiffers, ImportTooLarge, refusal_of
from server.imports.headings import Heading, best_table, find_heading, heading_at
from server.imports.reading.archive import LARGEST_FILE_BYTES
from server.imports.reading.cells import clean
from server.imports.reading.table import Book, Line, Table, UnreadableError
from server.imports.reading.worker import read_apart
from server.imports.states import keys_of
from server.imports.understanding import file_texts, understand
from server.photos.desk import PhotoDesk
from server.photos.errors import StoreAway, UploadOverflow
from server.photos.receiving import receive
from storage.database.models import Import, ImportRow
from storage.objects import ObjectStoreError


def file_key(sha256: str) -> str:
    """Where the bytes of a list are kept."""
    return f"imports/{sha256[:2]}/{sha256}"


async def file_list(
    desk: PhotoDesk, body: AsyncIterator[bytes], *, me: Actor, import_id: str, kind: ImportKind, file_name: str
) -> bool:
    """Take in a list under the id that the page gave it; whether it is new. The same bytes again change nothing.

    Raises ImportDiffers, ImportTooLarge and what reading refuses; then nothing is kept.
    """
    if not ids.is_uuid(import_id):
        raise Unprocessable(errors=[FieldError("/id", "bad-id")])
    with desk.scratch_file() as path:
        try:
            arrival = await receive(body, path, most_bytes=LARGEST_FILE_BYTES, workshop=desk.workshop)
        except UploadOverflow as error:
            raise ImportTooLarge from error
        if await _was_filed(desk, import_id, arrival.sha256):
            return False
        book = await read(path)
        try:
            await desk.district.objects.put(file_key(arrival.sha256), path)
        except ObjectStoreError as error:
            raise StoreAway(headers={"Retry-After": "10"}) from error
    imported = Import(
        id=import_id,
        kind=kind,
        state="preview",
        file_name=clean(file_name),
        format=book.format,
        sha256=arrival.sha256,
        size_bytes=arrival.size_bytes,
        source_name="",
        source_number="",
        wants_letter=False,
        tables=[{"name": table.name, "rows": len(table.lines)} for table in book.tables],
        table=0,
        heading_row=0,
        titles=[],
        fields=[],
        received_at=clock.now(),
        received_by=me.person_id,
        version=1,
    )
    async with desk.district.database.writing() as session:
        if await session.get(Import, import_id) is not None:  # sent twice at once
            return False
        session.add(imported)
        await lay_out(session, imported, book, best_table(book.tables))
        detail = {"kind": kind, "sha256": arrival.sha256, "rows": len(book.tables[imported.table].lines)}
        audit.record(session, actor=me, action="file_list", subject=("import", import_id), detail=detail)
    return True


async def _was_filed(desk: PhotoDesk, import_id: str, sha256: str) -> bool:
    async with desk.district.database.reading() as session:
        known = await session.get(Import, import_id)
    if known is not None and known.sha256 != sha256:
        raise ImportDiffers
    return known is not None


async def read(path: Path) -> Book:
    """The tables of a file, read in a process of its own. Raises what reading refuses."""
    try:
        return await in_turn(read_apart, path)
    except UnreadableError as error:
        raise refusal_of(error) from error


async def read_again(desk: PhotoDesk, imported: Import) -> Book:
    """The tables of a list that was taken in before. Raises StoreAway."""
    with desk.scratch_file() as path:
        try:
            await desk.district.objects.fetch(file_key(imported.sha256), path)
        except ObjectStoreError as error:
            raise StoreAway(headers={"Retry-After": "10"}) from error
        return await read(path)


async def lay_out(
    session: AsyncSession,
    imported: Import,
    book: Book,
    place: int,
    heading_row: int | None = None,
    fields: Sequence[str | None] | None = None,
) -> None:
    """Make the rows of a table the rows of the preview, below the heading that is named or found."""
    table = book.tables[place]
    heading = _heading(table, heading_row)
    imported.table, imported.heading_row = place, heading.row
    imported.titles, imported.fields = list(heading.titles), list(fields or heading.fields)
    await session.flush()
    lines = [line for line in table.lines if line.number > heading.row]
    rows = [_row(imported, line, key) for line, key in zip(lines, _keys(imported, lines), strict=True)]
    _hang_pictures(rows, table)
    if rows:
        await session.execute(insert(ImportRow), rows)
    await understand(session, imported)


def _heading(table: Table, row: int | None) -> Heading:
    """The heading of a table: the row that is named, else the one that is found, else its first row."""
    if row is None:
        return find_heading(table) or heading_at(table.lines[0])
    return heading_at(next((line for line in table.lines if line.number == row), Line(row, [])))


def _keys(imported: Import, lines: Sequence[Line]) -> list[str]:
    texts = [file_texts(imported.fields, line.cells) for line in lines]
    today = clock.today()
    days = [read_day(cells.get("found_at", ""), today=today, lean="past").on for cells in texts]
    return keys_of(imported.kind, texts, days)


def rekey(imported: Import, rows: Sequence[ImportRow]) -> None:
    """Give rows their keys anew, where columns hold something else than before."""
    for row, key in zip(rows, _keys(imported, [Line(row.number, row.cells) for row in rows]), strict=True):
        row.key = key


def _row(imported: Import, line: Line, key: str) -> dict[str, Any]:
    return {
        "id": ids.uuid7(),
        "import_id": imported.id,
        "number": line.number,
        "position": line.number,
        "key": key,
        "cells": line.cells,
        "corrections": {},
        "state": "left_out",
        "chosen": None,
        "draft": {},
        "faults": [],
        "pictures": [],
        "task_id": None,
        "is_new": False,
    }


def _hang_pictures(rows: Sequence[dict[str, Any]], table: Table) -> None:
    """Give each picture to its row; one that lies on a row without words belongs to the row above."""
    for picture in sorted(table.pictures, key=lambda one: (one.row, one.column)):
        above = [row for row in rows if row["number"] <= picture.row]
        if above:
            above[-1]["pictures"].append(
                {"part": picture.part, "column": picture.column, "sha256": None, "state": "waiting", "reason": None}
            )
