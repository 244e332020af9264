"""When the digest leaves and when somebody is reminded of it. Pure: `now` and the calendar are arguments."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from server.org.working_days import WorkCalendar

_SHANGHAI = ZoneInfo("Asia/Shanghai")


def digest_at(on: date, hour: int) -> datetime:
    """The digest hour of a Shanghai date, in UTC."""
    return datetime.combine(on, time(hour), _SHANGHAI).astimezone(UTC)


def digest_due(now: datetime, calendar: WorkCalendar, *, hour: int) -> date | None:
    """The date whose digest should have left by now, or None while the day's own is still to come (R39).

    Digests leave on working days. One that an outage swallowed leaves late, but never on the morning of a day that
    has its own: nobody gets two a day.
    """
    today = now.astimezone(_SHANGHAI).date()
    if calendar.is_working_day(today):
        return today if now >= digest_at(today, hour) else None
    on = today
    while not calendar.is_working_day(on):
        on -= timedelta(days=1)
    return on


def reminder_at(delivered_at: datetime, calendar: WorkCalendar, *, days: int, hour: int) -> datetime:
    """When somebody who has not read is reminded: `days` working days after delivery, at the digest hour (R39)."""
    delivered_on = delivered_at.astimezone(_SHANGHAI).date()
    return digest_at(calendar.add_working_days(delivered_on, days), hour)
