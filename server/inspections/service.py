"""Submitting an inspection: stored once however often it is sent, exploded into findings, linked to tasks."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.checklists import TemplateVersion
from schemas.inspections import FindingLink, InspectionIn, InspectionTaken
from server import clock, ids
from server.audit import service as audit
from server.audit.chain import digest
from server.auth.actor import Actor
from server.checklists import versions
from server.errors import FieldError, Unprocessable
from server.inspections import amending, grounds
from server.inspections.errors import AuthorDiffers, InspectionDiffers
from server.inspections.judging import Judged, judge
from server.inspections.proving import Stored, claim_inspection_photos, photos_of
from server.org import calendar
from server.org.rules import Rules
from server.org.settings import current_rules
from server.photos.geo import is_position
from server.photos.holding import hold_photos
from server.photos.service import missing_photos
from server.tasks.linking import corrected_time
from server.tasks.opening import Placed, Scene, place_sightings
from server.visits.service import mark_visited
from storage.database.models import Finding, Fix, Inspection, Site

SKEW_TOLERANCE_S = 120


@dataclass(frozen=True, slots=True)
class Sending:
    """How a document arrived: the phone's clock at sending, the person whose work it says it is, and when it came."""

    device_time: datetime | None = None
    author_id: str | None = None
    received_at: datetime = field(default_factory=lambda: clock.now())  # noqa: PLW0108  looked up when it is asked


@dataclass(frozen=True, slots=True)
class _Case:
    """One inspection on its way into the store."""

    inspection_id: str
    document: InspectionIn
    me: Actor
    site: Site
    version: TemplateVersion
    received_at: datetime
    seen_at: datetime
    skew_s: float | None
    rules: Rules


async def submit_inspection(
    session: AsyncSession, inspection_id: str, document: InspectionIn, *, me: Actor, sending: Sending
) -> tuple[InspectionTaken, bool]:
    """Take one inspection (R37). The receipt, and whether it was new.

    The same document under the same id gets the same findings again. Raises AuthorDiffers, InspectionDiffers,
    Unprocessable (only for what cannot be stored, R85).
    """
    if sending.author_id is not None and sending.author_id != me.person_id:
        raise AuthorDiffers
    await hold_photos(session, photos_of(document))
    # One at a time for a site: the same document sent twice at once is stored once, and one fault opens one task.
    site = await session.get(Site, document.site_id, with_for_update={"key_share": True})
    known = await session.get(Inspection, inspection_id)
    if known is not None:
        if known.author_id != me.person_id or known.document_sha256 != digest(document):
            raise InspectionDiffers
        return await _receipt(session, known), False
    case = await _case(session, inspection_id, document, site, me=me, sending=sending)
    told_on = clock.shanghai_date(document.finished_at)
    ground = await grounds.ground_of(
        session, case.site, case.version, seen_at=case.seen_at, told_on=told_on, rules=case.rules
    )
    judged = judge(document, ground)
    amended, unknown = await amending.target_of(session, document, version=case.version, by=me)
    errors = [*unknown, *(FieldError(*fault) for fault in judged.faults)]
    if errors:
        raise Unprocessable(errors=errors)
    row = await _store(session, case, judged, amends_id=amended)
    placed = await place_sightings(session, judged.sightings, await _scene(session, case))
    stored = Stored(document, row, case.site, case.version, case.rules)
    missing = await claim_inspection_photos(session, stored, placed, me=me)
    await amending.supersede(session, document, placed, by=me, row=row)
    audit.record(
        session,
        actor=me,
        action="submit_inspection",
        subject=("inspection", row.id),
        detail={
            "document": row.document_sha256,
            "kept": digest(row.document),
            "findings": len(placed),
            "site": row.site_id,
        },
    )
    return _taken(row, placed, missing), True


async def _case(
    session: AsyncSession, inspection_id: str, document: InspectionIn, at: Site | None, *, me: Actor, sending: Sending
) -> _Case:
    site, version = await grounds.site_and_version(session, document, at)
    received_at = sending.received_at
    skew_s = None if sending.device_time is None else (sending.device_time - received_at).total_seconds()
    return _Case(
        inspection_id=inspection_id,
        document=document,
        me=me,
        site=site,
        version=version,
        received_at=received_at,
        seen_at=corrected_time(document.finished_at, skew_s=skew_s, received_at=received_at),
        skew_s=skew_s,
        rules=await current_rules(session),
    )


