"""Feedback that was not read in time: one reminder (R39)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from server import clock
from server.audit import service as audit
from server.auth.actor import Actor, System
from server.errors import NotFound
from server.messages.digest import reminder_at
from server.messages.errors import ReadAlready
from server.messages.recipients import Recipient
from server.messages.service import notify
from server.org import calendar
from server.org.settings import current_rules
from storage.database.engine import Database
from storage.database.models import Feedback, Message


async def remind_unread(database: Database, now: datetime) -> int:
    """Remind everybody whose digest with feedback has lain unread for its working day, once; how many."""
    query = (
        select(Message)
        .where(Message.read_at.is_(None), Message.delivered_at < now)
        .where(
            Message.id.in_(
                select(Feedback.message_id).where(
                    Feedback.read_at.is_(None),
                    Feedback.reminded_at.is_(None),
                    Feedback.delivered_at.is_not(None),
                    Feedback.capacity != "paper",
                )
            )
        )
        .order_by(Message.delivered_at, Message.id)
    )
    async with database.reading() as session:
        rules = await current_rules(session)
        days = await calendar.load(session)
        waiting = list(await session.scalars(query))
    due = [
        message
        for message in waiting
        if now >= reminder_at(message.delivered_at, days, days=rules.read_reminder_days, hour=rules.digest_hour)
    ]
    return sum([await _remind(database, message, now) for message in due])


async def _remind(database: Database, message: Message, now: datetime) -> int:
    async with database.writing() as session:
        told = update(Feedback).where(Feedback.message_id == message.id, Feedback.capacity != "paper")
        await session.execute(told.values(reminded_at=now))
        audit.record(session, actor=System(), action="remind", subject=("message", message.id))
        return await notify(
            session,
            to=Recipient(message.person_id, message.unit_id),
            kind="feedback-unread",
            params={"sent_on": clock.shanghai_date(message.delivered_at).isoformat()},
            link="/inbox",
            dedupe_key=f"unread:{message.id}",
            at_once=True,
            now=now,
        )


async def remind_again(session: AsyncSession, feedback_id: str, *, me: Actor) -> None:
    """The office reminds somebody of a feedback that lies unread, once a day at most (R39).

    Raises NotFound, ReadAlready.
    """
    feedback = await session.get(Feedback, feedback_id)
    if feedback is None:
        raise NotFound
    message = await session.get(Message, feedback.message_id) if feedback.message_id else None
    if message is None or feedback.read_at is not None or feedback.capacity == "paper":
        raise ReadAlready
    now = clock.now()
    told = update(Feedback).where(Feedback.message_id == message.id, Feedback.capacity != "paper")
    await session.execute(told.values(reminded_at=now))
    await notify(
        session,
        to=Recipient(message.person_id, message.unit_id),
        kind="feedback-unread",
        params={"sent_on": clock.shanghai_date(message.delivered_at).isoformat()},
        link="/inbox",
        dedupe_key=f"unread:{message.id}:{clock.today()}",
        at_once=True,
        now=now,
    )
    audit.record(session, actor=me, action="remind", subject=("feedback", feedback.id))
