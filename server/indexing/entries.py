"""What each kind of row is found by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.checklists import TemplateVersion
from server.checklists import versions
from server.indexing.grams import folded
from storage.database.models import Finding, Inspection, Letter, Site, Task
from storage.database.models.search import Kind

_LANGUAGE = "zh-CN"


@dataclass(frozen=True, slots=True)
class Entry:
    """The folded words of one row, and when it came."""

    kind: Kind
    subject_id: str
    at: datetime
    words: str


def _entry(kind: Kind, subject_id: str, at: datetime, *words: str | None) -> Entry:
    return Entry(kind, subject_id, at, folded(" ".join(word for word in words if word)))


async def findings(session: AsyncSession, *where: ColumnElement[bool]) -> list[Entry]:
    """Findings by what is wrong, the item that failed, and the site."""
    query = (
        select(Finding, Inspection.template_version_id, Site.name, Site.institution)
        .join(Inspection, Inspection.id == Finding.inspection_id)
        .join(Site, Site.id == Finding.site_id)
        .where(*where)
    )
    rows = (await session.execute(query)).all()
    known = await versions.by_ids(session, [version for _, version, *_ in rows])
    return [
        _entry(
            "finding",
            row.id,
            row.received_at,
            *(row.problem, row.note, row.item_code, _label(known[version], row.item_code), name, institution),
        )
        for row, version, name, institution in rows
    ]


async def tasks(session: AsyncSession, *where: ColumnElement[bool]) -> list[Entry]:
    """Tasks by their number, what is wrong, the item, the place and what gave them."""
    query = select(Task, Site.name).outerjoin(Site, Site.id == Task.site_id).where(*where)
    rows = (await session.execute(query)).all()
    known = await versions.by_ids(session, [row.template_version_id for row, _ in rows if row.template_version_id])
    return [_task(row, name, known.get(row.template_version_id or "")) for row, name in rows]


def _task(row: Task, site: str | None, version: TemplateVersion | None) -> Entry:
    fault = (row.number, row.problem, row.requirement, row.item_code, _label(version, row.item_code))
    place = (site, row.institution, row.source_name, row.source_number)
    return _entry("task", row.id, row.created_at, *fault, *place)


async def inspections(session: AsyncSession, *where: ColumnElement[bool]) -> list[Entry]:
    """Inspections by their site and the guidance that was given."""
    query = select(Inspection, Site.name, Site.institution).join(Site, Site.id == Inspection.site_id).where(*where)
    return [
        _entry("inspection", row.id, row.received_at, name, institution, row.document.get("guidance", ""))
        for row, name, institution in await session.execute(query)
    ]


async def letters(session: AsyncSession, *where: ColumnElement[bool]) -> list[Entry]:
    """Letters by their title, their printed number and why they were written."""
    return [
        _entry("letter", row.id, row.created_at, row.title, _number(row), row.reason)
        for row in await session.scalars(select(Letter).where(*where))
    ]


def _number(letter: Letter) -> str:
    return f"{letter.code}〔{letter.year}〕{letter.number}号" if letter.number is not None else ""


def _label(version: TemplateVersion | None, code: str | None) -> str:
    if version is None or code is None:
        return ""
    item = versions.item_of(version, code)
    return versions.words((item or version.no_access).label, _LANGUAGE)


async def of_site(session: AsyncSession, site_ids: Sequence[Any]) -> list[Entry]:
    """All that carries the name of these sites."""
    return [
        *await findings(session, Finding.site_id.in_(site_ids)),
        *await tasks(session, Task.site_id.in_(site_ids)),
        *await inspections(session, Inspection.site_id.in_(site_ids)),
    ]
