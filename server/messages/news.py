"""What the day brought for a unit's tasks, as lines of the digest: steps that others took, and deadlines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server.auth import roles
from server.messages.recipients import Holders, Recipient, holders_of, role_recipients
from server.messages.service import notify
from server.org.working_days import WorkCalendar
from server.tasks.lookups import PLACE, with_place
from storage.database.models import Finding, Task, TaskAction, Unit

DOERS_OF_A_UNIT: Final = (roles.LIAISON, roles.DATA_OFFICER)
_LATE: Final = (roles.UNIT_LEADER, roles.LIAISON, roles.DATA_OFFICER)
_KINDS: Final = {
    "return": "task-returned",
    "extend": "task-extended",
    "ask_extension": "task-extension-asked",
    "refuse_extension": "task-extension-refused",
    "reply": "task-replied",
    "strike_off": "task-closed",
}
_TOLD: Final = ("assign", "confirm", "correct", "void", *_KINDS)
# A transaction that was under way when the last digest left has an earlier time than the digest.
_OVERLAP: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class _People:
    held: dict[str, Holders]
    office: list[Recipient]

    def of_unit(self, unit_id: str, posts: Sequence[str]) -> list[Recipient]:
        """The holders of these posts; where there is none, the office (R6)."""
        people = dict.fromkeys(person for role in posts for person in self.held[unit_id].get(role, ()))
        return [Recipient(person, unit_id) for person in people] or self.office


async def _people(session: AsyncSession, unit_ids: Iterable[str], on: date) -> _People:
    office = await role_recipients(session, roles.OFFICE, on)
    return _People(await holders_of(session, set(unit_ids), on), office)


async def tell_steps(session: AsyncSession, *, since: datetime, now: datetime, today: date) -> None:
    """Lines about the steps that were taken since the last digest."""
    query = (
        with_place(select(TaskAction, Task, PLACE, Unit.name).join(Task, Task.id == TaskAction.task_id))
        .where(TaskAction.accepted.is_(True), TaskAction.action.in_(_TOLD))
        .where(TaskAction.received_at > since - _OVERLAP, TaskAction.received_at <= now)
        .order_by(TaskAction.received_at, TaskAction.id)
    )
    steps = (await session.execute(query)).all()
    people = await _people(session, (task.unit_id for _, task, *_ in steps), today)
    finders = await _finders(session, [task.id for action, task, *_ in steps if action.action == "reply"])
    for action, task, site, unit in steps:
        kind = _kind(action, task)
        if kind is None:
            continue
        to = people.of_unit(task.unit_id, DOERS_OF_A_UNIT)
        if kind == "task-replied":
            to = [*people.office, *(Recipient(person) for person in finders[task.id])]
        elif kind == "task-extension-asked":
            to = people.office
        due_on = action.body.get("until") or action.body.get("dueOn") or task.due_on.isoformat()
        params = {**_params(task, site), "unit": unit, "due_on": due_on}
        await _tell(session, task, to=to, kind=kind, params=params, key=f"step:{action.id}", now=now)


def _kind(action: TaskAction, task: Task) -> str | None:
    if task.status == "void":
        return "task-void" if action.action == "void" and task.number else None
    if action.action == "assign":
        return "task-confirmed"
    if action.action == "confirm":
        if task.closed_kind == "on_spot" and task.closed_at == action.received_at:
            return "task-fixed-on-spot"
        if task.replied_at == action.received_at and task.replied_by is None:
            return "task-fixed-waits"  # put right on the spot, and not countersigned by anybody yet (R40)
        return "task-confirmed" if task.confirmed_at == action.received_at else "task-seen-again"
    if action.action == "correct":
        return "task-confirmed" if action.body.get("unitId") and task.confirmed_at else None
    return _KINDS.get(action.action)


async def _finders(session: AsyncSession, task_ids: list[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    query = select(Finding.task_id, Finding.finder_id).where(Finding.task_id.in_(task_ids), Finding.status != "void")
    for task_id, person_id in await session.execute(query.distinct()):
        found[task_id].append(person_id)
    return found


async def tell_deadlines(session: AsyncSession, calendar: WorkCalendar, *, today: date, now: datetime) -> None:
    """Lines about deadlines: one working day left, or passed; once for each date that a deadline had.

    Only the unit that owes is told: one that watches is never overdue (R12).
    """
    query = (
        with_place(select(Task, PLACE))
        .where(Task.status == "open", Task.extension_asked_at.is_(None))
        .where(Task.due_on <= calendar.add_working_days(today, 1))
        .order_by(Task.due_on, Task.id)
    )
    rows = (await session.execute(query)).all()
    people = await _people(session, (task.unit_id for task, _ in rows), today)
    for task, site in rows:
        posts: tuple[str, ...]
        if task.due_on < today:
            kind, posts = "task-overdue", _LATE
        elif calendar.working_days_between(today, task.due_on) == 1:
            kind, posts = "task-due-soon", DOERS_OF_A_UNIT
        else:
            continue
        params = {**_params(task, site), "due_on": task.due_on.isoformat()}
        key = f"{kind}:{task.id}:{task.due_on}"
        await _tell(session, task, to=people.of_unit(task.unit_id, posts), kind=kind, params=params, key=key, now=now)


def _params(task: Task, site: str) -> dict[str, Any]:
    return {"number": task.number or "", "site": site}


async def _tell(
    session: AsyncSession,
    task: Task,
    *,
    to: Sequence[Recipient],
    kind: str,
    params: dict[str, Any],
    key: str,
    now: datetime,
) -> None:
    await notify(session, to=to, kind=kind, params=params, link=f"/tasks/{task.id}", dedupe_key=key, now=now)
