"""What leaves the house, as the office and the administrator see it: targets, and what waits, went or was given up."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.messages import MessageOwner, OutgoingOut, OutgoingStage, TargetOut
from server import clock
from server.audit import service as audit
from server.auth.actor import Actor
from server.auth.holding import held_on
from server.errors import NotFound
from server.messages.errors import StillOwed
from server.messages.service import OWED
from server.messages.wording import words
from storage.database.models import Message, MessageTarget, Outgoing, Person, Post, Unit

_MOST = 200


async def list_targets(session: AsyncSession) -> list[TargetOut]:
    """All targets in use, without their addresses, with how many messages wait or were given up, and why."""
    owed = Outgoing.done_at.is_(None)
    counts = select(Outgoing.target_id, Outgoing.gave_up_at.is_(None), func.count()).where(owed)
    counted: dict[tuple[str, bool], int] = {}
    for target_id, waits, count in await session.execute(counts.group_by(*counts.selected_columns[:2])):
        counted[target_id, bool(waits)] = count
    past = await _past(session)
    query = (
        select(MessageTarget, Unit.name, Person.name)
        .outerjoin(Unit, Unit.id == MessageTarget.unit_id)
        .outerjoin(Person, Person.id == MessageTarget.person_id)
        .where(MessageTarget.removed_at.is_(None))
        .order_by(MessageTarget.created_at, MessageTarget.id)
    )
    return [
        TargetOut(
            id=row.id,
            label=row.label,
            scheme=row.scheme,
            unit_id=row.unit_id,
            person_id=row.person_id,
            owner=unit or person or "",
            created_at=row.created_at,
            waiting=counted.get((row.id, True), 0),
            gave_up=counted.get((row.id, False), 0),
            last_sent_at=past[row.id].sent_at,
            last_error=past[row.id].error,
        )
        for row, unit, person in await session.execute(query)
    ]


@dataclass(slots=True)
class _Past:
    """When a target last took something, and why it did not take what it was handed after that."""

    sent_at: datetime | None = None
    error: str | None = None


async def _past(session: AsyncSession) -> dict[str, _Past]:
    found: dict[str, _Past] = defaultdict(_Past)
    sent = select(Outgoing.target_id, func.max(Outgoing.done_at)).where(Outgoing.done_at.is_not(None))
    for target_id, at in await session.execute(sent.group_by(Outgoing.target_id)):
        found[target_id].sent_at = at
    failed = select(Outgoing).where(Outgoing.done_at.is_(None), Outgoing.last_error.is_not(None))
    for row in await session.scalars(failed.order_by(Outgoing.created_at, Outgoing.id)):
        found[row.target_id].error = row.last_error
    return found


async def list_outgoing(session: AsyncSession, language: str, *, stage: OutgoingStage | None) -> list[OutgoingOut]:
    """What is on its way to its target, went there, or was given up, the newest first, at most 200.

    Without a stage all that has not reached its target.
    """
    query = (
        select(Outgoing, MessageTarget, Message, Unit.name, Person.name)
        .join(MessageTarget, MessageTarget.id == Outgoing.target_id)
        .join(Message, Message.id == Outgoing.message_id)
        .outerjoin(Unit, Unit.id == MessageTarget.unit_id)
        .outerjoin(Person, Person.id == MessageTarget.person_id)
        .where(*_stage(stage))
        .order_by(Outgoing.created_at.desc(), Outgoing.id.desc())
        .limit(_MOST)
    )
    return [
        OutgoingOut(
            id=row.id,
            target_id=target.id,
            target=target.label,
            scheme=target.scheme,
            owner=unit or person or "",
            kind=message.kind,
            subject=words(message.kind, message.params, language),
            created_at=row.created_at,
            attempts=row.attempts,
            next_at=row.next_at,
            last_error=row.last_error,
            done_at=row.done_at,
            gave_up_at=row.gave_up_at,
        )
        for row, target, message, unit, person in await session.execute(query)
    ]


def _stage(stage: OutgoingStage | None) -> list[ColumnElement[bool]]:
    if stage == "sent":
        return [Outgoing.done_at.is_not(None)]
    still = Outgoing.done_at.is_(None)
    if stage is None:
        return [still]
    return [still, Outgoing.gave_up_at.is_(None) if stage == "owed" else Outgoing.gave_up_at.is_not(None)]


async def retry(session: AsyncSession, outgoing_id: str, *, me: Actor) -> None:
    """Try once more, and for as long again, what was given up. Raises NotFound, StillOwed."""
    row = await session.scalar(select(Outgoing).where(Outgoing.id == outgoing_id).with_for_update())
    if row is None:
        raise NotFound
    target = await session.get_one(MessageTarget, row.target_id)
    if row.gave_up_at is None or target.removed_at is not None:
        raise StillOwed
    row.gave_up_at, row.first_tried_at, row.claimed_until, row.next_at = None, None, None, clock.now()
    session.info[OWED] = True
    audit.record(session, actor=me, action="retry_outgoing", subject=("outgoing", row.id))


async def owners(session: AsyncSession, on: date) -> list[MessageOwner]:
    """The people who hold a post on a date, by unit: whose messages may also go to a robot or mailbox."""
    query = (
        select(Person.id, Person.name, Unit.name, Post.role)
        .join(Post, Post.person_id == Person.id)
        .join(Unit, Unit.id == Post.unit_id)
        .where(Person.disabled_at.is_(None), held_on(on))
        .order_by(Unit.code, Person.name, Person.id, Post.role)
    )
    found: dict[str, MessageOwner] = {}
    for person_id, person, unit, role in await session.execute(query):
        owner = found.setdefault(person_id, MessageOwner(person_id=person_id, person=person, unit=unit, roles=[]))
        if role not in owner.roles:
            owner.roles.append(role)
    return list(found.values())
