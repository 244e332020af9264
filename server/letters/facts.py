"""Reads what the ladder looks at: live tasks, issued letters, their answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.letters import LetterKind
from server import clock
from server.letters.escalation import LetterFacts, SupervisionFacts, TaskFacts
from server.tasks.deadlines import awaits_activity
from storage.database.models import Letter, LetterStep, LetterTask, Task, TaskAction

ISSUED = ("issued", "sealed")
_ENDS_REST = ("extend", "refuse_extension", "reply")
Listing = tuple[str, str]
"""A letter's id and the id of a task that it lists."""
_LISTING = ("draft", "in_review", "signed", *ISSUED)


async def task_facts(session: AsyncSession, *, unit_id: str | None = None) -> list[TaskFacts]:
    """The open tasks as the ladder sees them. A task of a letter that is under way or not closed is `in_letter`."""
    listed = set(
        await session.scalars(
            select(LetterTask.task_id)
            .join(Letter, Letter.id == LetterTask.letter_id)
            .join(Task, Task.id == LetterTask.task_id)
            .where(Letter.kind == "assignment", Letter.state.in_(_LISTING), Letter.closed_at.is_(None))
            .where(Letter.unit_id == Task.unit_id)
        )
    )
    query = select(Task).where(Task.status == "open", Task.confirmed_at.is_not(None))
    if unit_id is not None:
        query = query.where(Task.unit_id == unit_id)
    tasks = (await session.scalars(query.order_by(Task.due_on, Task.id))).all()
    rested = await _rests_of(session, query)
    return [_facts(task, listed, rested[task.id]) for task in tasks]


async def _rests_of(session: AsyncSession, query: Select[Task]) -> dict[str, list[tuple[date, date]]]:
    """For each task the spans between a request for more time and what ended it, in Shanghai dates."""
    asked: dict[str, date] = {}
    found: dict[str, list[tuple[date, date]]] = defaultdict(list)
    steps = (
        select(TaskAction.task_id, TaskAction.action, TaskAction.received_at)
        .where(TaskAction.task_id.in_(query.with_only_columns(Task.id)), TaskAction.accepted.is_(True))
        .where(TaskAction.action.in_(("ask_extension", *_ENDS_REST)))
        .order_by(TaskAction.task_id, TaskAction.seq)
    )
    for task_id, action, at in await session.execute(steps):
        on = clock.shanghai_date(at)
        if action == "ask_extension":
            asked[task_id] = on
        elif task_id in asked:
            found[task_id].append((asked.pop(task_id), on))
    return found


def rests(task: Task) -> bool:
    """Whether clock and ladder stand still (R41): a request waits for the office, a measure for its next activity."""
    return task.extension_asked_at is not None or awaits_activity(task.status, task.closing)


def _facts(task: Task, listed: set[str], rested: Sequence[tuple[date, date]]) -> TaskFacts:
    confirmed_at = task.confirmed_at or task.created_at
    return TaskFacts(
        id=task.id,
        unit_id=task.unit_id,
        status="open",
        due_on=task.due_on,
        confirmed_on=clock.shanghai_date(confirmed_at),
        progressed_on=clock.shanghai_date(task.progressed_at) if task.progressed_at else None,
        origin=task.origin,
        send_letter=task.wants_letter,
        is_relapse=task.relapse_of_id is not None,
        return_count=task.return_count,
        resting=rests(task),
        rests=tuple(rested),
        in_letter=task.id in listed,
    )


async def issued_letters(session: AsyncSession, *, letter_id: str | None = None) -> list[LetterFacts]:
    """Issued assignment letters that are not closed (R45), with their answers: all, or the one with this id."""
    rows = await _issued(session, "assignment", letter_id)
    answers = await answers_of(session, [row.id for row in rows])
    tasks = await _open_tasks(session, [row.id for row in rows])
    returned = await _returned_twice(session, [row.id for row in rows])
    covered = await _supervised_tasks(session, [row.id for row in rows])
    return [
        _letter_facts(
            row, answers[row.id], [task for task in tasks[row.id] if task.id not in covered[row.id]], returned
        )
        for row in rows
    ]


def _letter_facts(row: Letter, answers: dict[str, date], tasks: Sequence[Task], returned: set[Listing]) -> LetterFacts:
    issued_on = clock.shanghai_date(row.issued_at or row.created_at)
    return LetterFacts(
        id=row.id,
        unit_id=row.unit_id or "",
        issued_on=issued_on,
        reply_due_on=row.reply_due_on or issued_on,
        replied_on=answers.get("reply"),
        communicated_on=answers.get("ask_for_time"),
        agreed_until=row.agreed_until_on,
        task_deadlines={task.id: task.due_on for task in tasks if not rests(task)},
        returned_twice=frozenset(task.id for task in tasks if (row.id, task.id) in returned and not rests(task)),
    )


