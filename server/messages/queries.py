"""Reads of the inbox and of the feedback of inspections."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.messages import FeedbackOut, FeedbackRow, FeedbackStage, Inbox, MessageLine, MessageOut
from schemas.wire import Page
from server.auth.actor import Actor
from server.messages.wording import words
from server.paging import Order, paged, split
from storage.database.models import DigestLine, Feedback, Inspection, Message, Person, Site, Unit

_ORDER = Order(Message.delivered_at, Message.id)
_FEEDBACK_ORDER = Order(Feedback.created_at, Feedback.id)


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
    return [FeedbackOut(**_feedback(*row)) for row in await session.execute(query)]


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedFeedback:
    """The filters of the district's feedback."""

    stage: FeedbackStage = "all"
    unit: str | None = None
    cursor: str | None = None
    limit: int = 50


async def list_feedback(session: AsyncSession, wanted: WantedFeedback) -> Page[FeedbackRow]:
    """One page of the district's feedback, the newest first (R39): all, what lies unread, or what the office still
    has to hand over on paper, once for an inspection and a unit (R6).
    """
    query = select(Feedback).where(*_stage(wanted.stage))
    if wanted.unit:
        query = query.where(Feedback.unit_id == wanted.unit)
    found = (await session.scalars(paged(query, _FEEDBACK_ORDER, cursor=wanted.cursor, limit=wanted.limit))).all()
    page, following = split(found, _FEEDBACK_ORDER, limit=wanted.limit)
    named = (
        select(Feedback.id, Unit.name, Person.name, Site.name, Inspection.finished_at)
        .join(Unit, Unit.id == Feedback.unit_id)
        .join(Person, Person.id == Feedback.person_id)
        .join(Inspection, Inspection.id == Feedback.inspection_id)
        .join(Site, Site.id == Inspection.site_id)
        .where(Feedback.id.in_([row.id for row in page]))
    )
    names = {row[0]: row for row in await session.execute(named)}
    items = []
    for row in page:
        _, unit, person, site, finished_at = names[row.id]
        items.append(FeedbackRow(**_feedback(row, unit, person), site_name=site, finished_at=finished_at))
    return Page(items=items, next=following)


def _stage(stage: FeedbackStage) -> list[ColumnElement[bool]]:
    if stage == "unread":
        return [Feedback.capacity != "paper", Feedback.delivered_at.is_not(None), Feedback.read_at.is_(None)]
    if stage == "paper":
        # Every person of the office is owed it; the paper goes once.
        first = select(func.min(Feedback.id)).where(Feedback.capacity == "paper")
        return [Feedback.id.in_(first.group_by(Feedback.inspection_id, Feedback.unit_id))]
    return []


def _feedback(row: Feedback, unit: str, person: str) -> dict[str, Any]:
    return {
        "id": row.id,
        "inspection_id": row.inspection_id,
        "unit_id": row.unit_id,
        "unit_name": unit,
        "person": person,
        "capacity": row.capacity,
        "gaps": row.gaps,
        "created_at": row.created_at,
        "delivered_at": row.delivered_at,
        "read_at": row.read_at,
        "reminded_at": row.reminded_at,
        "note": row.note,
    }
