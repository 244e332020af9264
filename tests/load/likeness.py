"""Finding photos that may be copies among a million, on either database."""

from __future__ import annotations

import random
import statistics
import time
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert

from server.photos.flags import bands
from server.photos.resembling import alike
from storage.database.engine import Database
from storage.database.models import Photo
from storage.database.schema import upgrade

_BATCH = 20_000
_ASKED = 200


def row(number: int, chance: random.Random) -> dict[str, Any]:
    """A photo of nothing but its hash."""
    dhash = f"{chance.getrandbits(64):016x}"
    first, second, third, fourth = bands(dhash)
    return {
        "sha256": f"{number:064x}", "kind": "jpeg", "size_bytes": 1, "width": 4000, "height": 3000, "dhash": dhash,
        "dhash_1": first, "dhash_2": second, "dhash_3": third, "dhash_4": fourth, "exif": {},
        "received_at": datetime(2026, 1, 1, tzinfo=UTC),
    }  # fmt: skip


async def lookups(url: str, count: int, name: str) -> str:
    """Fill a fresh database and ask for what is like one of its photos; one line."""
    database, chance = Database(url), random.Random(1)
    try:
        await upgrade(database.engine)
        for start in range(0, count, _BATCH):
            async with database.writing() as session:
                await session.execute(
                    insert(Photo), [row(start + n, chance) for n in range(min(_BATCH, count - start))]
                )
        took = []
        async with database.reading() as session:
            for _ in range(_ASKED):
                photo = await session.get_one(Photo, f"{chance.randrange(count):064x}")
                begun = time.perf_counter()
                await alike(session, photo)
                took.append((time.perf_counter() - begun) * 1000)
    finally:
        await database.close()
    took.sort()
    p50, p95 = statistics.median(took), took[int(len(took) * 0.95)]
    return f"{f'likely copies among {count:,}, {name}':<44} {_ASKED:>6} {'':>11} {p50:>8.1f} {p95:>8.1f}"
