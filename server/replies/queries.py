"""What a link's page shows, which photos it may show, and a letter's link as the office sees it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import get_args

import msgspec
from sqlalchemy import Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.letters import Answered
from schemas.replies import OwnReply, ReplyAction, ReplyLinkOut, ReplyPageOut, ReplyTaskOut
from schemas.tasks import TaskOut
from server import clock
from server.auth.actor import Actor
from server.documents.composing.facts import Contact
from server.errors import NotFound
from server.letters.facts import answers_of
from server.letters.numbering import printed_number
from server.org.settings import current_rules
from server.replies import opening
from server.replies.codes import LetterCodes, squares
from server.replies.links import last_day, standing
from server.replies.opening import Held
from server.tasks.lookups import OF_THE_FAULT
from server.tasks.presenting import present_tasks, reader_for
from storage.database.models import LetterTask, PhotoUse, ReplyLink, ReplyTold, Task, TaskAction

_OFFERED = frozenset(get_args(ReplyAction))


async def page(session: AsyncSession, me: Actor, language: str) -> ReplyPageOut:
    """The letter's facts and the unit's tasks in it: no persons, nothing of any other unit. Raises ReplyLinkClosed."""
    rules = await current_rules(session)
    held = await opening.find(session, me.session_id, rules)
    if held is None:
        raise opening.closed(rules, language)
    letter, today = held.letter, clock.today()
    told = (await answers_of(session, [letter.id]))[letter.id].keys()
    answered: Answered = "replied" if "reply" in told else "asked" if "ask_for_time" in told else "none"
    limit = letter.agreed_until_on or letter.reply_due_on
    return ReplyPageOut(
        link_id=held.link.id,
        kind="supervision" if letter.kind == "supervision" else "assignment",
        number=printed_number(letter) or "",
        title=letter.title,
        unit_name=held.unit.name,
        office_name=rules.office_name,
        office_phone=rules.office_phone or _phone_of(held),
        issued_on=clock.shanghai_date(letter.issued_at or letter.created_at),
        reply_due_on=letter.reply_due_on,
        agreed_until_on=letter.agreed_until_on,
        overdue=limit is not None and today > limit and answered != "replied",
        answered=answered,
        last_day=last_day(held.facts),
        today=today,
        tasks=await _tasks(session, held, me, language),
    )


def _phone_of(held: Held) -> str:
    """The number in the letter's note; the name beside it stays on the paper."""
    contact = held.letter.content.get("facts", {}).get("frame", {}).get("contact")
    return msgspec.convert(contact, Contact).phone if contact else ""


def listed(held: Held) -> Select[str]:
    """The ids of the letter's tasks that are still this unit's."""
    return (
        select(Task.id)
        .join(LetterTask, LetterTask.task_id == Task.id)
        .where(LetterTask.letter_id == held.letter.id, Task.unit_id == held.unit.id)
    )


async def _tasks(session: AsyncSession, held: Held, me: Actor, language: str) -> list[ReplyTaskOut]:
    query = select(Task).where(Task.id.in_(listed(held)), Task.status != "void").order_by(Task.due_on, Task.id)
    tasks = list(await session.scalars(query))
    shown = await present_tasks(session, tasks, await reader_for(session, me, language))
    reasons = await _return_reasons(session, [task.id for task in tasks])
    replies = await _own_replies(session, me, [task.id for task in tasks])
    photos = await _problem_photos(session, [task.id for task in tasks])
    return [_task_out(one, photos.get(one.id, []), reasons.get(one.id), replies.get(one.id)) for one in shown]


def _task_out(task: TaskOut, photos: list[str], reason: str | None, replied: OwnReply | None) -> ReplyTaskOut:
    return ReplyTaskOut(
        id=task.id,
        number=task.number,
        site_name=task.site_name,
        problem=task.problem,
        requirement=task.requirement,
        severity=task.severity,
        status=task.status,
        due_on=task.due_on,
        due_provisional=task.due_provisional,
        days_left=task.days_left,
        overdue=task.overdue,
        acknowledged=task.acknowledged_at is not None,
        extension_until=task.extension_until,
        return_reason=reason if task.status == "open" else None,
        actions=[action for action in task.actions if action in _OFFERED],
        problem_photos=photos,
        # What was drawn over other photos of the task is not this page's.
        marked_photos=[one for one in task.marked_photos if one.sha256 in photos],
        replied=replied,
    )


