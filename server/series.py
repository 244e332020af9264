"""Gapless numbers: each series is one row, locked until the transaction that took the number ends."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from storage.database.models import Counter


async def next_in_series(session: AsyncSession, series: str) -> int:
    """The next number of a series, from 1. One that is rolled back is given out again, so no gap stays."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    await session.execute(insert(Counter).values(series=series, last=0).on_conflict_do_nothing())
    taken = update(Counter).where(Counter.series == series).values(last=Counter.last + 1).returning(Counter.last)
    number: int = (await session.execute(taken)).scalar_one()
    return number