async def supervision_letters(session: AsyncSession, *, letter_id: str | None = None) -> list[SupervisionFacts]:
    """Issued supervision letters, with what the office accepted as progress (R47): all, or the one with this id."""
    rows = await _issued(session, "supervision", letter_id)
    answers = await answers_of(session, [row.id for row in rows])
    tasks = await _open_tasks(session, [row.id for row in rows])
    reported = await _reported(session, [row.id for row in rows])
    return [
        SupervisionFacts(
            id=row.id,
            unit_id=row.unit_id or "",
            due_on=row.agreed_until_on or row.reply_due_on or clock.shanghai_date(row.created_at),
            progress_accepted_on=answers[row.id].get("accept_progress"),
            open_tasks=frozenset(task.id for task in tasks[row.id] if not rests(task)),
            has_approval=row.id in reported,
        )
        for row in rows
    ]


async def _issued(session: AsyncSession, kind: LetterKind, letter_id: str | None) -> Sequence[Letter]:
    query = select(Letter).where(Letter.kind == kind, Letter.state.in_(ISSUED), Letter.closed_at.is_(None))
    if letter_id is not None:
        query = query.where(Letter.id == letter_id)
    return (await session.scalars(query.order_by(Letter.issued_at, Letter.id))).all()


async def answers_of(session: AsyncSession, letter_ids: Iterable[str]) -> dict[str, dict[str, date]]:
    """For each letter the Shanghai date of the first reply, request for time and accepted progress.

    What the office entered for a unit counts as of the original's own date (R95).
    """
    found: dict[str, dict[str, date]] = defaultdict(dict)
    query = (
        select(LetterStep)
        .where(LetterStep.letter_id.in_(list(letter_ids)))
        .where(LetterStep.action.in_(("reply", "ask_for_time", "accept_progress")))
        .order_by(LetterStep.at, LetterStep.id)
    )
    for step in await session.scalars(query):
        on = step.original_on or clock.shanghai_date(step.at)
        known = found[step.letter_id].get(step.action)
        found[step.letter_id][step.action] = min(on, known) if known else on
    return found


async def _open_tasks(session: AsyncSession, letter_ids: Iterable[str]) -> dict[str, list[Task]]:
    """The tasks of each letter that are neither struck off nor void, and still its unit's."""
    found: dict[str, list[Task]] = defaultdict(list)
    query = (
        select(LetterTask.letter_id, Task)
        .join(Task, Task.id == LetterTask.task_id)
        .join(Letter, Letter.id == LetterTask.letter_id)
        .where(LetterTask.letter_id.in_(list(letter_ids)), Task.status.in_(("open", "replied")))
        .where(Letter.unit_id == Task.unit_id)
        .order_by(Task.due_on, Task.id)
    )
    for letter_id, task in await session.execute(query):
        found[letter_id].append(task)
    return found


async def _returned_twice(session: AsyncSession, letter_ids: Iterable[str]) -> set[Listing]:
    """The tasks whose reply was returned twice since the letter was issued (R46)."""
    query = (
        select(LetterTask.letter_id, LetterTask.task_id)
        .join(Letter, Letter.id == LetterTask.letter_id)
        .join(TaskAction, TaskAction.task_id == LetterTask.task_id)
        .where(LetterTask.letter_id.in_(list(letter_ids)), TaskAction.action == "return")
        .where(TaskAction.accepted.is_(True), TaskAction.received_at > Letter.issued_at)
        .group_by(LetterTask.letter_id, LetterTask.task_id)
        .having(func.count() >= 2)
    )
    return {(letter_id, task_id) for letter_id, task_id in await session.execute(query)}


async def _supervised_tasks(session: AsyncSession, letter_ids: Iterable[str]) -> dict[str, set[str]]:
    """Of each letter, the tasks that a 督办函 under it lists already, in whatever state but cancelled."""
    found: dict[str, set[str]] = defaultdict(set)
    query = (
        select(Letter.parent_id, LetterTask.task_id)
        .join(LetterTask, LetterTask.letter_id == Letter.id)
        .where(Letter.parent_id.in_(list(letter_ids)), Letter.kind == "supervision", Letter.state != "cancelled")
    )
    for parent_id, task_id in await session.execute(query):
        found[parent_id or ""].add(task_id)
    return found


async def _reported(session: AsyncSession, letter_ids: Iterable[str]) -> set[str]:
    """Those of these supervision letters that a 呈批件 follows already, in whatever state but cancelled."""
    query = select(Letter.parent_id).where(
        Letter.parent_id.in_(list(letter_ids)),
        Letter.kind == "approval",
        Letter.state != "cancelled",
    )
    return {parent for parent in await session.scalars(query) if parent is not None}
