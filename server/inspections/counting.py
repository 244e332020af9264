"""What a list of inspections says of their photos and of their feedback, in numbers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.inspections import FedBack, FeedbackSum, PhotoCounts
from storage.database.models import Feedback, Finding, Inspection, PhotoUse

_OF_IT = Feedback.inspection_id == Inspection.id


async def findings_of(session: AsyncSession, ids: Sequence[str]) -> Counter[str]:
    """How many findings each inspection has."""
    return Counter(await session.scalars(select(Finding.inspection_id).where(Finding.inspection_id.in_(ids))))


async def photos_of(session: AsyncSession, ids: Sequence[str]) -> dict[str, PhotoCounts]:
    """How many photos of each inspection have arrived, are owed, were refused and were waived: each ends in one."""
    counted: dict[str, dict[str, int]] = defaultdict(dict)
    query = select(PhotoUse.inspection_id, PhotoUse.state, func.count()).where(PhotoUse.inspection_id.in_(ids))
    for inspection_id, state, count in await session.execute(query.group_by(PhotoUse.inspection_id, PhotoUse.state)):
        counted[str(inspection_id)][state] = count
    return {
        inspection_id: PhotoCounts(
            received=counted[inspection_id].get("received", 0),
            missing=counted[inspection_id].get("missing", 0),
            refused=counted[inspection_id].get("refused", 0),
            waived=counted[inspection_id].get("waived", 0),
        )
        for inspection_id in ids
    }


async def feedback_of(session: AsyncSession, ids: Sequence[str]) -> dict[str, FeedbackSum]:
    """To how many people each inspection was fed back, how many have got it and how many have read it (R39).

    What goes on paper counts once for a unit, and is read when it was handed over.
    """
    query = select(Feedback).where(Feedback.inspection_id.in_(ids))
    found: dict[str, dict[tuple[str, str], Feedback]] = defaultdict(dict)
    for row in await session.scalars(query.order_by(Feedback.id)):
        found[row.inspection_id][row.unit_id, "" if row.capacity == "paper" else row.person_id] = row
    return {
        inspection_id: FeedbackSum(
            people=len(rows),
            delivered=sum(row.delivered_at is not None for row in rows.values()),
            read=sum((row.delivered_at if row.capacity == "paper" else row.read_at) is not None
                     for row in rows.values()),
            on_paper=sum(row.capacity == "paper" for row in rows.values()),
        )
        for inspection_id, rows in found.items()
    }  # fmt: skip


def with_feedback(wanted: FedBack) -> ColumnElement[bool]:
    """Inspections whose feedback is still owed to somebody, lies unread with somebody, or was read by everybody."""
    on_paper = Feedback.capacity == "paper"
    owed = exists().where(_OF_IT, Feedback.delivered_at.is_(None))
    unread = exists().where(_OF_IT, ~on_paper, Feedback.delivered_at.is_not(None), Feedback.read_at.is_(None))
    if wanted == "owed":
        return owed
    if wanted == "unread":
        return unread
    return and_(exists().where(_OF_IT), ~owed, ~unread)
