"""Small reads of names and places that several lists put beside their rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVarTuple

import msgspec
from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.marks import Mark
from schemas.rechecks import RecheckRef
from schemas.tasks import FlagOut, MarkedPhoto, PhotoRef
from server.auth import roles
from server.photos.geo import distance_m
from server.photos.wording import flag_text
from storage.database.models import (
    Fix,
    Inspection,
    Person,
    PhotoFlag,
    PhotoUse,
    Recheck,
    RecheckAssignee,
    RecheckTask,
    ReplyTold,
    Shot,
    Site,
    Task,
    TemplateVersion,
    Unit,
)

Shape = TypeVarTuple("Shape")

PLACE: ColumnElement[str] = func.coalesce(Site.name, func.nullif(Task.institution, ""), Unit.name)
"""Where a task is: its site, or for an assigned one without a site the body that it concerns."""

DOER: ColumnElement[str | None] = case(
    (
        ReplyTold.step_id.is_not(None),
        ReplyTold.name.concat("（").concat(ReplyTold.post).concat("）").concat(ReplyTold.phone),
    ),
    else_=Person.name,
)
"""Who took a step: the person, or whoever the holder of a letter's code said to be, as told (R44)."""

OF_THE_FAULT = ("inspection_item", "order")
"""What photos of the fault prove: the item that failed, or the order that gave the task."""


OF_NEITHER = ("not_seen", "paper")
"""What shows neither fault nor repair: the locked door of a re-check, the scan of a paper (R95)."""


def purpose_of(action: str, role: str) -> str:
    """What the photos of a step prove."""
    if role in roles.UNIT:
        return "reply"
    return {"not_seen": "not_seen", "reply": "paper"}.get(action, "strike_off")


def with_place(query: Select[*Shape]) -> Select[*Shape]:
    """Join what `PLACE` is told from to a query over Task: a task without a site stays in it."""
    return query.outerjoin(Site, Site.id == Task.site_id).join(Unit, Unit.id == Task.unit_id)


async def places(session: AsyncSession, tasks: Sequence[Task]) -> dict[str, str]:
    """The place of each task by its id, as `PLACE` tells it."""
    query = with_place(select(Task.id, PLACE)).where(Task.id.in_({task.id for task in tasks}))
    return await _names(session, query)


async def sites(session: AsyncSession, ids: Iterable[str | None]) -> dict[str, Site]:
    return {row.id: row for row in await session.scalars(select(Site).where(Site.id.in_(set(ids))))}


async def unit_names(session: AsyncSession, ids: Iterable[str]) -> dict[str, str]:
    return await _names(session, select(Unit.id, Unit.name).where(Unit.id.in_(set(ids))))


async def person_names(session: AsyncSession, ids: Iterable[str]) -> dict[str, str]:
    return await _names(session, select(Person.id, Person.name).where(Person.id.in_(set(ids))))


async def _names(session: AsyncSession, query: Select[str, str]) -> dict[str, str]:
    return dict((await session.execute(query)).all())


async def versions_of_inspections(session: AsyncSession, ids: Iterable[str]) -> dict[str, str]:
    """Which template version each inspection used."""
    query = select(Inspection.id, TemplateVersion.id).join(
        TemplateVersion, TemplateVersion.id == Inspection.template_version_id
    )
    return await _names(session, query.where(Inspection.id.in_(set(ids))))


async def rechecks_of(session: AsyncSession, task_ids: Iterable[str]) -> dict[str, RecheckRef]:
    """The re-check that each task waits for: its state is 待复查 (R41)."""
    query = (
        select(RecheckTask.task_id, Recheck.id, Recheck.planned_on, Person.name)
        .join(Recheck, Recheck.id == RecheckTask.recheck_id)
        .join(RecheckAssignee, RecheckAssignee.recheck_id == Recheck.id)
        .join(Person, Person.id == RecheckAssignee.person_id)
        .where(RecheckTask.task_id.in_(set(task_ids)), RecheckTask.outcome.is_(None))
        .order_by(RecheckTask.task_id, Person.name, Person.id)
    )
    found: dict[str, RecheckRef] = {}
    for task_id, recheck_id, planned_on, name in await session.execute(query):
        ref = found.setdefault(task_id, RecheckRef(id=recheck_id, planned_on=planned_on, assignee_names=[]))
        ref.assignee_names.append(name)
    return found


