"""The wall chart from the rows themselves: nothing is counted beside them."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.board import Board, BoardUnit, CoverageRow
from schemas.org import UnitOut
from server import clock
from server.board.cells import Tally, cells, months_of
from server.board.matrix import OTHER, ROW_OF_SUBJECT, rows, shares
from server.matrix.notice import indicators, name_of_subject, place_of
from server.matrix.queries import notice_on, owners
from server.matrix.shape import Notice
from server.org.queries import list_units
from server.org.units import OF_THE_GROUP
from server.tasks.lateness import is_late
from server.visits.coverage import got_in
from storage.database.models import Inspection, Task, TemplateVersion

_RAISED = ("supervision", "report")


async def board(session: AsyncSession, *, year: int, today: date) -> Board:
    """The chart of a year: its tasks are those opened in it, and older ones that were still live when it began."""
    units = [unit for unit in await list_units(session, today) if _is_column(unit, year)]
    on = today if year == today.year else date(year, 12, 31)
    notice = await notice_on(session, on)
    named = indicators(notice)
    units.sort(key=lambda unit: place_of(notice, unit.code))
    tallies = await _tallies(session, year, today)
    columns = {unit.id for unit in units}
    known = [share for share in shares(named, await owners(session, on)) if share.unit_id in columns]
    shown = {key: tally for key, tally in tallies.items() if key[1] in columns}
    return Board(
        year=year,
        as_of=today,
        units=[BoardUnit(id=unit.id, name=unit.name, posts_missing=unit.posts_missing) for unit in units],
        rows=rows(named),
        cells=sorted(cells(known, shown), key=lambda cell: (cell.row, cell.unit_id)),
        coverage=await _coverage(session, notice, year, today),
    )


def _is_column(unit: UnitOut, year: int) -> bool:
    begins_before_its_end = unit.member_from <= date(year, 12, 31)
    ends_after_its_start = unit.member_until is None or unit.member_until >= date(year, 1, 1)
    return unit.kind in OF_THE_GROUP and begins_before_its_end and ends_after_its_start


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


async def _tallies(session: AsyncSession, year: int, today: date) -> dict[tuple[str, str], Tally]:
    begins, ends = clock.start_of_day(date(year, 1, 1)), clock.start_of_day(date(year + 1, 1, 1))
    is_open, begun = Task.status == "open", or_(Task.acknowledged_at.is_not(None), Task.progressed_at.is_not(None))
    query = (
        select(
            TemplateVersion.subject,
            Task.unit_id,
            _count(is_open).label("open"),
            _count(and_(is_open, begun)).label("begun"),
            _count(is_late(today)).label("overdue"),
            _count(and_(is_open, Task.rung.in_(_RAISED))).label("supervised"),
            _count(Task.status == "replied").label("replied"),
            _count(Task.status == "closed").label("closed"),
            func.min(case((is_open, Task.due_on))).label("due_on"),
            func.max(Task.closed_at).label("closed_at"),
        )
        .outerjoin(TemplateVersion, TemplateVersion.id == Task.template_version_id)
        .where(
            Task.status.in_(("open", "replied", "closed")),
            Task.created_at < ends,
            or_(Task.created_at >= begins, Task.closed_at.is_(None), Task.closed_at >= begins),
        )
        .group_by(TemplateVersion.subject, Task.unit_id)
    )
    found: dict[tuple[str, str], Tally] = {}
    for row in await session.execute(query):
        key = ROW_OF_SUBJECT.get(row.subject or "", OTHER), row.unit_id
        tally = Tally(
            open=row.open,
            begun=row.begun,
            overdue=row.overdue,
            supervised=row.supervised,
            replied=row.replied,
            closed=row.closed,
            due_on=row.due_on,
            done_on=clock.shanghai_date(row.closed_at) if row.closed_at else None,
        )
        found[key] = _together(found[key], tally) if key in found else tally
    return found


def _together(one: Tally, other: Tally) -> Tally:
    """Two subjects of one indicator (rooms and activities are both III-42)."""
    due = [day for day in (one.due_on, other.due_on) if day]
    done = [day for day in (one.done_on, other.done_on) if day]
    return Tally(
        open=one.open + other.open,
        begun=one.begun + other.begun,
        overdue=one.overdue + other.overdue,
        supervised=one.supervised + other.supervised,
        replied=one.replied + other.replied,
        closed=one.closed + other.closed,
        due_on=min(due, default=None),
        done_on=max(done, default=None),
    )


async def _coverage(session: AsyncSession, notice: Notice, year: int, today: date) -> list[CoverageRow]:
    """Every subject that has a checklist, with the inspections that got in (R36: only 已查 counts)."""
    subjects = select(TemplateVersion.subject).where(TemplateVersion.is_current).distinct()
    counted = (
        select(TemplateVersion.subject, Inspection.month, func.count())
        .join(TemplateVersion, TemplateVersion.id == Inspection.template_version_id)
        .where(
            Inspection.month.between(f"{year:04}-01", f"{year:04}-12"),
            got_in(),
        )
        .group_by(TemplateVersion.subject, Inspection.month)
    )
    by_subject: dict[str, dict[str, int]] = defaultdict(dict)
    for subject, month, count in await session.execute(counted):
        by_subject[subject][month] = count
    return [
        CoverageRow(subject=one, name=name_of_subject(notice, one), months=months_of(year, by_subject[one], today))
        for one in sorted(await session.scalars(subjects))
    ]
