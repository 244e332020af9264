"""Makes 整改台账: rows come in batches, the workbook grows on disk, the file goes out in pieces."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from server import clock
from server.auth.actor import Actor
from server.district import District
from server.ledger.gathering import batches
from server.ledger.workbook import Book, Imprint
from server.tasks.queries import Wanted

# One at a time: packing a workbook keeps a core busy, and the phones need the other.
_turn = asyncio.Semaphore(1)


async def write_ledger(district: District, wanted: Wanted, *, me: Actor) -> BinaryIO:
    """Write the ledger of the tasks that fit, as far as this person may see them (R8); the open file.

    The file has no name any more, so that it is gone when it is closed, whatever happens. Raises Unprocessable.
    """
    async with _turn:
        with _folder(district.incoming) as folder:
            path = folder / "ledger.xlsx"
            book = await asyncio.to_thread(Book, path, _imprint(district, me))
            async for entries in batches(district.database, me, wanted, clock.today()):
                await asyncio.to_thread(book.write, entries)
            await asyncio.to_thread(book.close)
            return path.open("rb")


def _imprint(district: District, me: Actor) -> Imprint:
    return Imprint(me.unit_name or "", me.name, clock.today(), district.settings.public_url)


@contextlib.contextmanager
def _folder(incoming: Path) -> Iterator[Path]:
    """A folder for one workbook and its temporary files, gone afterwards."""
    incoming.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="ledger-", dir=incoming))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
