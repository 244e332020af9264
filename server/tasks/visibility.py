"""The only place that scopes tasks to a person (R8)."""

from __future__ import annotations

from typing import TypeVarTuple

from sqlalchemy import Select, false, or_, select

from server.auth import roles
from server.auth.actor import Actor
from storage.database.models import Task, TaskWatcher

Shape = TypeVarTuple("Shape")


def visible_tasks(me: Actor) -> Select[str]:
    """The ids of the tasks that this person may see, as a subquery.

    District roles see all. A unit's people see their own unit's tasks and those that it watches, once they are
    confirmed (R8); a draft that was voided was never theirs. An administrator keeps the house and sees no findings.
    """
    if me.role in roles.DISTRICT:
        return select(Task.id)
    if me.role in roles.UNIT and me.unit_id is not None:
        watched = select(TaskWatcher.task_id).where(TaskWatcher.unit_id == me.unit_id)
        own = or_(Task.unit_id == me.unit_id, Task.id.in_(watched))
        return select(Task.id).where(own, Task.confirmed_at.is_not(None))
    return select(Task.id).where(false())


def scoped(query: Select[*Shape], me: Actor) -> Select[*Shape]:
    """Narrow a query over Task to what this person may see. For district roles it stays as it is."""
    if me.role in roles.DISTRICT:
        return query
    return query.where(Task.id.in_(visible_tasks(me)))
