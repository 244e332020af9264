"""Recording changes in the same transaction that makes them (R89)."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol, cast

import msgspec
from sqlalchemy import Table, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from server import clock
from server.audit.chain import GENESIS, event_hash, fields_of, first_break
from storage.database.models import AuditEvent, AuditHead

_PENDING = "audit_events"
# The table itself: many rows at once need nothing of the mapper.
_EVENTS = cast(Table, AuditEvent.__table__)


class Doer(Protocol):
    """A person or the system, as far as the record needs them."""

    @property
    def person_id(self) -> str | None: ...
    @property
    def role(self) -> str: ...
    @property
    def unit_id(self) -> str | None: ...
    @property
    def client(self) -> str: ...


def record(
    session: AsyncSession, *, actor: Doer, action: str, subject: tuple[str, str], detail: dict[str, Any] | None = None
) -> None:
    """Note one change: who, in which role, what, to what. It is chained when the transaction commits (R89).

    `detail` must hold no position and no personal data, only values and digests: it is kept for ever.
    """
    session.info.setdefault(_PENDING, []).append(
        AuditEvent(
            at=clock.now(),
            actor_id=actor.person_id,
            role=actor.role,
            unit_id=actor.unit_id,
            client=actor.client[:60],
            action=action,
            subject_kind=subject[0],
            subject_id=subject[1],
            detail=msgspec.to_builtins(detail or {}),
        )
    )


def noted(session: AsyncSession) -> list[tuple[str, str]]:
    """What the transaction has changed so far: the subjects of its events."""
    return [(event.subject_kind, event.subject_id) for event in session.info.get(_PENDING, [])]


async def chain_pending(session: AsyncSession) -> None:
    """Append the noted events to the chain. Comes last in a transaction: everybody waits for the head row."""
    pending: list[AuditEvent] = session.info.pop(_PENDING, [])
    if not pending:
        return
    head = (await session.execute(select(AuditHead.seq, AuditHead.hash).with_for_update())).one_or_none()
    seq, previous = (head.seq, head.hash) if head else (0, GENESIS)
    rows = []
    for event in pending:
        seq += 1
        event.seq, event.previous_hash = seq, previous
        previous = event.hash = event_hash(previous, fields_of(event))
        rows.append({column.key: getattr(event, column.key) for column in AuditEvent.__table__.columns})
    await session.execute(insert(_EVENTS), rows)
    if head:
        await session.execute(update(AuditHead).values(seq=seq, hash=previous))
    else:
        await session.execute(insert(AuditHead).values(id=1, seq=seq, hash=previous))


async def verify_chain(session: AsyncSession, *, batch: int = 5000) -> int | None:
    """Walk the whole chain; the number of the first event that does not fit, or None.

    A cut tail is found too: the head must name the last event.
    """
    seq, previous = 0, GENESIS
    while True:
        query = select(AuditEvent).where(AuditEvent.seq > seq).order_by(AuditEvent.seq).limit(batch)
        events = list(await session.scalars(query))
        broken = first_break(events, previous, seq)
        if broken is not None:
            return broken
        if not events:
            break
        seq, previous = events[-1].seq, events[-1].hash
        session.expunge_all()
    head = (await session.execute(select(AuditHead.seq, AuditHead.hash))).one_or_none()
    return None if (head is None and seq == 0) or (head and (head.seq, head.hash) == (seq, previous)) else seq + 1


async def latest_seq(session: AsyncSession) -> int:
    """The number of the last event: it rises with every change, so a screen can ask whether anything is new."""
    return await session.scalar(select(AuditHead.seq)) or 0


async def events_of(session: AsyncSession, kind: str, subject_id: str) -> list[tuple[datetime, str, str]]:
    """When, what and in which role, for one subject, oldest first."""
    query = (
        select(AuditEvent.at, AuditEvent.action, AuditEvent.role)
        .where(AuditEvent.subject_kind == kind, AuditEvent.subject_id == subject_id)
        .order_by(AuditEvent.seq)
    )
    return [(row.at, row.action, row.role) for row in await session.execute(query)]
