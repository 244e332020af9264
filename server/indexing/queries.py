"""Rows whose words hold what is asked for. The same rows on SQLite and on PostgreSQL."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, exists, false, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from server.indexing.grams import phrase, runs
from storage.database import search
from storage.database.models import SearchEntry
from storage.database.models.search import Kind

FREQUENT = 5000
"""From so many hits on, a list in order of time meets them faster row by row than the index can gather them all."""


async def mentioning(
    session: AsyncSession, kind: Kind, id_column: InstrumentedAttribute[str], asked: str
) -> ColumnElement[bool]:
    """The condition that a row's words hold every run of characters that is asked for."""
    wanted = runs(asked)
    if not wanted:
        return false()
    hits = _hits(session, kind, wanted)
    counted = select(func.count()).select_from(hits.limit(FREQUENT + 1).subquery())
    if (await session.scalar(counted) or 0) <= FREQUENT:
        return id_column.in_(hits)
    texts = [SearchEntry.words.contains(run) for run in wanted]
    return exists().where(SearchEntry.subject_id == id_column, *texts)


def _hits(session: AsyncSession, kind: Kind, wanted: list[str]) -> Select[Any]:
    return (
        select(SearchEntry.subject_id)
        .select_from(search.GRAM)
        .join(SearchEntry, SearchEntry.number == search.number(session))
        .where(search.matches(session, [phrase(run) for run in wanted]), SearchEntry.kind == kind)
    )
