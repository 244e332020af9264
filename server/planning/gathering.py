"""What a month is drawn from, as the district stands now (R36)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from server import clock
from server.checklists import versions
from server.months import first_day
from server.org import calendar
from server.org.rules import Rules
from server.org.settings import current_rules
from server.planning.drawing import Candidate, DrawInput, period_start
from server.rechecks.queries import inspectors
from server.visits.coverage import got_in
from storage.database.models import Finding, Inspection, Site, Visit

_Pair = tuple[str, str]


async def draw_input(session: AsyncSession, month: str, today: date) -> DrawInput:
    """Everything that the draw of a month depends on but its seed. Days that have passed are not drawn for."""
    rules = await current_rules(session)
    days = [on for on, works in await days_of(session, month) if works and on >= today]
    people = await inspectors(session, days[0]) if days else []
    taken = await taken_in(session, month)
    return DrawInput(
        month=month,
        days=days,
        inspectors=sorted(person.id for person in people),
        candidates=await _candidates(session, month, taken, rules, today),
        met=sorted({code for _, code in taken}),
        coverage_months=rules.site_coverage_months,
        bad_score=rules.bad_visit_score,
        evaluation_month=rules.evaluation_month,
        evaluation_lead_months=rules.evaluation_lead_months,
        team_size=rules.inspectors_per_visit,
        trips_per_day=rules.trips_per_day,
    )


async def days_of(session: AsyncSession, month: str) -> list[tuple[date, bool]]:
    """The days of a month, and whether each is worked."""
    work_calendar = await calendar.load(session)
    first = first_day(month)
    days = [first + timedelta(days=at) for at in range(31)]
    return [(on, work_calendar.is_working_day(on)) for on in days if on.month == first.month]


async def taken_in(session: AsyncSession, month: str) -> set[_Pair]:
    """Sites with checklists that the month has already: a visit that waits, or an inspection, planned or not.

    A door that nobody opened, and a visit that was called off, are nothing (R37).
    """
    waits = select(Visit.site_id, Visit.template_code).where(
        Visit.month == month, Visit.status.in_(("planned", "in_progress"))
    )
    made = select(Inspection.site_id, Inspection.template_code).where(Inspection.month == month, got_in())
    rows = [*(await session.execute(waits)).all(), *(await session.execute(made)).all()]
    return {(site_id, code) for site_id, code in rows}


async def _candidates(
    session: AsyncSession, month: str, taken: set[_Pair], rules: Rules, today: date
) -> list[Candidate]:
    since = period_start(month, rules.site_coverage_months)
    latest = {(row.site_id, row.template_code): row for row in await _latest(session)}
    severe = await _severe(session, [row.id for row in latest.values()])
    promised = await _promised(session, since, month, today)
    sites = list(await session.scalars(select(Site).where(Site.closed_on.is_(None)).order_by(Site.code)))
    found = []
    for version in await versions.current(session):
        for site in sites:
            pair = (site.id, version.code)
            if site.kind not in version.site_kinds or pair in taken:
                continue
            last = latest.get(pair)
            found.append(
                Candidate(
                    site_id=site.id,
                    lat=site.lat,
                    lon=site.lon,
                    template_code=version.code,
                    template_version_id=version.id,
                    last_on=clock.shanghai_date(last.finished_at) if last else None,
                    score=last.score if last else None,
                    severe=last is not None and last.id in severe,
                    covered=pair in promised or (last is not None and last.month >= since),
                )
            )
    return found


async def _latest(session: AsyncSession) -> Sequence[Inspection]:
    """The last inspection (已查) of each site with each checklist: an unopened door covers nothing (R37)."""
    newest = (
        select(Inspection.site_id, Inspection.template_code, func.max(Inspection.finished_at).label("at"))
        .where(got_in())
        .group_by(Inspection.site_id, Inspection.template_code)
        .subquery()
    )
    same = (
        (Inspection.site_id == newest.c.site_id)
        & (Inspection.template_code == newest.c.template_code)
        & (Inspection.finished_at == newest.c.at)
    )
    rows = await session.scalars(select(Inspection).join(newest, same).where(got_in()).order_by(Inspection.id))
    return rows.all()


async def _severe(session: AsyncSession, inspection_ids: Sequence[str]) -> set[str]:
    query = select(Finding.inspection_id).where(
        Finding.inspection_id.in_(inspection_ids), Finding.severity == "severe", Finding.status != "void"
    )
    return set(await session.scalars(query))


async def _promised(session: AsyncSession, since: str, month: str, today: date) -> set[_Pair]:
    """Visits of the period before this month that are still to be made: what is promised is not drawn again."""
    query = select(Visit.site_id, Visit.template_code).where(
        Visit.month >= since, Visit.month < month, Visit.status.in_(("planned", "in_progress")), Visit.due_on >= today
    )
    return {(site_id, code) for site_id, code in await session.execute(query)}
