"""A letter's link in the office's hands: made with the signature, renewed, withdrawn, replaced (R44)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.replies import ManageReplyLink
from server import clock, ids
from server.audit import service as audit
from server.auth.actor import Actor
from server.errors import FieldError, NotFound, Unprocessable
from server.org.settings import current_rules
from server.replies.errors import LinkNotManaged
from server.replies.links import first_expiry
from server.replies.opening import login_of
from storage.database.models import Letter, LetterTask, Person, ReplyLink

KINDS: Final = frozenset({"assignment", "supervision"})
_CARRIES: Final = frozenset({"signed", "issued", "sealed"})
_LONGEST = timedelta(days=180)
_NAME: Final = "扫码回复"


async def live_link(session: AsyncSession, letter_id: str, *, lock: bool = False) -> ReplyLink | None:
    """The one link of a letter that is not withdrawn."""
    query = select(ReplyLink).where(ReplyLink.letter_id == letter_id, ReplyLink.withdrawn_at.is_(None))
    return await session.scalar(query.with_for_update() if lock else query)


async def follow_letter(session: AsyncSession, letter: Letter, *, me: Actor) -> None:
    """Make the link of a letter that has just been signed, and withdraw that of one that is over. Twice is once."""
    link = await live_link(session, letter.id)
    if letter.state in _CARRIES and letter.kind in KINDS and letter.closed_at is None:
        if link is None and not await _had_one(session, letter.id):
            await _make(session, letter, ids.uuid7(), me=me)
    elif link is not None and (letter.closed_at is not None or letter.state in ("archived", "cancelled")):
        _withdraw(session, link, reason="", me=me)


async def _had_one(session: AsyncSession, letter_id: str) -> bool:
    return await session.scalar(select(ReplyLink.id).where(ReplyLink.letter_id == letter_id).limit(1)) is not None


async def manage(session: AsyncSession, letter_id: str, asked: ManageReplyLink, *, me: Actor) -> None:
    """Renew, withdraw or replace; the same again changes nothing. Raises NotFound, LinkNotManaged, Unprocessable."""
    letter = await session.scalar(select(Letter).where(Letter.id == letter_id).with_for_update())
    if letter is None:
        raise NotFound
    known = await session.get(ReplyLink, asked.id)
    if known is not None and asked.action == "replace":
        if known.letter_id != letter.id:
            raise LinkNotManaged
        return
    link = await live_link(session, letter.id, lock=True)
    if letter.kind not in KINDS or letter.state not in _CARRIES or letter.closed_at is not None:
        raise LinkNotManaged
    if asked.action == "renew":
        _renew(session, link, asked.until, me=me)
        return
    if not asked.reason.strip():
        raise Unprocessable(errors=[FieldError("/reason", "reason-needed")])
    if link is not None:
        _withdraw(session, link, reason=asked.reason.strip(), me=me)
        await session.flush()
    if asked.action == "replace":
        await _make(session, letter, asked.id, me=me)


def _renew(session: AsyncSession, link: ReplyLink | None, until: date | None, *, me: Actor) -> None:
    today = clock.today()
    if link is None:
        raise LinkNotManaged
    if until is None or not today < until <= today + _LONGEST:
        raise Unprocessable(errors=[FieldError("/until", "link-until")])
    if link.expires_on != until:
        link.expires_on = until
        _record(session, link, "renew", me=me, until=until.isoformat())


def _withdraw(session: AsyncSession, link: ReplyLink, *, reason: str, me: Actor) -> None:
    link.withdrawn_at, link.withdrawn_by, link.withdrawn_reason = clock.now(), me.person_id, reason
    _record(session, link, "withdraw", me=me)


async def _make(session: AsyncSession, letter: Letter, link_id: str, *, me: Actor) -> None:
    """A link and the person that its photos and steps belong to: nobody can sign in as that one."""
    if letter.unit_id is None:
        raise LinkNotManaged
    rules, now = await current_rules(session), clock.now()
    limits = list(await session.scalars(select(LetterTask.due_on).where(LetterTask.letter_id == letter.id)))
    limits += [on for on in (letter.reply_due_on, letter.agreed_until_on, clock.today()) if on is not None]
    person = Person(id=ids.uuid7(), login=login_of(link_id), name=_NAME, disabled_at=now, created_at=now)
    session.add(person)
    await session.flush()
    link = ReplyLink(
        id=link_id,
        letter_id=letter.id,
        unit_id=letter.unit_id,
        person_id=person.id,
        expires_on=first_expiry(limits, grace_days=rules.reply_link_days),
        created_at=now,
        created_by=me.person_id,
    )
    session.add(link)
    await session.flush()
    _record(session, link, "make", me=me, until=link.expires_on.isoformat())


def _record(session: AsyncSession, link: ReplyLink, what: str, *, me: Actor, **detail: Any) -> None:
    told = {"letter": link.letter_id, **detail}
    audit.record(session, actor=me, action=f"reply_link.{what}", subject=("reply_link", link.id), detail=told)
