"""Lists of findings and tasks. Every row goes through the scope of `visibility`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.tasks import FindingOut, TaskOut
from schemas.wire import Page
from server import clock
from server.auth import roles
from server.auth.actor import Actor
from server.errors import FieldError, NotFound, Unprocessable
from server.indexing.queries import mentioning
from server.paging import Order, paged, split
from server.spans import instants_of, months_of
from server.tasks.lateness import answered_in_time, is_late
from server.tasks.presenting import present_tasks, reader_for
from server.tasks.presenting_findings import present_findings
from server.tasks.visibility import scoped, visible_tasks
from storage.database.models import Finding, PhotoFlag, PhotoUse, Task

_GO_TO_SITES = frozenset({roles.INSPECTOR, roles.SUPERVISOR, roles.OFFICE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The filters that findings and tasks share.

    `first` and `last` are the months of a span: of the sighting, or of the task's instant that `dated` names
    (`closed`, `created`).
    """

    month: str | None = None
    origin: str | None = None
    unit: str | None = None
    site: str | None = None
    status: str | None = None
    rung: str | None = None
    severity: str | None = None
    flag: str | None = None
    q: str | None = None
    item: str | None = None
    first: str | None = None
    last: str | None = None
    dated: str | None = None
    on_time: bool | None = None
    overdue: bool = False
    relapse: bool = False
    sort: str | None = None
    cursor: str | None = None
    limit: int = 50


_FINDING_ORDERS = {
    None: Order(Finding.received_at, Finding.id),
    "-receivedAt": Order(Finding.received_at, Finding.id),
    "receivedAt": Order(Finding.received_at, Finding.id, descending=False),
}
_TASK_ORDERS = {
    None: Order(Task.created_at, Task.id),
    "-createdAt": Order(Task.created_at, Task.id),
    "createdAt": Order(Task.created_at, Task.id, descending=False),
    "dueOn": Order(Task.due_on, Task.id, descending=False),
    "-dueOn": Order(Task.due_on, Task.id),
}


def _order(orders: dict[str | None, Order], sort: str | None) -> Order:
    if sort not in orders:
        raise Unprocessable(errors=[FieldError("/sort", "not-found", {"value": sort})])
    return orders[sort]


async def list_findings(session: AsyncSession, me: Actor, wanted: Wanted, language: str) -> Page[FindingOut]:
    """One page of findings, newest receipt first. A unit's people see the confirmed ones of their tasks (R8)."""
    query = select(Finding).where(*await _finding_conditions(session, wanted))
    if me.role not in roles.DISTRICT:
        query = query.where(Finding.task_id.in_(visible_tasks(me)), Finding.status == "confirmed")
    order = _order(_FINDING_ORDERS, wanted.sort)
    rows = await session.scalars(paged(query, order, cursor=wanted.cursor, limit=wanted.limit))
    page, following = split(rows.all(), order, limit=wanted.limit)
    items = await present_findings(session, page, await reader_for(session, me, language))
    return Page(items=items, next=following)


async def _finding_conditions(session: AsyncSession, wanted: Wanted) -> list[ColumnElement[bool]]:
    pairs = (
        (wanted.month, Finding.month),
        (wanted.unit, Finding.unit_id),
        (wanted.site, Finding.site_id),
        (wanted.severity, Finding.severity),
        (wanted.item, Finding.item_code),
    )
    conditions: list[ColumnElement[bool]] = [column == value for value, column in pairs if value]
    if wanted.status:
        conditions.append(Finding.status.in_(wanted.status.split(",")))
    conditions += months_of(wanted.first, wanted.last, Finding.month)
    if wanted.rung:
        conditions.append(Finding.task_id.in_(select(Task.id).where(Task.rung == wanted.rung)))
    if wanted.flag == "any":
        conditions.append(Finding.is_flagged.is_(True))
    elif wanted.flag:
        flagged = select(PhotoUse.finding_id).join(PhotoFlag, PhotoFlag.photo_use_id == PhotoUse.id)
        conditions.append(
            Finding.id.in_(flagged.where(PhotoFlag.code == wanted.flag, PhotoUse.finding_id.is_not(None)))
        )
    if wanted.q:
        conditions.append(await mentioning(session, "finding", Finding.id, wanted.q))
    return conditions


