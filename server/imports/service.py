"""What the office does with a list before it becomes tasks: names its source, sets its columns, corrects its rows."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.imports import ImportChoice, ImportColumns, ImportRowEdit, ImportSource
from server import clock
from server.audit import service as audit
from server.auth.actor import Actor
from server.errors import FieldError, NotFound, Unprocessable
from server.imports.errors import ImportChanged, ImportTaken, NoReturn
from server.imports.filing import lay_out, read_again, rekey
from server.imports.reading.cells import clean
from server.imports.understanding import understand
from server.photos.desk import PhotoDesk
from storage.database.models import Import, ImportRow

_MAY_REPEAT = frozenset({"before", "after"})


async def find(session: AsyncSession, import_id: str, *, lock: bool = False) -> Import:
    """One import. Raises NotFound."""
    imported = await session.get(Import, import_id, with_for_update=lock)
    if imported is None:
        raise NotFound
    return imported


async def name_source(session: AsyncSession, source: ImportSource, *, me: Actor, import_id: str) -> None:
    """Say whose list it is and by when it is wanted back; rows without a date of their own take that one.

    Raises NotFound.
    """
    imported = await find(session, import_id, lock=True)
    imported.source_name, imported.source_number = source.source_name.strip(), source.source_number.strip()
    imported.due_on, imported.wants_letter = source.due_on, source.wants_letter
    imported.version += 1
    await session.flush()
    await understand(session, imported)
    detail = {"dueOn": source.due_on.isoformat() if source.due_on else None}
    audit.record(session, actor=me, action="name_list_source", subject=("import", import_id), detail=detail)


async def set_columns(desk: PhotoDesk, wanted: ImportColumns, *, me: Actor, import_id: str) -> None:
    """Set which table is meant, where its headings stand and what each column holds. Another table or heading row
    begins the preview anew; other columns keep what was corrected.

    Raises NotFound, ImportChanged, ImportTaken, Unprocessable, StoreAway.
    """
    async with desk.district.database.reading() as session:
        imported = await find(session, import_id)
    if imported.state == "taken":
        raise ImportTaken
    moved = (wanted.table, wanted.heading_row) != (imported.table, imported.heading_row)
    book = await read_again(desk, imported) if moved else None
    if book is not None and wanted.table >= len(book.tables):
        raise Unprocessable(errors=[FieldError("/table", "import-no-such-table")])
    if book is not None and wanted.heading_row not in [line.number for line in book.tables[wanted.table].lines]:
        raise Unprocessable(errors=[FieldError("/headingRow", "import-no-such-row")])
    async with desk.district.database.writing() as session:
        imported = await find(session, import_id, lock=True)
        if imported.version != wanted.version:
            raise ImportChanged
        imported.version += 1
        if book is not None:
            await session.execute(delete(ImportRow).where(ImportRow.import_id == import_id))
            await lay_out(session, imported, book, wanted.table, wanted.heading_row)
        else:
            await _rename_columns(session, imported, wanted.fields)
        detail = {"table": imported.table, "headingRow": imported.heading_row, "fields": imported.fields}
        audit.record(session, actor=me, action="set_list_columns", subject=("import", import_id), detail=detail)


async def _rename_columns(session: AsyncSession, imported: Import, fields: Sequence[str | None]) -> None:
    named = [name for name in fields if name is not None]
    errors = [
        FieldError(f"/fields/{place}", "import-field-twice", {"name": imported.titles[fields.index(name)]})
        for place, name in enumerate(fields[: len(imported.titles)])
        if name is not None and name not in _MAY_REPEAT and fields.index(name) != place
    ]
    if "problem" not in named:
        errors.append(FieldError("/fields", "import-problem-column"))
    if errors:
        raise Unprocessable(errors=errors)
    width = len(imported.titles)
    imported.fields = [*fields[:width], *([None] * (width - len(fields)))]
    query = select(ImportRow).where(ImportRow.import_id == imported.id).order_by(ImportRow.number)
    rekey(imported, list(await session.scalars(query)))
    await session.flush()
    await understand(session, imported)


async def edit_row(session: AsyncSession, edit: ImportRowEdit, *, me: Actor, import_id: str, number: int) -> None:
    """Correct cells of a row, or choose it. A row that has become a task stays as it was taken.

    Raises NotFound, ImportTaken.
    """
    imported = await find(session, import_id, lock=True)
    query = select(ImportRow).where(ImportRow.import_id == import_id, ImportRow.number == number)
    row = await session.scalar(query)
    if row is None:
        raise NotFound
    if row.is_new:
        raise ImportTaken
    if edit.cells:
        kept: dict[str, str | None] = {**row.corrections, **{str(name): text for name, text in edit.cells.items()}}
        row.corrections = {name: clean(text) for name, text in kept.items() if text is not None}
    if isinstance(edit.chosen, bool):
        row.chosen = edit.chosen
    imported.version += 1
    await session.flush()
    await understand(session, imported, only=number)
    detail = {"row": number, "fields": sorted(edit.cells), "chosen": row.chosen}
    audit.record(session, actor=me, action="edit_list_row", subject=("import", import_id), detail=detail)


async def choose_rows(session: AsyncSession, choice: ImportChoice, *, me: Actor, import_id: str) -> None:
    """Choose all rows of a state, or none of them. Raises NotFound."""
    imported = await find(session, import_id, lock=True)
    query = select(ImportRow).where(
        ImportRow.import_id == import_id, ImportRow.state == choice.state, ImportRow.is_new.is_(False)
    )
    for row in await session.scalars(query):
        row.chosen = choice.chosen
    imported.version += 1
    detail = {"state": choice.state, "chosen": choice.chosen}
    audit.record(session, actor=me, action="choose_list_rows", subject=("import", import_id), detail=detail)


async def drop(session: AsyncSession, *, me: Actor, import_id: str) -> None:
    """Throw a preview away; dropping what is gone changes nothing. Its photos stay, as every photo does.

    Raises ImportTaken.
    """
    imported = await session.get(Import, import_id, with_for_update=True)
    if imported is None:
        return
    if imported.state == "taken":
        raise ImportTaken
    await session.execute(delete(ImportRow).where(ImportRow.import_id == import_id))
    await session.delete(imported)
    detail = {"sha256": imported.sha256}
    audit.record(session, actor=me, action="drop_list", subject=("import", import_id), detail=detail)


async def mark_returned(session: AsyncSession, *, me: Actor, import_id: str) -> None:
    """Note that the list was given back to the superior; the first time counts. Raises NotFound, NoReturn."""
    imported = await find(session, import_id, lock=True)
    if imported.kind != "superior" or imported.state != "taken":
        raise NoReturn
    if imported.returned_at is None:
        imported.returned_at, imported.returned_by = clock.now(), me.person_id
        imported.version += 1
        audit.record(session, actor=me, action="return_list", subject=("import", import_id), detail={})
