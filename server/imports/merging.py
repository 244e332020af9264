"""The merged return (R91): the superior's own file, with where each of its problems stands written into it."""

from __future__ import annotations

import asyncio
import io
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from PIL import Image
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.imports import ReturnOut, ReturnRow
from server import clock
from server.documents.print_copies import print_copy
from server.imports.errors import NoReturn
from server.imports.filing import file_key
from server.imports.queries import is_late
from server.imports.returning.entries import Entry, Status, layout_of
from server.imports.returning.patch import Patch
from server.imports.returning.sheet import Sized, fill_sheet
from server.imports.returning.text import fill_text
from server.imports.returning.word import fill_table
from server.imports.service import find
from server.imports.understanding import draft_of
from server.imports.words import words
from server.photos.copies import bring_screen
from server.photos.desk import PhotoDesk
from server.photos.errors import StoreAway
from server.tasks.deadlines import is_overdue
from storage.database.models import Import, ImportRow, PhotoUse, Task, TaskAction, Unit
from storage.objects import ObjectStoreError

_TYPES: Final = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "csv": "text/csv",
}
_PHOTOS_A_ROW: Final = 3
_AFTER: Final = ("reply", "strike_off", "progress", "on_spot")
_RANKS: Final[Mapping[Status, int]] = {
    "late": 0, "open": 1, "replied": 2, "not_taken": 3, "closed": 4, "void": 5,
}  # fmt: skip
# One at a time: a list with its photos is held in memory.
_turn = asyncio.Semaphore(1)


@dataclass(frozen=True, slots=True)
class Made:
    """A finished file, its kind and the name it is saved under."""

    content: bytes
    media_type: str
    name: str


async def original(desk: PhotoDesk, *, import_id: str) -> Made:
    """The file as it came. Raises NotFound, StoreAway."""
    async with desk.district.database.reading() as session:
        imported = await find(session, import_id)
    return Made(await _bytes(desk, imported), _TYPES[imported.format], imported.file_name)


async def _bytes(desk: PhotoDesk, imported: Import) -> bytes:
    try:
        return await desk.district.objects.get(file_key(imported.sha256))
    except ObjectStoreError as error:
        raise StoreAway(headers={"Retry-After": "10"}) from error


async def preview_return(session: AsyncSession, *, import_id: str) -> ReturnOut:
    """What would be written, row by row: late and open ones first. Raises NotFound, NoReturn."""
    imported = await _returnable(session, import_id)
    rows, entries = await _entries(session, imported)
    tasks = {row.number: row.task_id for row in rows}
    ids = [task_id for task_id in tasks.values() if task_id]
    numbers = dict((await session.execute(select(Task.id, Task.number).where(Task.id.in_(ids)))).all())
    owners = select(Task.id, Unit.name).join(Unit, Unit.id == Task.unit_id).where(Task.id.in_(ids))
    units = dict((await session.execute(owners)).all())
    problems = {row.number: draft_of(row).problem for row in rows}
    shown = [
        ReturnRow(
            number=entry.number,
            problem=problems[entry.number],
            unit_name=units.get(tasks[entry.number] or "", ""),
            task_id=tasks[entry.number],
            task_number=numbers.get(tasks[entry.number] or ""),
            status=entry.status,
            done=entry.done,
            measure=entry.measure,
            due_on=entry.due_on,
            photos=list(entry.photos),
        )
        for entry in sorted(entries, key=lambda entry: (_RANKS[entry.status], entry.number))
    ]
    return ReturnOut(
        rows=shown,
        open=sum(entry.status in ("open", "late", "replied") for entry in entries),
        late=is_late(imported),
        due_on=imported.due_on,
        returned_at=imported.returned_at,
    )


async def _returnable(session: AsyncSession, import_id: str) -> Import:
    imported = await find(session, import_id)
    if imported.kind != "superior" or imported.state != "taken":
        raise NoReturn
    return imported


async def _entries(session: AsyncSession, imported: Import) -> tuple[list[ImportRow], list[Entry]]:
    """The rows that name problems, and where each stands."""
    query = select(ImportRow).where(ImportRow.import_id == imported.id).order_by(ImportRow.number)
    rows = [row for row in await session.scalars(query) if draft_of(row).problem]
    ids = [row.task_id for row in rows if row.task_id]
    tasks = {task.id: task for task in await session.scalars(select(Task).where(Task.id.in_(ids)))}
    told = await _told(session, ids)
    photos = await _photos(session, ids)
    return rows, [_entry(row, tasks.get(row.task_id or ""), told, photos) for row in rows]


