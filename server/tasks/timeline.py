"""The history of one task as it travels: every step, taken or refused, with its photos."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.tasks import FindingOut, PhotoRef, TimelineEntry
from server.auth import roles
from server.tasks import lookups
from server.tasks.presenting import Reader
from server.tasks.presenting_findings import present_findings
from storage.database.models import Finding, Person, PhotoUse, ReplyTold, Task, TaskAction, TaskWatcher, Unit

_TEXT_FIELDS = ("text", "reason", "note")
_DETAIL_FIELDS = (
    "measure",
    "unitId",
    "severity",
    "dueOn",
    "until",
    "signer",
    "originalOn",
    "findingId",
    "inspectionId",
    "overseer",
    "implementer",
    "resolver",
    "closing",
    "onSpot",
    "origin",
    "sourceName",
    "sourceNumber",
    "givenOn",
)


async def of_task(session: AsyncSession, task: Task, language: str) -> list[TimelineEntry]:
    """All steps, the oldest first."""
    query = (
        select(TaskAction, lookups.DOER, Unit.name)
        .outerjoin(Person, Person.id == TaskAction.actor_id)
        .outerjoin(ReplyTold, ReplyTold.step_id == TaskAction.id)
        .outerjoin(Unit, Unit.id == TaskAction.unit_id)
        .where(TaskAction.task_id == task.id)
        .order_by(TaskAction.seq)
    )
    photos: dict[str, list[PhotoRef]] = defaultdict(list)
    for use, ref in await lookups.photo_refs(session, PhotoUse.task_id == task.id, language):
        if use.action_id is not None:
            photos[use.action_id].append(ref)
    rows = await session.execute(query)
    entries = [_entry(action, person, unit, photos[action.id]) for action, person, unit in rows]
    for entry in entries:
        # R40: the confirmation that countersigned what was put right on the spot.
        if task.closed_kind == "on_spot" and entry.action == "confirm" and entry.received_at == task.closed_at:
            entry.detail["onSpot"] = "accept"
    return entries


def _entry(action: TaskAction, person: str | None, unit: str | None, photos: list[PhotoRef]) -> TimelineEntry:
    body = action.body
    return TimelineEntry(
        id=action.id,
        at=action.at,
        received_at=action.received_at,
        actor=person or "",
        role=action.role,
        unit=unit,
        action=action.action,
        text=next((body[name] for name in _TEXT_FIELDS if body.get(name)), ""),
        detail={name: body[name] for name in _DETAIL_FIELDS if body.get(name) is not None},
        photos=photos,
        accepted=action.accepted,
        refusal=action.refusal,
    )


async def findings_of(session: AsyncSession, task: Task, reader: Reader) -> list[FindingOut]:
    """The sightings of a task, the newest first; a unit sees the confirmed ones."""
    query = select(Finding).where(Finding.task_id == task.id).order_by(Finding.received_at.desc(), Finding.id.desc())
    if reader.me.role not in roles.DISTRICT:
        query = query.where(Finding.status == "confirmed")
    findings = (await session.scalars(query.limit(100))).all()
    return await present_findings(session, findings, reader)


async def watchers_of(session: AsyncSession, task: Task) -> list[str]:
    """The names of the units that supervise or cooperate (R12)."""
    query = select(Unit.name).join(TaskWatcher, TaskWatcher.unit_id == Unit.id).where(TaskWatcher.task_id == task.id)
    return list(await session.scalars(query.order_by(Unit.name)))
