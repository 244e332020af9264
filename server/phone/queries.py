"""The pack of a month: everything that a phone needs to work without network."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

import msgspec
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.phone import LastAnswer, LastAnswers, PhonePack, UnitName, VisitOut
from schemas.rechecks import RecheckOut
from server import clock
from server.auth import roles
from server.auth.actor import Actor
from server.auth.controllers import me_out
from server.checklists import versions
from server.months import month_after
from server.org import calendar
from server.org.queries import list_sites
from server.rechecks.queries import inspectors, rechecks_of_phone
from server.tasks.presenting import present_tasks, reader_for
from server.tasks.queries import tasks_of_phone
from server.tasks.visibility import scoped
from server.visits.coverage import got_in
from storage.database.models import Inspection, Task, Unit, Visit, VisitAssignee

_CARRIES_PLAN = frozenset({roles.INSPECTOR, roles.SUPERVISOR, roles.OFFICE})
_CALENDAR_SPAN = timedelta(days=120)
# A draft that was begun with a version must be read to its end, also after the next one came.
_DRAFTS_LIVE = timedelta(days=60)


async def phone_pack(session: AsyncSession, me: Actor, month: str, language: str) -> PhonePack:
    """The pack for one person and month. A unit's people get their tasks only: the plan is not theirs (R8)."""
    reader = await reader_for(session, me, language)
    with_plan = me.role in _CARRIES_PLAN
    visits = await _visits(session, month) if with_plan else []
    templates = await versions.current(session) if with_plan else []
    older = {visit.template_version_id for visit in visits}
    if with_plan:
        older |= await versions.lately_superseded(session, reader.today - _DRAFTS_LIVE)
    older -= {version.id for version in templates}
    templates += list((await versions.by_ids(session, older)).values())
    rechecks = await rechecks_of_phone(session, clock.now()) if with_plan else []
    tasks = await present_tasks(session, await _tasks(session, me, rechecks), reader)
    work_calendar = await calendar.load(session)
    near = {on: works for on, works in work_calendar.exceptions.items() if abs(on - reader.today) <= _CALENDAR_SPAN}
    return PhonePack(
        me=me_out(me),
        month=month,
        server_time=clock.now(),
        visits=visits,
        sites=await list_sites(session, None if with_plan else {task.site_id for task in tasks if task.site_id}),
        template_versions=templates,
        tasks=tasks,
        rechecks=rechecks,
        last_answers=await _last_answers(session) if with_plan else [],
        people=await inspectors(session, reader.today) if with_plan else [],
        units=[
            UnitName(id=u.id, name=u.name, kind=u.kind) for u in await session.scalars(select(Unit).order_by(Unit.code))
        ],
        days_off=sorted(on for on, works in near.items() if not works),
        days_worked=sorted(on for on, works in near.items() if works),
    )


async def _tasks(session: AsyncSession, me: Actor, rechecks: Sequence[RecheckOut]) -> list[Task]:
    """The tasks of this person's phone, and each that is to be seen on a re-check, however many others there are."""
    tasks = list(await tasks_of_phone(session, me))
    waiting = {one.task_id for recheck in rechecks for one in recheck.tasks if one.outcome is None}
    missing = waiting - {task.id for task in tasks}
    if missing:
        tasks += await session.scalars(scoped(select(Task).where(Task.id.in_(missing)), me).order_by(Task.id))
    return tasks


def etag_of(pack: PhonePack) -> str:
    """The same pack has the same tag, whenever it is asked for."""
    timeless = msgspec.structs.replace(pack, server_time=clock.start_of_day(date(2000, 1, 1)))
    return f'"{hashlib.sha256(msgspec.json.encode(timeless)).hexdigest()[:32]}"'


async def _visits(session: AsyncSession, month: str) -> list[VisitOut]:
    query = select(Visit).where(Visit.month.in_((month, month_after(month))), Visit.status != "cancelled")
    rows = (await session.scalars(query.order_by(Visit.id))).all()
    assignees: dict[str, list[str]] = defaultdict(list)
    pairs = select(VisitAssignee.visit_id, VisitAssignee.person_id).where(
        VisitAssignee.visit_id.in_([row.id for row in rows])
    )
    for visit_id, person_id in await session.execute(pairs.order_by(VisitAssignee.person_id)):
        assignees[visit_id].append(person_id)
    return [
        VisitOut(
            id=row.id,
            site_id=row.site_id,
            template_version_id=row.template_version_id,
            template_code=row.template_code,
            month=row.month,
            due_on=row.due_on,
            assignees=assignees[row.id],
            status=row.status,
        )
        for row in rows
    ]


async def _last_answers(session: AsyncSession) -> list[LastAnswers]:
    """The newest results of each site and checklist."""
    newest = (
        select(Inspection.site_id, Inspection.template_code, func.max(Inspection.received_at).label("at"))
        .where(got_in())
        .group_by(Inspection.site_id, Inspection.template_code)
        .subquery()
    )
    query = select(Inspection).join(
        newest,
        (Inspection.site_id == newest.c.site_id)
        & (Inspection.template_code == newest.c.template_code)
        & (Inspection.received_at == newest.c.at),
    )
    return [
        LastAnswers(
            site_id=row.site_id,
            template_code=row.template_code,
            score=row.score,
            items=[
                LastAnswer(item=code, value=r["value"], verdict=r["verdict"], on=date.fromisoformat(r["on"]))
                for code, r in row.results.items()
            ],
        )
        for row in await session.scalars(query.order_by(Inspection.site_id, Inspection.template_code))
    ]
