"""The register of science rooms as a person may see it, with what inspections know of them (R20)."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from schemas.science import EntryOut, NodeOut, RoomDetail, RoomOut, RoomRecordOut, ScienceRooms
from server import clock
from server.auth.actor import Actor
from server.errors import NotFound
from server.org.settings import current_rules
from server.science.standing import is_overdue, nodes_of, stock_of
from server.science.visibility import may_edit, visible_rooms
from server.visits.coverage import got_in
from storage.database.models import Inspection, Person, ScienceEntry, ScienceRoom, Site, Unit


async def list_rooms(session: AsyncSession, me: Actor, *, year: int) -> ScienceRooms:
    """Every room that this person may see: activities are the year's, all else is as of today."""
    rules, entries = await current_rules(session), await _entries(session, me)
    rooms = await _rooms(session, me, entries, year, rules.science_update_days)
    of_the_year = [one for group in entries.values() for one in group if one.kind == "activity" and one.on.year == year]
    nodes = []
    for node in nodes_of(year):
        held = [one for one in of_the_year if one.node == node]
        nodes.append(NodeOut(node=node, activities=len(held), rooms=len({one.site_id for one in held})))
    return ScienceRooms(year=year, update_days=rules.science_update_days, rooms=rooms, nodes=nodes)


async def read_room(session: AsyncSession, me: Actor, site_id: str) -> RoomDetail:
    """One room with its entries, the latest day first, withdrawn ones too. Raises NotFound."""
    found = await list_rooms(session, me, year=clock.today().year)
    room = next((one for one in found.rooms if one.site_id == site_id), None)
    if room is None:
        raise NotFound
    query = (
        select(ScienceEntry, Person.name)
        .join(Person, Person.id == ScienceEntry.entered_by)
        .where(ScienceEntry.site_id == site_id)
        .order_by(ScienceEntry.on.desc(), ScienceEntry.id.desc())
    )
    return RoomDetail(room=room, entries=[_entry(entry, by) for entry, by in await session.execute(query)])


async def _entries(session: AsyncSession, me: Actor) -> dict[str, list[ScienceEntry]]:
    """What holds of each visible room, the oldest first."""
    query = (
        select(ScienceEntry)
        .join(Site, Site.id == ScienceEntry.site_id)
        .where(ScienceEntry.withdrawn == "", await visible_rooms(session, me))
        .order_by(ScienceEntry.on, ScienceEntry.id)
    )
    found: dict[str, list[ScienceEntry]] = defaultdict(list)
    for entry in await session.scalars(query):
        found[entry.site_id].append(entry)
    return found


async def _rooms(
    session: AsyncSession, me: Actor, entries: dict[str, list[ScienceEntry]], year: int, days: int
) -> list[RoomOut]:
    street, inspected = aliased(Unit), await _inspected(session)
    versions = select(ScienceRoom, Person.name).join(Person, Person.id == ScienceRoom.entered_by)
    records = {one.site_id: (one, by) for one, by in await session.execute(versions.order_by(ScienceRoom.number))}
    query = (
        select(Site, Unit.name, street.name)
        .join(Unit, Unit.id == Site.unit_id)
        .join(street, street.id == Site.street_id)
        .where(await visible_rooms(session, me))
        .order_by(street.name, Site.code)
    )
    rooms = []
    for site, unit, in_street in await session.execute(query):
        held = entries.get(site.id, [])
        stock = stock_of([one for one in held if one.kind == "stock"])
        updated_on = max((one.on for one in held if one.kind == "update"), default=None)
        rooms.append(
            RoomOut(
                site_id=site.id,
                code=site.code,
                name=site.name,
                street=in_street,
                unit=unit,
                may_edit=may_edit(me, site),
                record=_record(*records[site.id]) if site.id in records else None,
                stock_kinds=len(stock),
                stock_count=sum(stock.values()),
                activities=sum(one.kind == "activity" and one.on.year == year for one in held),
                last_update_on=updated_on,
                overdue=is_overdue(updated_on, clock.today(), days),
                last_inspected_on=inspected.get(site.id),
            )
        )
    return rooms


async def _inspected(session: AsyncSession) -> dict[str, date]:
    """The day of the last inspection that got in, by site."""
    query = (
        select(Inspection.site_id, func.max(Inspection.started_at))
        .join(Site, Site.id == Inspection.site_id)
        .where(Site.kind == "science_room", got_in())
        .group_by(Inspection.site_id)
    )
    return {site_id: clock.shanghai_date(at) for site_id, at in await session.execute(query)}


def _record(room: ScienceRoom, by: str) -> RoomRecordOut:
    return RoomRecordOut(
        number=room.number,
        community=room.community,
        area_m2=room.area_m2,
        opening_hours=room.opening_hours,
        keeper=room.keeper,
        equipment=room.equipment,
        entered_at=room.entered_at,
        entered_by=by,
    )


def _entry(entry: ScienceEntry, by: str) -> EntryOut:
    return EntryOut(
        id=entry.id,
        kind=entry.kind,
        on=entry.on,
        name=entry.name,
        count=entry.count,
        node=entry.node,
        note=entry.note,
        entered_at=entry.entered_at,
        entered_by=by,
        withdrawn=entry.withdrawn,
    )
