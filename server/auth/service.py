"""Signing in and out, roles, passwords and the sessions of lost phones."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.auth import ChangePassword, OneTimePassword, SignIn
from server import clock, ids
from server.audit import service as audit
from server.auth import passwords, queries, roles, sessions, throttle
from server.auth.actor import Actor
from server.auth.errors import BadCredentials, RoleNotHeld, TooManyAttempts, WeakPassword
from server.errors import FieldError, NotFound
from storage.database.engine import Database
from storage.database.models import KnownDevice, Person, Session, SignInFailure

ONE_TIME_LIFETIME = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a sign-in comes from: the network address and the device cookie, if any."""

    address: str
    device_token: str | None


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The tokens for the two cookies, with the person."""

    actor: Actor
    token: str
    device_token: str
    ends_at: datetime


async def sign_in(database: Database, asked: SignIn, *, origin: Origin, demo: bool) -> SignedIn:
    """Check a password and open a session.

    The attempt is counted in a transaction of its own before the password is looked at, so that parallel guesses
    are counted too and a refusal cannot roll the count back. Raises BadCredentials, TooManyAttempts.
    """
    login = asked.login.strip()
    account = _account(login)
    attempt = await _count_attempt(database, login=login, origin=origin)
    async with database.reading() as session:
        person = await queries.person_by_login(session, login)
    if asked.password == passwords.DEMO_PASSWORD and not demo:
        person = None
    usable = person if person is not None and person.disabled_at is None else None
    by_one_time = await _password_fits(usable, asked.password)
    if usable is None or by_one_time is None:
        raise BadCredentials
    async with database.writing() as session:
        await session.execute(delete(SignInFailure).where(SignInFailure.account == account))
        return await _open_session(session, usable.id, asked, origin=origin, one_time=by_one_time, attempt=attempt)


async def _password_fits(person: Person | None, password: str) -> bool | None:
    """False for the person's own password, True for a one-time one that still runs, None where neither fits."""
    if await passwords.verify_password(person.password_hash if person else None, password):
        return False
    if person and person.one_time_hash and person.one_time_until_at and clock.now() < person.one_time_until_at:
        return True if await passwords.verify_password(person.one_time_hash, password) else None
    return None


def _account(login: str) -> str:
    """What failures are counted under: no login is kept that somebody mistyped."""
    return hashlib.sha256(login.casefold().encode()).hexdigest()


async def _count_attempt(database: Database, *, login: str, origin: Origin) -> str:
    """Count an attempt before its password is looked at; the id of its row. Raises TooManyAttempts."""
    now, account = clock.now(), _account(login)
    since = now - throttle.WINDOW
    async with database.writing() as session:
        if not database.is_sqlite:
            await session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": int(account[:15], 16)})
        known = await _is_known_device(session, origin.device_token, login)
        count, span = await queries.failures_since(session, since, account=account)
        wait = throttle.account_wait(count, span, now, known_device=known)
        near, network_span = await queries.failures_since(session, since, network=origin.address)
        if not known:
            wait = max(wait, throttle.network_wait(near, network_span, now))
        if wait > timedelta():
            seconds = math.ceil(wait.total_seconds())
            raise TooManyAttempts(headers={"Retry-After": str(seconds)}, seconds=seconds)
        attempt = SignInFailure(id=ids.uuid7(), account=account, network=origin.address, at=now)
        session.add(attempt)
        await session.execute(delete(SignInFailure).where(SignInFailure.at < since - throttle.WINDOW))
        return attempt.id


async def recent_failures(session: AsyncSession, login: str) -> int:
    """How many sign-ins with this login failed within the hour that is counted."""
    failed, _ = await queries.failures_since(session, clock.now() - throttle.WINDOW, account=_account(login))
    return failed


async def _is_known_device(session: AsyncSession, token: str | None, login: str) -> bool:
    """Whether the person of this login has signed in on this browser before."""
    if not token:
        return False
    known = select(KnownDevice.person_id).join(Person, Person.id == KnownDevice.person_id)
    known = known.where(KnownDevice.token_sha256 == sessions.token_digest(token), Person.login == login)
    return await session.scalar(known) is not None


async def _open_session(
    session: AsyncSession, person_id: str, asked: SignIn, *, origin: Origin, one_time: bool, attempt: str
) -> SignedIn:
    now = clock.now()
    person = await session.get_one(Person, person_id)
    posts = await queries.posts_held(session, person.id, clock.today())
    if not posts:
        raise BadCredentials
    if one_time:
        person.one_time_hash, person.one_time_until_at, person.must_change_password = None, None, True
        # Until it is changed the password needs no old one, so no session that was open before may change it.
        await revoke(session, person.id, now=now)
    is_phone = asked.phone and posts[0].role not in roles.INDOORS
    token = sessions.new_token()
    row = Session(
        id=ids.uuid7(),
        token_sha256=sessions.token_digest(token),
        person_id=person.id,
        role=posts[0].role,
        device=asked.device,
        address=origin.address,
        is_phone=is_phone,
        created_at=now,
        last_seen_at=now,
        ends_at=now + sessions.lifetime(is_phone=is_phone).whole,
        revoked_at=None,
    )
    session.add(row)
    device_token = await _remember_device(session, person.id, origin.device_token, now)
    actor = queries.actor_of(row, person, posts)
    if actor is None:
        raise BadCredentials
    audit.record(session, actor=actor, action="sign_in", subject=("session", row.id), detail={"attempt": attempt})
    return SignedIn(actor=actor, token=token, device_token=device_token, ends_at=row.ends_at)


