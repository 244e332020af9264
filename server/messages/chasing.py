"""催办: words and a photo grid for the chat group. A person sends them (R93)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.messages import ChaseIn, ChaseKind, ChaseOut, ChaseText
from server import clock
from server.audit import service as audit
from server.audit.chain import digest
from server.auth.actor import Actor
from server.errors import FieldError, NotFound, Unprocessable
from server.messages.errors import ChaseDiffers
from server.messages.wording import words
from server.org import calendar
from server.org.working_days import WorkCalendar
from server.tasks.lateness import is_late
from server.tasks.lookups import OF_THE_FAULT, PLACE, with_place
from server.tasks.noting import note_step
from storage.database.models import Chase, Person, PhotoUse, Task, Unit

# A chat's photo grid holds nine.
_GRID = 9
_LONGEST = 40


async def chase_text(
    session: AsyncSession, *, unit_id: str, kind: ChaseKind, language: str, public_url: str
) -> ChaseText:
    """What to say to a unit about its tasks: late ones, those due by the next working day, or all open ones (R93).

    Of tasks that a complaint made only the requirement is named and no photo is shown. Raises NotFound.
    """
    unit = await session.get(Unit, unit_id)
    if unit is None:
        raise NotFound
    today, days = clock.today(), await calendar.load(session)
    wanted = (Task.unit_id == unit_id, Task.status == "open", *_wanted(kind, today, days))
    return await _words(session, unit, wanted, kind=kind, language=language, url=f"{public_url}/tasks")


async def chase_task(session: AsyncSession, *, task_id: str, language: str, public_url: str) -> ChaseText:
    """What to say to the unit that owes one task (R93). Raises NotFound for one that is absent or not open."""
    task = await session.get(Task, task_id)
    if task is None or task.status != "open":
        raise NotFound
    unit = await session.get_one(Unit, task.unit_id)
    kind: ChaseKind = "overdue" if task.due_on < clock.today() and task.extension_asked_at is None else "open"
    url = f"{public_url}/tasks/{task.id}"
    return await _words(session, unit, (Task.id == task_id,), kind=kind, language=language, url=url)


async def _words(
    session: AsyncSession,
    unit: Unit,
    wanted: Sequence[ColumnElement[bool]],
    *,
    kind: ChaseKind,
    language: str,
    url: str,
) -> ChaseText:
    today, days = clock.today(), await calendar.load(session)
    query = with_place(select(Task, PLACE)).where(*wanted).order_by(Task.due_on, Task.id)
    tasks = [(task, site) for task, site in await session.execute(query)]
    lines = [_line(number, task, site, today, days, language) for number, (task, site) in enumerate(tasks, 1)]
    more = [words("chase-more", {"count": len(lines) - _LONGEST}, language)] if len(lines) > _LONGEST else []
    head = words(f"chase-{kind}" if tasks else "chase-nothing", {"unit": unit.name, "count": len(tasks)}, language)
    foot = [words("chase-foot", {"url": url}, language)] if tasks else []
    task_ids = [task.id for task, _ in tasks]
    return ChaseText(
        text="\n".join([head, *lines[:_LONGEST], *more, *foot]),
        unit_id=unit.id,
        task_ids=task_ids,
        photos=[photo.sha256 for photo in await faults(session, task_ids)],
        tasks=len(tasks),
    )


def _wanted(kind: ChaseKind, today: date, days: WorkCalendar) -> list[ColumnElement[bool]]:
    if kind == "overdue":
        return [is_late(today)]
    return [Task.due_on >= today, Task.due_on <= days.add_working_days(today, 1)] if kind == "due" else []


def _line(number: int, task: Task, site: str, today: date, days: WorkCalendar, language: str) -> str:
    late = max(days.working_days_between(task.due_on, today), 0)
    params = {
        "number": number,
        "task": task.number or "",
        "site": site,
        "problem": task.requirement if task.origin == "complaint" else task.problem,
        "due_on": task.due_on.isoformat(),
        "late": late,
    }
    return words("chase-late-line" if task.due_on < today else "chase-line", params, language)


@dataclass(frozen=True, slots=True)
class Fault:
    """A photo of a fault for the chat group, with the task's number and its place."""

    sha256: str
    number: str
    place: str


async def faults(session: AsyncSession, task_ids: Sequence[str]) -> list[Fault]:
    """One photo of the fault of each task, in the order given, as many as the grid holds; nothing of complainants."""
    query = (
        with_place(select(PhotoUse.sha256, Task.id, Task.number, PLACE).join(Task, Task.id == PhotoUse.task_id))
        .where(Task.id.in_(task_ids), Task.status == "open", Task.origin != "complaint")
        .where(PhotoUse.purpose.in_(OF_THE_FAULT), PhotoUse.state == "received")
        .order_by(PhotoUse.created_at, PhotoUse.id)
    )
    first: dict[str, Fault] = {}
    for sha256, task_id, number, place in await session.execute(query):
        first.setdefault(task_id, Fault(sha256, number or "", place))
    shown = {one.sha256: one for task_id in reversed(task_ids) if (one := first.get(task_id))}
    return list(reversed(shown.values()))[:_GRID]


async def keep_chase(session: AsyncSession, asked: ChaseIn, *, me: Actor) -> None:
    """Write down that a person chased a unit, in the history of each task (R93); the same id again changes nothing.

    Raises NotFound, ChaseDiffers, Unprocessable.
    """
    if not asked.text.strip():
        raise Unprocessable(errors=[FieldError("/text", "text-needed")])
    earlier = await session.get(Chase, asked.id)
    if earlier is not None:
        if earlier.body_sha256 != digest(asked):
            raise ChaseDiffers
        return
    wanted = list(dict.fromkeys(asked.task_ids))
    query = select(Task).where(Task.id.in_(wanted), Task.unit_id == asked.unit_id).order_by(Task.id)
    tasks = list(await session.scalars(query.with_for_update(key_share=True)))
    if len(tasks) != len(wanted) or await session.get(Unit, asked.unit_id) is None:
        raise NotFound
    now = clock.now()
    session.add(
        Chase(
            id=asked.id,
            unit_id=asked.unit_id,
            task_ids=wanted,
            text=asked.text,
            at=now,
            actor_id=me.person_id,
            role=me.role,
            body_sha256=digest(asked),
        )
    )
    words_kept = asked.text if len(tasks) == 1 else asked.text.strip().splitlines()[0]
    for task in tasks:
        await note_step(session, task, action="chase", text=words_kept, me=me, now=now)
    detail = {"chase": asked.id, "tasks": len(wanted)}
    audit.record(session, actor=me, action="chase", subject=("unit", asked.unit_id), detail=detail)


async def chases_of(session: AsyncSession, unit_id: str) -> list[ChaseOut]:
    """When a unit was chased, by whom and with which words, the newest twenty."""
    query = (
        select(Chase, Person.name)
        .join(Person, Person.id == Chase.actor_id)
        .where(Chase.unit_id == unit_id)
        .order_by(Chase.at.desc(), Chase.id.desc())
        .limit(20)
    )
    return [
        ChaseOut(id=row.id, at=row.at, actor=person, text=row.text, tasks=len(row.task_ids))
        for row, person in await session.execute(query)
    ]
