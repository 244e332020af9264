"""Explodes failing items into findings and links each to its task, in the transaction that stores the inspection."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from server import clock, ids
from server.audit import service as audit
from server.audit.service import Doer
from server.org.rules import Rules
from server.org.working_days import WorkCalendar
from server.tasks.deadlines import deadline
from server.tasks.linking import LiveTask, Placement, StruckOff, place_sighting
from server.tasks.sightings import Sighting
from server.tasks.workflow import LIVE
from storage.database.models import Finding, Site, Task, TaskWatcher


@dataclass(frozen=True, slots=True)
class Scene:
    """Where and when the sightings were made. `seen_at` is the phone's time, put right."""

    inspection_id: str
    site: Site
    template_version_id: str
    finder_id: str
    seen_at: datetime
    received_at: datetime
    calendar: WorkCalendar
    rules: Rules
    doer: Doer


@dataclass(frozen=True, slots=True)
class Placed:
    """A sighting with the finding it became."""

    sighting: Sighting
    finding_id: str
    task_id: str
    placement: Placement


async def place_sightings(session: AsyncSession, sightings: Sequence[Sighting], scene: Scene) -> list[Placed]:
    """Make one finding a sighting and link it to a task: live, closed (late sighting), relapse or new.

    The caller holds the site's row, so that two inspections of one site that arrive together cannot both open a task
    for the same item (R41: one open task a site and item). Its tasks are locked after it, in one order, so that none
    is struck off between being found live and being joined. Locks go site, tasks, inspections everywhere.
    """
    if not sightings:
        return []
    codes = [sighting.item_code for sighting in sightings]
    live, struck_off = await _tasks_at(session, scene.site.id, codes)
    placed = []
    for sighting in sightings:
        placement = place_sighting(
            live.get(sighting.item_code),
            struck_off.get(sighting.item_code),
            seen_at=scene.seen_at,
            window_days=scene.rules.relapse_window_days,
        )
        placed.append(Placed(sighting, ids.uuid7(), placement.task_id or ids.uuid7(), placement))
    await _write(session, placed, scene)
    return placed


async def _tasks_at(
    session: AsyncSession, site_id: str, codes: Iterable[str]
) -> tuple[dict[str, LiveTask], dict[str, StruckOff]]:
    columns = (Task.id, Task.item_code, Task.status, Task.closed_at)
    at_site = (
        select(*columns)
        .where(Task.site_id == site_id, Task.item_code.in_(list(codes)))
        .order_by(Task.id)
        .with_for_update(key_share=True)
    )
    live: dict[str, LiveTask] = {}
    struck_off: dict[str, StruckOff] = {}
    for task_id, code, status, closed_at in await session.execute(at_site.where(Task.status != "void")):
        if code is None:
            continue
        if status in LIVE:
            live[code] = LiveTask(task_id, is_replied=status == "replied")
        elif closed_at and (code not in struck_off or struck_off[code].closed_at < closed_at):
            struck_off[code] = StruckOff(task_id, closed_at)
    return live, struck_off


async def _write(session: AsyncSession, placed: Sequence[Placed], scene: Scene) -> None:
    opened = [one for one in placed if one.placement.task_id is None]
    if opened:
        await session.execute(insert(Task), [_task_row(one, scene) for one in opened])
    watchers = [
        {"task_id": one.task_id, "unit_id": unit_id}
        for one in opened
        for unit_id in one.sighting.responsibility.watcher_ids
    ]
    if watchers:
        await session.execute(insert(TaskWatcher), watchers)
    await session.execute(insert(Finding), [_finding_row(one, scene) for one in placed])
    returns = [one.task_id for one in placed if one.placement.proposes_return]
    if returns:
        await session.execute(update(Task).where(Task.id.in_(returns)).values(return_proposed=True))
    for one in opened:
        detail = {"item": one.sighting.item_code, "link": one.placement.link, "inspection": scene.inspection_id}
        audit.record(session, actor=scene.doer, action="open_task", subject=("task", one.task_id), detail=detail)


def _task_row(one: Placed, scene: Scene) -> dict[str, Any]:
    sighting = one.sighting
    due = deadline(clock.shanghai_date(scene.received_at), sighting.working_days, scene.calendar)
    return {
        "id": one.task_id,
        "number": None,
        "origin": "inspection",
        "site_id": scene.site.id,
        "item_code": sighting.item_code,
        "template_version_id": scene.template_version_id,
        "problem": sighting.problem,
        "requirement": sighting.requirement,
        "unit_id": sighting.responsibility.unit_id,
        "institution": sighting.responsibility.institution,
        "severity": sighting.severity,
        "status": "draft",
        "rung": "none",
        "closing": sighting.closing,
        "working_days": sighting.working_days,
        "due_on": due.due_on,
        "due_provisional": True,
        "relapse_of_id": one.placement.relapse_of,
        "created_at": scene.received_at,
        "updated_at": scene.received_at,
        "return_count": 0,
        "return_proposed": False,
        "version": 1,
    }


def _finding_row(one: Placed, scene: Scene) -> dict[str, Any]:
    sighting = one.sighting
    return {
        "id": one.finding_id,
        "inspection_id": scene.inspection_id,
        "item_code": sighting.item_code,
        "site_id": scene.site.id,
        "task_id": one.task_id,
        "unit_id": sighting.responsibility.unit_id,
        "link": one.placement.link,
        "severity": sighting.severity,
        "problem": sighting.problem,
        "note": sighting.note,
        "answer": {"value": sighting.answer},
        "status": "draft",
        "month": clock.month_of(clock.shanghai_date(scene.seen_at)),
        "seen_at": scene.seen_at,
        "received_at": scene.received_at,
        "finder_id": scene.finder_id,
        "flag_codes": list(sighting.flag_codes),
        "is_flagged": bool(sighting.flag_codes),
        "on_spot": sighting.on_spot,
        "guidance": sighting.guidance,
    }
