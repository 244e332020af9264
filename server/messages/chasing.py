"""催办: words and a photo grid for the chat group. A person sends them (R93)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.messages import ChaseKind, ChaseText
from server import clock
from server.errors import NotFound
from server.messages.wording import words
from server.org import calendar
from server.org.working_days import WorkCalendar
from server.tasks.lookups import OF_THE_FAULT, PLACE, with_place
from storage.database.models import PhotoUse, Task, Unit

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
    query = (
        with_place(select(Task, PLACE))
        .where(Task.unit_id == unit_id, Task.status == "open", *_wanted(kind, today, days))
        .order_by(Task.due_on, Task.id)
    )
    tasks = [(task, site) for task, site in await session.execute(query)]
    lines = [_line(number, task, site, today, days, language) for number, (task, site) in enumerate(tasks, 1)]
    more = [words("chase-more", {"count": len(lines) - _LONGEST}, language)] if len(lines) > _LONGEST else []
    head = words(f"chase-{kind}" if tasks else "chase-nothing", {"unit": unit.name, "count": len(tasks)}, language)
    foot = [words("chase-foot", {"url": f"{public_url}/tasks"}, language)] if tasks else []
    return ChaseText(
        text="\n".join([head, *lines[:_LONGEST], *more, *foot]),
        photos=await _photos(session, [task.id for task, _ in tasks if task.origin != "complaint"]),
        tasks=len(tasks),
    )


def _wanted(kind: ChaseKind, today: date, days: WorkCalendar) -> list[ColumnElement[bool]]:
    if kind == "overdue":
        return [Task.due_on < today, Task.extension_asked_at.is_(None)]
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


async def _photos(session: AsyncSession, task_ids: Sequence[str]) -> list[str]:
    """One photo of the fault of each task, in the tasks' order, as many as the grid holds."""
    query = (
        select(PhotoUse.task_id, PhotoUse.sha256)
        .where(PhotoUse.task_id.in_(task_ids), PhotoUse.purpose.in_(OF_THE_FAULT), PhotoUse.state == "received")
        .order_by(PhotoUse.created_at, PhotoUse.id)
    )
    first: dict[str, str] = {}
    for task_id, sha256 in await session.execute(query):
        first.setdefault(task_id or "", sha256)
    return list(dict.fromkeys(first[task_id] for task_id in task_ids if task_id in first))[:_GRID]
