"""Numbers of letters: own series for each code and year, gapless, never used twice (R49)."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from server.series import next_in_series
from storage.database.models import Letter


async def next_letter_number(session: AsyncSession, *, code: str, year: int) -> int:
    """The next number of a series (R49). A letter that is cancelled keeps its own, which is not used again."""
    return await next_in_series(session, f"letter-{code}-{year}")


def printed_number(letter: Letter) -> str | None:
    """代字〔年份〕N号: six-angle brackets, no leading zero (GB/T 9704 H3); None before the signature."""
    if letter.number is None:
        return None
    return f"{letter.code}〔{letter.year}〕{letter.number}号"
