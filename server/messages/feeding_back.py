"""Feedback of confirmed inspections: who is owed it, what the line says, when the inspection counts as fed back."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, case, delete, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from server import clock, ids
from server.audit import service as audit
from server.audit.service import Doer
from server.auth import roles
from server.auth.actor import System
from server.messages.feedback import address
from server.messages.recipients import Recipient, holders_of, role_recipients
from server.messages.service import notify
from server.once import insert_new
from storage.database.engine import Database
from storage.database.models import Feedback, Finding, Inspection, Site, Task, Unit

log = logging.getLogger(__name__)
_BATCH = 500


async def owe_feedback(database: Database, now: datetime) -> int:
    """Write down who is owed the feedback of each confirmed inspection (R39); how many inspections.

    A finding that was moved to another unit meanwhile is fed back to that one too.
    """
    owed = select(Feedback.inspection_id).where(Feedback.inspection_id == Inspection.id)
    query = select(Inspection.id).where(Inspection.state == "confirmed", or_(~owed.exists(), _unit_untold()))
    async with database.reading() as session:
        waiting = list(await session.scalars(query.order_by(Inspection.received_at).limit(_BATCH)))
    done = 0
    for inspection_id in waiting:
        async with database.writing() as session:
            done += await owe_within(session, inspection_id, now=now)
    return done


async def owe_within(session: AsyncSession, inspection_id: str, *, now: datetime) -> bool:
    """`owe_feedback` for one inspection. One without a confirmed finding has nobody to tell and is closed."""
    query = select(Inspection).where(Inspection.id == inspection_id).with_for_update(key_share=True)
    inspection = await session.scalar(query)
    if inspection is None or inspection.state != "confirmed":
        return False
    found = select(Finding.unit_id).where(Finding.inspection_id == inspection_id, Finding.status == "confirmed")
    units = set(await session.scalars(found))
    if not units:
        _close(session, inspection, by=System())
        return True
    owed = select(Feedback.unit_id).where(Feedback.inspection_id == inspection_id)
    units -= set(await session.scalars(owed))
    on = clock.shanghai_date(now)
    office = [one.person_id for one in await role_recipients(session, roles.OFFICE, on)]
    held = await holders_of(session, sorted(units), on)
    rows = []
    for unit_id in sorted(units):
        addressing = address(held[unit_id], office)
        if not addressing.addressees:
            log.warning(
                "nobody can be told of inspection %s: neither its unit nor the office has people", inspection_id
            )
            return False
        rows += [
            {
                "id": ids.uuid7(),
                "inspection_id": inspection_id,
                "unit_id": unit_id,
                "person_id": one.person_id,
                "capacity": one.capacity,
                "gaps": list(addressing.gaps),
                "created_at": now,
            }
            for one in addressing.addressees
        ]
    return bool(await insert_new(session, Feedback, rows, "inspection_id", "unit_id", "person_id"))


def _unit_untold() -> ColumnElement[bool]:
    """Whether a confirmed finding of the inspection is of a unit to which its feedback is not owed yet."""
    told = select(Feedback.id).where(Feedback.inspection_id == Inspection.id, Feedback.unit_id == Finding.unit_id)
    found = select(Finding.id).where(Finding.inspection_id == Inspection.id, Finding.status == "confirmed")
    return found.where(~told.correlate(Inspection, Finding).exists()).correlate(Inspection).exists()


async def write_lines(session: AsyncSession, now: datetime) -> dict[str, list[str]]:
    """One line for the digest from each feedback that is owed; the feedback's ids by person.

    It says what is true now: a finding that was voided or moved to another unit since is not counted any more.
    """
    query = (
        select(Feedback, Site.name, Unit.name, Inspection.finished_at)
        .join(Inspection, Inspection.id == Feedback.inspection_id)
        .join(Site, Site.id == Inspection.site_id)
        .join(Unit, Unit.id == Feedback.unit_id)
        .where(Feedback.message_id.is_(None), Feedback.delivered_at.is_(None))
        .order_by(Feedback.created_at, Feedback.id)
    )
    owed = (await session.execute(query)).all()
    sums = await _sums(session, {feedback.inspection_id for feedback, *_ in owed})
    told: dict[str, list[str]] = defaultdict(list)
    for feedback, site, unit, finished_at in owed:
        found = sums.get((feedback.inspection_id, feedback.unit_id))
        if found is None:
            await session.execute(delete(Feedback).where(Feedback.id == feedback.id))
            continue
        count, severe, due_on, task_id = found
        on = clock.shanghai_date(finished_at).isoformat()
        params = {"site": site, "unit": unit, "inspected_on": on, "count": count, "severe": severe}
        await notify(
            session,
            to=Recipient(feedback.person_id, feedback.unit_id),
            kind="feedback-paper" if feedback.capacity == "paper" else "feedback",
            params={**params, "due_on": due_on},
            link=f"/tasks/{task_id}" if count == 1 else "/tasks",
            dedupe_key=f"feedback:{feedback.id}",
            now=now,
        )
        told[feedback.person_id].append(feedback.id)
    return told


async def _sums(
    session: AsyncSession, inspection_ids: Collection[str]
) -> dict[tuple[str, str], tuple[int, int, str, str]]:
    """Findings, severe ones, earliest deadline and one task, by inspection and unit."""
    query = (
        select(
            Finding.inspection_id,
            Finding.unit_id,
            func.count(),
            func.sum(case((Finding.severity == "severe", 1), else_=0)),
            func.min(Task.due_on),
            func.min(Task.id),
        )
        .join(Task, Task.id == Finding.task_id)
        .where(Finding.inspection_id.in_(inspection_ids), Finding.status == "confirmed")
        .group_by(Finding.inspection_id, Finding.unit_id)
    )
    return {
        (inspection_id, unit_id): (count, int(severe), due_on.isoformat(), task_id)
        for inspection_id, unit_id, count, severe, due_on, task_id in await session.execute(query)
    }


async def close_delivered(session: AsyncSession, *, by: Doer | None = None, only: str | None = None) -> int:
    """Inspections whose feedback has all been delivered are fed back, that is closed (R37, R39); how many."""
    of_it = select(Feedback.id).where(Feedback.inspection_id == Inspection.id)
    undelivered = of_it.where(Feedback.delivered_at.is_(None))
    query = select(Inspection).where(
        Inspection.state == "confirmed", of_it.exists(), ~undelivered.exists(), ~_unit_untold()
    )
    if only is not None:
        query = query.where(Inspection.id == only)
    rows = (await session.scalars(query.order_by(Inspection.id).with_for_update(key_share=True))).all()
    for row in rows:
        _close(session, row, by=by or System())
    return len(rows)


def _close(session: AsyncSession, inspection: Inspection, *, by: Doer) -> None:
    inspection.state = "fed_back"
    audit.record(session, actor=by, action="feed_back_inspection", subject=("inspection", inspection.id))
