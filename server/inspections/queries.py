"""Reads of inspections: the office's list, one whole inspection, and those that wait to be confirmed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.checklists import TemplateVersion
from schemas.inspections import AnswerOut, FedBack, FindingLink, InspectionOut, InspectionRow
from schemas.tasks import PhotoRef
from schemas.wire import Page
from server.auth import roles
from server.auth.actor import Actor
from server.checklists import versions
from server.errors import NotFound
from server.indexing.queries import mentioning
from server.inspections import counting
from server.paging import Order, paged, split
from server.spans import months_of
from server.tasks import lookups
from server.visits.coverage import got_in
from storage.database.models import Finding, Inspection, PhotoUse

_ORDER = Order(Inspection.received_at, Inspection.id)


def _visible(query: Select[Any], me: Actor) -> Select[Any]:
    """Inspections are the inspectors', 区政府办's and the office's; a unit sees findings through its tasks (R8)."""
    return query if me.role in roles.DISTRICT else query.where(Inspection.author_id == me.person_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedInspections:
    """The filters of the list."""

    month: str | None = None
    site: str | None = None
    state: str | None = None
    feedback: FedBack | None = None
    q: str | None = None
    first: str | None = None
    last: str | None = None
    got_in: bool = False
    cursor: str | None = None
    limit: int = 50


async def list_inspections(
    session: AsyncSession, me: Actor, language: str, wanted: WantedInspections
) -> Page[InspectionRow]:
    """One page of inspections, the newest receipt first."""
    query = _visible(select(Inspection), me)
    pairs = ((wanted.month, Inspection.month), (wanted.site, Inspection.site_id), (wanted.state, Inspection.state))
    for value, column in pairs:
        if value:
            query = query.where(column == value)
    if wanted.feedback:
        query = query.where(counting.with_feedback(wanted.feedback))
    query = query.where(*months_of(wanted.first, wanted.last, Inspection.month))
    if wanted.got_in:
        query = query.where(got_in())
    if wanted.q:
        query = query.where(await mentioning(session, "inspection", Inspection.id, wanted.q))
    cursor, limit = wanted.cursor, wanted.limit
    rows = (await session.scalars(paged(query, _ORDER, cursor=cursor, limit=limit))).all()
    page, following = split(rows, _ORDER, limit=limit)
    return Page(items=await _rows(session, page, language), next=following)


async def _rows(session: AsyncSession, page: list[Inspection], language: str) -> list[InspectionRow]:
    ids = [row.id for row in page]
    sites = await lookups.sites(session, [row.site_id for row in page])
    people = await lookups.person_names(session, [row.author_id for row in page])
    counts = await counting.findings_of(session, ids)
    photos = await counting.photos_of(session, ids)
    feedback = await counting.feedback_of(session, ids)
    return [
        InspectionRow(
            id=row.id,
            site_id=row.site_id,
            site_name=sites[row.site_id].name,
            template_code=row.template_code,
            author=people[row.author_id],
            outcome=row.outcome,
            state=row.state,
            month=row.month,
            finished_at=row.finished_at,
            received_at=row.received_at,
            confirmed_at=row.confirmed_at,
            score=row.score,
            findings=counts[row.id],
            photos=photos[row.id],
            feedback=feedback.get(row.id),
            flags=[lookups.flag_out(flag["code"], flag["detail"], language) for flag in row.flags],
            amended_by=row.amended_by_id,
        )
        for row in page
    ]


async def get_inspection(session: AsyncSession, me: Actor, inspection_id: str, language: str) -> InspectionOut:
    """One inspection with answers, verdicts and photos. Raises NotFound."""
    row = await session.scalar(_visible(select(Inspection), me).where(Inspection.id == inspection_id))
    if row is None:
        raise NotFound
    shown = (await _rows(session, [row], language))[0]
    version = (await versions.by_ids(session, [row.template_version_id]))[row.template_version_id]
    refs = await lookups.photo_refs(session, PhotoUse.inspection_id == row.id, language)
    by_item: dict[str, list[PhotoRef]] = defaultdict(list)
    for use, ref in refs:
        by_item[use.item_code or ""].append(ref)
    return InspectionOut(
        id=row.id,
        site_id=row.site_id,
        site_name=shown.site_name,
        template_code=row.template_code,
        author=shown.author,
        outcome=row.outcome,
        state=row.state,
        month=row.month,
        started_at=row.started_at,
        finished_at=row.finished_at,
        received_at=row.received_at,
        confirmed_at=row.confirmed_at,
        score=row.score,
        guidance=row.document.get("guidance", ""),
        answers=_answers(row, version, by_item, language),
        findings=await _links(session, row.id),
        photos=[ref for _, ref in refs],
        flags=shown.flags,
        amends=row.amends_id,
        amended_by=row.amended_by_id,
    )


def _answers(
    row: Inspection, version: TemplateVersion, photos: dict[str, list[PhotoRef]], language: str
) -> list[AnswerOut]:
    notes = {answer["item"]: answer.get("note", "") for answer in row.document.get("answers", [])}
    return [
        AnswerOut(
            item=item.code,
            label=versions.words(item.label, language),
            value=row.results[item.code]["value"],
            verdict=row.results[item.code]["verdict"],
            note=notes.get(item.code, ""),
            photos=photos[item.code],
        )
        for item in version.items
        if item.code in row.results
    ]


async def _links(session: AsyncSession, inspection_id: str) -> list[FindingLink]:
    query = select(Finding).where(Finding.inspection_id == inspection_id).order_by(Finding.item_code, Finding.id)
    return [
        FindingLink(id=f.id, item=f.item_code, task_id=f.task_id, link=f.link) for f in await session.scalars(query)
    ]


async def waiting_since(session: AsyncSession, before: datetime) -> list[Inspection]:
    """Submitted inspections that were received before an instant, the oldest first."""
    query = select(Inspection).where(Inspection.state == "submitted", Inspection.received_at < before)
    return list(await session.scalars(query.order_by(Inspection.received_at).limit(500)))
