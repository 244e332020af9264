"""Who in the demo district has read what was sent to them, until a few days ago."""

from __future__ import annotations

from functools import partial

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server import clock
from server.demo.past import Deed, Past
from server.demo.timetable import Timetable
from server.messages.service import mark_read
from storage.database.models import Message

_READERS = ("office", "leader", "health", "health-leader", "street", "street2")


def reading(timetable: Timetable) -> list[Deed]:
    """Everybody opens their inbox on a morning; what came later is still unread."""
    return [
        Deed(timetable.ago(11, f"08:{40 + number}"), partial(_read, who=who)) for number, who in enumerate(_READERS)
    ]


async def _read(session: AsyncSession, past: Past, *, who: str) -> None:
    me = past.actors[who]
    unread = select(Message.id).where(Message.person_id == me.person_id, Message.read_at.is_(None))
    for message_id in list(await session.scalars(unread.where(Message.created_at <= clock.now()))):
        await mark_read(session, message_id, me=me)
