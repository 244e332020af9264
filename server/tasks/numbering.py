"""Numbers that people read out: one series a year, given at confirmation."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from server.series import next_in_series


async def next_task_number(session: AsyncSession, year: int) -> str:
    """The next number of a year, such as `2026-0007`."""
    return f"{year}-{await next_in_series(session, f'task-{year}'):04d}"
