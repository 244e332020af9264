"""Reads of imports: the list, one with its columns and counts, the rows of its preview."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.imports import (
    ImportBrief,
    ImportColumn,
    ImportCounts,
    ImportList,
    ImportOut,
    ImportRowOut,
    ImportRows,
    ImportTable,
    RowCell,
    RowFault,
    RowMeaning,
    RowPicture,
    RowState,
)
from server import clock
from server.catalogue import text
from server.imports.picturing import pictures_left
from server.imports.reading.cells import letters_of
from server.imports.rows import Draft
from server.imports.service import find
from server.imports.states import RANKS, is_chosen
from server.imports.taking import is_after, tasks_of
from server.imports.understanding import draft_of, texts_of
from server.paging import Order, paged, split
from storage.database.models import Import, ImportRow, Person, Site, Task, Unit

_ORDER = Order(Import.received_at, Import.id)
_LONGEST_SAMPLE = 60


async def list_imports(session: AsyncSession, *, cursor: str | None, limit: int) -> ImportList:
    """Imports, the newest first."""
    rows = (await session.scalars(paged(select(Import), _ORDER, cursor=cursor, limit=limit))).all()
    page, following = split(rows, _ORDER, limit=limit)
    people = await _people(session, page)
    tasks = await tasks_of(session, [imported.id for imported in page])
    items = [ImportBrief(**_brief(imported, people, tasks.get(imported.id, (0, 0)))) for imported in page]
    return ImportList(items=items, next=following)


async def _people(session: AsyncSession, imports: Sequence[Import]) -> dict[str, str]:
    ids = {imported.received_by for imported in imports}
    return dict((await session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))).all())


def is_late(imported: Import) -> bool:
    """Whether a superior's list should have been given back (R91): late begins on the day after."""
    if imported.due_on is None or imported.kind != "superior" or imported.state != "taken":
        return False
    until = clock.shanghai_date(imported.returned_at) if imported.returned_at else clock.today()
    return until > imported.due_on


def _brief(imported: Import, people: Mapping[str, str], tasks: tuple[int, int]) -> dict[str, Any]:
    same = (
        "id", "kind", "state", "file_name", "format", "source_name", "source_number", "due_on", "wants_letter",
        "received_at", "taken_at", "returned_at", "version",
    )  # fmt: skip
    return {
        **{name: getattr(imported, name) for name in same},
        "received_by": people.get(imported.received_by, ""),
        "late": is_late(imported),
        "tasks": tasks[0],
        "open": tasks[1],
    }


async def get_import(session: AsyncSession, import_id: str) -> ImportOut:
    """One import. Raises NotFound."""
    imported = await find(session, import_id)
    tasks = await tasks_of(session, [import_id])
    return ImportOut(
        **_brief(imported, await _people(session, [imported]), tasks.get(import_id, (0, 0))),
        size_bytes=imported.size_bytes,
        tables=[ImportTable(name=one["name"], rows=one["rows"]) for one in imported.tables],
        table=imported.table,
        heading_row=imported.heading_row,
        columns=await _columns(session, imported),
        counts=await _counts(session, import_id),
        pictures_waiting=(await pictures_left(session, import_id)).waiting,
    )


async def _columns(session: AsyncSession, imported: Import) -> list[ImportColumn]:
    """Each column with the first text that stands in it."""
    head = select(ImportRow.cells).where(ImportRow.import_id == imported.id).order_by(ImportRow.number).limit(20)
    lines = list(await session.scalars(head))
    columns = []
    for place, title in enumerate(imported.titles):
        sample = next((line[place] for line in lines if place < len(line) and line[place]), "")
        columns.append(
            ImportColumn(
                letter=letters_of(place), title=title, field=imported.fields[place], sample=sample[:_LONGEST_SAMPLE]
            )
        )
    return columns


