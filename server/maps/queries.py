"""Reads of the map: one statement a layer, however many sites there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from sqlalchemy import ColumnElement, and_, case, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from schemas.maps import MapSite, MapSites, PhotoPlace, PhotoPlaces
from schemas.wire import Position
from server import clock
from server.auth import roles
from server.auth.actor import Actor
from server.errors import NotFound
from server.maps.standing import Counts, standing
from server.months import month_after, months_between
from server.photos.desk import PhotoDesk
from server.photos.geo import distance_m, is_position
from server.photos.visibility import visible_uses
from server.tasks.lateness import is_late
from server.tasks.visibility import scoped, visible_tasks
from server.visits.coverage import got_in
from storage.database.models import Finding, Fix, Inspection, PhotoUse, Recheck, Shot, Site, Task, Unit, Visit

_MONTHS_BACK = 11
MOST_PHOTOS = 300


async def map_sites(session: AsyncSession, me: Actor, today: date) -> MapSites:
    """The sites that this person may see, each with its tasks, findings of twelve months, last and next visit."""
    last = clock.month_of(today)
    months = months_between(month_after(last, -_MONTHS_BACK), last)
    counts = await _counts(session, me, today)
    findings = await _findings(session, me, months[0], months[-1])
    plan = await _plan(session, last) if me.role in roles.DISTRICT else {}
    street = aliased(Unit)
    query = (
        select(Site, Unit.name, street.name)
        .join(Unit, Unit.id == Site.unit_id)
        .join(street, street.id == Site.street_id)
        .where(Site.closed_on.is_(None), _own(me))
        .order_by(Site.code)
    )
    return MapSites(
        as_of=today,
        months=months,
        sites=[
            _site(site, (unit, in_street), counts.get(site.id, Counts()), findings.get(site.id, {}), plan)
            for site, unit, in_street in await session.execute(query)
        ],
    )


def _own(me: Actor) -> ColumnElement[bool]:
    """District roles see every site; a unit those that it runs, that lie in it, or where it has a task (R8)."""
    if me.role in roles.DISTRICT:
        return true()
    owed = select(Task.site_id).where(Task.id.in_(visible_tasks(me)), Task.site_id.is_not(None))
    return or_(Site.unit_id == me.unit_id, Site.street_id == me.unit_id, Site.id.in_(owed))


async def _counts(session: AsyncSession, me: Actor, today: date) -> dict[str, Counts]:
    late = is_late(today)
    if me.is_unit:
        late = and_(late, Task.unit_id == me.unit_id)  # a watcher is never overdue (R12)
    query = scoped(
        select(
            Task.site_id,
            func.sum(case((Task.status == "open", 1), else_=0)),
            func.sum(case((late, 1), else_=0)),
            func.sum(case((Task.status == "replied", 1), else_=0)),
        ).where(Task.status.in_(("open", "replied")), Task.site_id.is_not(None)),
        me,
    ).group_by(Task.site_id)
    return {site_id: Counts(live, overdue, replied) for site_id, live, overdue, replied in await session.execute(query)}


async def _findings(session: AsyncSession, me: Actor, first: str, last: str) -> dict[str, dict[str, int]]:
    query = select(Finding.site_id, Finding.month, func.count()).where(
        Finding.month.between(first, last), Finding.status != "void"
    )
    if me.role not in roles.DISTRICT:
        query = query.where(Finding.status == "confirmed", Finding.task_id.in_(visible_tasks(me)))
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for site_id, month, count in await session.execute(query.group_by(Finding.site_id, Finding.month)):
        found[site_id][month] = count
    return found


_Plan = Mapping[str, Mapping[str, date]]


async def _plan(session: AsyncSession, month: str) -> dict[str, dict[str, date]]:
    """By site: when somebody last got in, the next visit of this month or a later one, the next re-check."""
    seen = select(Inspection.site_id, func.max(Inspection.finished_at)).where(got_in())
    visits = select(Visit.site_id, func.min(Visit.due_on)).where(
        Visit.status.in_(("planned", "in_progress")), Visit.month >= month
    )
    rechecks = select(Recheck.site_id, func.min(Recheck.planned_on)).where(
        Recheck.ended_at.is_(None), Recheck.cancelled_at.is_(None)
    )
    found: dict[str, dict[str, date]] = defaultdict(dict)
    for site_id, at in await session.execute(seen.group_by(Inspection.site_id)):
        found[site_id]["seen"] = clock.shanghai_date(at)
    for site_id, on in await session.execute(visits.group_by(Visit.site_id)):
        found[site_id]["visit"] = on
    for site_id, on in await session.execute(rechecks.group_by(Recheck.site_id)):
        found[site_id]["recheck"] = on
    return found


def _site(site: Site, names: tuple[str, str], counts: Counts, findings: dict[str, int], plan: _Plan) -> MapSite:
    days = plan.get(site.id, {})
    return MapSite(
        id=site.id,
        code=site.code,
        name=site.name,
        kind=site.kind,
        unit_id=site.unit_id,
        unit_name=names[0],
        street_name=names[1],
        institution=site.institution,
        address=site.address,
        position=Position(lat=site.lat, lon=site.lon),
        radius_m=site.radius_m,
        keeper_post=site.keeper_post,
        keeper_phone=site.keeper_phone,
        standing=standing(counts),
        open=counts.open,
        overdue=counts.overdue,
        replied=counts.replied,
        findings=findings,
        last_inspected_on=days.get("seen"),
        next_visit_on=days.get("visit"),
        recheck_on=days.get("recheck"),
    )


async def photo_places(session: AsyncSession, desk: PhotoDesk, me: Actor, site_id: str) -> PhotoPlaces:
    """Where the newest photos of a site were taken. Raises NotFound for an absent, closed or foreign site."""
    query = select(Site).where(Site.id == site_id, Site.closed_on.is_(None), _own(me))
    site = await session.scalar(query)
    if site is None:
        raise NotFound
    uses = (
        visible_uses(desk, me)
        .where(PhotoUse.site_id == site_id, PhotoUse.state == "received")
        .outerjoin(Shot, Shot.id == PhotoUse.shot_id)
        .outerjoin(Fix, Fix.id == Shot.fix_id)
        .add_columns(Shot, Fix)
        .order_by(PhotoUse.created_at.desc(), PhotoUse.id)
        .limit(MOST_PHOTOS)
    )
    places, without = [], 0
    for use, shot, fix in await session.execute(uses):
        if fix is None or not is_position(fix.lat, fix.lon):
            without += 1
        else:
            places.append(_place(site, use, shot, fix))
    return PhotoPlaces(places=places, without=without)


def _place(site: Site, use: PhotoUse, shot: Shot, fix: Fix) -> PhotoPlace:
    return PhotoPlace(
        use_id=use.id,
        sha256=use.sha256,
        purpose=use.purpose,
        task_id=use.task_id,
        finding_id=use.finding_id,
        taken_at=shot.taken_at,
        position=Position(lat=fix.lat, lon=fix.lon),
        accuracy_m=fix.accuracy_m,
        distance_m=round(distance_m(site.lat, site.lon, fix.lat, fix.lon), 1),
    )
