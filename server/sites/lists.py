"""Lists of sites that an office brings along: read, looked at, taken over all or none."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.sites import (
    Datum,
    ListRow,
    RowChange,
    RowShown,
    SheetRead,
    SheetTable,
    SiteList,
    SiteListDone,
    SiteListShown,
    SiteListTaken,
    SiteRowFault,
)
from schemas.wire import Position
from server import ids
from server.audit import service as audit
from server.auth.actor import Actor
from server.catalogue import text
from server.errors import FieldError, Unprocessable
from server.imports.errors import ImportTooLarge
from server.imports.filing import read
from server.imports.reading.archive import LARGEST_FILE_BYTES
from server.imports.reading.table import Table
from server.imports.understanding import directory
from server.org.registers import hold_register
from server.photos.desk import PhotoDesk
from server.photos.errors import UploadOverflow
from server.photos.receiving import receive
from server.sites.columns import fields_of, heading_of
from server.sites.queries import known_sites
from server.sites.rows import Fault, Ground, Reading, read_rows
from server.sites.service import add_site, change_site
from storage.database.models import Site, Unit

_OF_COLUMN = {"street_id": "street", "unit_id": "unit", "radius_m": "radius"}
_LONGEST_CELL = 400


async def read_sheet(desk: PhotoDesk, body: AsyncIterator[bytes]) -> SheetRead:
    """What stands in a file. Nothing is kept of it. Raises ImportTooLarge and what reading refuses."""
    with desk.scratch_file() as path:
        try:
            await receive(body, path, most_bytes=LARGEST_FILE_BYTES, workshop=desk.workshop)
        except UploadOverflow as error:
            raise ImportTooLarge from error
        book = await read(path)
    tables = [_table(table) for table in book.tables]
    named = [sum(field is not None for field in table.fields) for table in tables]
    return SheetRead(tables=tables, best=named.index(max(named)))


def _table(table: Table) -> SheetTable:
    heading = heading_of(table)
    below = [line for line in table.lines if line.number > heading.number]
    return SheetTable(
        name=table.name,
        titles=heading.cells,
        fields=fields_of(heading.cells),
        numbers=[line.number for line in below],
        rows=[[cell[:_LONGEST_CELL] for cell in line.cells] for line in below],
    )


async def _read_rows(session: AsyncSession, datum: Datum, rows: Sequence[ListRow]) -> tuple[list[Reading], Ground]:
    streets = set(await session.scalars(select(Unit.id).where(Unit.kind == "street")))
    there = await known_sites(session)
    ground = Ground(await directory(session), streets, there, datum)
    told = [(row.number, row.cells) for row in rows]
    return await asyncio.to_thread(read_rows, told, ground), ground


async def preview(session: AsyncSession, asked: SiteList, *, language: str) -> SiteListShown:
    """How each row stands. Nothing is kept."""
    readings, ground = await _read_rows(session, asked.datum, asked.rows)
    shown = await asyncio.to_thread(lambda: [_shown(reading, ground, language) for reading in readings])
    return SiteListShown(rows=shown, counts=dict(Counter(row.state for row in shown)))


def _shown(reading: Reading, ground: Ground, language: str) -> RowShown:
    told = {**(reading.known.values if reading.known else {}), **reading.values}
    place = Position(lat=told["lat"], lon=told["lon"]) if "lat" in told else None
    return RowShown(
        number=reading.number,
        state=reading.state,
        code=str(told.get("code", "")),
        name=str(told.get("name", "")),
        position=place,
        changes=_changes(reading, ground),
        faults=[_fault(one, language) for one in reading.faults],
    )


def _fault(fault: Fault, language: str) -> SiteRowFault:
    message = text("field_errors", fault.code, language, fault.params)
    return SiteRowFault(field=fault.field, code=fault.code, level=fault.level, message=message)


def _changes(reading: Reading, ground: Ground) -> list[RowChange]:
    if reading.known is None:
        return []
    was, changed = reading.known.values, reading.changes
    found = [
        RowChange(field=_OF_COLUMN.get(name, name), before=_said(name, was, ground), after=_said(name, changed, ground))
        for name in changed
        if name not in ("lat", "lon")
    ]
    if "lat" in changed or "lon" in changed:
        now = {**was, **changed}
        found.append(RowChange(field="position", before=_place(was), after=_place(now)))
    return found


def _place(values: Mapping[str, Any]) -> str:
    return f"{values['lon']:.6f}, {values['lat']:.6f}"


def _said(name: str, values: Mapping[str, Any], ground: Ground) -> str:
    value = values[name]
    if name in ("unit_id", "street_id"):
        return ground.directory.units[value].name
    return "" if value is None else str(value)


async def take_over(session: AsyncSession, asked: SiteListTaken, *, me: Actor) -> SiteListDone:
    """Add and change the sites of the chosen rows, all or none. Sent again, every row is the same as what is there.

    Raises Unprocessable that names the chosen rows that have errors.
    """
    await hold_register(session, "sites")
    readings, _ = await _read_rows(session, asked.datum, asked.rows)
    chosen = set(asked.chosen)
    errors = [
        FieldError(f"/rows/{at}/cells/{fault.field}", fault.code, dict(fault.params))
        for at, reading in enumerate(readings)
        if reading.number in chosen
        for fault in reading.faults
        if fault.level == "error"
    ]
    if errors:
        raise Unprocessable(errors=errors)
    taken = [reading for reading in readings if reading.number in chosen]
    known = [reading.known.id for reading in taken if reading.known]
    query = select(Site).where(Site.id.in_(known)).order_by(Site.id).with_for_update()
    rows = {site.id: site for site in await session.scalars(query)}
    done = Counter(_take(session, reading, rows, me) for reading in taken)
    result = SiteListDone(added=done["new"], changed=done["changed"], same=done["same"])
    if result.added or result.changed:
        detail = {"added": result.added, "changed": result.changed, "datum": asked.datum}
        audit.record(session, actor=me, action="take_site_list", subject=("district", "sites"), detail=detail)
    return result


def _take(session: AsyncSession, reading: Reading, rows: Mapping[str, Site], me: Actor) -> str:
    if reading.known is None:
        add_site(session, reading.values, me=me, site_id=ids.uuid7())
        return "new"
    return "changed" if change_site(session, rows[reading.known.id], reading.changes, me=me) else "same"
