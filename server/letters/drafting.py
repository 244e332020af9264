"""Drafting the letters of the ladder. Nothing is drafted that the rules have no ground for today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.letters import DraftAssignment, DraftSupervision, Trigger
from server import clock, ids
from server.audit import service as audit
from server.audit.chain import digest
from server.auth.actor import Actor
from server.catalogue import text
from server.documents.composing.assignment import Assignment
from server.documents.composing.supervision import Supervision
from server.errors import FieldError, NotFound, Unprocessable
from server.letters import facts, gathering
from server.letters.bases import bases_of
from server.letters.content import Finish, compose
from server.letters.errors import NoGround, NothingEarned
from server.letters.escalation import Reason, supervision_ground, trigger_of
from server.org import calendar
from server.org.rules import Rules
from server.org.settings import current_rules
from server.org.working_days import WorkCalendar
from storage.database.models import Letter, LetterTask, Task, Unit


async def draft_assignment(session: AsyncSession, asked: DraftAssignment, *, me: Actor) -> Letter:
    """A 交办函 to one unit about tasks that earned one, each with its reason and its own limit (R43, R44).

    The tasks are locked first, so that two drafts at once cannot list one task. Raises NothingEarned, NotFound.
    """
    tasks = await _locked_tasks(session, asked.task_ids, unit_id=asked.unit_id)
    rules, today = await current_rules(session), clock.today()
    work_calendar = await calendar.load(session)
    earned = {one.id: one for one in await facts.task_facts(session, unit_id=asked.unit_id)}
    reasons: dict[str, Reason] = {}
    for task in tasks:
        known = earned.get(task.id)
        reason = trigger_of(known, today=today, calendar=work_calendar, rules=rules) if known else None
        if reason is None:
            raise NothingEarned
        reasons[task.id] = reason
    due = {task.id: _new_limit(task, today, work_calendar) for task in tasks}
    reply_by = asked.reply_due_on or work_calendar.add_working_days(today, rules.letter_reply_days)
    triggers = {task.id: _told(reasons[task.id], task) for task in tasks}
    unit = await session.get_one(Unit, asked.unit_id)
    contact = gathering.contact_of(asked.contact_name, asked.contact_phone)
    told = Assignment(
        frame=gathering.frame_of(rules, code=rules.letter_code, year=today.year, contact=contact),
        unit=unit.name,
        subject=asked.subject,
        bases=await bases_of(session, tasks),
        problems=await gathering.problems_of(session, tasks, triggers=triggers, due=due),
        reply_by=reply_by,
    )
    letter = new_letter("assignment", told, code=rules.letter_code, unit_id=unit.id, reply_due_on=reply_by, me=me)
    return await _add(session, letter, tasks, triggers=triggers, due=due, me=me)


def _new_limit(task: Task, today: date, work_calendar: WorkCalendar) -> date:
    """The task's own due date, or a new one where that has passed (R44)."""
    return task.due_on if task.due_on > today else work_calendar.add_working_days(today, max(task.working_days, 1))


def _told(reason: Reason, task: Task) -> tuple[Trigger, str]:
    """A reason with its detail in the words of the letter."""
    if reason.trigger == "no_progress":
        return reason.trigger, text("words", "detail-no_progress", "zh-CN", {"days": reason.days})
    if reason.trigger == "unstable" and task.relapse_of_id:
        return reason.trigger, text("words", "detail-unstable-relapse", "zh-CN", {})
    if reason.trigger == "unstable":
        return reason.trigger, text("words", "detail-unstable-returned", "zh-CN", {"count": task.return_count})
    return reason.trigger, ""


async def _locked_tasks(session: AsyncSession, task_ids: Sequence[str], *, unit_id: str) -> list[Task]:
    wanted = list(dict.fromkeys(task_ids))
    query = select(Task).where(Task.id.in_(wanted), Task.unit_id == unit_id).order_by(Task.id).with_for_update()
    tasks = list(await session.scalars(query))
    if len(tasks) != len(wanted):
        raise NotFound
    return sorted(tasks, key=lambda task: (task.due_on, task.id))


