"""The month's plan: which sites are to be visited, and what an inspection does to a visit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from server import clock, ids
from server.audit import service as audit
from server.audit.service import Doer
from server.auth import roles
from server.auth.holding import held_on
from server.checklists import versions
from server.org import calendar
from server.visits.planning import Plan, plan_month
from storage.database.models import Post, Site, Visit, VisitAssignee


async def top_up_month(session: AsyncSession, month_of: date, *, actor: Doer) -> int:
    """Plan what the month does not have yet: every open site with every checklist of its kind (R36).

    The number of visits added. Running it again adds nothing.
    """
    month = clock.month_of(month_of)
    sites = (await session.scalars(select(Site).where(Site.closed_on.is_(None)).order_by(Site.code))).all()
    templates = await versions.current(session)
    planned = select(Visit.site_id, Visit.template_code).where(Visit.month == month, Visit.status != "cancelled")
    known = {(site_id, code) for site_id, code in await session.execute(planned)}
    inspectors = await _inspectors(session, month_of)
    work_calendar = await calendar.load(session)
    plan = plan_month(
        [(site.id, site.kind) for site in sites],
        [(version.id, version.code, frozenset[str](version.site_kinds)) for version in templates],
        inspectors=inspectors,
        last_day=work_calendar.last_working_day_of_month(month_of),
    )
    added = [one for one in plan if (one.site_id, one.template_code) not in known]
    for one in added:
        await add_visit(session, one, month)
    if added:
        audit.record(session, actor=actor, action="plan_month", subject=("month", month), detail={"visits": len(added)})
    return len(added)


async def _inspectors(session: AsyncSession, on: date) -> list[str]:
    query = select(Post.person_id).where(Post.role == roles.INSPECTOR, held_on(on)).order_by(Post.person_id)
    return list(await session.scalars(query))


async def add_visit(session: AsyncSession, one: Plan, month: str) -> Visit:
    """Plan one visit, in the round after the last one of its site, checklist and month."""
    same = select(func.max(Visit.round)).where(
        Visit.site_id == one.site_id, Visit.template_code == one.template_code, Visit.month == month
    )
    visit = Visit(
        id=ids.uuid7(),
        site_id=one.site_id,
        template_version_id=one.template_version_id,
        template_code=one.template_code,
        month=month,
        round=(await session.scalar(same) or 0) + 1,
        due_on=one.due_on,
        status="planned",
        created_at=clock.now(),
    )
    session.add(visit)
    await session.flush()
    session.add_all(VisitAssignee(visit_id=visit.id, person_id=person_id) for person_id in one.assignees)
    return visit


async def mark_visited(
    session: AsyncSession,
    *,
    visit_id: str | None,
    site_id: str,
    version: tuple[str, str],
    on: date,
    got_in: bool,
    assignee_id: str,
) -> tuple[str | None, Sequence[dict[str, Any]]]:
    """Tie an inspection to its visit and mark it done; the visit's id and flags.

    An inspection that names no visit counts for the planned one of its site, checklist and month: a visit is a plan,
    not a permission. One that names a visit of another site is kept as unplanned, with a flag. Where nobody could
    get in, a second visit is planned (R37).
    """
    visit, flags = await _visit_of(session, visit_id, site_id=site_id, code=version[1], month=clock.month_of(on))
    if visit is not None:
        visit.status = "done"
    if not got_in:
        await _plan_second(session, visit, site_id=site_id, version=version, on=on, assignee_id=assignee_id)
    return (visit.id if visit else None), flags


async def _visit_of(
    session: AsyncSession, visit_id: str | None, *, site_id: str, code: str, month: str
) -> tuple[Visit | None, Sequence[dict[str, Any]]]:
    if visit_id is not None:
        named = await session.get(Visit, visit_id)
        if named is not None and named.site_id == site_id and named.template_code == code:
            return named, ()
        return None, ({"code": "visit-unknown", "detail": {}},)
    planned = (
        select(Visit)
        .where(Visit.site_id == site_id, Visit.template_code == code, Visit.month == month)
        .where(Visit.status.in_(("planned", "in_progress")))
        .order_by(Visit.round)
    )
    return await session.scalar(planned.limit(1)), ()


async def _plan_second(
    session: AsyncSession,
    visit: Visit | None,
    *,
    site_id: str,
    version: tuple[str, str],
    on: date,
    assignee_id: str,
) -> None:
    month = visit.month if visit else clock.month_of(on)
    assignees = [assignee_id]
    if visit is not None:
        assignees = list(
            await session.scalars(select(VisitAssignee.person_id).where(VisitAssignee.visit_id == visit.id))
        ) or [assignee_id]
    due_on = (await calendar.load(session)).last_working_day_of_month(on)
    plan = Plan(site_id, version[0], version[1], max(due_on, on), tuple(assignees))
    await add_visit(session, plan, month)
