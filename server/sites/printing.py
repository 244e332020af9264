"""The one-page sheet of a site: what this reader may see of it, as PDF."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.maps import MapSite
from schemas.site_sheets import SiteSheet
from server import clock
from server.auth import roles
from server.auth.actor import Actor
from server.catalogue import text
from server.documents.site_sheet import render_site_sheet
from server.documents.turn import PRINTING
from server.errors import NotFound
from server.maps.queries import map_sites
from server.photos.copies import bring_screen
from server.photos.desk import PhotoDesk
from server.photos.errors import PhotoDamaged
from server.sites.telling import MOST_INSPECTIONS, MOST_PAIRS, Owed, Seen, Shown, site_sheet
from server.tasks.lateness import is_late
from server.tasks.lookups import before_and_after
from server.tasks.visibility import scoped
from storage.database.models import Finding, Inspection, Task, TemplateVersion, Unit

_LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class Printed:
    """The finished page and the name it is saved under."""

    content: bytes
    name: str


async def print_sheet(desk: PhotoDesk, *, me: Actor, site_id: str, language: str) -> Printed:
    """The sheet of a site. Whom the site does not concern gets NotFound, as on the map (R8)."""
    async with desk.district.database.reading() as session:
        sheet = await _sheet(session, desk, me, site_id, language)
    named = {sha256 for pair in sheet.pairs for sha256 in (pair.before, pair.after) if sha256}
    async with PRINTING:
        photos = {sha256: picture for sha256 in sorted(named) if (picture := await _picture(desk, sha256))}
        content = await asyncio.to_thread(render_site_sheet, sheet, photos)
    return Printed(content, f"{sheet.title} {clock.today().isoformat()}.pdf")


async def _sheet(session: AsyncSession, desk: PhotoDesk, me: Actor, site_id: str, language: str) -> SiteSheet:
    today = clock.today()
    site = await _site(session, me, site_id)
    return site_sheet(
        site,
        inspections=await _inspections(session, site_id, language) if me.role in roles.DISTRICT else None,
        tasks=await _tasks(session, me, site_id),
        photos=await _photos(session, me, site_id),
        url=f"{desk.district.settings.public_url}/office/map/{site_id}",
        today=today,
        say=lambda key: text("words", key, language, {}),
    )


async def _site(session: AsyncSession, me: Actor, site_id: str) -> MapSite:
    found = next((site for site in (await map_sites(session, me, clock.today())).sites if site.id == site_id), None)
    if found is None:
        raise NotFound
    return found


async def _inspections(session: AsyncSession, site_id: str, language: str) -> list[Seen]:
    found = select(func.count()).where(Finding.inspection_id == Inspection.id, Finding.status != "void")
    query = (
        select(Inspection, TemplateVersion.name, found.correlate(Inspection).scalar_subquery())
        .join(TemplateVersion, TemplateVersion.id == Inspection.template_version_id)
        .where(Inspection.site_id == site_id, Inspection.amended_by_id.is_(None))
        .order_by(Inspection.finished_at.desc(), Inspection.id.desc())
        .limit(MOST_INSPECTIONS)
    )
    return [
        Seen(
            clock.shanghai_date(row.finished_at),
            _named(name, language),
            row.outcome == "inspected",
            row.score,
            count,
        )
        for row, name, count in await session.execute(query)
    ]


def _named(name: dict[str, str], language: str) -> str:
    return name.get(language) or next(iter(name.values()), "")


async def _tasks(session: AsyncSession, me: Actor, site_id: str) -> list[Owed]:
    late = is_late(clock.today())
    query = scoped(
        select(Task.id, Task.number, Task.problem, Unit.name, Task.due_on, Task.status, late)
        .join(Unit, Unit.id == Task.unit_id)
        .where(Task.site_id == site_id, Task.status.in_(("open", "replied"))),
        me,
    )
    rows = await session.execute(query.order_by(Task.due_on, Task.id).limit(_LOOKED_AT))
    return [Owed(*row) for row in rows]


async def _photos(session: AsyncSession, me: Actor, site_id: str) -> list[Shown]:
    """The tasks that show most: those with photos of both sides first, then the newest."""
    query = scoped(
        select(Task.id, Task.number, Task.problem, Task.updated_at).where(
            Task.site_id == site_id, Task.status.in_(("open", "replied", "closed"))
        ),
        me,
    )
    rows = list(await session.execute(query.order_by(Task.updated_at.desc(), Task.id).limit(_LOOKED_AT)))
    before, after = await before_and_after(session, [row[0] for row in rows])
    shown = [
        Shown(problem, number, _last(before.get(task_id)), _last(after.get(task_id)))
        for task_id, number, problem, _ in rows
        if before.get(task_id) or after.get(task_id)
    ]
    return sorted(shown, key=lambda one: one.before is None or one.after is None)[:MOST_PAIRS]


def _last(hashes: Sequence[str] | None) -> str | None:
    return hashes[-1] if hashes else None


async def _picture(desk: PhotoDesk, sha256: str) -> bytes | None:
    """The bytes of a photo; a damaged one is shown as none, and found by the scrub."""
    try:
        return await bring_screen(desk, sha256)
    except PhotoDamaged:
        return None
