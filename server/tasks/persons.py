"""The three persons of a task: 过问人, 落实人, 解决人 (R14). Empty is a mark and never a refusal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.tasks import PersonPart, TaskPersons, TaskStep
from server.auth import roles
from server.auth.holding import held_on
from storage.database.models import Person, Post, Site, Task

PARTS: Final[tuple[PersonPart, ...]] = ("overseer", "implementer", "resolver")
Held = Mapping[tuple[str, str], Sequence[str]]


def told_persons(
    named: Mapping[PersonPart, str | None], *, leaders: Sequence[str], liaisons: Sequence[str], keeper: str
) -> TaskPersons:
    """Who the three are (R14): as named for the task; else 过问人 the unit's 分管领导, 落实人 the site's 点位责任人 and
    where it has none the 联络员. 解决人 is named by the unit alone.
    """
    defaults: dict[PersonPart, str] = {
        "overseer": "、".join(leaders),
        "implementer": keeper or "、".join(liaisons),
        "resolver": "",
    }
    told = {part: named.get(part) or defaults[part] for part in PARTS}
    return TaskPersons(
        **told,
        named=[part for part in PARTS if named.get(part)],
        gaps=[part for part in PARTS if not told[part]],
    )


async def persons_of(
    session: AsyncSession, tasks: Sequence[Task], sites: Mapping[str, Site], on: date
) -> dict[str, TaskPersons]:
    """The three persons of each task by its id, with the posts as they are held on a date."""
    held = await _held(session, {task.unit_id for task in tasks}, on)
    found = {}
    for task in tasks:
        site = sites.get(task.site_id or "")
        found[task.id] = told_persons(
            {part: getattr(task, part) for part in PARTS},
            leaders=held.get((task.unit_id, roles.UNIT_LEADER), ()),
            liaisons=held.get((task.unit_id, roles.LIAISON), ()),
            keeper=site.keeper_post if site else "",
        )
    return found


async def _held(session: AsyncSession, unit_ids: set[str], on: date) -> Held:
    query = (
        select(Post.unit_id, Post.role, Person.name)
        .join(Person, Person.id == Post.person_id)
        .where(Post.unit_id.in_(unit_ids), Post.role.in_((roles.UNIT_LEADER, roles.LIAISON)))
        .where(held_on(on))
        .where(Person.disabled_at.is_(None))
        .order_by(Post.valid_from, Post.id)
    )
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for unit_id, role, name in await session.execute(query):
        if name not in found[unit_id, role]:
            found[unit_id, role].append(name)
    return found


async def name_persons(session: AsyncSession, task: Task, step: TaskStep, on: date) -> None:
    """Write down whom a step names; a part that it does not mention stays, an empty one goes back to the default.

    A name that exactly one of the unit's people bears stands for that person, so that a handover finds it (R6).
    """
    for part in PARTS:
        given = getattr(step, part)
        if given is None:
            continue
        name = given.strip() or None
        setattr(task, part, name)
        setattr(task, f"{part}_id", await _bearer(session, task.unit_id, name, on) if name else None)


def forget_persons(task: Task) -> None:
    """Another unit owes the task: whom the former one named is not theirs (R14)."""
    for part in PARTS:
        setattr(task, part, None)
        setattr(task, f"{part}_id", None)


async def _bearer(session: AsyncSession, unit_id: str, name: str, on: date) -> str | None:
    query = (
        select(Person.id)
        .join(Post, Post.person_id == Person.id)
        .where(Post.unit_id == unit_id, Person.name == name, Person.disabled_at.is_(None))
        .where(held_on(on))
        .distinct()
    )
    found = (await session.scalars(query.limit(2))).all()
    return found[0] if len(found) == 1 else None
