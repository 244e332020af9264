"""When a task is overdue, as a condition for queries: computed, never stored (R41)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, and_

from storage.database.models import Task


def is_late(today: date) -> ColumnElement[bool]:
    """Not replied to and past its limit; while a request for more time waits, the clock stands still."""
    return and_(Task.status == "open", Task.due_on < today, Task.extension_asked_at.is_(None))
