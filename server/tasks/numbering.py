"""Numbers that people read out: one series a year, given at confirmation."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.database.models import Counter


async def next_task_number(session: AsyncSession, year: int) -> str:
    """The next number of a year, such as `2026-0007`. Its row is locked until the transaction ends."""
    series = f"task-{year}"
    counter = await session.scalar(select(Counter).where(Counter.series == series).with_for_update())
    if counter is None:
        counter = Counter(series=series, last=0)
        session.add(counter)
    counter.last += 1
    await session.flush()
    return f"{year}-{counter.last:04d}"
