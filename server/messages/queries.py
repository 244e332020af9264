"""Reads of the inbox, of an inspection's feedback, and of targets with what they still wait for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.messages import FeedbackOut, Inbox, MessageLine, MessageOut, OutgoingOut, TargetOut
from server.auth.actor import Actor
from server.messages.wording import words
from server.paging import Order, paged, split
from storage.database.models import DigestLine, Feedback, Message, MessageTarget, Outgoing, Person, Unit

_ORDER = Order(Message.delivered_at, Message.id)


async def inbox(
    session: AsyncSession, me: Actor, language: str, *, unread: bool, cursor: str | None, limit: int
) -> Inbox:
    """One page of a person's own messages, the newest first."""
    query = select(Message).where(Message.person_id == me.person_id)
    if unread:
        query = query.where(Message.read_at.is_(None))
    rows = (await session.scalars(paged(query, _ORDER, cursor=cursor, limit=limit))).all()
    page, following = split(rows, _ORDER, limit=limit)
    lines = await _lines(session, page, language)
    return Inbox(
        items=[_message(row, lines[row.id], language) for row in page],
        next=following,
        unread=await count_unread(session, me),
    )


async def count_unread(session: AsyncSession, me: Actor) -> int:
    """How many of a person's messages wait to be read."""
    query = select(func.count()).where(Message.person_id == me.person_id, Message.read_at.is_(None))
    return await session.scalar(query) or 0


async def _lines(session: AsyncSession, page: Sequence[Message], language: str) -> dict[str, list[MessageLine]]:
    found: dict[str, list[MessageLine]] = defaultdict(list)
    query = select(DigestLine).where(DigestLine.message_id.in_([row.id for row in page]))
    for line in await session.scalars(query.order_by(DigestLine.created_at, DigestLine.id)):
        text = words(line.kind, line.params, language)
        found[line.message_id or ""].append(MessageLine(kind=line.kind, text=text, link=line.link))
    return found


def _message(row: Message, lines: list[MessageLine], language: str) -> MessageOut:
    return MessageOut(
        id=row.id,
        kind=row.kind,
        subject=words(row.kind, row.params, language),
        link=row.link,
        lines=lines,
        unit_id=row.unit_id,
        delivered_at=row.delivered_at,
        read_at=row.read_at,
    )


async def feedback_of(session: AsyncSession, inspection_id: str) -> list[FeedbackOut]:
    """To whom an inspection was fed back, when that was delivered and when it was read (R39)."""
    query = (
        select(Feedback, Unit.name, Person.name)
        .join(Unit, Unit.id == Feedback.unit_id)
        .join(Person, Person.id == Feedback.person_id)
        .where(Feedback.inspection_id == inspection_id)
        .order_by(Unit.code, Feedback.capacity.desc(), Feedback.id)
    )
    return [
        FeedbackOut(
            id=row.id,
            inspection_id=row.inspection_id,
            unit_id=row.unit_id,
            unit_name=unit,
            person=person,
            capacity=row.capacity,
            gaps=row.gaps,
            created_at=row.created_at,
            delivered_at=row.delivered_at,
            read_at=row.read_at,
            reminded_at=row.reminded_at,
            note=row.note,
        )
        for row, unit, person in await session.execute(query)
    ]


async def list_targets(session: AsyncSession) -> list[TargetOut]:
    """All targets in use, without their addresses, with how many messages wait or were given up."""
    owed = Outgoing.done_at.is_(None)
    counts = select(Outgoing.target_id, Outgoing.gave_up_at.is_(None), func.count()).where(owed)
    counted: dict[tuple[str, bool], int] = {}
    for target_id, waits, count in await session.execute(counts.group_by(*counts.selected_columns[:2])):
        counted[target_id, bool(waits)] = count
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
        )
        for row, unit, person in await session.execute(query)
    ]


async def list_outgoing(session: AsyncSession) -> list[OutgoingOut]:
    """What has not reached its target, the newest first, at most 200: still tried, or given up."""
    query = (
        select(Outgoing, MessageTarget, Message.kind)
        .join(MessageTarget, MessageTarget.id == Outgoing.target_id)
        .join(Message, Message.id == Outgoing.message_id)
        .where(Outgoing.done_at.is_(None))
        .order_by(Outgoing.created_at.desc(), Outgoing.id.desc())
        .limit(200)
    )
    return [
        OutgoingOut(
            id=row.id,
            target_id=target.id,
            target=target.label,
            scheme=target.scheme,
            kind=kind,
            created_at=row.created_at,
            attempts=row.attempts,
            next_at=row.next_at,
            last_error=row.last_error,
            gave_up_at=row.gave_up_at,
        )
        for row, target, kind in await session.execute(query)
    ]
