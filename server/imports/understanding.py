"""Reads the rows of an import against what the district knows today, and keeps what each was understood as."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import msgspec
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server import clock
from server.checklists.versions import current
from server.imports.names import Directory, ItemName, SiteName, UnitName
from server.imports.rows import Draft, Fault, Ground, Reading, read_row
from server.imports.states import RANKS, Earlier, Live, Standing, stand, twice_in_file
from server.imports.words import plain
from server.org.queries import former_names
from server.org.units import OF_THE_GROUP, who_took_over
from server.tasks.workflow import LIVE
from storage.database.models import Import, ImportRow, Site, Task, Unit

_BATCH: Final = 500
_RANK_SIZE: Final = 100_000_000


def texts_of(imported: Import, row: ImportRow) -> dict[str, str]:
    """The cells of a row by field: as corrected, else as they stand in the file."""
    return {**file_texts(imported.fields, row.cells), **row.corrections}


def file_texts(fields: Sequence[str | None], cells: Sequence[str]) -> dict[str, str]:
    """The cells of a row by field, as they stand in the file; several columns of photos hold no words."""
    return {name: text for name, text in zip(fields, cells, strict=False) if name and text}


async def ground_of(session: AsyncSession, imported: Import) -> Ground:
    """What the rows of an import are understood by, today."""
    return Ground(imported.kind, await directory(session), clock.today(), imported.due_on)


async def directory(session: AsyncSession) -> Directory:
    """The units, sites and check items that a list may name."""
    today = clock.today()
    units = list(await session.scalars(select(Unit).order_by(Unit.code)))
    successors = {unit.id: unit.successor_id for unit in units}
    former = await former_names(session)
    sites = await session.scalars(select(Site).where(Site.closed_on.is_(None)).order_by(Site.code))
    return Directory.of(
        (
            UnitName(
                unit.id,
                unit.code,
                unit.name,
                owes=unit.kind in OF_THE_GROUP
                and unit.member_from <= today
                and (unit.member_until is None or today <= unit.member_until),
                now_id=who_took_over(unit.id, successors),
                former=tuple(one.name for one in former[unit.id]),
            )
            for unit in units
        ),
        (SiteName(site.id, site.code, site.name, site.kind, site.unit_id) for site in sites),
        (
            ItemName(item.code, item.label.zh, item.severity, frozenset(item.applies_to))
            for version in await current(session)
            for item in version.items
        ),
    )


async def understand(session: AsyncSession, imported: Import, *, only: int | None = None) -> None:
    """Read the rows of an import anew (or one of them, by its number) and keep how each stands.

    What was taken over stays as it was.
    """
    query = select(ImportRow).where(ImportRow.import_id == imported.id).order_by(ImportRow.number)
    rows = [row for row in await session.scalars(query) if not _is_settled(imported, row)]
    ground = await ground_of(session, imported)
    wanted = [row for row in rows if only in (None, row.number)]
    texts = [texts_of(imported, row) for row in wanted]
    fresh = await asyncio.to_thread(lambda: [read_row(cells, ground) for cells in texts])
    read_now = {row.number: reading for row, reading in zip(wanted, fresh, strict=True)}
    twice = twice_in_file((row.number, read_now.get(row.number) or kept_reading(row)) for row in rows)
    beside = await _beside(session, imported, wanted, list(read_now.values()))
    for row in wanted:
        reading = read_now[row.number]
        standing = stand(
            reading,
            earlier=beside.earlier.get(row.key),
            live=beside.live_for(reading.draft),
            already_in_file=twice.get(row.number),
        )
        _keep(row, reading, standing)


def _is_settled(imported: Import, row: ImportRow) -> bool:
    """Whether a row has become a task, or was found to be one when the list was taken over."""
    return row.is_new or (imported.state == "taken" and row.task_id is not None)


def kept_reading(row: ImportRow) -> Reading:
    """A row as it was understood last."""
    return Reading(draft_of(row), msgspec.convert(row.faults, list[Fault]))


def draft_of(row: ImportRow) -> Draft:
    """The task that a row would become, as it was understood last."""
    return msgspec.convert(row.draft, Draft)


def _keep(row: ImportRow, reading: Reading, standing: Standing) -> None:
    refused = sum(picture["state"] == "refused" for picture in row.pictures)
    faults = [*standing.faults, *([Fault("before", "picture-refused", "note", {"n": refused})] if refused else [])]
    row.draft = msgspec.to_builtins(reading.draft)
    row.faults = msgspec.to_builtins(faults)
    row.state = standing.state
    row.task_id = standing.task_id
    row.position = RANKS[standing.state] * _RANK_SIZE + row.number


@dataclass(frozen=True, slots=True)
class _Beside:
    """What rows may be the same as: rows taken before, by key, and our live tasks, by what they can be met by."""

    earlier: Mapping[str, Earlier]
    by_item: Mapping[tuple[str, str], list[Live]]
    by_words: Mapping[tuple[str, str], list[Live]]
    by_number: Mapping[str, list[Live]]

    def live_for(self, draft: Draft) -> list[Live]:
        """The live tasks that a draft could be."""
        found = [
            *self.by_number.get(draft.number, ()),
            *self.by_words.get((draft.unit_id or "", plain(draft.problem)), ()),
        ]
        if draft.site_id and draft.item_code:
            found += self.by_item.get((draft.site_id, draft.item_code), ())
        return found


async def _beside(
    session: AsyncSession, imported: Import, rows: Sequence[ImportRow], readings: Sequence[Reading]
) -> _Beside:
    by_item, by_words, by_number = defaultdict(list), defaultdict(list), defaultdict(list)
    columns = (Task.id, Task.number, Task.problem, Task.unit_id, Task.site_id, Task.item_code)
    for row in await session.execute(select(*columns).where(Task.status.in_(LIVE))):
        task = Live(row.id, row.number or "", plain(row.problem), row.unit_id, row.site_id, row.item_code)
        by_words[task.unit_id, task.problem].append(task)
        by_number[task.number].append(task)
        if task.site_id and task.item_code:
            by_item[task.site_id, task.item_code].append(task)
    numbers = {reading.draft.number for reading in readings if reading.draft.number}
    return _Beside(
        await _earlier(session, imported, [row.key for row in rows]),
        by_item,
        by_words,
        {number: by_number[number] for number in numbers & by_number.keys()},
    )


async def _earlier(session: AsyncSession, imported: Import, keys: Sequence[str]) -> dict[str, Earlier]:
    found: dict[str, Earlier] = {}
    for batch in _batches(keys):
        query: Any = (
            select(ImportRow.key, Task.id, Task.number, Task.status, Import.sha256)
            .join(Import, Import.id == ImportRow.import_id)
            .join(Task, Task.id == ImportRow.task_id)
            .where(ImportRow.key.in_(batch), ImportRow.is_new.is_(True))
            .order_by(ImportRow.id)
        )
        for key, task_id, number, status, sha256 in await session.execute(query):
            found[key] = Earlier(task_id, number or "", status in LIVE, sha256 == imported.sha256)
    return found


def _batches(keys: Sequence[str]) -> Iterable[Sequence[str]]:
    return (keys[start : start + _BATCH] for start in range(0, len(keys), _BATCH))
