"""What the calendar does about meetings: the office hears once of each day on which one was due (R50)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server import clock
from server.auth import roles
from server.meetings import reading
from server.meetings.rhythm import is_overdue, next_due_on
from server.messages.recipients import Recipient, role_recipients
from server.messages.service import notify
from server.org.settings import current_rules
from storage.database.engine import Database
from storage.database.models import DigestLine


async def meetings_due(database: Database, now: datetime) -> int:
    """A line of the digest for each person of the office where the next meeting is overdue; how many are new."""
    async with database.reading() as session:
        news = await _news(session, now)
    if news is None:
        return 0
    key, due_on, people = news
    async with database.writing() as session:
        params = {"due_on": due_on}
        return await notify(
            session, to=people, kind="meeting-overdue", params=params, link="/meetings", dedupe_key=key, now=now
        )


async def _news(session: AsyncSession, now: datetime) -> tuple[str, str, list[Recipient]] | None:
    """Whom to tell what, without those who have been told."""
    today, rules = clock.shanghai_date(now), await current_rules(session)
    last = await reading.last_held_on(session)
    if last is None or not is_overdue(last, rules.meeting_interval_months, today=today):
        return None
    due_on = next_due_on(last, rules.meeting_interval_months).isoformat()
    key = f"meeting-overdue:{due_on}"
    people = await role_recipients(session, roles.OFFICE, today)
    keys = [f"{key}:{one.person_id}" for one in people]
    told = set(await session.scalars(select(DigestLine.dedupe_key).where(DigestLine.dedupe_key.in_(keys))))
    untold = [one for one, own in zip(people, keys, strict=True) if own not in told]
    return (key, due_on, untold) if untold else None
