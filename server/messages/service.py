"""Telling people: at once into their inbox, or as a line of the day's digest; and reading what was told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.messages import PaperDelivery
from server import clock, ids
from server.audit import service as audit
from server.auth.actor import Actor
from server.errors import FieldError, NotFound, Unprocessable
from server.messages.recipients import Recipient
from server.once import insert_new
from storage.database.models import DigestLine, Feedback, Message, MessageTarget, Outgoing

OWED: Final = "messages owed to targets"
"""What a transaction notes of itself that owes something to a target: `posting_at_once` waits for its commit."""


async def notify(
    session: AsyncSession,
    *,
    to: Recipient | Sequence[Recipient],
    kind: str,
    params: Mapping[str, Any],
    link: str,
    dedupe_key: str,
    at_once: bool = False,
    now: datetime | None = None,
) -> int:
    """Tell people something in the caller's transaction, once for each `dedupe_key`; how many were told anew.

    `kind` is a code under `messages` in a slice's catalogues, filled from `params`: names of places and units, numbers
    and dates (ISO, under a name that ends in `_on`), never a person and never free text, because it may leave the
    house. `link` is a path within the page. Without `at_once` it waits for the digest hour (R39).
    """
    people = [to] if isinstance(to, Recipient) else list(to)
    now = now or clock.now()
    news = [_News(one, kind, dict(params), link, dedupe_key) for one in people]
    if at_once:
        return await _deliver(session, news, now)
    rows = [{**one.row(now), "message_id": None} for one in news]
    return len(await insert_new(session, DigestLine, rows, "dedupe_key"))


@dataclass(frozen=True, slots=True)
class _News:
    to: Recipient
    kind: str
    params: dict[str, Any]
    link: str
    key: str

    @property
    def own_key(self) -> str:
        return f"{self.key}:{self.to.person_id}"

    def row(self, now: datetime) -> dict[str, Any]:
        """The columns that a message and a line of a digest share."""
        return {
            "id": ids.uuid7(),
            "person_id": self.to.person_id,
            "unit_id": self.to.unit_id,
            "kind": self.kind,
            "params": self.params,
            "link": self.link,
            "created_at": now,
            "dedupe_key": self.own_key,
        }


async def _deliver(session: AsyncSession, news: Sequence[_News], now: datetime) -> int:
    rows = [{**one.row(now), "delivered_at": now, "read_at": None} for one in news]
    new = await insert_new(session, Message, rows, "dedupe_key")
    for one, row in zip(news, rows, strict=True):
        if one.own_key in new:
            units = [one.to.unit_id] if one.to.unit_id else []
            await send_out(session, message_id=row["id"], to=(one.to.person_id, units), news_key=one.key, now=now)
    return len(new)


async def send_out(
    session: AsyncSession, *, message_id: str, to: tuple[str, Sequence[str]], news_key: str, now: datetime
) -> None:
    """Owe a delivered message to the targets of its person and of the units for which it is."""
    person_id, unit_ids = to
    targets = await session.scalars(
        select(MessageTarget.id).where(
            MessageTarget.removed_at.is_(None),
            or_(MessageTarget.person_id == person_id, MessageTarget.unit_id.in_(unit_ids)),
        )
    )
    rows = [
        {
            "id": ids.uuid7(),
            "message_id": message_id,
            "target_id": target_id,
            "news_key": news_key,
            "created_at": now,
            "attempts": 0,
            "next_at": now,
        }
        for target_id in targets
    ]
    if await insert_new(session, Outgoing, rows, "target_id", "news_key"):
        session.info[OWED] = True


async def mark_read(session: AsyncSession, message_id: str, *, me: Actor) -> None:
    """Note when a person first read a message, and with it the feedback in it (R39). Raises NotFound."""
    message = await session.scalar(
        select(Message).where(Message.id == message_id, Message.person_id == me.person_id).with_for_update()
    )
    if message is None:
        raise NotFound
    if message.read_at is not None:
        return
    message.read_at = clock.now()
    # What goes on paper lies with the office until it is handed over: its reading is not the unit's.
    told = update(Feedback).where(Feedback.message_id == message_id, Feedback.read_at.is_(None))
    await session.execute(told.where(Feedback.capacity != "paper").values(read_at=message.read_at))
    audit.record(session, actor=me, action="read_message", subject=("message", message_id))


async def deliver_on_paper(session: AsyncSession, feedback_id: str, handed: PaperDelivery, *, me: Actor) -> str:
    """The office says that it handed a unit's feedback over (R6); the inspection's id.

    Raises NotFound, Unprocessable.
    """
    row = await session.get(Feedback, feedback_id)
    if row is None or row.capacity != "paper":
        raise NotFound
    if handed.delivered_on > clock.today():
        raise Unprocessable(errors=[FieldError("/deliveredOn", "date-ahead")])
    same = update(Feedback).where(
        Feedback.inspection_id == row.inspection_id,
        Feedback.unit_id == row.unit_id,
        Feedback.capacity == "paper",
        Feedback.delivered_at.is_(None),
    )
    at = min(clock.now(), clock.end_of_day(handed.delivered_on))
    await session.execute(same.values(delivered_at=at, note=handed.note))
    detail = {"unit": row.unit_id, "on": handed.delivered_on.isoformat()}
    audit.record(session, actor=me, action="deliver_on_paper", subject=("inspection", row.inspection_id), detail=detail)
    return row.inspection_id
