"""What is owed to robots and mailboxes leaves soon after the commit that owed it, not with the next sweep."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from typing import Any

from server import clock
from server.district import District
from server.messages.posting import post_outgoing
from server.messages.service import OWED

log = logging.getLogger(__name__)

Post = Callable[[District, datetime], Awaitable[int]]


@asynccontextmanager
async def posting_at_once(district: District, post: Post = post_outgoing) -> AsyncIterator[None]:
    """While the application runs, post after each commit of this process that owes something.

    Nothing depends on it: each message is claimed in the database by whoever sends it, this worker, the sweep or
    another replica, and what this process did not get to is in the next sweep of any. Where this process does not
    sweep (`sweep_seconds` 0), it does not post either.
    """
    if district.settings.sweep_seconds <= 0:
        yield
        return
    owed = asyncio.Event()

    def committed(noted: dict[Any, Any]) -> None:
        if noted.get(OWED):
            owed.set()

    worker = asyncio.create_task(_work(district, owed, post))
    try:
        with district.database.told_of_commits(committed):
            yield
    finally:
        worker.cancel()
        with suppress(asyncio.CancelledError):
            await worker


async def _work(district: District, owed: asyncio.Event, post: Post) -> None:
    while True:
        await owed.wait()
        owed.clear()
        try:
            await post(district, clock.now())
        except Exception:
            # The sweep will send it.
            log.exception("what is owed to targets could not be posted at once")
