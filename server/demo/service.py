"""The demo district: loaded once, its month topped up at each start."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server import clock, ids
from server.audit import service as audit
from server.auth import passwords
from server.auth.actor import System
from server.demo.people import PEOPLE, UNITS
from server.demo.sites import SITES
from server.district import District
from server.visits.service import top_up_month
from storage.database.models import Person, Post, Site, Unit

_DOER = System(client="demo")
_FENCE_M = 300
_SINCE = date(2026, 1, 1)


async def install_demo(district: District) -> None:
    """Load units, people and sites where there are none, then plan what this month lacks."""
    async with district.database.writing() as session:
        if await session.scalar(select(Unit.id).limit(1)) is None:
            await _load(session)
    async with district.database.writing() as session:
        await top_up_month(session, clock.today(), actor=_DOER)


async def _load(session: AsyncSession) -> None:
    units = await _load_units(session)
    await _load_people(session, units)
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


async def _load_units(session: AsyncSession) -> dict[str, str]:
    by_code = {unit.code: ids.uuid7() for unit in UNITS}
    for unit in UNITS:
        seat = by_code[unit.seated_in] if unit.seated_in else None
        session.add(
            Unit(
                id=by_code[unit.code],
                code=unit.code,
                name=unit.name,
                kind=unit.kind,
                member_from=_SINCE,
                member_until=None,
                successor_id=None,
                seated_in_id=seat,
            )
        )
        await session.flush()
    return by_code


async def _load_people(session: AsyncSession, units: dict[str, str]) -> None:
    password = await passwords.hash_password(passwords.DEMO_PASSWORD)
    for person in PEOPLE:
        row = Person(
            id=ids.uuid7(), login=person.login, name=person.name, password_hash=password, created_at=clock.now()
        )
        session.add(row)
        await session.flush()
        for unit_code, role in person.posts:
            session.add(Post(id=ids.uuid7(), person_id=row.id, unit_id=units[unit_code], role=role, valid_from=_SINCE))
