"""The photo grid of a chasing, from our own copies of the photos (R93)."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from server.errors import NotFound
from server.messages.chasing import Fault, faults
from server.messages.grid import draw_grid
from server.photos.copies import bring_screen
from server.photos.desk import PhotoDesk

# A grid holds nine pictures in memory at once: two cores draw no faster than in turn.
_turn = asyncio.Semaphore(1)


async def grid(session: AsyncSession, desk: PhotoDesk, *, task_ids: Sequence[str]) -> bytes:
    """One JPEG of the faults of these open tasks. Raises NotFound where none of them has a photo to show."""
    found = await faults(session, task_ids)
    await session.close()  # the database is let go: pictures take their time
    if not found:
        raise NotFound
    async with _turn:
        cells = [(await _picture(desk, fault), fault.number, fault.place) for fault in found]
        return await asyncio.to_thread(draw_grid, cells)


async def _picture(desk: PhotoDesk, fault: Fault) -> bytes:
    return await bring_screen(desk, fault.sha256)
