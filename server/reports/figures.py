"""Counts for the statistics, each one query that groups inside the database."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.statistics import CodeCount, ItemFigures
from server.checklists.versions import parse, words
from server.reports.statistics import Closed
from server.spans import instants_of
from server.tasks.lateness import answered_in_time, is_late
from server.visits.coverage import got_in
from storage.database.days import days_between, shanghai_month
from storage.database.models import Finding, Inspection, PhotoFlag, PhotoUse, Task, TemplateVersion

_MOST_ITEMS = 20


@dataclass(frozen=True, slots=True)
class Span:
    """Whole months, and the unit whose figures are wanted (None: all)."""

    first_month: str
    last_month: str
    unit_id: str | None = None

    @property
    def findings(self) -> list[ColumnElement[bool]]:
        """The findings of the span that stand."""
        return [
            Finding.month.between(self.first_month, self.last_month),
            Finding.status != "void",
            *([Finding.unit_id == self.unit_id] if self.unit_id else []),
        ]

    def tasks(self, at: Any) -> list[ColumnElement[bool]]:
        """The tasks whose instant `at` lies in the span."""
        within = instants_of(self.first_month, self.last_month, at)
        return [*within, *([Task.unit_id == self.unit_id] if self.unit_id else [])]


def _in_time() -> ColumnElement[int]:
    """1 for a struck-off task that was answered by its limit, 0 for one that was not."""
    return case((answered_in_time(), 1), else_=0)


async def closed_by_unit(session: AsyncSession, span: Span) -> dict[str, Closed]:
    """What each unit had struck off in the span."""
    days = days_between(Task.closed_at, func.coalesce(Task.confirmed_at, Task.created_at))
    in_time = _in_time()
    query = (
        select(Task.unit_id, days.label("days"), in_time.label("in_time"), func.count())
        .where(Task.status == "closed", *span.tasks(Task.closed_at))
        .group_by(Task.unit_id, days, in_time)
    )
    found: dict[str, Closed] = defaultdict(Closed)
    for unit_id, taken, on_time, count in await session.execute(query):
        found[unit_id].add(max(taken, 0), count, on_time=bool(on_time))
    relapsed = (
        select(Task.unit_id, func.count())
        .where(Task.relapse_of_id.is_not(None), Task.status != "void", *span.tasks(Task.created_at))
        .group_by(Task.unit_id)
    )
    for unit_id, count in await session.execute(relapsed):
        found[unit_id].relapses = count
    return found


async def standing_by_unit(session: AsyncSession, span: Span, today: date) -> dict[str, tuple[int, int]]:
    """What each unit has open today, and how much of that is late."""
    query = (
        select(Task.unit_id, func.count(), func.sum(case((is_late(today), 1), else_=0)))
        .where(Task.status == "open", *([Task.unit_id == span.unit_id] if span.unit_id else []))
        .group_by(Task.unit_id)
    )
    return {unit_id: (count, overdue) for unit_id, count, overdue in await session.execute(query)}


async def findings_by(session: AsyncSession, span: Span, column: Any) -> dict[str, int]:
    """Findings of the span by a column of theirs."""
    query = select(column, func.count()).where(*span.findings).group_by(column)
    return {str(value): count for value, count in await session.execute(query)}


async def inspections_by_month(session: AsyncSession, span: Span) -> dict[str, int]:
    """Inspections that got in, by month; of the whole district, whatever the unit."""
    query = (
        select(Inspection.month, func.count())
        .where(
            Inspection.month.between(span.first_month, span.last_month),
            got_in(),
        )
        .group_by(Inspection.month)
    )
    return dict((await session.execute(query)).all())


async def closed_by_month(session: AsyncSession, span: Span) -> dict[str, tuple[int, int]]:
    """Tasks struck off by month, and those of them that were answered in time."""
    month = shanghai_month(Task.closed_at)
    query = (
        select(month, func.count(), func.sum(_in_time()))
        .where(Task.status == "closed", *span.tasks(Task.closed_at))
        .group_by(month)
    )
    return {name: (count, on_time) for name, count, on_time in await session.execute(query)}


async def relapses_by_month(session: AsyncSession, span: Span) -> dict[str, int]:
    """Faults that came back, by the month in which they did."""
    month = shanghai_month(Task.created_at)
    query = (
        select(month, func.count())
        .where(Task.relapse_of_id.is_not(None), Task.status != "void", *span.tasks(Task.created_at))
        .group_by(month)
    )
    return dict((await session.execute(query)).all())


async def worst_items(session: AsyncSession, span: Span, language: str) -> list[ItemFigures]:
    """The items that failed most often."""
    query = (
        select(Finding.item_code, func.count(), func.count(func.distinct(Finding.site_id)))
        .where(*span.findings)
        .group_by(Finding.item_code)
        .order_by(func.count().desc(), Finding.item_code)
        .limit(_MOST_ITEMS)
    )
    labels = await _labels(session, language)
    return [
        ItemFigures(item=code, label=labels.get(code, code), findings=count, sites=sites)
        for code, count, sites in await session.execute(query)
    ]


async def _labels(session: AsyncSession, language: str) -> dict[str, str]:
    versions = await session.scalars(select(TemplateVersion).where(TemplateVersion.is_current))
    return {item.code: words(item.label, language) for version in map(parse, versions) for item in version.items}


async def flags_raised(session: AsyncSession, span: Span) -> list[CodeCount]:
    """Flags on the photos of the span's findings, the most frequent first."""
    count = func.count(func.distinct(PhotoUse.finding_id))
    query = (
        select(PhotoFlag.code, count)
        .join(PhotoUse, PhotoUse.id == PhotoFlag.photo_use_id)
        .join(Finding, Finding.id == PhotoUse.finding_id)
        .where(*span.findings)
        .group_by(PhotoFlag.code)
        .order_by(count.desc(), PhotoFlag.code)
    )
    return [CodeCount(code=code, findings=found) for code, found in await session.execute(query)]
