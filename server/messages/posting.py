"""Carrying delivered messages to chat robots and mailboxes: claimed, sent, settled, tried again after a while."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from server import clock, ids
from server.audit import service as audit
from server.auth.actor import Actor
from server.district import District
from server.errors import NotFound
from server.messages import addresses
from server.messages.backoff import gives_up, is_quiet, next_try
from server.messages.wording import words
from server.org.rules import Rules
from server.org.settings import current_rules
from storage.database.models import Message, MessageTarget, Outgoing

log = logging.getLogger(__name__)
_BATCH = 10
# Longer than any target may take to answer, so that nobody else sends what is being sent.
_LEASE = timedelta(minutes=10)
_LANGUAGE = "zh-CN"


@dataclass(frozen=True, slots=True)
class Letter:
    """One message for one address. The text names places, numbers and dates; the rest stands behind the link."""

    outgoing_id: str
    claim: str
    attempts: int
    first_tried_at: datetime
    address: str | None
    title: str
    body: str


Carrier = Callable[[Letter], Awaitable[bool]]


async def carry(letter: Letter) -> bool:
    """Hand a message to its robot or mailbox; whether that took it."""
    service = addresses.open_service(letter.address or "")
    if service is None:
        return False
    return bool(await asyncio.to_thread(service.notify, body=letter.body, title=letter.title))


async def post_outgoing(district: District, now: datetime, carrier: Carrier = carry) -> int:
    """Send what is owed to targets, outside quiet hours; how many were taken. Any number of workers may do so at once.

    What a target took is noted and never sent again; what it did not take is tried later, for a day.
    """
    async with district.database.reading() as session:
        rules = await current_rules(session)
    if is_quiet(now, since=rules.quiet_from, until=rules.quiet_until):
        return 0
    sent = 0
    while letters := await _claim(district, now):
        outcomes = await asyncio.gather(*(_try(carrier, letter) for letter in letters))
        sent += outcomes.count(None)
        async with district.database.writing() as session:
            for letter, error in zip(letters, outcomes, strict=True):
                await _settle(session, letter, error, now=now, rules=rules)
    return sent


async def _try(carrier: Carrier, letter: Letter) -> str | None:
    """None where the target took it, else why not: never with the address in it."""
    if letter.address is None:
        return "target-unreadable"
    try:
        return None if await carrier(letter) else "not-taken"
    except Exception as error:
        log.warning("a message could not be handed over: %s", type(error).__name__)
        return type(error).__name__


async def try_target(district: District, target_id: str, *, me: Actor, carrier: Carrier = carry) -> str | None:
    """Send a test message to a target now, quiet hours or not: a person asked. None where the target took it, else
    why not. Raises NotFound.
    """
    async with district.database.writing() as session:
        target = await session.get(MessageTarget, target_id)
        if target is None or target.removed_at is not None:
            raise NotFound
        address = _address(target, district.settings.secret_key)
        audit.record(session, actor=me, action="try_target", subject=("message_target", target_id))
    now = clock.now()
    title, body = (words(f"outgoing-{part}", {}, _LANGUAGE) for part in ("title", "test"))
    return await _try(carrier, Letter("", "", 1, now, address, title, body))


async def _claim(district: District, now: datetime) -> Sequence[Letter]:
    """Take the next messages for this worker alone."""
    query = (
        select(Outgoing)
        .where(Outgoing.done_at.is_(None), Outgoing.gave_up_at.is_(None), Outgoing.next_at <= now)
        .where(or_(Outgoing.claimed_until.is_(None), Outgoing.claimed_until <= now))
        .order_by(Outgoing.next_at, Outgoing.id)
        .limit(_BATCH)
        .with_for_update(skip_locked=True)
    )
    async with district.database.writing() as session:
        rows = (await session.scalars(query)).all()
        for row in rows:
            row.claim, row.claimed_until = ids.uuid7(), now + _LEASE
            row.attempts += 1
            row.first_tried_at = row.first_tried_at or now
        return [await _letter(session, row, district) for row in rows]


async def _letter(session: AsyncSession, row: Outgoing, district: District) -> Letter:
    target = await session.get_one(MessageTarget, row.target_id)
    message = await session.get_one(Message, row.message_id)
    # A unit's people have digests of different lengths; their group is told that there is one.
    kind = "digest-unit" if message.kind == "digest" and target.unit_id else message.kind
    url = district.settings.public_url + message.link
    return Letter(
        outgoing_id=row.id,
        claim=row.claim or "",
        attempts=row.attempts,
        first_tried_at=row.first_tried_at or row.created_at,
        address=_address(target, district.settings.secret_key),
        title=words("outgoing-title", {}, _LANGUAGE),
        body=words("outgoing-body", {"subject": words(kind, message.params, _LANGUAGE), "url": url}, _LANGUAGE),
    )


def _address(target: MessageTarget, secret: str) -> str | None:
    try:
        return addresses.unseal(target.sealed_address, secret=secret, target_id=target.id)
    except ValueError:
        return None


async def _settle(session: AsyncSession, letter: Letter, error: str | None, *, now: datetime, rules: Rules) -> None:
    mine = update(Outgoing).where(Outgoing.id == letter.outgoing_id, Outgoing.claim == letter.claim)
    if error is None:
        await session.execute(mine.values(done_at=now, last_error=None, claimed_until=None))
        return
    over = gives_up(letter.first_tried_at, now, hours=rules.outgoing_gives_up_h)
    await session.execute(
        mine.values(
            claimed_until=None,
            last_error=error,
            next_at=next_try(now, letter.attempts),
            gave_up_at=now if over else None,
        )
    )
