"""Drawing a month, publishing the draw, and changing a visit before it is begun (R36, R37)."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date

import msgspec
from sqlalchemy import delete, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.planning import VisitCancel, VisitMove
from server import clock
from server.audit import service as audit
from server.audit.chain import digest
from server.auth.actor import Actor
from server.errors import FieldError, NotFound, Unprocessable
from server.months import number_of
from server.org import calendar
from server.planning import drawing
from server.planning.changing import Change, faults_of
from server.planning.drawing import DrawInput, Line
from server.planning.errors import DrawDiffers, DrawStale, VisitBegun, VisitVersionDiffers
from server.planning.gathering import draw_input, taken_in
from server.rechecks.queries import inspectors
from server.visits.planning import Plan
from server.visits.service import add_visit
from storage.database.models import Site, Visit, VisitAssignee, VisitDraw

_ALONE = text("SELECT pg_advisory_xact_lock(7321093)")
_MONTHS_AHEAD = 12


async def draw_month(session: AsyncSession, draw_id: str, month: str, *, me: Actor) -> tuple[VisitDraw, bool]:
    """Draw a month's missing visits; the draw, and whether it is new. Nothing is planned until it is published.

    The same again under the same id draws nothing anew: a draw that pleases nobody stays in the record.
    Raises DrawDiffers, Unprocessable.
    """
    await _be_alone(session)
    known = await session.get(VisitDraw, draw_id)
    if known is not None:
        if known.month != month:
            raise DrawDiffers
        return known, False
    given = await draw_input(session, month, clock.today())
    _check(given, clock.today())
    seed = secrets.token_hex(16)
    lines = drawing.draw(given, seed)
    if not lines:
        raise Unprocessable(errors=[FieldError("/month", "nothing-to-draw")])
    row = VisitDraw(
        id=draw_id,
        month=month,
        seed=seed,
        input=msgspec.to_builtins(given),
        input_sha256=digest(given),
        lines=msgspec.to_builtins(lines),
        drawn_at=clock.now(),
        drawn_by=me.person_id,
    )
    session.add(row)
    detail = {"month": month, "seed": seed, "input": row.input_sha256, "plan": digest(lines), "visits": len(lines)}
    audit.record(session, actor=me, action="draw_visits", subject=("visit_draw", draw_id), detail=detail)
    await session.flush()
    return row, True


def _check(given: DrawInput, today: date) -> None:
    code = None
    ahead = number_of(given.month) - number_of(clock.month_of(today))
    if ahead < 0:
        code = "month-passed"
    elif ahead > _MONTHS_AHEAD:
        code = "month-far"
    elif not given.days:
        code = "no-days-left"
    elif not given.inspectors:
        code = "no-inspectors"
    if code is not None:
        raise Unprocessable(errors=[FieldError("/month", code)])


async def _be_alone(session: AsyncSession) -> None:
    """Two draws, or two publications of one month, come one after the other. On SQLite a writer is alone already."""
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(_ALONE)


async def publish(session: AsyncSession, draw_id: str, *, me: Actor) -> VisitDraw:
    """Make a draw's visits, so that the phones get them. Published again, nothing changes.

    Raises NotFound, DrawStale.
    """
    await _be_alone(session)
    row = await session.get(VisitDraw, draw_id)
    if row is None:
        raise NotFound
    if row.published_at is not None:
        return row
    lines = lines_of(row)
    await _check_fresh(session, row.month, lines)
    for line in lines:
        plan = Plan(line.site_id, line.template_version_id, line.template_code, line.on, tuple(line.assignees))
        visit = await add_visit(session, plan, row.month)
        visit.draw_id, visit.reasons = row.id, msgspec.to_builtins(line.reasons)
    row.published_at, row.published_by = clock.now(), me.person_id
    detail = {"month": row.month, "visits": len(lines), "plan": digest(lines)}
    audit.record(session, actor=me, action="publish_visits", subject=("visit_draw", draw_id), detail=detail)
    await session.flush()
    return row


def lines_of(row: VisitDraw) -> list[Line]:
    """The kept plan of a draw."""
    return msgspec.convert(row.lines, list[Line])


def holds(row: VisitDraw) -> bool:
    """Whether the kept seed, on the kept input, gives the kept plan, and the input has the kept digest."""
    given = msgspec.convert(row.input, DrawInput)
    return digest(given) == row.input_sha256 and drawing.draw(given, row.seed) == lines_of(row)


async def _check_fresh(session: AsyncSession, month: str, lines: Sequence[Line]) -> None:
    taken = await taken_in(session, month)
    closed = set(await session.scalars(select(Site.id).where(Site.closed_on.is_not(None))))
    work_calendar = await calendar.load(session)
    for on in sorted({line.on for line in lines}):
        there = {person.id for person in await inspectors(session, on)}
        that_day = [line for line in lines if line.on == on]
        known = all(set(line.assignees) <= there and line.site_id not in closed for line in that_day)
        if not known or on < clock.today() or not work_calendar.is_working_day(on):
            raise DrawStale
    if any((line.site_id, line.template_code) in taken for line in lines):
        raise DrawStale


async def move_visit(session: AsyncSession, visit_id: str, asked: VisitMove, *, me: Actor) -> None:
    """Put a visit on another day, or send others. What stands so already changes nothing.

    Raises NotFound, VisitBegun, VisitVersionDiffers, Unprocessable.
    """
    visit = await _locked(session, visit_id)
    before = await _assignees(session, visit_id)
    on = asked.due_on or visit.due_on
    team = before if asked.assignees is None else asked.assignees
    if visit.status == "planned" and on == visit.due_on and set(team) == set(before) and len(set(team)) == len(team):
        return
    _check_version(visit, asked.version)
    there = {person.id for person in await inspectors(session, on)}
    change = Change(
        month=visit.month,
        on=None if on == visit.due_on else on,
        team=asked.assignees,
        standing=before,
    )
    work_calendar = await calendar.load(session)
    faults = faults_of(change, there, today=clock.today(), works=work_calendar.is_working_day(on))
    if faults:
        raise Unprocessable(errors=[FieldError(pointer, code) for pointer, code in faults])
    detail = {"from": visit.due_on.isoformat(), "to": on.isoformat(), "had": before, "has": sorted(team)}
    visit.due_on, visit.version = on, visit.version + 1
    if set(team) != set(before):
        await session.execute(delete(VisitAssignee).where(VisitAssignee.visit_id == visit_id))
        session.add_all(VisitAssignee(visit_id=visit_id, person_id=person_id) for person_id in team)
    audit.record(session, actor=me, action="move_visit", subject=("visit", visit_id), detail=detail)
    await session.flush()


async def cancel_visit(session: AsyncSession, visit_id: str, asked: VisitCancel, *, me: Actor) -> None:
    """Call a visit off, with a reason that is kept. Called off again, nothing changes.

    An inspection that is made all the same counts as any other: what was found is never refused for the plan's sake.
    Raises NotFound, VisitBegun, VisitVersionDiffers, Unprocessable.
    """
    visit = await _locked(session, visit_id)
    if visit.status == "cancelled":
        return
    _check_version(visit, asked.version)
    reason = asked.reason.strip()
    if not reason:
        raise Unprocessable(errors=[FieldError("/reason", "visit-reason-needed")])
    visit.status, visit.cancel_reason, visit.version = "cancelled", reason, visit.version + 1
    audit.record(session, actor=me, action="cancel_visit", subject=("visit", visit_id), detail={"reason": reason})
    await session.flush()


async def _locked(session: AsyncSession, visit_id: str) -> Visit:
    visit = await session.get(Visit, visit_id, with_for_update=True)
    if visit is None:
        raise NotFound
    return visit


def _check_version(visit: Visit, version: int) -> None:
    if visit.status != "planned":
        raise VisitBegun
    if visit.version != version:
        raise VisitVersionDiffers


async def _assignees(session: AsyncSession, visit_id: str) -> list[str]:
    query = select(VisitAssignee.person_id).where(VisitAssignee.visit_id == visit_id)
    return list(await session.scalars(query.order_by(VisitAssignee.person_id)))
