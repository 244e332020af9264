"""Reads of units, sites and people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.auth import PersonOut, PostOut
from schemas.org import CalendarYearOut, FormerName, SiteOut, UnitOut
from schemas.wire import Position
from server.auth import roles
from server.auth.holding import held_on
from server.errors import NotFound
from server.org.units import OF_THE_GROUP
from storage.database.models import (
    CalendarDay,
    CalendarYear,
    Person,
    Post,
    ReplyLink,
    Session,
    Site,
    Unit,
    UnitName,
)

POSTS_OF_A_UNIT = (roles.UNIT_LEADER, roles.LIAISON, roles.DATA_OFFICER)


async def list_units(session: AsyncSession, on: date) -> list[UnitOut]:
    """All units with the posts that nobody holds on a date: 分管领导, 联络员, 资料员 (R6)."""
    held: dict[str, set[str]] = defaultdict(set)
    posts = select(Post.unit_id, Post.role).where(held_on(on))
    for unit_id, role in await session.execute(posts):
        held[unit_id].add(role)
    former = await former_names(session)
    units = await session.scalars(select(Unit).order_by(Unit.code))
    return [_unit_out(unit, held[unit.id], former[unit.id], on) for unit in units]


async def former_names(session: AsyncSession) -> dict[str, list[FormerName]]:
    """The names that each unit had before, the latest first (R3)."""
    former: dict[str, list[FormerName]] = defaultdict(list)
    names = select(UnitName.unit_id, UnitName.name, UnitName.until_on).order_by(UnitName.until_on.desc())
    for unit_id, name, until_on in await session.execute(names):
        former[unit_id].append(FormerName(name=name, until_on=until_on))
    return former


def _unit_out(unit: Unit, held: set[str], former: list[FormerName], on: date) -> UnitOut:
    has_ended = unit.member_until is not None and unit.member_until < on
    return UnitOut(
        id=unit.id,
        code=unit.code,
        name=unit.name,
        kind=unit.kind,
        member_from=unit.member_from,
        member_until=unit.member_until,
        posts_missing=missing_posts(held) if unit.kind in OF_THE_GROUP and not has_ended else [],
        former=former,
        successor_id=unit.successor_id,
    )


def missing_posts(held: set[str]) -> list[str]:
    """Which of the three posts of a unit are empty (R6)."""
    return [role for role in POSTS_OF_A_UNIT if role not in held]


async def get_unit(session: AsyncSession, unit_id: str, on: date) -> UnitOut:
    """One unit. Raises NotFound."""
    found = next((unit for unit in await list_units(session, on) if unit.id == unit_id), None)
    if found is None:
        raise NotFound
    return found


async def list_sites(session: AsyncSession, only: Collection[str] | None = None) -> list[SiteOut]:
    """The open sites by code: all, or those with these ids."""
    query = select(Site, Unit.name).join(Unit, Unit.id == Site.unit_id).where(Site.closed_on.is_(None))
    if only is not None:
        query = query.where(Site.id.in_(only))
    return [_site_out(site, unit_name) for site, unit_name in await session.execute(query.order_by(Site.code))]


def _site_out(site: Site, unit_name: str) -> SiteOut:
    return SiteOut(
        id=site.id,
        code=site.code,
        name=site.name,
        kind=site.kind,
        unit_id=site.unit_id,
        unit_name=unit_name,
        institution=site.institution,
        address=site.address,
        position=Position(lat=site.lat, lon=site.lon),
        radius_m=site.radius_m,
        keeper_post=site.keeper_post,
        keeper_phone=site.keeper_phone,
        facts=site.facts,
    )


async def list_people(session: AsyncSession, on: date, now: datetime) -> list[PersonOut]:
    """All people with the roles they hold on a date and how many sessions they have open."""
    posts: dict[str, list[PostOut]] = defaultdict(list)
    query = (
        select(Post.person_id, Post.role, Unit.id, Unit.name, Post.valid_from)
        .join(Unit, Unit.id == Post.unit_id)
        .where(held_on(on))
        .order_by(Post.valid_from, Post.id)
    )
    for person_id, role, unit_id, unit_name, since in await session.execute(query):
        held = PostOut(role=role, unit_id=unit_id, unit_name=unit_name, valid_from=since)
        posts[person_id].append(held)
    counts = select(Session.person_id, func.count()).where(Session.revoked_at.is_(None), Session.ends_at > now)
    open_sessions = dict((await session.execute(counts.group_by(Session.person_id))).all())
    return [
        PersonOut(
            id=person.id,
            login=person.login,
            name=person.name,
            roles=[post.role for post in posts[person.id]],
            unit_id=posts[person.id][0].unit_id if posts[person.id] else None,
            unit_name=posts[person.id][0].unit_name if posts[person.id] else None,
            posts=posts[person.id],
            disabled=person.disabled_at is not None,
            sessions=open_sessions.get(person.id, 0),
        )
        for person in await session.scalars(_people())
    ]


def _people() -> Select[Person]:
    """Everybody who may be let in; those whom a letter's link acts as (R44) are no people."""
    return select(Person).where(Person.id.not_in(select(ReplyLink.person_id))).order_by(Person.login)


async def calendar_year(session: AsyncSession, year: int) -> CalendarYearOut | None:
    """One year of the working-day table, or None where the table does not have it."""
    row = await session.get(CalendarYear, year)
    if row is None:
        return None
    days = (await session.scalars(select(CalendarDay).where(CalendarDay.year == year).order_by(CalendarDay.on))).all()
    return CalendarYearOut(
        year=row.year,
        notice=row.notice,
        provisional=row.provisional,
        days_off=[day.on for day in days if not day.works],
        days_worked=[day.on for day in days if day.works],
    )
