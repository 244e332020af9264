"""What a handover would move, and those that were done."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.handover import HandedLetter, HandedTask, HandedVisit, HandoverOut, HandoverPreview, Moved
from schemas.wire import Page
from server.handover.open_work import Leaving, OpenWork, alone_at, heir_of
from server.paging import Order, paged, split
from server.tasks import lookups
from storage.database.models import Handover

_ORDER = Order(Handover.at, Handover.id)


async def preview_of(session: AsyncSession, leaving: Leaving, work: OpenWork) -> HandoverPreview:
    """The open work as it is shown before anything moves."""
    places = await lookups.places(session, [task for task, _ in work.tasks])
    site_ids = [one.site_id for one in work.visits] + [one.site_id for one in work.rechecks]
    sites = await lookups.sites(session, site_ids)
    heir = await heir_of(session, leaving)
    visits = [("visit", one.id, one.site_id, one.due_on) for one in work.visits]
    visits += [("recheck", one.id, one.site_id, one.planned_on) for one in work.rechecks]
    return HandoverPreview(
        tasks=[
            HandedTask(id=task.id, number=task.number, place=places[task.id], problem=task.problem, parts=parts)
            for task, parts in work.tasks
        ],
        letters=[HandedLetter(id=one.id, title=one.title, state=one.state) for one in work.letters],
        visits=[
            HandedVisit(id=visit_id, kind=kind, site_name=sites[site_id].name, due_on=due_on)
            for kind, visit_id, site_id, due_on in visits
        ],
        unread=work.unread,
        stays=leaving.stays,
        heir=heir.name if heir else None,
        alone=await alone_at(session, leaving, work),
    )


async def list_handovers(session: AsyncSession, *, cursor: str | None, limit: int) -> Page[HandoverOut]:
    """One page of handovers, the newest first."""
    rows = await session.scalars(paged(select(Handover), _ORDER, cursor=cursor, limit=limit))
    page, following = split(rows.all(), _ORDER, limit=limit)
    return Page(items=await handovers_out(session, page), next=following)


async def handovers_out(session: AsyncSession, rows: Sequence[Handover]) -> list[HandoverOut]:
    """Handovers as they travel."""
    people = await lookups.person_names(
        session, {one for row in rows for one in (row.from_id, row.to_id, row.by_id) if one}
    )
    units = await lookups.unit_names(session, [row.unit_id for row in rows])
    return [
        HandoverOut(
            id=row.id,
            unit_name=units[row.unit_id],
            from_name=people[row.from_id],
            to_name=people[row.to_id] if row.to_id else None,
            roles=row.roles,
            begins_on=row.begins_on,
            reason=row.reason,
            moved=msgspec.convert(row.moved, Moved),
            at=row.at,
            by=people[row.by_id],
        )
        for row in rows
    ]
