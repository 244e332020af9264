"""An inspection is confirmed with the last of its findings (R37)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server.audit import service as audit
from server.audit.service import Doer
from storage.database.models import Finding, Inspection


async def settle_inspections(session: AsyncSession, inspection_ids: Iterable[str], *, by: Doer, now: datetime) -> None:
    """Confirm each of these inspections that has no finding left to decide (R37)."""
    ids = set(inspection_ids)
    if not ids:
        return
    await session.flush()
    # Locked before its findings are counted: of two people who decide the last two at once, the second sees both.
    await session.execute(
        select(Inspection.id).where(Inspection.id.in_(ids)).order_by(Inspection.id).with_for_update(key_share=True)
    )
    waiting = select(Finding.inspection_id).where(Finding.inspection_id.in_(ids), Finding.status == "draft")
    undecided = set(await session.scalars(waiting))
    done = select(Inspection).where(Inspection.id.in_(ids - undecided), Inspection.state == "submitted")
    for inspection in await session.scalars(done):
        inspection.state = "confirmed"
        inspection.confirmed_at, inspection.confirmed_by = now, by.person_id
        audit.record(session, actor=by, action="confirm_inspection", subject=("inspection", inspection.id))
