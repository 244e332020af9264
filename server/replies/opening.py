"""Opening a link: from the text of a printed code to somebody who may act for one unit on one letter (R44)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from server import clock, ids
from server.auth import queries as auth_queries
from server.auth import roles
from server.auth.actor import Actor
from server.catalogue import text
from server.org.rules import Rules
from server.org.settings import current_rules
from server.org.units import who_took_over
from server.replies.errors import ReplyLinkClosed, ReplyTooOften
from server.replies.links import LinkFacts, Named, is_genuine, read_token, standing
from storage.database.engine import Database
from storage.database.models import Letter, ReplyLink, SignInFailure, Unit, Upload

WINDOW = timedelta(hours=1)
MOST_WRONG = 30
"""Wrong codes an hour from one address; a right one is opened however many wrong ones came from beside it."""
MOST_UPLOADS = 200
"""Photos a day through one link."""
_NOWHERE = "reply-link"
_NO_ID = "00000000-0000-0000-0000-000000000000"


@dataclass(frozen=True, slots=True)
class Held:
    """A link with its letter and unit, and the settings that it was looked at under."""

    link: ReplyLink
    letter: Letter
    unit: Unit
    rules: Rules

    @property
    def facts(self) -> LinkFacts:
        return facts_of(self.link, self.letter, self.rules)


def facts_of(link: ReplyLink, letter: Letter, rules: Rules) -> LinkFacts:
    return LinkFacts(
        letter_state=letter.state,
        letter_closed=letter.closed_at is not None,
        withdrawn=link.withdrawn_at is not None,
        expires_on=link.expires_on,
        agreed_until_on=letter.agreed_until_on,
        grace_days=rules.reply_link_days,
    )


async def open_link(database: Database, token: str, *, secret: str, address: str, language: str) -> Actor:
    """Who acts through this code. Raises ReplyLinkClosed for every code that opens nothing, ReplyTooOften."""
    async with database.reading() as session:
        rules = await current_rules(session)
        claim = read_token(token)
        held = await find(session, claim.link_id, rules) if claim else None
        # The same work for a link that does not exist, so that the time it takes tells nothing.
        named = _named(held) if held else Named(_NO_ID, _NO_ID, _NO_ID)
        genuine = claim is not None and is_genuine(claim, named, secret=secret, key=rules.reply_link_key)
        if held is not None and genuine and standing(held.facts, today=clock.today()) == "open":
            return actor_of(held)
    if not genuine:
        await _count_wrong(database, address)
    raise closed(rules, language)


def _named(held: Held) -> Named:
    return Named(held.link.id, held.link.letter_id, held.link.unit_id)


def closed(rules: Rules, language: str) -> ReplyLinkClosed:
    """The one refusal, with the number that the reader can call."""
    return ReplyLinkClosed(phone=rules.office_phone or text("words", "phone-on-letter", language, {}))


async def find(session: AsyncSession, link_id: str, rules: Rules, *, lock: bool = False) -> Held | None:
    """A link with what it hangs on, whatever its state. Its unit is the letter's: who took over from the one whose code
    was printed answers with the same paper (R3).
    """
    query = (
        select(ReplyLink, Letter, Unit)
        .join(Letter, Letter.id == ReplyLink.letter_id)
        .join(Unit, Unit.id == Letter.unit_id)
        .where(ReplyLink.id == link_id)
    )
    row = (await session.execute(query.with_for_update(of=ReplyLink) if lock else query)).one_or_none()
    if row is None or not await _answers_for(session, row[0].unit_id, row[2].id):
        return None
    return Held(row[0], row[1], row[2], rules)


async def _answers_for(session: AsyncSession, printed_id: str, unit_id: str) -> bool:
    """Whether a letter's unit is the one whose code was printed, or has taken over from it."""
    if printed_id == unit_id:
        return True
    successors = dict((await session.execute(select(Unit.id, Unit.successor_id))).all())
    return who_took_over(printed_id, successors) == unit_id


async def hold(session: AsyncSession, me: Actor, language: str, *, with_letter: bool = False) -> Held:
    """The link of this actor, locked and looked at again in the transaction of a change: who withdraws it at the same
    moment comes before or after the step, not between. A letter that changes too is locked before its link, as the
    office does it. Raises ReplyLinkClosed.
    """
    rules = await current_rules(session)
    if with_letter:
        of_link = select(ReplyLink.letter_id).where(ReplyLink.id == me.session_id)
        await session.execute(select(Letter.id).where(Letter.id.in_(of_link)).with_for_update())
    held = await find(session, me.session_id, rules, lock=True)
    if held is None or standing(held.facts, today=clock.today()) != "open":
        raise closed(rules, language)
    return held


def actor_of(held: Held) -> Actor:
    """Whoever holds the paper. What is told of name and post is kept beside each step, not believed here."""
    return Actor(
        person_id=held.link.person_id,
        login=login_of(held.link.id),
        name="",
        role=roles.REPLY_LINK,
        roles=(roles.REPLY_LINK,),
        unit_id=held.unit.id,
        unit_name=held.unit.name,
        session_id=held.link.id,
        client=f"reply-link {held.link.id}",
    )


def login_of(link_id: str) -> str:
    """The login of a link's person. No password opens it."""
    return f"reply-link:{link_id}"


async def refuse_floods(database: Database, me: Actor) -> None:
    """Raise ReplyTooOften where this link began too many uploads within a day."""
    async with database.reading() as session:
        begun = select(func.count()).where(
            Upload.person_id == me.person_id, Upload.created_at > clock.now() - timedelta(days=1)
        )
        if (await session.scalar(begun) or 0) >= MOST_UPLOADS:
            raise too_often(3600)


def too_often(seconds: int) -> ReplyTooOften:
    return ReplyTooOften(headers={"Retry-After": str(seconds)}, seconds=seconds)


async def _count_wrong(database: Database, address: str) -> None:
    """Count a wrong code for its address, apart from the sign-ins of the same network. Raises ReplyTooOften."""
    account = hashlib.sha256(f"{_NOWHERE} {address}".encode()).hexdigest()
    now = clock.now()
    async with database.reading() as session:
        count, span = await auth_queries.failures_since(session, now - WINDOW, account=account)
    if count >= MOST_WRONG and span is not None:
        raise too_often(_seconds_until_free(span[0], now))
    async with database.writing() as session:
        session.add(SignInFailure(id=ids.uuid7(), account=account, network=_NOWHERE, at=now))


def _seconds_until_free(first: datetime, now: datetime) -> int:
    return max(1, round((first + WINDOW - now).total_seconds()))
