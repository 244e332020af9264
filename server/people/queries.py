"""Reads of one person for whoever keeps them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.auth import SessionOut
from schemas.people import PersonDetail, PostHeld
from server import clock
from server.auth import queries as auth
from server.auth.actor import Actor
from server.auth.service import recent_failures
from server.people.posts import Spell, state_on
from storage.database.models import Post, Session, Unit


async def get_person(session: AsyncSession, person_id: str, *, me: Actor) -> PersonDetail:
    """One person with all posts, past ones too, and the open sessions. Raises NotFound."""
    person = await auth.find_person(session, person_id)
    opened = await auth.open_sessions(session, person.id, clock.now())
    return PersonDetail(
        id=person.id,
        login=person.login,
        name=person.name,
        phone=person.phone or "",
        created_at=person.created_at,
        closed_at=person.disabled_at,
        has_password=person.password_hash is not None,
        failures=await recent_failures(session, person.login),
        posts=await _posts(session, person.id, clock.today()),
        sessions=[_session(row, me) for row in opened],
    )


async def _posts(session: AsyncSession, person_id: str, today: date) -> list[PostHeld]:
    query = select(Post, Unit.name).join(Unit, Unit.id == Post.unit_id).where(Post.person_id == person_id)
    return [
        PostHeld(
            id=post.id,
            role=post.role,
            unit_id=post.unit_id,
            unit_name=unit_name,
            valid_from=post.valid_from,
            valid_until=post.valid_until,
            state=state_on(post.valid_from, post.valid_until, today),
        )
        for post, unit_name in await session.execute(query.order_by(Post.valid_from.desc(), Post.id.desc()))
    ]


def _session(row: Session, me: Actor) -> SessionOut:
    return SessionOut(
        id=row.id,
        device=row.device,
        address=row.address,
        role=row.role,
        is_phone=row.is_phone,
        created_at=row.created_at,
        last_seen_at=row.last_seen_at,
        is_current=row.id == me.session_id,
    )


async def spells_of_role(session: AsyncSession, role: str) -> list[Spell]:
    """All posts of a role, past ones too."""
    query = select(Post.person_id, Post.role, Post.unit_id, Post.valid_from, Post.valid_until)
    return [Spell(*row) for row in await session.execute(query.where(Post.role == role))]