async def _remember_device(session: AsyncSession, person_id: str, token: str | None, now: datetime) -> str:
    """Note that this person signed in on this browser. Only a token that we gave out is taken up again."""
    is_ours = token is not None and await session.scalar(
        select(KnownDevice.person_id).where(KnownDevice.token_sha256 == sessions.token_digest(token)).limit(1)
    )
    kept = token if token is not None and is_ours else sessions.new_token()
    await session.merge(KnownDevice(token_sha256=sessions.token_digest(kept), person_id=person_id, last_used_at=now))
    return kept


async def current_actor(database: Database, token: str, *, is_use: bool = True) -> Actor | None:
    """Whose session a token is, or None where it has ended. Notes its use at most every five minutes.

    A page that only asks whether there is anything new is no use (`is_use` False): else a forgotten desk would never
    sign itself out.
    """
    now = clock.now()
    async with database.reading() as session:
        found = await queries.session_and_person(session, sessions.token_digest(token))
        if found is None:
            return None
        row, person = found
        if not sessions.is_alive(row, now=now) or person.disabled_at is not None:
            return None
        posts = await queries.posts_held(session, person.id, clock.shanghai_date(now))
        actor = queries.actor_of(row, person, posts)
    if actor and is_use and now - row.last_seen_at > sessions.TOUCH_EVERY:
        async with database.writing() as session:
            await session.execute(update(Session).where(Session.id == row.id).values(last_seen_at=now))
    return actor


async def sign_out(session: AsyncSession, *, me: Actor) -> None:
    """End this session on the server, at once."""
    await session.execute(update(Session).where(Session.id == me.session_id).values(revoked_at=clock.now()))
    audit.record(session, actor=me, action="sign_out", subject=("session", me.session_id))


async def choose_role(session: AsyncSession, *, me: Actor, role: str) -> Actor:
    """Act in another of one's roles from now on (R8). Raises RoleNotHeld."""
    if role not in me.roles:
        raise RoleNotHeld
    row = await session.get_one(Session, me.session_id)
    row.role = role
    if role in roles.INDOORS and row.is_phone:
        # The long session of a phone is for work outdoors; what a desk may do ends as a desk's session does.
        row.is_phone = False
        row.ends_at = min(row.ends_at, clock.now() + sessions.DESK.whole)
    audit.record(session, actor=me, action="choose_role", subject=("session", row.id), detail={"role": role})
    person = await session.get_one(Person, me.person_id)
    chosen = queries.actor_of(row, person, await queries.posts_held(session, person.id, clock.today()))
    return chosen or me


async def change_password(database: Database, asked: ChangePassword, *, me: Actor, origin: Origin, demo: bool) -> None:
    """Set a new password; every other session of the person ends.

    Guessing the current one is counted and slowed down as sign-ins are, with them in one account: who finds an open
    session must not learn its password. Raises BadCredentials, TooManyAttempts, WeakPassword.
    """
    async with database.reading() as session:
        person = await session.get_one(Person, me.person_id)
    attempt = None
    if not person.must_change_password:
        attempt = await _count_attempt(database, login=person.login, origin=origin)
        if not await passwords.verify_password(person.password_hash, asked.current):
            raise BadCredentials
    weakness = passwords.weakness(asked.new, login=person.login, demo=demo)
    fresh = None if weakness else await passwords.hash_password(asked.new)
    async with database.writing() as session:
        if attempt is not None:  # the current password was right, whatever becomes of the new one
            await session.execute(delete(SignInFailure).where(SignInFailure.account == _account(person.login)))
        if fresh is not None:
            await _replace_password(session, person, fresh, me=me)
    if weakness:
        raise WeakPassword(errors=[FieldError("/new", weakness)])


async def _replace_password(session: AsyncSession, seen: Person, fresh: str, *, me: Actor) -> None:
    """Raises BadCredentials where the password that was checked is no longer the person's."""
    person = await session.get_one(Person, seen.id, with_for_update=True)
    checked = (seen.password_hash, seen.must_change_password)
    if (person.password_hash, person.must_change_password) != checked:
        raise BadCredentials
    person.password_hash, person.must_change_password = fresh, False
    await revoke(session, person.id, now=clock.now(), but=me.session_id)
    audit.record(session, actor=me, action="change_password", subject=("person", person.id))


async def revoke(session: AsyncSession, person_id: str, *, now: datetime, but: str | None = None) -> None:
    """End all open sessions of a person, but for one."""
    open_ones = update(Session).where(Session.person_id == person_id, Session.revoked_at.is_(None))
    if but is not None:
        open_ones = open_ones.where(Session.id != but)
    await session.execute(open_ones.values(revoked_at=now))


async def give_one_time_password(session: AsyncSession, *, me: Actor, person_id: str) -> OneTimePassword:
    """A password that opens one session within 15 minutes and must then be replaced. What failed before no longer
    slows the person down: whoever was locked out gets in. Raises NotFound.
    """
    person = await queries.find_person(session, person_id)
    password = passwords.one_time_password()
    person.one_time_hash = await passwords.hash_password(password)
    person.one_time_until_at = clock.now() + ONE_TIME_LIFETIME
    await session.execute(delete(SignInFailure).where(SignInFailure.account == _account(person.login)))
    audit.record(session, actor=me, action="one_time_password", subject=("person", person.id))
    return OneTimePassword(password=password, ends_at=person.one_time_until_at)


async def end_sessions(session: AsyncSession, *, me: Actor, person_id: str) -> int:
    """End all sessions of a person (a lost phone). The number ended. Raises NotFound."""
    if await session.get(Person, person_id) is None:
        raise NotFound
    open_ones = list(
        await session.scalars(select(Session).where(Session.person_id == person_id, Session.revoked_at.is_(None)))
    )
    for row in open_ones:
        row.revoked_at = clock.now()
    audit.record(
        session, actor=me, action="end_sessions", subject=("person", person_id), detail={"count": len(open_ones)}
    )
    return len(open_ones)
