"""Feedback that was not read in time: one reminder (R39)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update

from server import clock
from server.messages.digest import reminder_at
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
