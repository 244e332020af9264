"""What the calendar does to messages. Idempotent on any number of replicas and after any outage."""

from __future__ import annotations

from datetime import datetime

from server.messages.digesting import send_digest
from server.messages.feeding_back import owe_feedback
from server.messages.reminding import remind_unread
from storage.database.engine import Database


async def messages_due(database: Database, now: datetime) -> int:
    """Owe the feedback of confirmed inspections, send the digest, remind of what was not read; how many were told.

    What the calendar confirmed before, in the same sweep, leaves in the digest of the same hour (R37).
    """
    await owe_feedback(database, now)
    sent = await send_digest(database, now)
    return sent + await remind_unread(database, now)