async def _told(session: AsyncSession, task_ids: Sequence[str]) -> dict[str, dict[str, str]]:
    """The last words of each task: what was replied or reported, by which measure, why it is void."""
    told: dict[str, dict[str, str]] = defaultdict(dict)
    query = (
        select(TaskAction.task_id, TaskAction.action, TaskAction.body)
        .where(
            TaskAction.task_id.in_(task_ids),
            TaskAction.accepted.is_(True),
            TaskAction.action.in_(("reply", "progress", "void")),
        )
        .order_by(TaskAction.seq)
    )
    for task_id, action, body in await session.execute(query):
        if action == "void":
            told[task_id]["reason"] = body.get("reason") or ""
        else:
            told[task_id]["text"] = body.get("text") or ""
            told[task_id]["measure"] = body.get("measure") or told[task_id].get("measure", "")
    return told


async def _photos(session: AsyncSession, task_ids: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    query = (
        select(PhotoUse.task_id, PhotoUse.sha256)
        .where(PhotoUse.task_id.in_(task_ids), PhotoUse.purpose.in_(_AFTER), PhotoUse.state == "received")
        .order_by(PhotoUse.created_at, PhotoUse.id)
    )
    for task_id, sha256 in await session.execute(query):
        if task_id and sha256 not in found[task_id]:
            found[task_id].append(sha256)
    return found


def _entry(
    row: ImportRow, task: Task | None, told: Mapping[str, Mapping[str, str]], photos: Mapping[str, Sequence[str]]
) -> Entry:
    if task is None:
        return Entry(number=row.number, status="not_taken")
    said = told.get(task.id, {})
    return Entry(
        number=row.number,
        status=_status(task),
        text=said.get("text", ""),
        measure=said.get("measure", "") or draft_of(row).measure,
        due_on=task.due_on,
        reason=said.get("reason", ""),
        photos=tuple(photos.get(task.id, ())[-_PHOTOS_A_ROW:]),
    )


def _status(task: Task) -> Status:
    if task.status in ("closed", "void"):
        return "closed" if task.status == "closed" else "void"
    replied_on = clock.shanghai_date(task.replied_at) if task.replied_at else None
    if task.status == "open" and is_overdue(task.status, task.due_on, today=clock.today(), replied_on=replied_on):
        return "late"
    return "replied" if task.status == "replied" else "open"


async def merge_return(desk: PhotoDesk, *, import_id: str) -> Made:
    """The superior's file with the columns filled; all else in it stays as it was.

    Raises NotFound, NoReturn, StoreAway.
    """
    async with desk.district.database.reading() as session:
        imported = await _returnable(session, import_id)
        _, entries = await _entries(session, imported)
    content = await _bytes(desk, imported)
    async with _turn:
        hashes = dict.fromkeys(sha256 for entry in entries for sha256 in entry.photos)
        photos = {} if imported.format == "csv" else {sha256: await _photo(desk, sha256) for sha256 in hashes}
        written = await asyncio.to_thread(_fill, imported, content, entries, photos)
    path = PurePath(imported.file_name)
    name = words()["return_name"].format(name=path.stem, day=clock.today().isoformat())
    return Made(written, _TYPES[imported.format], f"{name}.{imported.format}")


async def _photo(desk: PhotoDesk, sha256: str) -> Sized:
    screen = await bring_screen(desk, sha256)
    return await asyncio.to_thread(_sized, screen)


def _sized(screen: bytes) -> Sized:
    jpeg = print_copy(screen)
    with Image.open(io.BytesIO(jpeg)) as image:
        return jpeg, image.width, image.height


def _fill(imported: Import, content: bytes, entries: Sequence[Entry], photos: Mapping[str, Sized]) -> bytes:
    layout = layout_of(imported.fields)
    if imported.format == "csv":
        return fill_text(content, imported.heading_row, layout, entries)
    patch = Patch(content)
    fill = fill_sheet if imported.format == "xlsx" else fill_table
    fill(patch, imported.tables[imported.table]["name"], imported.heading_row, layout, entries, photos)
    return patch.written()
