"""Who holds a post today, as messages need it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.auth.holding import held_on
from storage.database.models import Person, Post

Holders = Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class Recipient:
    """A person, and the unit for which they are told (None where they are told for the district)."""

    person_id: str
    unit_id: str | None = None


async def holders_of(session: AsyncSession, unit_ids: Collection[str], on: date) -> dict[str, Holders]:
    """The people of each unit by role on a date, the longest in post first. Who may not sign in holds nothing."""
    found: dict[str, dict[str, list[str]]] = {unit_id: defaultdict(list) for unit_id in unit_ids}
    query = _held(on).where(Post.unit_id.in_(found)).order_by(Post.valid_from, Post.id)
    for post in await session.scalars(query):
        if post.person_id not in found[post.unit_id][post.role]:
            found[post.unit_id][post.role].append(post.person_id)
    return dict(found)


async def unit_recipients(session: AsyncSession, unit_id: str, on: date, *roles: str) -> list[Recipient]:
    """The people who hold one of these roles in a unit on a date, each once."""
    held = (await holders_of(session, [unit_id], on))[unit_id]
    people = dict.fromkeys(person for role in roles for person in held.get(role, ()))
    return [Recipient(person, unit_id) for person in people]


async def role_recipients(session: AsyncSession, role: str, on: date) -> list[Recipient]:
    """Everybody who holds a role of the district (the office, 区政府办, the group leader) on a date."""
    posts = await session.scalars(_held(on).where(Post.role == role).order_by(Post.valid_from, Post.id))
    return [Recipient(person) for person in dict.fromkeys(post.person_id for post in posts)]


def _held(on: date) -> Select[Post]:
    return select(Post).join(Person, Person.id == Post.person_id).where(Person.disabled_at.is_(None), held_on(on))
