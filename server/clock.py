"""The only reader of the clock, and the only place where an instant becomes a Shanghai date or the reverse."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
_BACK: ContextVar[timedelta] = ContextVar("back", default=timedelta())


def now() -> datetime:
    """The present instant, in UTC."""
    return datetime.now(UTC) - _BACK.get()


@contextmanager
def set_back(instant: datetime) -> Iterator[None]:
    """Within it, and for the task that entered it alone, the clock runs on from another instant.

    The demo district lives through its past in it; nothing else may.
    """
    token = _BACK.set(datetime.now(UTC) - instant)
    try:
        yield
    finally:
        _BACK.reset(token)


def today() -> date:
    """The present date in Shanghai."""
    return shanghai_date(now())


def shanghai_date(instant: datetime) -> date:
    """The Shanghai date of an instant: 16:00 UTC is already the next day."""
    return instant.astimezone(SHANGHAI).date()


def start_of_day(on: date) -> datetime:
    """The first instant of a Shanghai date, in UTC."""
    return datetime.combine(on, time(), SHANGHAI).astimezone(UTC)


def end_of_day(on: date) -> datetime:
    """The first instant that is late for a deadline on this date: 00:00 of the next day in Shanghai, in UTC."""
    return start_of_day(on + timedelta(days=1))


def month_of(on: date) -> str:
    """`YYYY-MM` of a date."""
    return on.strftime("%Y-%m")
