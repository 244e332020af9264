"""Looks up what an inspection is judged on."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.checklists import LastClosed, TemplateVersion
from schemas.inspections import InspectionIn
from server import clock
from server.checklists import versions
from server.checklists.circumstances import Carried, Circumstances, EarlierTasks, Register
from server.errors import FieldError, Unprocessable
from server.inspections.judging import Ground
from server.org.rules import Rules
from server.org.units import who_took_over
from server.tasks.responsibility import SiteFacts
from server.visits.coverage import got_in
from storage.database.models import Inspection, Site, Task, Unit


async def site_and_version(
    session: AsyncSession, document: InspectionIn, site: Site | None
) -> tuple[Site, TemplateVersion]:
    """The site, where it is there, and the template version that a document names. Without both nothing can be judged:
    raises Unprocessable with all that is known to be wrong by then.
    """
    version = (await versions.by_ids(session, [document.template_version_id])).get(document.template_version_id)
    errors: list[FieldError] = []
    if site is None:
        errors.append(FieldError("/siteId", "site-unknown"))
    if version is None:
        errors.append(FieldError("/templateVersionId", "template-unknown"))
    if site is None or version is None:
        raise Unprocessable(errors=errors)
    return site, version


async def ground_of(
    session: AsyncSession, site: Site, version: TemplateVersion, *, seen_at: datetime, told_on: date, rules: Rules
) -> Ground:
    """Everything that judging needs, read from the database. `told_on` is the date by the phone's own clock."""
    inspected_on = clock.shanghai_date(seen_at)
    register = Register(earlier_tasks=await _earlier_tasks(session, site.id, version, inspected_on))
    where = Circumstances(site.kind, inspected_on, site.facts, register)
    units = await _units_by_code(session)
    return Ground(
        version=version,
        where=where,
        told_on=told_on,
        last_answers=await last_answers(session, site.id, version.code),
        site=SiteFacts(site.street_id, site.institution),
        units=units,
        rules=rules,
    )


async def _units_by_code(session: AsyncSession) -> dict[str, str]:
    """Who answers for what a checklist names by a unit's code: the unit, or who took over from it (R3)."""
    units = (await session.execute(select(Unit.code, Unit.id, Unit.successor_id))).all()
    successors = {unit_id: successor_id for _, unit_id, successor_id in units}
    return {code: who_took_over(unit_id, successors) for code, unit_id, _ in units}


async def last_answers(session: AsyncSession, site_id: str, template_code: str) -> dict[str, Carried]:
    """The latest answer to each item at a site. The newest inspection carries the older ones along."""
    results = await session.scalar(latest(site_id, template_code))
    return {
        code: Carried(result["value"], date.fromisoformat(result["on"]), result["photos"])
        for code, result in (results or {}).items()
    }


def latest(site_id: str, template_code: str) -> Any:
    """The results of the newest inspection of a site with a checklist that has not been amended."""
    return (
        select(Inspection.results)
        .where(Inspection.site_id == site_id, Inspection.template_code == template_code)
        .where(got_in())
        .order_by(Inspection.received_at.desc())
        .limit(1)
    )


async def _earlier_tasks(
    session: AsyncSession, site_id: str, version: TemplateVersion, on: date
) -> EarlierTasks | None:
    """Counts for `auto:last_closed`; None where the checklist does not ask."""
    if not any(isinstance(item.pass_rule, LastClosed) for item in version.items):
        return None
    due = (
        select(func.count())
        .select_from(Task)
        .where(Task.site_id == site_id, Task.item_code.like(f"{version.code}-%"))
        .where(Task.confirmed_at.is_not(None), Task.due_on < on)
    )
    settled = due.where(Task.status.in_(("closed", "void", "replied")))
    return EarlierTasks(due=await session.scalar(due) or 0, settled=await session.scalar(settled) or 0)


def stored_document(document: InspectionIn) -> dict[str, Any]:
    """The document as it is kept: positions are taken out, they live in rows of their own."""
    kept: dict[str, Any] = msgspec.to_builtins(document)
    kept.pop("position", None)
    for shot in kept.get("shots", []):
        shot.pop("fix", None)
    return kept
