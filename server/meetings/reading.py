"""What several parts of the slice read: a meeting's documents, its state, its units and arrangements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.meetings import MeetingDocumentKind, MeetingState
from server import clock
from server.audit.chain import digest
from server.meetings.stages import state_of
from storage.database.models import Letter, Meeting, MeetingArrangement, MeetingDocument, MeetingUnit, Unit


async def documents_of(
    session: AsyncSession, meeting_ids: Collection[str]
) -> dict[str, list[tuple[MeetingDocument, Letter]]]:
    """The documents of each meeting with their letters, by kind and edition."""
    found: dict[str, list[tuple[MeetingDocument, Letter]]] = defaultdict(list)
    query = (
        select(MeetingDocument, Letter)
        .join(Letter, Letter.id == MeetingDocument.letter_id)
        .where(MeetingDocument.meeting_id.in_(meeting_ids))
        .order_by(MeetingDocument.kind.desc(), MeetingDocument.edition)
    )
    for document, letter in await session.execute(query):
        found[document.meeting_id].append((document, letter))
    return found


async def states_of(session: AsyncSession, meetings: Sequence[Meeting]) -> dict[str, MeetingState]:
    """The state of each meeting."""
    documents = await documents_of(session, [one.id for one in meetings])
    return {
        one.id: state_of(
            held=one.held_at is not None,
            cancelled=one.cancelled_at is not None,
            notices=[letter.state for document, letter in documents[one.id] if document.kind == "notice"],
            minutes=[letter.state for document, letter in documents[one.id] if document.kind == "minutes"],
        )
        for one in meetings
    }


async def units_of(session: AsyncSession, meeting_id: str) -> list[MeetingUnit]:
    """The units that were called, in the order of their codes."""
    query = select(MeetingUnit).join(Unit, Unit.id == MeetingUnit.unit_id).order_by(Unit.code)
    return list(await session.scalars(query.where(MeetingUnit.meeting_id == meeting_id)))


async def arrangements_of(session: AsyncSession, meeting_id: str) -> list[MeetingArrangement]:
    """What was arranged, in order."""
    query = select(MeetingArrangement).where(MeetingArrangement.meeting_id == meeting_id)
    return list(await session.scalars(query.order_by(MeetingArrangement.position, MeetingArrangement.id)))


async def drawn_from(session: AsyncSession, meeting: Meeting, kind: MeetingDocumentKind) -> str:
    """The digest of what a document of this kind is drawn up from: another one tells that the document is stale."""
    units = await units_of(session, meeting.id)
    if kind == "notice":
        called = sorted(one.unit_id for one in units)
        return digest([_head(meeting), meeting.agenda, meeting.attendees, meeting.demands, called])
    return digest(
        [
            [*_head(meeting), meeting.delegation, meeting.observers, meeting.remarks, meeting.recorder],
            [[one.unit_id, one.state, one.names, one.stand_in_for, one.progress] for one in units],
            [
                [one.id, one.unit_id, one.heading, one.content, one.due_on.isoformat()]
                for one in await arrangements_of(session, meeting.id)
            ],
        ]
    )


def _head(meeting: Meeting) -> list[str]:
    return [meeting.title, meeting.starts_at.isoformat(), meeting.place, meeting.chair]


async def last_held_on(session: AsyncSession, *, before: Meeting | None = None) -> date | None:
    """The Shanghai date of the last meeting that was held (before another one), or None."""
    query = select(func.max(Meeting.starts_at)).where(Meeting.held_at.is_not(None), Meeting.cancelled_at.is_(None))
    if before is not None:
        query = query.where(Meeting.starts_at < before.starts_at)
    found = await session.scalar(query)
    return clock.shanghai_date(found) if found is not None else None
