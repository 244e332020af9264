"""When a message goes out to a robot or mailbox: not in quiet hours, later after each failure. Pure."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

_SHANGHAI = ZoneInfo("Asia/Shanghai")
_FIRST = timedelta(minutes=1)
_LONGEST = timedelta(hours=1)


def is_quiet(now: datetime, *, since: str, until: str) -> bool:
    """Whether an instant lies in the quiet hours, given as `HH:MM` in Shanghai; the span may pass midnight.

    Equal ends mean that no hour is quiet.
    """
    at = now.astimezone(_SHANGHAI).time()
    begin, end = time.fromisoformat(since), time.fromisoformat(until)
    if begin <= end:
        return begin <= at < end
    return at >= begin or at < end


def next_try(now: datetime, attempts: int) -> datetime:
    """When to try again after so many attempts: 1, 2, 4, … minutes, at most an hour."""
    doublings: int = 2 ** min(max(attempts, 1) - 1, 10)
    return now + min(_FIRST * doublings, _LONGEST)


def gives_up(first_tried_at: datetime, now: datetime, *, hours: int) -> bool:
    """Whether a message has been tried for long enough. Time before the first try does not count."""
    return now - first_tried_at >= timedelta(hours=hours)
