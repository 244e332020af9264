"""The district at a glance, from the rows themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from sqlalchemy import ColumnElement, case, func, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.org import Overview, Today, UnitStanding
from schemas.statistics import CodeCount, MonthFigures, Statistics, UnitFigures
from server.auth import roles
from server.auth.actor import Actor
from server.months import months_between
from server.reports import figures
from server.reports.figures import Span
from server.reports.statistics import Closed, together
from server.tasks.lateness import is_late
from server.tasks.visibility import scoped
from server.visits.coverage import got_in
from storage.database.models import Finding, Inspection, Task, Unit, Visit


async def overview(session: AsyncSession, me: Actor, *, month: str, today: date) -> Overview:
    """How the district stands, or how a unit does for its own people (R8)."""
    planned, done = await _coverage(session, month)
    counts, units = await _standing(session, me, today)
    relapses = await _count(session, me, Task.relapse_of_id.is_not(None), Task.status != "void")
    drafts = await session.scalar(select(func.count()).select_from(Finding).where(Finding.status == "draft")) or 0
    findings = select(func.count()).select_from(Finding).where(Finding.month == month, Finding.status != "void")
    district = me.role in roles.DISTRICT
    return Overview(
        month=month,
        planned=planned,
        done=done,
        coverage=done / planned if planned else None,
        findings=(await session.scalar(findings) or 0) if district else 0,
        drafts=drafts if district else 0,
        open=counts["open"],
        overdue=counts["overdue"],
        replied=counts["replied"],
        relapses=relapses,
        units=units,
        today=_today(me, drafts, counts),
    )


def _today(me: Actor, drafts: int, counts: dict[str, int]) -> list[Today]:
    rows = []
    if me.role in roles.REVIEWERS:
        rows.append(Today(kind="review", count=drafts))
    if me.role in roles.REVIEWERS | {roles.INSPECTOR}:
        rows.append(Today(kind="recheck", count=counts["replied"]))
    rows.append(Today(kind="overdue", count=counts["overdue"]))
    return [row for row in rows if row.count]


async def _coverage(session: AsyncSession, month: str) -> tuple[int, int]:
    """Sites planned in a month, and those of them that somebody got into (R36: only 已查 counts)."""
    plan = select(Visit.site_id).where(Visit.month == month, Visit.status != "cancelled").distinct()
    planned = await session.scalar(select(func.count()).select_from(plan.subquery()))
    done = await session.scalar(
        select(func.count(func.distinct(Inspection.site_id))).where(
            Inspection.month == month,
            got_in(),
            Inspection.site_id.in_(plan),
        )
    )
    return planned or 0, done or 0


async def _count(session: AsyncSession, me: Actor, *conditions: object) -> int:
    query = scoped(select(func.count()).select_from(Task).where(*conditions), me)  # type: ignore[arg-type]
    return await session.scalar(query) or 0


async def _standing(session: AsyncSession, me: Actor, today: date) -> tuple[dict[str, int], list[UnitStanding]]:
    # Only an open task can be late; all others are counted from an index alone.
    late = func.sum(case((is_late(today), 1), else_=0))
    counted = [
        *await _grouped(session, me, late, Task.status == "open"),
        *await _grouped(session, me, literal(0), Task.status != "open"),
    ]
    by_unit: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    total: dict[str, int] = defaultdict(int)
    for unit_id, name, status, count, overdue in counted:
        by_unit[unit_id, name][status] += count
        by_unit[unit_id, name]["overdue"] += overdue or 0
        if me.is_unit and unit_id != me.unit_id:
            continue  # watched only: seen, and never counted against the watcher (R12)
        total[status] += count
        total["overdue"] += overdue or 0
    rows = [
        UnitStanding(
            unit_id=unit_id,
            unit_name=name,
            open=counts["open"],
            overdue=counts["overdue"],
            replied=counts["replied"],
            closed=counts["closed"],
        )
        for (unit_id, name), counts in by_unit.items()
    ]
    return total, sorted(rows, key=lambda row: (-row.overdue, -row.open, row.unit_name))


async def _grouped(
    session: AsyncSession, me: Actor, overdue: ColumnElement[int], kind: ColumnElement[bool]
) -> list[tuple[str, str, str, int, int | None]]:
    query = scoped(select(Task.unit_id, Unit.name, Task.status, func.count(), overdue).where(kind), me)
    query = query.join(Unit, Unit.id == Task.unit_id).group_by(Task.unit_id, Unit.name, Task.status)
    return [(unit, name, status, count, late) for unit, name, status, count, late in await session.execute(query)]


async def statistics(session: AsyncSession, span: Span, *, today: date, language: str) -> Statistics:
    """How the district, or one unit, did over a span of months."""
    closed = await figures.closed_by_unit(session, span)
    severities = await figures.findings_by(session, span, Finding.severity)
    return Statistics(
        first_month=span.first_month,
        last_month=span.last_month,
        months=await _months(session, span),
        units=await _units(session, span, closed, today),
        items=await figures.worst_items(session, span, language),
        severities=[CodeCount(code=code, findings=severities.get(code, 0)) for code in ("severe", "major", "minor")],
        flags=await figures.flags_raised(session, span),
        spread=together(closed.values()).spread,
    )


async def _months(session: AsyncSession, span: Span) -> list[MonthFigures]:
    inspections = await figures.inspections_by_month(session, span)
    findings = await figures.findings_by(session, span, Finding.month)
    closed = await figures.closed_by_month(session, span)
    relapses = await figures.relapses_by_month(session, span)
    return [
        MonthFigures(
            month=month,
            inspections=inspections.get(month, 0),
            findings=findings.get(month, 0),
            closed=closed.get(month, (0, 0))[0],
            closed_on_time=closed.get(month, (0, 0))[1],
            relapses=relapses.get(month, 0),
        )
        for month in months_between(span.first_month, span.last_month)
    ]


async def _units(session: AsyncSession, span: Span, closed: Mapping[str, Closed], today: date) -> list[UnitFigures]:
    findings = await figures.findings_by(session, span, Finding.unit_id)
    standing = await figures.standing_by_unit(session, span, today)
    named = select(Unit.id, Unit.name).where(Unit.id.in_(findings.keys() | standing.keys() | closed.keys()))
    rows = [
        _unit(unit_id, name, findings.get(unit_id, 0), closed.get(unit_id, Closed()), standing.get(unit_id, (0, 0)))
        for unit_id, name in await session.execute(named)
    ]
    return sorted(rows, key=lambda row: (-row.overdue, -row.open, row.unit_name))


def _unit(unit_id: str, name: str, findings: int, closed: Closed, standing: tuple[int, int]) -> UnitFigures:
    return UnitFigures(
        unit_id=unit_id,
        unit_name=name,
        findings=findings,
        closed=closed.count,
        closed_on_time=closed.on_time,
        relapses=closed.relapses,
        open=standing[0],
        overdue=standing[1],
        spread=closed.spread,
    )
