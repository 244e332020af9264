"""What the calendar does to inspections: confirmation by itself. Idempotent on any number of replicas."""

from __future__ import annotations

import logging
from datetime import date, datetime, timedelta

from server import clock
from server.auth.actor import System
from server.inspections import queries
from server.inspections.confirming import confirm_inspection
from server.org import calendar
from server.org.rules import Rules
from server.org.settings import current_rules
from server.org.working_days import WorkCalendar
from storage.database.engine import Database

log = logging.getLogger(__name__)
DIGEST_HOUR = Rules().digest_hour


def confirms_at(
    received_on: date, *, days: int, work_calendar: WorkCalendar, digest_hour: int = DIGEST_HOUR
) -> datetime:
    """When an inspection confirms itself: `days` working days after its receipt, at the digest hour (R37)."""
    on = work_calendar.add_working_days(received_on, days)
    return clock.start_of_day(on) + timedelta(hours=digest_hour)


async def confirm_overdue(database: Database, now: datetime) -> int:
    """Confirm every inspection that waited its working day (R37), each in a transaction of its own; how many.

    Its findings go out as the rules proposed them, so that no review that did not happen can make a fault forgotten.
    """
    async with database.reading() as session:
        rules = await current_rules(session)
        work_calendar = await calendar.load(session)
        waiting = await queries.waiting_since(session, now)
    done = 0
    for row in waiting:
        due_at = confirms_at(
            clock.shanghai_date(row.received_at),
            days=rules.automatic_confirmation_days,
            work_calendar=work_calendar,
            digest_hour=rules.digest_hour,
        )
        if now >= due_at:
            done += await _confirm_or_go_on(database, row.id, now)
    return done


async def _confirm_or_go_on(database: Database, inspection_id: str, now: datetime) -> bool:
    """One inspection that cannot be confirmed must not hold up all that were received after it."""
    try:
        return await _confirm(database, inspection_id, now)
    except Exception:
        log.exception("inspection %s could not be confirmed and will be tried again", inspection_id)
        return False


async def _confirm(database: Database, inspection_id: str, now: datetime) -> bool:
    async with database.writing() as session:
        return await confirm_inspection(session, inspection_id, by=System(), at=now)
