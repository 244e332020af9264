"""Counts a month for its circular: inspections by subject, the tasks that were seen, what was struck off (R62)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from server import clock
from server.documents.composing.circular import Source, SubjectMonth, UnitMonth, on_time_rate
from server.documents.composing.phrases import say
from server.letters.counting import SeenTask
from server.months import first_day, month_after
from server.tasks import lookups
from storage.database.models import Finding, Inspection, Task, TemplateVersion, Unit

_SUBJECTS = ("SUB-YL", "SUB-KPYJ", "SUB-KPHD", "SUB-OTHER")


@dataclass(frozen=True, slots=True)
class Visits:
    """A month's inspections: by subject, the sites and teams in all, the first and the last day."""

    subjects: tuple[SubjectMonth, ...]
    sites: int
    teams: int
    start: date
    end: date

    @property
    def count(self) -> int:
        return sum(one.visits for one in self.subjects)


def _span(month: str) -> tuple[datetime, datetime]:
    """The instants between which a month lies in Shanghai."""
    return clock.start_of_day(first_day(month)), clock.start_of_day(first_day(month_after(month)))


async def visits_of(session: AsyncSession, month: str) -> Visits:
    """The inspections of a month, without those that an amendment replaced; a door that stayed shut is no visit."""
    query = (
        select(Inspection.site_id, Inspection.author_id, Inspection.outcome, Inspection.finished_at)
        .add_columns(TemplateVersion.subject)
        .join(TemplateVersion, TemplateVersion.id == Inspection.template_version_id)
        .where(Inspection.month == month, Inspection.amended_by_id.is_(None))
    )
    rows = (await session.execute(query)).all()
    known = [code for code in _SUBJECTS if any(row.subject == code for row in rows)]
    others = sorted({row.subject for row in rows} - set(_SUBJECTS))
    inside = [row for row in rows if row.outcome == "inspected"]
    days = [clock.shanghai_date(row.finished_at) for row in rows] or [first_day(month)]
    return Visits(
        subjects=tuple(
            SubjectMonth(
                subject=say(f"circular.subject_names.{code}") if code in _SUBJECTS else code,
                visits=sum(row.subject == code for row in inside),
                sites=len({row.site_id for row in inside if row.subject == code}),
                no_access=sum(row.subject == code for row in rows if row.outcome != "inspected"),
            )
            for code in [*known, *others]
        ),
        sites=len({row.site_id for row in inside}),
        teams=len({row.author_id for row in rows}),
        start=min(days),
        end=max(days),
    )


async def seen_tasks(session: AsyncSession, month: str) -> list[SeenTask]:
    """The tasks that confirmed findings of a month were about, without void ones."""
    seen = select(Finding.task_id).where(Finding.month == month, Finding.status == "confirmed").distinct()
    again = select(Finding.task_id).where(
        Finding.month == month, Finding.status == "confirmed", Finding.link == "relapse"
    )
    relapsed = set(await session.scalars(again))
    query = lookups.with_place(select(Task, lookups.PLACE, Unit.name)).where(
        Task.id.in_(seen), Task.status.in_(("open", "replied", "closed"))
    )
    return [
        SeenTask(
            unit=unit,
            site=place,
            problem=task.problem,
            severity=task.severity,
            status=task.status,
            due_on=task.due_on,
            replied_on=_day(task.replied_at),
            closed_on=_day(task.closed_at),
            asked_on=_day(task.extension_asked_at),
            is_relapse=task.id in relapsed,
        )
        for task, place, unit in await session.execute(query.order_by(Task.due_on, Task.id))
    ]


def _day(at: datetime | None) -> date | None:
    return clock.shanghai_date(at) if at is not None else None


async def closed_in(session: AsyncSession, month: str) -> int:
    """How many tasks were struck off in a month, whenever they were found."""
    start, end = _span(month)
    query = select(func.count()).select_from(Task)
    closed = query.where(Task.status == "closed", Task.closed_at >= start, Task.closed_at < end)
    return await session.scalar(closed) or 0


async def first_inspected(session: AsyncSession) -> date | None:
    """The first day of the month of the first inspection."""
    month = await session.scalar(select(func.min(Inspection.month)))
    return first_day(month) if month else None


def sources_of(month: str, visits: Visits, units: Sequence[UnitMonth], closed: int) -> tuple[Source, ...]:
    """Each printed figure with what was counted for it, so that anybody can count it again."""
    found = sum(one.found for one in units)
    values: dict[str, object] = {
        "visits": visits.count,
        "sites": visits.sites,
        "no_access": sum(one.no_access for one in visits.subjects),
        "found": found,
        "severity": "/".join(str(sum(getattr(one, name) for one in units)) for name in ("severe", "major", "minor")),
        "closed": sum(one.closed for one in units),
        "in_time": sum(one.closed_in_time for one in units),
        "rate": on_time_rate(units),
        "overdue": sum(one.overdue for one in units),
        "relapses": sum(one.relapses for one in units),
        "closed_in_month": closed,
    }
    return tuple(
        Source(say(f"circular.queries.{name}.name"), str(value), say(f"circular.queries.{name}.query", month=month))
        for name, value in values.items()
    )
