"""The month's plan and its draws, as they travel."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

import msgspec
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.planning import (
    DrawnVisit,
    MonthPlan,
    PersonLoad,
    PlanDay,
    PlannedVisit,
    PlanSite,
    PublishedDraw,
    VisitDrawCheck,
    VisitDrawOut,
    VisitReason,
)
from server import clock
from server.auth import roles
from server.auth.actor import Actor
from server.errors import NotFound
from server.planning import service
from server.planning.drawing import Reason
from server.planning.gathering import days_of
from server.rechecks.queries import inspectors
from server.tasks import lookups
from storage.database.models import Inspection, Person, Site, Unit, Visit, VisitAssignee, VisitDraw


async def month_plan(session: AsyncSession, month: str, *, me: Actor) -> MonthPlan:
    """Sites × days of a month with its visits, those called off among them, and who can be sent."""
    days, today = await days_of(session, month), clock.today()
    may_plan = me.role in roles.REVIEWERS
    visits = await _visits(session, month, may_plan=may_plan)
    return MonthPlan(
        month=month,
        may_plan=may_plan and month >= clock.month_of(today),
        days=[PlanDay(on=on, works=works) for on, works in days],
        sites=await _sites(session, {visit.site_id for visit in visits}),
        inspectors=await inspectors(session, min(max(today, days[0][0]), days[-1][0])),
        visits=visits,
        draws=await _published(session, month),
    )


async def _visits(session: AsyncSession, month: str, *, may_plan: bool) -> list[PlannedVisit]:
    query = select(Visit).where(Visit.month == month).order_by(Visit.due_on, Visit.template_code, Visit.id)
    rows = (await session.scalars(query)).all()
    teams: dict[str, list[tuple[str, str]]] = defaultdict(list)
    going = (
        select(VisitAssignee.visit_id, Person.id, Person.name)
        .join(Person, Person.id == VisitAssignee.person_id)
        .join(Visit, Visit.id == VisitAssignee.visit_id)
        .where(Visit.month == month)
        .order_by(Person.name, Person.id)
    )
    for visit_id, person_id, name in await session.execute(going):
        teams[visit_id].append((person_id, name))
    made = await _made(session, month)
    never: tuple[date | None, bool] = (None, False)
    return [
        PlannedVisit(
            id=row.id,
            version=row.version,
            site_id=row.site_id,
            template_code=row.template_code,
            round=row.round,
            due_on=row.due_on,
            made_on=made.get(row.id, never)[0],
            no_access=made.get(row.id, never)[1],
            assignees=[person_id for person_id, _ in teams[row.id]],
            assignee_names=[name for _, name in teams[row.id]],
            status=row.status,
            cancel_reason=row.cancel_reason,
            reasons=_reasons(msgspec.convert(row.reasons, list[Reason])),
            may_change=may_plan and row.status == "planned",
        )
        for row in rows
    ]


async def _made(session: AsyncSession, month: str) -> dict[str, tuple[date | None, bool]]:
    """The day of each visit's inspection, and whether nobody got in (R37)."""
    query = (
        select(Visit.id, Inspection.finished_at, Inspection.outcome)
        .join(Inspection, Inspection.visit_id == Visit.id)
        .where(Visit.month == month, Inspection.amended_by_id.is_(None))
        .order_by(Inspection.finished_at)
    )
    rows = await session.execute(query)
    return {visit_id: (clock.shanghai_date(at), outcome != "inspected") for visit_id, at, outcome in rows}


async def planned_visit(session: AsyncSession, visit_id: str, *, me: Actor) -> PlannedVisit:
    """One visit of the plan. Raises NotFound."""
    month = await session.scalar(select(Visit.month).where(Visit.id == visit_id))
    if month is None:
        raise NotFound
    visits = await _visits(session, month, may_plan=me.role in roles.REVIEWERS)
    return next(visit for visit in visits if visit.id == visit_id)


async def _sites(session: AsyncSession, with_visit: Iterable[str]) -> list[PlanSite]:
    query = (
        select(Site.id, Site.name, Unit.name, Site.kind)
        .join(Unit, Unit.id == Site.street_id)
        .where(Site.closed_on.is_(None) | Site.id.in_(with_visit))
        .order_by(Unit.code, Site.code)
    )
    return [PlanSite(id=row[0], name=row[1], street_name=row[2], kind=row[3]) for row in await session.execute(query)]


async def _published(session: AsyncSession, month: str) -> list[PublishedDraw]:
    query = (
        select(VisitDraw, Person.name)
        .join(Person, Person.id == VisitDraw.drawn_by)
        .where(VisitDraw.month == month, VisitDraw.published_at.is_not(None))
        .order_by(VisitDraw.published_at, VisitDraw.id)
    )
    return [
        PublishedDraw(
            id=row.id,
            seed=row.seed,
            input_sha256=row.input_sha256,
            drawn_at=row.drawn_at,
            drawn_by=name,
            published_at=row.published_at or row.drawn_at,
            visits=len(row.lines),
        )
        for row, name in await session.execute(query)
    ]


async def get_draw(session: AsyncSession, draw_id: str) -> VisitDrawOut:
    """One draw with its visits and their reasons. Raises NotFound."""
    row = await session.get(VisitDraw, draw_id)
    if row is None:
        raise NotFound
    lines = service.lines_of(row)
    drawers = [row.drawn_by, *([row.published_by] if row.published_by else [])]
    people = {person_id for line in lines for person_id in line.assignees}
    names = await lookups.person_names(session, sorted({*drawers, *people}))
    sites = await lookups.sites(session, [line.site_id for line in lines])
    loads = Counter(person for _, person in {(line.site_id, one) for line in lines for one in line.assignees})
    earlier = select(func.count()).where(VisitDraw.month == row.month, VisitDraw.drawn_at < row.drawn_at)
    return VisitDrawOut(
        id=row.id,
        month=row.month,
        number=(await session.scalar(earlier) or 0) + 1,
        seed=row.seed,
        input_sha256=row.input_sha256,
        drawn_at=row.drawn_at,
        drawn_by=names[row.drawn_by],
        published_at=row.published_at,
        published_by=names.get(row.published_by or ""),
        visits=[
            DrawnVisit(
                site_id=line.site_id,
                site_name=sites[line.site_id].name,
                template_code=line.template_code,
                due_on=line.on,
                assignee_names=sorted(names[person_id] for person_id in line.assignees),
                reasons=_reasons(line.reasons),
            )
            for line in lines
        ],
        loads=[
            PersonLoad(name=names[person_id], trips=loads[person_id])
            for person_id in sorted(row.input["inspectors"], key=lambda one: (-loads[one], names.get(one, "")))
            if person_id in names
        ],
    )


async def check_draw(session: AsyncSession, draw_id: str) -> VisitDrawCheck:
    """Draw again from what was kept, and compare. Raises NotFound."""
    row = await session.get(VisitDraw, draw_id)
    if row is None:
        raise NotFound
    return VisitDrawCheck(holds=service.holds(row), input_sha256=row.input_sha256)


def _reasons(reasons: Sequence[Reason]) -> list[VisitReason]:
    return [VisitReason(code=one.code, on=one.on, score=one.score) for one in reasons]
