"""Closing and opening accounts: who leaves signs in no more, and every session of theirs ends."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from server import clock
from server.audit import service as audit
from server.auth import roles
from server.auth.actor import Actor
from server.auth.holding import held_on
from server.auth.service import revoke
from server.errors import FieldError, Unprocessable
from storage.database.models import Person, Post


async def close_account(session: AsyncSession, person: Person, *, me: Actor) -> None:
    """Close a person's account. Posts that have not begun are withdrawn; one that is held must be handed over first,
    because its open work goes with it. Closing again changes nothing.

    Raises Unprocessable: own account, a post is held.
    """
    if person.disabled_at is not None:
        return
    today, now = clock.today(), clock.now()
    if person.id == me.person_id:
        raise Unprocessable(errors=[FieldError("/closesAccount", "own-account")])
    posts = list(await session.scalars(_posts_from(person.id, today)))
    if any(post.valid_from <= today for post in posts):
        raise Unprocessable(errors=[FieldError("/closesAccount", "posts-held")])
    for post in posts:
        post.valid_until = post.valid_from - timedelta(days=1)
    person.disabled_at, person.one_time_hash, person.one_time_until_at = now, None, None
    await revoke(session, person.id, now=now)
    audit.record(session, actor=me, action="close_account", subject=("person", person.id))


def open_account(session: AsyncSession, person: Person, *, me: Actor) -> None:
    """Open a closed account again: without posts it still opens nothing."""
    if person.disabled_at is None:
        return
    person.disabled_at = None
    audit.record(session, actor=me, action="open_account", subject=("person", person.id))


def _posts_from(person_id: str, today: date) -> Select[Post]:
    held = or_(Post.valid_until.is_(None), Post.valid_until >= today)
    never_withdrawn = or_(Post.valid_until.is_(None), Post.valid_until >= Post.valid_from)
    return select(Post).where(Post.person_id == person_id, held, never_withdrawn)


async def is_last_admin(session: AsyncSession, person_id: str, on: date) -> bool:
    """Whether nobody else administers the installation on a day: then nobody could give it a new administrator."""
    others = (
        select(Post.id)
        .join(Person, Person.id == Post.person_id)
        .where(Post.role == roles.ADMIN, Post.person_id != person_id, Person.disabled_at.is_(None))
        .where(held_on(on))
    )
    return await session.scalar(others.limit(1)) is None
