"""The digest: everything that waits for a person becomes one message a day (R39)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from server import clock, ids
from server.audit import service as audit
from server.auth.actor import System
from server.messages import feeding_back, news
from server.messages.digest import digest_due
from server.messages.service import send_out
from server.once import insert_new
from server.org import calendar
from server.org.settings import current_rules
from server.org.working_days import WorkCalendar
from storage.database.engine import Database
from storage.database.models import DigestLine, DigestRun, Feedback, Message

_FIRST_LOOK_BACK = timedelta(days=7)


async def send_digest(database: Database, now: datetime) -> int:
    """Send the digest that is due, if one is and none of the replicas has sent it; how many messages."""
    async with database.reading() as session:
        rules = await current_rules(session)
        work_calendar = await calendar.load(session)
        on = digest_due(now, work_calendar, hour=rules.digest_hour)
        if on is None or await session.get(DigestRun, on) is not None:
            return 0
    async with database.writing() as session:
        return await digest_within(session, on, work_calendar, now=now)


async def digest_within(session: AsyncSession, on: date, work_calendar: WorkCalendar, *, now: datetime) -> int:
    """Send the digest of a date in the caller's transaction, once; how many messages."""
    last = await session.scalar(select(DigestRun.ran_at).order_by(DigestRun.on.desc()).limit(1))
    if not await insert_new(session, DigestRun, [{"on": on, "ran_at": now}], "on"):
        return 0
    today = clock.shanghai_date(now)
    told = await feeding_back.write_lines(session, now)
    await news.tell_steps(session, since=last or now - _FIRST_LOOK_BACK, now=now, today=today)
    await news.tell_deadlines(session, work_calendar, today=today, now=now)
    waiting: dict[str, list[DigestLine]] = defaultdict(list)
    query = select(DigestLine).where(DigestLine.message_id.is_(None))
    for line in await session.scalars(query.order_by(DigestLine.created_at, DigestLine.id)):
        waiting[line.person_id].append(line)
    for person_id, lines in sorted(waiting.items()):
        message = await _bundle(session, on, person_id, lines, now)
        await _note_delivery(session, message, told.get(person_id, []), now)
    await feeding_back.close_delivered(session)
    if waiting:
        detail = {"messages": len(waiting)}
        audit.record(session, actor=System(), action="send_digest", subject=("digest", on.isoformat()), detail=detail)
    return len(waiting)


async def _bundle(
    session: AsyncSession, on: date, person_id: str, lines: Sequence[DigestLine], now: datetime
) -> Message:
    units = sorted({line.unit_id for line in lines if line.unit_id})
    message = Message(
        id=ids.uuid7(),
        person_id=person_id,
        unit_id=units[0] if len(units) == 1 else None,
        kind="digest",
        params={"count": len(lines), "digest_on": on.isoformat()},
        link="/inbox",
        created_at=now,
        delivered_at=now,
        read_at=None,
        dedupe_key=f"digest:{on}:{person_id}",
    )
    session.add(message)
    await session.flush()
    for line in lines:
        line.message_id = message.id
    await session.flush()
    await send_out(session, message_id=message.id, to=(person_id, units), news_key=f"digest:{on}", now=now)
    return message


async def _note_delivery(session: AsyncSession, message: Message, feedback_ids: Sequence[str], now: datetime) -> None:
    mine = update(Feedback).where(Feedback.id.in_(feedback_ids))
    await session.execute(mine.values(message_id=message.id))
    # What goes on paper has been delivered when the office says so.
    await session.execute(mine.where(Feedback.capacity != "paper").values(delivered_at=now))
