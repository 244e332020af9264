"""Planned re-checks and their results, a page at a time. Who inspects, leads or reads sees them; a unit sees at its
task that a re-check is planned.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.phone import PersonName
from schemas.rechecks import RecheckOut, RecheckTaskOut
from schemas.wire import Page
from server.auth import roles
from server.auth.holding import held_on
from server.errors import NotFound
from server.paging import Order, paged, split
from server.tasks import lookups
from storage.database.models import Finding, Person, Post, Recheck, RecheckAssignee, RecheckTask, Task, Unit

_ORDER = Order(Recheck.planned_on, Recheck.id)
_PHONE_KEEPS = timedelta(days=7)
_MOST_ON_PHONE = 100
_STATES: dict[str, tuple[ColumnElement[bool], ...]] = {
    "planned": (Recheck.ended_at.is_(None),),
    "done": (Recheck.ended_at.is_not(None), Recheck.cancelled_at.is_(None)),
    "cancelled": (Recheck.cancelled_at.is_not(None),),
}


async def list_rechecks(
    session: AsyncSession, *, status: str | None, site: str | None, cursor: str | None, limit: int
) -> Page[RecheckOut]:
    """One page, the latest day first. An unknown status finds nothing."""
    query = select(Recheck)
    if status:
        query = query.where(*_STATES[status]) if status in _STATES else query.where(Recheck.id.is_(None))
    if site:
        query = query.where(Recheck.site_id == site)
    rows = (await session.scalars(paged(query, _ORDER, cursor=cursor, limit=limit))).all()
    page, following = split(rows, _ORDER, limit=limit)
    return Page(items=await present(session, page), next=following)


async def get_recheck(session: AsyncSession, recheck_id: str) -> RecheckOut:
    """One re-check. Raises NotFound."""
    row = await session.get(Recheck, recheck_id)
    if row is None:
        raise NotFound
    return (await present(session, [row]))[0]


async def rechecks_of_phone(session: AsyncSession, now: datetime) -> list[RecheckOut]:
    """What a phone takes along: all that are not made yet, by day, and those that ended within a week."""
    fresh = or_(Recheck.ended_at.is_(None), Recheck.ended_at > now - _PHONE_KEEPS)
    query = select(Recheck).where(fresh, Recheck.cancelled_at.is_(None))
    query = query.order_by(Recheck.ended_at.is_not(None), Recheck.planned_on, Recheck.id)
    return await present(session, list(await session.scalars(query.limit(_MOST_ON_PHONE))))


async def inspectors(session: AsyncSession, on: date) -> list[PersonName]:
    """Who holds the post of an inspector on a date, by name."""
    query = (
        select(Person.id, Person.name)
        .join(Post, Post.person_id == Person.id)
        .where(Post.role == roles.INSPECTOR, held_on(on), Person.disabled_at.is_(None))
        .distinct()
        .order_by(Person.name, Person.id)
    )
    return [PersonName(id=person_id, name=name) for person_id, name in await session.execute(query)]


async def waiting_in(session: AsyncSession, task_ids: Sequence[str]) -> dict[str, str]:
    """The re-check that waits for each of these tasks."""
    query = select(RecheckTask.task_id, RecheckTask.recheck_id).where(
        RecheckTask.task_id.in_(task_ids), RecheckTask.outcome.is_(None)
    )
    return dict((await session.execute(query)).all())


async def present(session: AsyncSession, rows: Sequence[Recheck]) -> list[RecheckOut]:
    """Re-checks as they travel, in the order given."""
    ids = [row.id for row in rows]
    sites = await lookups.sites(session, [row.site_id for row in rows])
    people = await lookups.person_names(session, [row.planned_by for row in rows])
    assignees: dict[str, list[tuple[str, str]]] = defaultdict(list)
    going = select(RecheckAssignee.recheck_id, Person.id, Person.name).join(
        Person, Person.id == RecheckAssignee.person_id
    )
    query = going.where(RecheckAssignee.recheck_id.in_(ids)).order_by(Person.name, Person.id)
    for recheck_id, person_id, name in await session.execute(query):
        assignees[recheck_id].append((person_id, name))
    tasks = await _tasks(session, ids)
    return [
        RecheckOut(
            id=row.id,
            site_id=row.site_id,
            site_name=sites[row.site_id].name,
            planned_on=row.planned_on,
            note=row.note,
            assignees=[person_id for person_id, _ in assignees[row.id]],
            assignee_names=[name for _, name in assignees[row.id]],
            planned_at=row.planned_at,
            planned_by=people[row.planned_by],
            status="cancelled" if row.cancelled_at else "done" if row.ended_at else "planned",
            cancel_reason=row.cancel_reason,
            tasks=tasks[row.id],
        )
        for row in rows
    ]


async def _tasks(session: AsyncSession, recheck_ids: Sequence[str]) -> dict[str, list[RecheckTaskOut]]:
    query = (
        select(RecheckTask, Task, Unit.name)
        .join(Task, Task.id == RecheckTask.task_id)
        .join(Unit, Unit.id == Task.unit_id)
        .where(RecheckTask.recheck_id.in_(recheck_ids))
        .order_by(RecheckTask.recheck_id, Task.item_code, Task.id)
    )
    rows = (await session.execute(query)).all()
    people = await lookups.person_names(session, [one.outcome_by for one, *_ in rows if one.outcome_by])
    finders: dict[str, set[str]] = defaultdict(set)
    seen = select(Finding.task_id, Finding.finder_id).where(Finding.task_id.in_([task.id for _, task, _ in rows]))
    for task_id, person_id in await session.execute(seen):
        finders[task_id].add(person_id)
    shown: dict[str, list[RecheckTaskOut]] = defaultdict(list)
    for one, task, unit in rows:
        shown[one.recheck_id].append(
            RecheckTaskOut(
                task_id=task.id,
                number=task.number,
                problem=task.problem,
                unit_name=unit,
                outcome=one.outcome,
                outcome_at=one.outcome_at,
                outcome_by=people.get(one.outcome_by or "", ""),
                reason=one.reason,
                same_inspector=one.outcome == "struck_off" and one.outcome_by in finders[task.id],
            )
        )
    return shown
