"""Checklist scores as of any past day, from the inspections that are kept (R67)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

import msgspec
from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from schemas.checklists import TemplateDocument
from schemas.evaluation import LostPoint, SiteScore, SiteScores
from server import clock
from server.evaluation.checklist_scores import Lost, scored_again
from server.evaluation.measures import shown
from storage.database.models import Finding, Inspection, PhotoUse, Site, TemplateVersion


async def site_scores(session: AsyncSession, on: date) -> SiteScores:
    """The score that each site had on a day, by its checklist, with every point that it lost and what shows it."""
    latest = await _latest(session, on)
    versions = {
        row.id: msgspec.convert(row.document, TemplateDocument)
        for row in await session.scalars(
            select(TemplateVersion).where(TemplateVersion.id.in_({one.template_version_id for one in latest}))
        )
    }
    names = {row.id: row.name for row in await session.execute(select(Site.id, Site.name))}
    findings, photos = await _evidence(session, latest)
    sites = [_site(row, versions[row.template_version_id], names, findings, photos) for row in latest]
    return SiteScores(as_of=on, sites=sorted(sites, key=lambda one: (one.site_name, one.template_code)))


async def _latest(session: AsyncSession, on: date) -> list[Inspection]:
    """The latest inspection that had got in by a day, by site and checklist; one that was amended later still held."""
    before, later = clock.end_of_day(on), aliased(Inspection)
    query = (
        select(Inspection)
        .outerjoin(later, later.id == Inspection.amended_by_id)
        .where(
            Inspection.outcome == "inspected",
            Inspection.finished_at < before,
            Inspection.received_at < before,
            or_(later.id.is_(None), later.received_at >= before),
        )
        .order_by(Inspection.finished_at, Inspection.id)
    )
    found = {(row.site_id, row.template_code): row for row in await session.scalars(query)}
    return list(found.values())


Findings = dict[tuple[str, str], Finding]
Photos = dict[tuple[str, str], list[str]]


async def _evidence(session: AsyncSession, rows: Sequence[Inspection]) -> tuple[Findings, Photos]:
    ids = [row.id for row in rows]
    found = await session.scalars(select(Finding).where(Finding.inspection_id.in_(ids)))
    findings = {(one.inspection_id, one.item_code): one for one in found}
    uses = await session.execute(
        select(PhotoUse.inspection_id, PhotoUse.item_code, PhotoUse.sha256)
        .where(PhotoUse.inspection_id.in_(ids), PhotoUse.item_code.is_not(None), PhotoUse.state == "received")
        .order_by(PhotoUse.created_at, PhotoUse.id)
    )
    photos: Photos = defaultdict(list)
    for inspection_id, item_code, sha256 in uses:
        photos[inspection_id or "", item_code or ""].append(sha256)
    return findings, photos


def _site(
    row: Inspection,
    document: TemplateDocument,
    names: dict[str, str],
    findings: Findings,
    photos: Photos,
) -> SiteScore:
    scored = scored_again(document.items, row.results)
    return SiteScore(
        site_id=row.site_id,
        site_name=names[row.site_id],
        template_code=row.template_code,
        template_name=document.name.zh,
        inspection_id=row.id,
        inspected_on=clock.shanghai_date(row.finished_at),
        passed_weight=scored.passed_weight,
        scored_weight=scored.scored_weight,
        score=None if scored.score is None else shown(scored.score),
        lost=[
            _lost(one, findings.get((row.id, one.item.code)), photos.get((row.id, one.item.code), []))
            for one in scored.lost
        ],
    )


def _lost(one: Lost, finding: Finding | None, photos: list[str]) -> LostPoint:
    return LostPoint(
        item_code=one.item.code,
        label=one.item.label.zh,
        weight=one.item.weight,
        points=shown(one.points),
        finding_id=finding.id if finding else None,
        task_id=finding.task_id if finding else None,
        photos=photos,
    )
