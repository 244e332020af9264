"""What the tasks of a letter come from: the inspections that saw them, the superior or meeting that gave them (R43)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from server import clock
from server.documents.composing.assignment import Basis
from storage.database.models import Finding, Inspection, Task


async def bases_of(session: AsyncSession, tasks: Sequence[Task]) -> tuple[Basis, ...]:
    """One sentence for the inspections, and one for each source of what was added outside the plan."""
    bases: list[Basis] = []
    seen = (
        select(func.min(Inspection.finished_at), func.max(Inspection.finished_at))
        .join(Finding, Finding.inspection_id == Inspection.id)
        .where(Finding.task_id.in_([task.id for task in tasks]), Finding.status == "confirmed")
    )
    first, last = (await session.execute(seen)).one()
    if first is not None and last is not None:
        span = clock.shanghai_date(first), clock.shanghai_date(last)
        bases.append(Basis("inspection", "区政府办", "医疗卫生服务体系和科普活动", *span))
    return (*bases, *added_bases(tasks))


def added_bases(tasks: Iterable[Task]) -> list[Basis]:
    """The sources of the tasks that no inspection found, each with the days on which it gave them."""
    sources: dict[tuple[str, str, str], list[date]] = {}
    for task in tasks:
        if task.origin != "inspection":
            source = (task.origin, task.source_name, task.source_number)
            sources.setdefault(source, []).append(task.given_on or clock.shanghai_date(task.created_at))
    return [_basis(*source, min(days), max(days)) for source, days in sources.items()]


def _basis(origin: str, name: str, number: str, start: date, end: date) -> Basis:
    paper = f"（{number}）" if number else ""
    if origin == "superior":
        return Basis("superior", name or "上级部门", f"有关问题{paper}", start, end)
    if origin == "leader":
        return Basis("superior", name or "组长", f"有关工作{paper}", start, end)
    if origin == "meeting":
        return Basis("meeting", "组长主持", name or "工作调度会", start, end)
    return Basis("adjustment", "社事办", f"有关工作任务{paper}", start, end)
