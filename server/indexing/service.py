"""Keeping the search index beside what it tells of: in the transaction of each change, or made anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from server.audit.service import noted
from server.indexing import entries
from server.indexing.entries import Entry
from server.indexing.grams import grams
from storage.database import search
from storage.database.models import Finding, Inspection, Letter, SearchEntry, Task

_BATCH = 500


async def follow_changes(session: AsyncSession) -> None:
    """Bring the index up to what this transaction changed. Whatever changes notes an event (R89): none is missed."""
    changed: dict[str, set[str]] = defaultdict(set)
    for kind, subject_id in noted(session):
        changed[kind].add(subject_id)
    found: list[Entry] = []
    if ids := changed["inspection"]:
        found += await entries.inspections(session, Inspection.id.in_(ids))
        found += await entries.findings(session, Finding.inspection_id.in_(ids))
    if ids := changed["task"]:
        found += await entries.tasks(session, Task.id.in_(ids))
    if ids := changed["letter"]:
        found += await entries.letters(session, Letter.id.in_(ids))
    if ids := changed["site"]:
        found += await entries.of_site(session, list(ids))
    await keep(session, found)


async def keep(session: AsyncSession, found: Sequence[Entry]) -> None:
    """Write entries that are new or read differently; all others stay untouched."""
    once = list({entry.subject_id: entry for entry in found}.values())
    for start in range(0, len(once), _BATCH):
        await _keep(session, once[start : start + _BATCH])


async def _keep(session: AsyncSession, found: Sequence[Entry]) -> None:
    query = select(SearchEntry.subject_id, SearchEntry.number, SearchEntry.words)
    rows = await session.execute(query.where(SearchEntry.subject_id.in_([entry.subject_id for entry in found])))
    known = {subject_id: (number, words) for subject_id, number, words in rows}
    await _add(session, [entry for entry in found if entry.subject_id not in known])
    other = [(*known[entry.subject_id], entry.words) for entry in found if entry.subject_id in known]
    other = [(number, before, now) for number, before, now in other if before != now]
    if not other:
        return
    await search.remove(session, [(number, grams(before)) for number, before, _ in other])
    await search.write(session, [(number, grams(now)) for number, _, now in other])
    for number, _, now in other:
        await session.execute(update(SearchEntry).where(SearchEntry.number == number).values(words=now))


async def _add(session: AsyncSession, fresh: Sequence[Entry]) -> None:
    if not fresh:
        return
    words = {entry.subject_id: entry.words for entry in fresh}
    rows = [{"kind": e.kind, "subject_id": e.subject_id, "at": e.at, "words": e.words} for e in fresh]
    made = await session.execute(insert(SearchEntry).returning(SearchEntry.subject_id, SearchEntry.number), rows)
    await search.write(session, [(number, grams(words[subject_id])) for subject_id, number in made])


async def rebuild(session: AsyncSession) -> int:
    """Make the whole index anew from the rows; how many entries. After a restore, which brings no derived rows."""
    await search.empty(session)
    await session.execute(delete(SearchEntry))
    count = 0
    for column, read in (
        (Inspection.id, entries.inspections),
        (Finding.id, entries.findings),
        (Task.id, entries.tasks),
        (Letter.id, entries.letters),
    ):
        count += await _rebuild(session, column, read)
    return count


async def _rebuild(
    session: AsyncSession, column: InstrumentedAttribute[str], read: Callable[..., Awaitable[list[Entry]]]
) -> int:
    last, count = "", 0
    while True:
        ids = list(await session.scalars(select(column).where(column > last).order_by(column).limit(_BATCH)))
        if not ids:
            return count
        found = await read(session, column.in_(ids))
        await _add(session, found)
        session.expunge_all()
        last, count = ids[-1], count + len(found)