async def _store(session: AsyncSession, case: _Case, judged: Judged, *, amends_id: str | None) -> Inspection:
    document = case.document
    visit_id, visit_flags = await mark_visited(
        session,
        visit_id=document.visit_id,
        site_id=case.site.id,
        version=(case.version.id, case.version.code),
        on=clock.shanghai_date(case.seen_at),
        got_in=document.outcome == "inspected",
        assignee_id=case.me.person_id,
    )
    row = Inspection(
        id=case.inspection_id,
        visit_id=visit_id,
        site_id=case.site.id,
        template_version_id=case.version.id,
        template_code=case.version.code,
        author_id=case.me.person_id,
        outcome=document.outcome,
        state="submitted",
        month=clock.month_of(clock.shanghai_date(case.seen_at)),
        started_at=document.started_at,
        finished_at=document.finished_at,
        received_at=case.received_at,
        clock_skew_s=case.skew_s,
        score=judged.score,
        document=grounds.stored_document(document),
        document_sha256=digest(document),
        results=judged.results,
        flags=[*judged.flags, *visit_flags, *_clock_flags(document, case.skew_s)],
        fix_id=await _keep_position(session, document),
        amends_id=amends_id,
    )
    session.add(row)
    await session.flush()
    return row


def _clock_flags(document: InspectionIn, skew_s: float | None) -> list[dict[str, Any]]:
    """A phone's clock may be off, and be put back within a visit: told, and no reason to refuse what was found."""
    flags: list[dict[str, Any]] = []
    if skew_s is not None and abs(skew_s) > SKEW_TOLERANCE_S:
        flags.append({"code": "clock-skew", "detail": {"seconds": round(skew_s)}})
    back_s = (document.started_at - document.finished_at).total_seconds()
    if back_s > 0:
        flags.append({"code": "clock-put-back", "detail": {"seconds": round(back_s)}})
    return flags


async def _keep_position(session: AsyncSession, document: InspectionIn) -> str | None:
    position = document.position
    if position is None or not is_position(position.lat, position.lon):
        return None
    fix = Fix(id=ids.uuid7(), lat=position.lat, lon=position.lon, accuracy_m=position.accuracy_m, at=position.at)
    session.add(fix)
    return fix.id


async def _scene(session: AsyncSession, case: _Case) -> Scene:
    return Scene(
        inspection_id=case.inspection_id,
        site=case.site,
        template_version_id=case.version.id,
        finder_id=case.me.person_id,
        seen_at=case.seen_at,
        received_at=case.received_at,
        calendar=await calendar.load(session),
        rules=case.rules,
        doer=case.me,
    )


def _taken(row: Inspection, placed: list[Placed], missing: list[str]) -> InspectionTaken:
    links = [
        FindingLink(id=one.finding_id, item=one.sighting.item_code, task_id=one.task_id, link=one.placement.link)
        for one in placed
    ]
    return InspectionTaken(
        id=row.id, received_at=row.received_at, score=row.score, findings=links, missing_photos=missing
    )


async def _receipt(session: AsyncSession, row: Inspection) -> InspectionTaken:
    """The findings as first answered, the missing photos as of now."""
    findings = await session.scalars(
        select(Finding).where(Finding.inspection_id == row.id).order_by(Finding.item_code, Finding.id)
    )
    version = (await versions.by_ids(session, [row.template_version_id]))[row.template_version_id]
    order = [item.code for item in version.items]
    links = [
        FindingLink(id=f.id, item=f.item_code, task_id=f.task_id, link=f.link)
        for f in sorted(findings, key=lambda f: order.index(f.item_code) if f.item_code in order else 0)
    ]
    return InspectionTaken(
        id=row.id,
        received_at=row.received_at,
        score=row.score,
        findings=links,
        missing_photos=await missing_photos(session, inspection_id=row.id),
    )
