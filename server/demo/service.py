"""The demo district: loaded once with a past of its own, its month topped up at each start."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server import clock, ids
from server.audit import service as audit
from server.auth import passwords
from server.auth.actor import System
from server.demo.album import develop
from server.demo.declaration import declare, pictures
from server.demo.history import live_through
from server.demo.overdue import OVERDUE
from server.demo.past import Deed, Past, open_past
from server.demo.people import PEOPLE, UNITS
from server.demo.script import Event, photos_of, script
from server.demo.sites import SITES
from server.demo.timetable import Timetable
from server.demo.year import deeds
from server.district import District
from server.org import calendar
from server.tasks.desk import open_desk
from server.visits.service import top_up_month
from storage.database.models import Person, Post, Site, Unit

_DOER = System(client="demo")
_FENCE_M = 300
_MONTHS_BACK = (2, 1, 0)


async def install_demo(
    district: District, *, now: datetime | None = None, with_past: bool = True, with_year: bool = True
) -> None:
    """Load units, people, sites and their past where there are none, then plan what this month lacks.

    `now` is the present that the past leads up to: the clock's, unless a test wants another day. A test that counts
    starts without a past; one that writes the office's first letters itself, without the year of the offices.
    """
    now = now or clock.now()
    async with district.database.reading() as session:
        timetable = Timetable(now, await calendar.load(session))
        is_fresh = await _is_fresh(session)
    if is_fresh:
        await _begin(district, timetable, with_past=with_past, with_year=with_past and with_year)
    async with district.database.writing() as session:
        await top_up_month(session, timetable.today, actor=_DOER)


async def _begin(district: District, timetable: Timetable, *, with_past: bool, with_year: bool) -> None:
    told = script(timetable, OVERDUE if with_year else ()) if with_past else []
    photos = [*photos_of(told).values(), *(pictures(timetable) if with_year else ())]
    # Drawn before the transaction is opened: nobody waits for pictures behind the write lock.
    album = await develop(district, photos)
    async with district.database.writing() as session:
        if not await _is_fresh(session):
            return
        await _load(session, timetable.today)
        past = await open_past(session, album, timetable.calendar)
        if with_past:
            await _tell(session, past, timetable, [*told, *(deeds(timetable) if with_year else ())])
    if with_year:
        desk = open_desk(district)
        try:
            await declare(desk, past, timetable)
        finally:
            desk.close()


async def _is_fresh(session: AsyncSession) -> bool:
    return await session.scalar(select(Unit.id).limit(1)) is None


async def _tell(session: AsyncSession, past: Past, timetable: Timetable, told: Sequence[Event | Deed]) -> None:
    for months_ago in _MONTHS_BACK:
        await top_up_month(session, timetable.first_of_month(months_ago), actor=_DOER)
    await live_through(session, past, sorted(told, key=lambda event: event.at), now=timetable.now)


async def _load(session: AsyncSession, today: date) -> None:
    since = date(today.year - 1, 1, 1)
    units = await _load_units(session, since)
    await _load_people(session, units, since)
    for site in SITES:
        is_room = site.kind == "science_room"
        session.add(
            Site(
                id=ids.uuid7(),
                code=site.code,
                name=site.name,
                kind=site.kind,
                unit_id=units[site.street] if is_room else units["U-WJJ"],
                street_id=units[site.street],
                institution=site.institution,
                address=site.address,
                lat=site.lat,
                lon=site.lon,
                radius_m=_FENCE_M,
                keeper_post=site.keeper,
                keeper_phone="0731-0000000",
                facts={} if site.residents is None else {"residents": site.residents},
                closed_on=None,
            )
        )
    audit.record(session, actor=_DOER, action="load_demo", subject=("district", "demo"), detail={"sites": len(SITES)})


async def _load_units(session: AsyncSession, since: date) -> dict[str, str]:
    by_code = {unit.code: ids.uuid7() for unit in UNITS}
    for unit in UNITS:
        seat = by_code[unit.seated_in] if unit.seated_in else None
        session.add(
            Unit(
                id=by_code[unit.code],
                code=unit.code,
                name=unit.name,
                kind=unit.kind,
                member_from=since,
                member_until=None,
                successor_id=None,
                seated_in_id=seat,
            )
        )
        await session.flush()
    return by_code


async def _load_people(session: AsyncSession, units: dict[str, str], since: date) -> None:
    password = await passwords.hash_password(passwords.DEMO_PASSWORD)
    for person in PEOPLE:
        row = Person(
            id=ids.uuid7(), login=person.login, name=person.name, password_hash=password, created_at=clock.now()
        )
        session.add(row)
        await session.flush()
        for unit_code, role in person.posts:
            session.add(Post(id=ids.uuid7(), person_id=row.id, unit_id=units[unit_code], role=role, valid_from=since))
