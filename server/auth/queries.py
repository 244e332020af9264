"""Reads of people, posts and sessions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.auth import sessions
from server.auth.actor import Actor
from server.auth.holding import held_on
from server.errors import NotFound
from storage.database.models import Person, Post, ReplyLink, Session, SignInFailure, Unit


@dataclass(frozen=True, slots=True)
class HeldPost:
    """A role that a person holds today."""

    role: str
    unit_id: str
    unit_name: str
    seat_unit_id: str | None


async def posts_held(session: AsyncSession, person_id: str, on: date) -> list[HeldPost]:
    """The posts a person holds on a date, the oldest first (R8: several roles, one chosen)."""
    query = (
        select(Post.role, Unit.id, Unit.name, Unit.seated_in_id)
        .join(Unit, Unit.id == Post.unit_id)
        .where(Post.person_id == person_id, held_on(on))
        .order_by(Post.valid_from, Post.id)
    )
    return [HeldPost(*row) for row in await session.execute(query)]


async def find_person(session: AsyncSession, person_id: str, *, lock: bool = False) -> Person:
    """A person. Whom a letter's link acts as (R44) is none. Raises NotFound."""
    person = await session.get(Person, person_id, with_for_update=lock)
    acts_for_a_link = select(ReplyLink.id).where(ReplyLink.person_id == person_id)
    if person is None or await session.scalar(acts_for_a_link) is not None:
        raise NotFound
    return person


async def person_by_login(session: AsyncSession, login: str) -> Person | None:
    return await session.scalar(select(Person).where(Person.login == login))


async def session_and_person(session: AsyncSession, token_sha256: str) -> tuple[Session, Person] | None:
    """The session that a token names, whatever its state, with its person."""
    query = select(Session, Person).join(Person, Person.id == Session.person_id)
    row = (await session.execute(query.where(Session.token_sha256 == token_sha256))).one_or_none()
    return (row[0], row[1]) if row else None


async def failures_since(
    session: AsyncSession, since: datetime, *, account: str | None = None, network: str | None = None
) -> tuple[int, tuple[datetime, datetime] | None]:
    """How many sign-ins failed since an instant, with the first and the last of them."""
    query = select(func.count(), func.min(SignInFailure.at), func.max(SignInFailure.at)).where(SignInFailure.at > since)
    if account is not None:
        query = query.where(SignInFailure.account == account)
    if network is not None:
        query = query.where(SignInFailure.network == network)
    count, first, last = (await session.execute(query)).one()
    return count, (first, last) if count else None


def actor_of(row: Session, person: Person, posts: Sequence[HeldPost]) -> Actor | None:
    """The acting person, or None where they hold no post any more. A lost role falls back to the first held."""
    if not posts:
        return None
    chosen = next((post for post in posts if post.role == row.role), posts[0])
    return Actor(
        person_id=person.id,
        login=person.login,
        name=person.name,
        role=chosen.role,
        roles=tuple(dict.fromkeys(post.role for post in posts)),
        unit_id=chosen.unit_id,
        unit_name=chosen.unit_name,
        seat_unit_id=chosen.seat_unit_id,
        session_id=row.id,
        client=row.device or "browser",
        must_change_password=person.must_change_password,
    )


async def open_sessions(session: AsyncSession, person_id: str, now: datetime) -> list[Session]:
    """Sessions of a person that still open something, the last used first."""
    query = (
        select(Session)
        .where(Session.person_id == person_id, Session.revoked_at.is_(None), Session.ends_at > now)
        .order_by(Session.last_seen_at.desc())
    )
    return [row for row in await session.scalars(query) if sessions.is_alive(row, now=now)]
