"""Whether the rows still say what the audit chain says that they said (R89)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.audit.chain import digest
from server.district import District
from storage.database.models import AuditEvent, Inspection, Photo, TaskAction

_BATCH = 500
Fault = tuple[str, str]
_Parts = Mapping[str, Callable[[Any], object]]


async def rows_that_do_not_fit(district: District) -> AsyncIterator[Fault]:
    """(fault, id) of each photo, inspection and step that is gone, changed, or that no event tells of."""
    last = 0
    told = AuditEvent.action.in_(("photo.received", "submit_inspection")) | (AuditEvent.subject_kind == "task")
    while True:
        query = select(AuditEvent).where(AuditEvent.seq > last, told).order_by(AuditEvent.seq).limit(_BATCH)
        async with district.database.reading() as session:
            events = (await session.scalars(query)).all()
            faults = [*await _photos(session, events), *await _inspections(session, events)]
            faults += await _steps(session, events)
        for fault in faults:
            yield fault
        if not events:
            break
        last = events[-1].seq
    async for fault in _untold(district):
        yield fault


async def _photos(session: AsyncSession, events: Sequence[AuditEvent]) -> list[Fault]:
    told = {event.subject_id: event.detail for event in events if event.action == "photo.received"}
    rows = {row.sha256: row for row in await session.scalars(select(Photo).where(Photo.sha256.in_(told)))}
    return list(
        _compared("photos", told, rows, {"sizeBytes": lambda row: row.size_bytes, "kind": lambda row: row.kind})
    )


async def _inspections(session: AsyncSession, events: Sequence[AuditEvent]) -> list[Fault]:
    told = {event.subject_id: event.detail for event in events if event.action == "submit_inspection"}
    rows = {row.id: row for row in await session.scalars(select(Inspection).where(Inspection.id.in_(told)))}
    parts: _Parts = {"document": lambda row: row.document_sha256, "kept": lambda row: digest(row.document)}
    return list(_compared("inspections", told, rows, parts))


async def _steps(session: AsyncSession, events: Sequence[AuditEvent]) -> list[Fault]:
    told = {event.detail["action"]: event.detail for event in events if _is_step(event)}
    rows = {row.id: row for row in await session.scalars(select(TaskAction).where(TaskAction.id.in_(told)))}
    parts: _Parts = {"body": lambda row: row.body_sha256, "kept": lambda row: digest(row.body)}
    return list(_compared("steps", told, rows, parts))


def _is_step(event: AuditEvent) -> bool:
    return event.subject_kind == "task" and "action" in event.detail and "body" in event.detail


def _compared(what: str, told: dict[str, dict[str, Any]], rows: Mapping[str, Any], parts: _Parts) -> Iterable[Fault]:
    """Older events tell less: only what an event tells is compared."""
    for key, detail in told.items():
        row = rows.get(key)
        if row is None:
            yield f"rows of {what}, gone", key
        elif any(name in detail and detail[name] != read(row) for name, read in parts.items()):
            yield f"rows of {what}, changed", key


async def _untold(district: District) -> AsyncIterator[Fault]:
    """Rows that no event tells of: they came past the server."""
    kinds: tuple[tuple[str, Any], ...] = (("photo", Photo.sha256), ("inspection", Inspection.id))
    for kind, column in kinds:
        unknown = ~exists().where(AuditEvent.subject_kind == kind, AuditEvent.subject_id == column)
        async with district.database.reading() as session:
            found = (await session.scalars(select(column).where(unknown).order_by(column).limit(_BATCH))).all()
        for key in found:
            yield f"rows of {kind}s, never told of", key
    async for key in _untold_steps(district):
        yield "rows of steps, never told of", key


async def _untold_steps(district: District) -> AsyncIterator[str]:
    last = ""
    while True:
        query = select(TaskAction.id, TaskAction.task_id).where(TaskAction.id > last).order_by(TaskAction.id)
        async with district.database.reading() as session:
            rows = (await session.execute(query.limit(_BATCH))).all()
            tasks = {row.task_id for row in rows}
            events = select(AuditEvent.detail).where(
                AuditEvent.subject_kind == "task", AuditEvent.subject_id.in_(tasks)
            )
            told = {detail.get("action") for detail in await session.scalars(events)}
        for row in rows:
            if row.id not in told:
                yield row.id
        if not rows:
            return
        last = rows[-1].id