@dataclass(frozen=True, slots=True)
class TaskPhotos:
    """The received photos of tasks, each list by task: hashes of fault and repair, the oldest first, and what was drawn
    or written over any of them, of the same photo the latest."""

    before: dict[str, list[str]]
    after: dict[str, list[str]]
    marked: dict[str, list[MarkedPhoto]]


async def before_and_after(
    session: AsyncSession, task_ids: Sequence[str]
) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Hashes of received photos of the fault and of its repair, by task, the oldest first."""
    found = await photos_of(session, task_ids)
    return found.before, found.after


async def photos_of(session: AsyncSession, task_ids: Sequence[str]) -> TaskPhotos:
    """What the received photos of these tasks show, and what was drawn over them."""
    before: dict[str, list[str]] = defaultdict(list)
    after: dict[str, list[str]] = defaultdict(list)
    marked: dict[str, dict[str, MarkedPhoto]] = defaultdict(dict)
    query = (
        select(PhotoUse.task_id, PhotoUse.sha256, PhotoUse.purpose, PhotoUse.marks, PhotoUse.note)
        .where(PhotoUse.task_id.in_(task_ids), PhotoUse.state == "received")
        .order_by(PhotoUse.created_at, PhotoUse.id)
    )
    for task_id, sha256, purpose, marks, note in await session.execute(query):
        if task_id is None or purpose in OF_NEITHER:
            continue
        side = before if purpose in OF_THE_FAULT else after
        if sha256 not in side[task_id]:
            side[task_id].append(sha256)
        if marks or note:
            drawn = msgspec.convert(marks, list[Mark])
            marked[task_id][sha256] = MarkedPhoto(sha256=sha256, marks=drawn, note=note)
    return TaskPhotos(before, after, {task_id: list(photos.values()) for task_id, photos in marked.items()})


async def photo_refs(
    session: AsyncSession, where: ColumnElement[bool], language: str
) -> list[tuple[PhotoUse, PhotoRef]]:
    """The photo uses that fit a condition, each with its reference as it travels, the oldest first."""
    query = (
        select(PhotoUse, Shot, Fix, Person.name)
        .join(Person, Person.id == PhotoUse.person_id)
        .outerjoin(Shot, Shot.id == PhotoUse.shot_id)
        .outerjoin(Fix, Fix.id == Shot.fix_id)
        .where(where)
        .order_by(PhotoUse.created_at, PhotoUse.id)
    )
    rows = (await session.execute(query)).all()
    flags = await _flags(session, [use.id for use, *_ in rows], language)
    return [(use, _photo_ref(use, shot, fix, name, flags.get(use.id, []))) for use, shot, fix, name in rows]


async def _flags(session: AsyncSession, use_ids: list[str], language: str) -> Mapping[str, list[FlagOut]]:
    found: dict[str, list[FlagOut]] = defaultdict(list)
    if not use_ids:
        return found
    query = select(PhotoFlag).where(PhotoFlag.photo_use_id.in_(use_ids)).order_by(PhotoFlag.code)
    for flag in await session.scalars(query):
        found[flag.photo_use_id].append(flag_out(flag.code, flag.detail, language))
    return found


def flag_out(code: str, detail: dict[str, Any], language: str) -> FlagOut:
    """A flag with its sentence in the reader's language."""
    return FlagOut(code=code, message=flag_text(code, detail, language), detail=detail)


def _photo_ref(use: PhotoUse, shot: Shot | None, fix: Fix | None, person: str, flags: list[FlagOut]) -> PhotoRef:
    away = None
    if fix is not None and use.site_lat is not None and use.site_lon is not None:
        away = round(distance_m(fix.lat, fix.lon, use.site_lat, use.site_lon), 1)
    return PhotoRef(
        use_id=use.id,
        sha256=use.sha256,
        state=use.state,
        reason=use.reason,
        purpose=use.purpose,
        person=person,
        taken_at=shot.taken_at if shot else None,
        distance_m=away,
        marks=msgspec.convert(use.marks, list[Mark]),
        note=use.note,
        flags=flags,
    )