async def _problem_photos(session: AsyncSession, task_ids: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    query = (
        select(PhotoUse.task_id, PhotoUse.sha256)
        .where(PhotoUse.task_id.in_(task_ids), PhotoUse.state == "received", PhotoUse.purpose.in_(OF_THE_FAULT))
        .order_by(PhotoUse.created_at.desc(), PhotoUse.id)
    )
    for task_id, sha256 in await session.execute(query):
        if sha256 not in found[str(task_id)] and len(found[str(task_id)]) < 6:
            found[str(task_id)].append(sha256)
    return found


async def _return_reasons(session: AsyncSession, task_ids: Sequence[str]) -> dict[str, str]:
    query = (
        select(TaskAction.task_id, TaskAction.body)
        .where(TaskAction.task_id.in_(task_ids), TaskAction.action == "return", TaskAction.accepted.is_(True))
        .order_by(TaskAction.seq)
    )
    return {task_id: str(body.get("reason") or "") for task_id, body in await session.execute(query)}


async def _own_replies(session: AsyncSession, me: Actor, task_ids: Sequence[str]) -> dict[str, OwnReply]:
    """The latest reply to each task that came through this link, with what has become of its photos."""
    query = (
        select(TaskAction)
        .where(TaskAction.task_id.in_(task_ids), TaskAction.actor_id == me.person_id)
        .where(TaskAction.action == "reply", TaskAction.accepted.is_(True))
        .order_by(TaskAction.seq)
    )
    latest = {action.task_id: action for action in await session.scalars(query)}
    states = select(PhotoUse.sha256, PhotoUse.state).where(PhotoUse.action_id.in_([one.id for one in latest.values()]))
    owed = {sha256 for sha256, state in await session.execute(states) if state == "missing"}
    return {task_id: _own(action, owed) for task_id, action in latest.items()}


def _own(action: TaskAction, owed: set[str]) -> OwnReply:
    photos = list(action.body.get("photos") or [])
    return OwnReply(
        at=action.received_at,
        text=action.body.get("text") or "",
        measure=action.body.get("measure") or "",
        photos=photos,
        photos_owed=[sha256 for sha256 in photos if sha256 in owed],
    )


async def require_shown(session: AsyncSession, me: Actor, sha256: str, language: str) -> None:
    """The photo shows a fault that the letter lists, or came through this link. Raises NotFound, ReplyLinkClosed."""
    rules = await current_rules(session)
    held = await opening.find(session, me.session_id, rules)
    if held is None:
        raise opening.closed(rules, language)
    of_fault = PhotoUse.purpose.in_(OF_THE_FAULT)
    query = select(PhotoUse.id).where(
        PhotoUse.sha256 == sha256,
        PhotoUse.state == "received",
        PhotoUse.task_id.in_(listed(held)),
        or_(of_fault, PhotoUse.person_id == me.person_id),
    )
    if await session.scalar(query.limit(1)) is None:
        raise NotFound


async def link_of(session: AsyncSession, codes: LetterCodes, letter_id: str) -> ReplyLinkOut:
    """A letter's newest link, as the office sees it. Raises NotFound where it never had one."""
    newest = select(ReplyLink.id).where(ReplyLink.letter_id == letter_id)
    link_id = await session.scalar(
        newest.order_by(ReplyLink.withdrawn_at.is_(None).desc(), ReplyLink.id.desc()).limit(1)
    )
    rules = await current_rules(session)
    held = await opening.find(session, link_id, rules) if link_id else None
    if held is None:
        raise NotFound
    used = select(func.count(), func.max(ReplyTold.at)).where(ReplyTold.link_id == held.link.id)
    steps, last_used_at = (await session.execute(used)).one()
    found = standing(held.facts, today=clock.today())
    url = codes.url_of(held.link, key=rules.reply_link_key) if found in ("open", "not_yet") else None
    size, path = squares(url) if url else (0, "")
    return ReplyLinkOut(
        id=held.link.id,
        standing=found,
        url=url,
        code_size=size,
        code_path=path,
        last_day=last_day(held.facts),
        created_at=held.link.created_at,
        withdrawn_at=held.link.withdrawn_at,
        withdrawn_reason=held.link.withdrawn_reason,
        steps=steps,
        last_used_at=last_used_at,
    )
