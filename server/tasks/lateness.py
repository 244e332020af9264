"""When a task is overdue, as a condition for queries: computed, never stored (R41)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, and_, func

from storage.database.days import shanghai_day
from storage.database.models import Task


def is_late(today: date) -> ColumnElement[bool]:
    """Not replied to and past its limit; while a request for more time waits, the clock stands still."""
    return and_(Task.status == "open", Task.due_on < today, Task.extension_asked_at.is_(None))


def answered_in_time() -> ColumnElement[bool]:
    """A struck-off task that was answered by its limit; one that nobody answered counts by its 销号."""
    in_time: ColumnElement[bool] = shanghai_day(func.coalesce(Task.replied_at, Task.closed_at)) <= Task.due_on
    return in_time
