"""Numbers that people read out: one series a year, given at confirmation."""

from __future__ import annotations

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from storage.database.models import Counter


async def next_task_number(session: AsyncSession, year: int) -> str:
    """The next number of a year, such as `2026-0007`. Whoever comes second waits until the first has committed, also
    for the first number of a year.
    """
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    first = dialect.insert(Counter).values(series=f"task-{year}", last=1)
    following = first.on_conflict_do_update(index_elements=[Counter.series], set_={"last": Counter.last + 1})
    number = await session.scalar(following.returning(Counter.last))
    return f"{year}-{number:04d}"
