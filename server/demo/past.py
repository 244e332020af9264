"""Who and what there is in the demo district, for whoever tells of its past."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.checklists import TemplateVersion
from server.auth.actor import Actor, System
from server.checklists import versions
from server.demo.album import Album
from server.demo.people import PEOPLE
from server.demo.story import Story
from server.org.rules import Rules
from server.org.working_days import WorkCalendar
from storage.database.models import Person, Site, Unit

DOER = System(client="demo")


@dataclass(slots=True)
class Past:
    """Who and what there is; the task that each fault became, by story and item; `kept` are the ids under which a
    later deed finds what an earlier one made.
    """

    album: Album
    calendar: WorkCalendar
    rules: Rules
    actors: dict[str, Actor]
    sites: dict[str, Site]
    units: dict[str, str]
    templates: dict[str, TemplateVersion]
    tasks: dict[tuple[Story, str], str] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody did at an instant by a use case of the product."""

    at: datetime
    do: Callable[[AsyncSession, Past], Awaitable[object]]


async def open_past(session: AsyncSession, album: Album, calendar: WorkCalendar) -> Past:
    """Look up the loaded district."""
    units = {row.code: row for row in await session.scalars(select(Unit))}
    return Past(
        album=album,
        calendar=calendar,
        rules=Rules(),
        actors=await _actors(session, units),
        sites={site.code: site for site in await session.scalars(select(Site))},
        units={code: row.id for code, row in units.items()},
        templates={version.code: version for version in await versions.current(session)},
    )


async def _actors(session: AsyncSession, units: dict[str, Unit]) -> dict[str, Actor]:
    people = {row.login: row.id for row in await session.scalars(select(Person))}
    actors = {}
    for person in PEOPLE:
        unit_code, role = person.posts[0]
        unit = units[unit_code]
        actors[person.login] = Actor(
            person_id=people[person.login],
            login=person.login,
            name=person.name,
            role=role,
            roles=tuple(post[1] for post in person.posts),
            unit_id=unit.id,
            unit_name=unit.name,
            seat_unit_id=unit.seated_in_id,
            session_id="",
            client=DOER.client,
        )
    return actors