async def draft_supervision(session: AsyncSession, asked: DraftSupervision, *, me: Actor) -> Letter:
    """The 督办函 that follows an issued 交办函 where one of the two grounds exists today (R46).

    Raises NotFound, NoGround, Unprocessable.
    """
    parent = await session.scalar(select(Letter).where(Letter.id == asked.letter_id).with_for_update())
    if parent is None or parent.kind != "assignment":
        raise NotFound
    rules, today = await current_rules(session), clock.today()
    known = next(iter(await facts.issued_letters(session, letter_id=parent.id)), None)
    found = supervision_ground(known, today=today) if known else None
    if known is None or found is None:
        raise NoGround
    ground, passed_on = found
    if ground == "unfixed" and not asked.reason.strip():
        raise Unprocessable(errors=[FieldError("/reason", "ground-reason-needed")])
    tasks = await _locked_tasks(session, sorted(known.task_deadlines), unit_id=known.unit_id)
    work_calendar = await calendar.load(session)
    due_on = asked.due_on or work_calendar.add_working_days(today, rules.supervision_days)
    triggers = await _triggers_of(session, parent.id)
    due = dict.fromkeys(known.task_deadlines, due_on)
    told = await _supervision_facts(session, asked, parent, rules=rules, tasks=tasks, due=due, triggers=triggers)
    days = work_calendar.working_days_between(passed_on, today)
    told = msgspec.structs.replace(told, ground=ground, overdue_days=days, as_of=today, deadline=due_on)
    letter = new_letter("supervision", told, code=rules.letter_code, unit_id=known.unit_id, reply_due_on=due_on, me=me)
    letter.parent_id, letter.ground, letter.reason = parent.id, ground, asked.reason.strip()
    return await _add(session, letter, tasks, triggers=triggers, due=due, me=me)


async def _supervision_facts(
    session: AsyncSession,
    asked: DraftSupervision,
    parent: Letter,
    *,
    rules: Rules,
    tasks: Sequence[Task],
    due: Mapping[str, date],
    triggers: Mapping[str, tuple[Trigger, str]],
) -> Supervision:
    today = clock.today()
    first = msgspec.convert(parent.content["facts"], Assignment)
    contact = gathering.contact_of(asked.contact_name, asked.contact_phone) or first.frame.contact
    return Supervision(
        frame=gathering.frame_of(
            rules, code=rules.letter_code, year=today.year, contact=contact, copied_to=(rules.leader_title,)
        ),
        unit=first.unit,
        subject=first.subject,
        parent=gathering.quoted(parent),
        ground="silent",
        as_of=today,
        overdue_days=0,
        problems=await gathering.problems_of(session, tasks, triggers=triggers, due=due),
        deadline=today,
        reason=asked.reason.strip(),
    )


async def _triggers_of(session: AsyncSession, letter_id: str) -> dict[str, tuple[Trigger, str]]:
    rows = await session.scalars(select(LetterTask).where(LetterTask.letter_id == letter_id))
    return {row.task_id: (row.trigger, row.reason) for row in rows}


def new_letter(kind: str, told: Any, *, code: str, unit_id: str | None, reply_due_on: date | None, me: Actor) -> Letter:
    content = {"facts": msgspec.to_builtins(told)}
    return Letter(
        id=ids.uuid7(),
        kind=kind,
        state="draft",
        unit_id=unit_id,
        code=code,
        title=compose(kind, content["facts"], Finish()).title,
        content=content,
        content_sha256=digest(content),
        reason="",
        reply_due_on=reply_due_on,
        created_at=clock.now(),
        drafted_by=me.person_id,
        version=1,
    )


async def _add(
    session: AsyncSession,
    letter: Letter,
    tasks: Sequence[Task],
    *,
    triggers: Mapping[str, tuple[Trigger, str]],
    due: Mapping[str, date],
    me: Actor,
) -> Letter:
    session.add(letter)
    await session.flush()
    for task in tasks:
        trigger, detail = triggers[task.id]
        row = LetterTask(letter_id=letter.id, task_id=task.id, trigger=trigger, reason=detail, due_on=due[task.id])
        session.add(row)
    detail_of = {"kind": letter.kind, "tasks": [task.id for task in tasks], "content": letter.content_sha256}
    audit.record(session, actor=me, action="draft_letter", subject=("letter", letter.id), detail=detail_of)
    return letter
