"""Holds photos, so that what claims them and what brings their bytes cannot pass each other unseen."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

_HOLD = text("SELECT pg_advisory_xact_lock(one) FROM unnest(CAST(:keys AS bigint[])) AS one")


async def hold_photos(session: AsyncSession, hashes: Iterable[str]) -> None:
    """Be alone with these hashes (SHA-256, hex) until the transaction ends; holding one again waits for nothing.

    A claim that finds no photo waits for its bytes, and a receipt settles the claims that it finds waiting: at the
    same moment neither would see the other, and the claim would wait for ever. On SQLite a writing transaction is
    alone already. Photos are held before the rows of a site or a task are, in one order, so that none waits in a ring.
    """
    keys = sorted({int(sha256[:15], 16) for sha256 in hashes})
    if keys and session.get_bind().dialect.name == "postgresql":
        await session.execute(_HOLD, {"keys": keys})
