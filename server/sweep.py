"""The sweep: what the calendar does. One idempotent function, run by the server's own timer and by `xungai sweep`."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from server import clock
from server.audit.heads import keep_head
from server.declaration.reminding import declarations_due
from server.district import District
from server.inspections.sweeping import confirm_overdue
from server.letters.service import close_finished
from server.letters.telling import letters_due
from server.meetings.sweeping import meetings_due
from server.messages.posting import post_outgoing
from server.messages.sweeping import messages_due
from server.photos.comparing import compare_waiting
from server.photos.desk import PhotoDesk
from server.photos.sweeping import sweep_uploads
from server.tasks.activities import activities_due
from server.visits.renewing import checklists_due

log = logging.getLogger(__name__)


async def sweep(district: District, desk: PhotoDesk) -> dict[str, int]:
    """Do everything that is due now; how much of each was done. Twice in a row, the second does nothing."""
    now = clock.now()
    renewed = await checklists_due(district.database, now)
    confirmed = await confirm_overdue(district.database, now)
    verified = await activities_due(district.database, now)
    async with district.database.writing() as session:
        closed = await close_finished(session)
    due = await letters_due(district.database, now) + await meetings_due(district.database, now)
    due += await declarations_due(district.database, now)
    told = due + await messages_due(district.database, now)
    swept = await sweep_uploads(desk, now)
    posted = await post_outgoing(district, now)
    return {
        "checklists in force": renewed,
        "inspections confirmed": confirmed,
        "tasks verified by the next activity": verified,
        "letters closed": closed,
        "messages delivered": told,
        "messages posted": posted,
        "photos compared": await compare_waiting(desk),
        "heads kept": await keep_head(district, on=clock.today(), now=now),
        "uploads expired": swept.uploads,
        "orphans removed": swept.orphans,
    }


@asynccontextmanager
async def sweeping(district: District, desk: PhotoDesk) -> AsyncIterator[None]:
    """Sweep every few minutes while the application runs; `sweep_seconds` 0 switches the timer off."""
    if district.settings.sweep_seconds <= 0:
        yield
        return
    timer = asyncio.create_task(_repeat(district, desk))
    try:
        yield
    finally:
        timer.cancel()
        with suppress(asyncio.CancelledError):
            await timer


async def _repeat(district: District, desk: PhotoDesk) -> None:
    while True:
        await asyncio.sleep(district.settings.sweep_seconds)
        try:
            await sweep(district, desk)
        except Exception:
            # A sweep that fails is tried again; nothing it would have done is lost.
            log.exception("the sweep failed and will be tried again")
