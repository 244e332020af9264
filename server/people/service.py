"""Entering people, correcting them, giving them posts, ending single sessions."""

from __future__ import annotations

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.people import PersonIn, PersonPatch, PostIn
from server import clock
from server.audit import service as audit
from server.audit.chain import digest
from server.auth.actor import Actor
from server.auth.queries import find_person
from server.errors import FieldError, NotFound, Unprocessable
from server.org.registers import hold_register
from server.people.accounts import close_account, open_account
from server.people.errors import PersonDiffers, PostDiffers
from server.people.posts import Place, Spell, faults
from server.people.queries import spells_of_role
from storage.database.models import Person, Post, Session, Task, Unit

_PARTS = ("overseer", "implementer", "resolver")


async def enter_person(session: AsyncSession, asked: PersonIn, *, me: Actor, person_id: str) -> bool:
    """Enter a person with their posts; whether they are new. The same id and body again changes nothing.

    Raises PersonDiffers, PostDiffers, Unprocessable with every field that is wrong.
    """
    await hold_register(session, "people")
    known = await session.get(Person, person_id)
    if known is not None:
        if known.body_sha256 != digest(asked):
            raise PersonDiffers
        return False
    errors = _name_faults(asked.name)
    if await _is_taken(session, asked.login, person_id):
        errors.append(FieldError("/login", "login-taken"))
    planned: list[Spell] = []
    for at, post in enumerate(asked.posts):
        found = await _post_faults(session, post, person_id, planned)
        errors += [FieldError(f"/posts/{at}{error.pointer}", error.code) for error in found]
        planned.append(_spell(post, person_id))
    if errors:
        raise Unprocessable(errors=errors)
    person = Person(
        id=person_id,
        login=asked.login,
        name=asked.name.strip(),
        phone=asked.phone.strip() or None,
        created_at=clock.now(),
        body_sha256=digest(asked),
    )
    session.add(person)
    await session.flush()
    await _add_posts(session, asked.posts, person_id)
    detail = {"posts": [[post.unit_id, post.role, post.valid_from.isoformat()] for post in asked.posts]}
    audit.record(session, actor=me, action="enter_person", subject=("person", person_id), detail=detail)
    return True


def _name_faults(name: str) -> list[FieldError]:
    return [] if name.strip() else [FieldError("/name", "person-name-needed")]


async def _is_taken(session: AsyncSession, login: str, person_id: str) -> bool:
    """Logins are told apart without regard to case, so that nobody mistakes one for another."""
    taken = select(Person.id).where(func.lower(Person.login) == login.casefold(), Person.id != person_id)
    return await session.scalar(taken) is not None


def _spell(post: PostIn, person_id: str) -> Spell:
    return Spell(person_id, post.role, post.unit_id, post.valid_from, None)


async def _post_faults(session: AsyncSession, post: PostIn, person_id: str, planned: list[Spell]) -> list[FieldError]:
    unit = await session.get(Unit, post.unit_id)
    place = Place(unit.kind, unit.member_from, unit.member_until) if unit else None
    others = [*await spells_of_role(session, post.role), *planned]
    return [FieldError(*fault) for fault in faults(_spell(post, person_id), place, others)]


async def _add_posts(session: AsyncSession, posts: list[PostIn], person_id: str) -> None:
    for post in posts:
        if await session.get(Post, post.id) is not None:
            raise PostDiffers
        row = Post(id=post.id, person_id=person_id, unit_id=post.unit_id, role=post.role, valid_from=post.valid_from)
        session.add(row)
        await session.flush()


async def correct_person(session: AsyncSession, asked: PersonPatch, *, me: Actor, person_id: str) -> None:
    """Correct name, login or telephone. Open tasks that name the person take the new name; what is closed keeps the
    name of its day. The record tells which fields changed, never what they held.

    Raises NotFound, Unprocessable.
    """
    await hold_register(session, "people")
    person = await find_person(session, person_id, lock=True)
    given = {
        "login": asked.login if isinstance(asked.login, str) else person.login,
        "name": asked.name.strip() if isinstance(asked.name, str) else person.name,
        "phone": (asked.phone.strip() if isinstance(asked.phone, str) else person.phone) or None,
    }
    errors = _name_faults(given["name"] or "")
    if await _is_taken(session, given["login"] or "", person_id):
        errors.append(FieldError("/login", "login-taken"))
    if errors:
        raise Unprocessable(errors=errors)
    changed = sorted(name for name, value in given.items() if getattr(person, name) != value)
    if not changed:
        return
    for name in changed:
        setattr(person, name, given[name])
    if "name" in changed:
        await _rename_in_tasks(session, person)
    audit.record(session, actor=me, action="correct_person", subject=("person", person_id), detail={"fields": changed})


async def _rename_in_tasks(session: AsyncSession, person: Person) -> None:
    for part in _PARTS:
        named = update(Task).where(getattr(Task, f"{part}_id") == person.id)
        named = named.where(Task.status.in_(("draft", "open", "replied")))
        await session.execute(named.values({part: person.name}))


async def give_post(session: AsyncSession, asked: PostIn, *, me: Actor, person_id: str) -> None:
    """Give a person one more post. The same again changes nothing. Raises NotFound, PostDiffers, Unprocessable."""
    await hold_register(session, "people")
    person = await find_person(session, person_id, lock=True)
    known = await session.get(Post, asked.id)
    if known is not None:
        if (known.person_id, known.unit_id, known.role, known.valid_from) != (
            person_id, asked.unit_id, asked.role, asked.valid_from
        ):  # fmt: skip
            raise PostDiffers
        return
    errors = await _post_faults(session, asked, person_id, [])
    if person.disabled_at is not None:
        errors.append(FieldError("/unitId", "person-closed"))
    if errors:
        raise Unprocessable(errors=errors)
    await _add_posts(session, [asked], person_id)
    detail = {"post": asked.id, "unit": asked.unit_id, "role": asked.role, "from": asked.valid_from.isoformat()}
    audit.record(session, actor=me, action="give_post", subject=("person", person_id), detail=detail)


async def close_person(session: AsyncSession, *, me: Actor, person_id: str) -> None:
    """Close the account of somebody without a post. Raises NotFound, Unprocessable."""
    await close_account(session, await find_person(session, person_id, lock=True), me=me)


async def open_person(session: AsyncSession, *, me: Actor, person_id: str) -> None:
    """Open a closed account again. Raises NotFound."""
    open_account(session, await find_person(session, person_id, lock=True), me=me)


async def end_session(session: AsyncSession, *, me: Actor, person_id: str, session_id: str) -> None:
    """End one session of a person; ending it again changes nothing. Raises NotFound."""
    row = await session.get(Session, session_id, with_for_update=True)
    if row is None or row.person_id != person_id:
        raise NotFound
    if row.revoked_at is None:
        row.revoked_at = clock.now()
        audit.record(session, actor=me, action="end_session", subject=("session", session_id))
