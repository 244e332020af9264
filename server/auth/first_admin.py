"""The way into a fresh installation: no default account exists, the machine's keeper makes the first one."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server import clock, ids
from server.audit import service as audit
from server.auth import passwords, roles
from server.auth.actor import System
from server.auth.service import ONE_TIME_LIFETIME
from storage.database.models import Person, Post, Unit

LOGIN = "admin"


async def make_first_admin(session: AsyncSession) -> str | None:
    """Make the first administrator and answer a one-time password (15 minutes); None where there is one already.

    Asked again before that password was used, it gives a new one.
    """
    held = select(Person).join(Post, Post.person_id == Person.id).where(Post.role == roles.ADMIN)
    person = await session.scalar(held.limit(1))
    if person is not None and person.password_hash is not None:
        return None
    if person is None:
        person = await _add(session)
    password = passwords.one_time_password()
    person.one_time_hash = await passwords.hash_password(password)
    person.one_time_until_at = clock.now() + ONE_TIME_LIFETIME
    audit.record(session, actor=System(client="console"), action="first_admin", subject=("person", person.id))
    return password


async def _add(session: AsyncSession) -> Person:
    unit = Unit(id=ids.uuid7(), code="SYS", name="系统管理", kind="external", member_from=clock.today())
    person = Person(id=ids.uuid7(), login=LOGIN, name="系统管理员", created_at=clock.now())
    session.add_all([unit, person])
    await session.flush()
    post = Post(id=ids.uuid7(), person_id=person.id, unit_id=unit.id, role=roles.ADMIN, valid_from=clock.today())
    session.add(post)
    return person
