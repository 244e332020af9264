"""A register (people, units, sites) is written by one at a time, so that two cannot enter the same name at once."""

from __future__ import annotations

import zlib
from typing import Literal

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

Register = Literal["people", "units", "sites"]
_HOLD = text("SELECT pg_advisory_xact_lock(20170505, :key)")


async def hold_register(session: AsyncSession, register: Register) -> None:
    """Be alone with a register until the transaction ends. On SQLite a writing transaction is alone already."""
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(_HOLD, {"key": zlib.crc32(register.encode()) & 0x7FFF_FFFF})