async def get_finding(session: AsyncSession, me: Actor, finding_id: str, language: str) -> FindingOut:
    """One finding. Raises NotFound for an absent and for a foreign one alike."""
    query = select(Finding).where(Finding.id == finding_id)
    if me.role not in roles.DISTRICT:
        query = query.where(Finding.task_id.in_(visible_tasks(me)), Finding.status == "confirmed")
    finding = await session.scalar(query)
    if finding is None:
        raise NotFound
    return (await present_findings(session, [finding], await reader_for(session, me, language)))[0]


async def list_tasks(session: AsyncSession, me: Actor, wanted: Wanted, language: str) -> Page[TaskOut]:
    """One page of tasks, newest first unless sorted by deadline."""
    page, following = await task_page(session, me, wanted)
    return Page(items=await present_tasks(session, page, await reader_for(session, me, language)), next=following)


async def task_page(session: AsyncSession, me: Actor, wanted: Wanted) -> tuple[list[Task], str | None]:
    """The rows of one page that this person may see, and the cursor of the next."""
    query = scoped(select(Task).where(*await _task_conditions(session, wanted, me)), me)
    order = _order(_TASK_ORDERS, wanted.sort)
    rows = await session.scalars(paged(query, order, cursor=wanted.cursor, limit=wanted.limit))
    return split(rows.all(), order, limit=wanted.limit)


async def _task_conditions(session: AsyncSession, wanted: Wanted, me: Actor) -> list[ColumnElement[bool]]:
    pairs = (
        (wanted.unit, Task.unit_id),
        (wanted.site, Task.site_id),
        (wanted.rung, Task.rung),
        (wanted.item, Task.item_code),
        (wanted.severity, Task.severity),
    )
    conditions: list[ColumnElement[bool]] = [column == value for value, column in pairs if value]
    if wanted.status:
        conditions.append(Task.status.in_(wanted.status.split(",")))
    if wanted.origin:
        conditions.append(Task.origin.in_(wanted.origin.split(",")))
    if wanted.overdue:
        conditions.append(is_late(clock.today()))
        if me.is_unit:
            conditions.append(Task.unit_id == me.unit_id)  # a watcher is never overdue (R12)
    if wanted.relapse:
        conditions.append(Task.relapse_of_id.is_not(None))
    if wanted.month:
        conditions.append(Task.id.in_(select(Finding.task_id).where(Finding.month == wanted.month)))
    if wanted.on_time is not None:
        conditions.append(answered_in_time() if wanted.on_time else ~answered_in_time())
    conditions += _span(wanted)
    if wanted.flag:
        conditions.append(Task.id.in_(select(Finding.task_id).where(Finding.is_flagged.is_(True))))
    if wanted.q:
        conditions.append(await mentioning(session, "task", Task.id, wanted.q))
    return conditions


def _span(wanted: Wanted) -> list[ColumnElement[bool]]:
    at = {"closed": Task.closed_at, "created": Task.created_at}.get(wanted.dated or "")
    if at is not None:
        return instants_of(wanted.first, wanted.last, at)
    months = months_of(wanted.first, wanted.last, Finding.month)
    return [Task.id.in_(select(Finding.task_id).where(*months))] if months else []


def one_task(me: Actor, task_id: str) -> Select[Task]:
    """The query for one task that this person may see."""
    return scoped(select(Task).where(Task.id == task_id), me)


async def tasks_of_phone(session: AsyncSession, me: Actor) -> Sequence[Task]:
    """The tasks that a phone takes along: all live ones that this person may see, by deadline.

    Who owes or leads also gets the hundred that were struck off last: an inspector has nothing to do there.
    """
    live = ("draft", "open", "replied") if me.role in roles.DISTRICT else ("open", "replied")
    query = scoped(select(Task).where(Task.status.in_(live)), me).order_by(Task.due_on, Task.id).limit(500)
    tasks = list(await session.scalars(query))
    if me.role not in _GO_TO_SITES:
        done = scoped(select(Task).where(Task.status == "closed"), me)
        tasks += await session.scalars(done.order_by(Task.closed_at.desc(), Task.id).limit(100))
    return tasks