async def _counts(session: AsyncSession, import_id: str) -> ImportCounts:
    counts = dict.fromkeys(RANKS, 0)
    chosen = taken = 0
    query = select(ImportRow.state, ImportRow.chosen, ImportRow.is_new).where(ImportRow.import_id == import_id)
    for state, wanted, is_new in await session.execute(query):
        taken += is_new
        if not is_new:
            counts[state] += 1
            chosen += is_chosen(state, wanted)
    return ImportCounts(**counts, chosen=chosen, taken=taken)


async def list_rows(
    session: AsyncSession, import_id: str, *, state: RowState | None, after: int, limit: int, language: str
) -> ImportRows:
    """A stretch of the preview, errors first, then as they stand in the file. Raises NotFound."""
    imported = await find(session, import_id)
    query = select(ImportRow).where(ImportRow.import_id == import_id, ImportRow.position > after)
    if state is not None:
        query = query.where(ImportRow.state == state)
    rows = list(await session.scalars(query.order_by(ImportRow.position).limit(limit + 1)))
    items = await _present(session, imported, rows[:limit], language)
    return ImportRows(items=items, next=rows[limit - 1].position if len(rows) > limit else None)


async def get_row(session: AsyncSession, import_id: str, number: int, language: str) -> ImportRowOut:
    """One row of the preview."""
    imported = await find(session, import_id)
    query = select(ImportRow).where(ImportRow.import_id == import_id, ImportRow.number == number)
    return (await _present(session, imported, list(await session.scalars(query)), language))[0]


async def _present(
    session: AsyncSession, imported: Import, rows: Sequence[ImportRow], language: str
) -> list[ImportRowOut]:
    drafts = {row.number: draft_of(row) for row in rows}
    units = await _names(session, Unit, {draft.unit_id for draft in drafts.values()})
    sites = await _names(session, Site, {draft.site_id for draft in drafts.values()})
    ids = {row.task_id for row in rows if row.task_id}
    numbers = dict((await session.execute(select(Task.id, Task.number).where(Task.id.in_(ids)))).all())
    return [
        ImportRowOut(
            number=row.number,
            state=row.state,
            chosen=row.is_new or is_chosen(row.state, row.chosen),
            cells=_cells(imported, row),
            meaning=_meaning(drafts[row.number], units, sites),
            faults=[_fault(imported, row, fault, language) for fault in row.faults],
            pictures=[
                RowPicture(
                    sha256=one["sha256"],
                    state=one["state"],
                    reason=one["reason"],
                    is_after=is_after(imported.fields, one["column"]),
                )
                for one in row.pictures
            ],
            task_id=row.task_id,
            task_number=numbers.get(row.task_id or ""),
        )
        for row in rows
    ]


async def _names(session: AsyncSession, table: type[Unit | Site], ids: set[str | None]) -> dict[str, str]:
    query = select(table.id, table.name).where(table.id.in_({id_ for id_ in ids if id_}))
    return dict((await session.execute(query)).all())


def _cells(imported: Import, row: ImportRow) -> list[RowCell]:
    texts = texts_of(imported, row)
    return [RowCell(field=name, text=words, corrected=name in row.corrections) for name, words in texts.items()]  # type: ignore[arg-type]


def _meaning(draft: Draft, units: Mapping[str, str], sites: Mapping[str, str]) -> RowMeaning:
    return RowMeaning(
        unit_name=units.get(draft.unit_id or ""),
        site_name=sites.get(draft.site_id or ""),
        item=draft.item_code,
        severity=draft.severity,
        found_on=draft.found_on,
        due_on=draft.due_on,
        replied_on=draft.replied_on,
    )


def _fault(imported: Import, row: ImportRow, fault: dict[str, Any], language: str) -> RowFault:
    """A fault with its sentence, and the cell that it stands in where the file has a column for it."""
    field = fault["field"]
    place = imported.fields.index(field) if field in imported.fields else None
    return RowFault(
        field=field,
        cell=None if place is None else f"{letters_of(place)}{row.number}",
        code=fault["code"],
        level=fault["level"],
        message=text("import_faults", fault["code"], language, fault["params"]),
    )
