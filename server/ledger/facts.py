"""Reads what a batch of tasks stands with in the ledger: a few queries a batch, whatever its size."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from server import clock
from server.auth import roles
from server.auth.actor import Actor
from server.auth.holding import held_on
from server.ledger.entries import Paper
from server.letters.facts import answers_of
from server.letters.numbering import printed_number
from server.tasks import lookups
from storage.database.models import (
    Finding,
    Inspection,
    Letter,
    LetterTask,
    Person,
    Post,
    Task,
    TaskAction,
    Unit,
)

_TOLD = ("issued", "sealed", "archived")


@dataclass(frozen=True, slots=True)
class Deed:
    """One accepted step with the names of who took it."""

    step: TaskAction
    person: str
    unit: str


@dataclass(slots=True)
class Beside:
    """What the tasks of a batch stand with, each by task id; posts and names by unit id."""

    places: Mapping[str, str]
    keepers: Mapping[str, str]
    units: Mapping[str, str]
    people: Mapping[str, str]
    posts: Mapping[tuple[str, str], str]
    found_at: Mapping[str, datetime]
    deeds: Mapping[str, list[Deed]]
    papers: Mapping[tuple[str, str], Paper]
    before: Mapping[str, list[str]]
    after: Mapping[str, list[str]]
    reasons: Mapping[str, str] = field(default_factory=dict)


async def beside(session: AsyncSession, me: Actor, tasks: Sequence[Task], on: date) -> Beside:
    """Everything beside these tasks that this person may see (R8)."""
    ids = [task.id for task in tasks]
    unit_ids = {task.unit_id for task in tasks}
    closers = {task.closed_by for task in tasks if task.closed_by}
    sites = await lookups.sites(session, [task.site_id for task in tasks])
    units = await session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(unit_ids)))
    people = await session.execute(select(Person.id, Person.name).where(Person.id.in_(closers)))
    before, after = await lookups.before_and_after(session, ids)
    return Beside(
        places=await lookups.places(session, tasks),
        keepers={site.id: site.keeper_post for site in sites.values()},
        units=dict(units.all()),
        people=dict(people.all()),
        posts=await _posts(session, unit_ids, on),
        found_at=await _found_at(session, me, ids),
        deeds=await _deeds(session, ids),
        papers=await _papers(session, me, ids),
        before=before,
        after=after,
        reasons=await _reasons(session, me, [task_id for task_id in ids if not before.get(task_id)]),
    )


async def _posts(session: AsyncSession, unit_ids: set[str], on: date) -> dict[tuple[str, str], str]:
    held: dict[tuple[str, str], list[str]] = defaultdict(list)
    query = (
        select(Post.unit_id, Post.role, Person.name)
        .join(Person, Person.id == Post.person_id)
        .where(Post.unit_id.in_(unit_ids), Post.role.in_((roles.UNIT_LEADER, roles.LIAISON)))
        .where(held_on(on))
        .order_by(Post.valid_from, Post.id)
    )
    for unit_id, role, name in await session.execute(query):
        held[unit_id, role].append(name)
    return {key: "、".join(dict.fromkeys(names)) for key, names in held.items()}


async def _found_at(session: AsyncSession, me: Actor, ids: list[str]) -> dict[str, datetime]:
    query = select(Finding.task_id, func.min(Finding.seen_at)).where(Finding.task_id.in_(ids))
    query = query.where(Finding.status == "confirmed" if me.role not in roles.DISTRICT else Finding.status != "void")
    return dict((await session.execute(query.group_by(Finding.task_id))).all())


async def _deeds(session: AsyncSession, ids: list[str]) -> dict[str, list[Deed]]:
    found: dict[str, list[Deed]] = defaultdict(list)
    query = (
        select(TaskAction, Person.name, Unit.name)
        .outerjoin(Person, Person.id == TaskAction.actor_id)
        .outerjoin(Unit, Unit.id == TaskAction.unit_id)
        .where(TaskAction.task_id.in_(ids), TaskAction.accepted.is_(True))
        .order_by(TaskAction.task_id, TaskAction.seq)
    )
    for step, person, unit in await session.execute(query):
        found[step.task_id].append(Deed(step, person or "", unit or ""))
    return found


async def _papers(session: AsyncSession, me: Actor, ids: list[str]) -> dict[tuple[str, str], Paper]:
    """The latest issued 交办函 and 督办函 of each task; a unit's people see those of their own unit."""
    query = (
        select(LetterTask.task_id, Letter)
        .join(Letter, Letter.id == LetterTask.letter_id)
        .where(LetterTask.task_id.in_(ids), Letter.state.in_(_TOLD))
        .where(Letter.kind.in_(("assignment", "supervision")))
        .order_by(Letter.issued_at, Letter.id)
    )
    if me.role not in roles.DISTRICT:
        query = query.where(Letter.unit_id == me.unit_id)
    rows = (await session.execute(query)).all()
    answers = await answers_of(session, {letter.id for _, letter in rows}) if rows else {}
    return {
        (task_id, letter.kind): Paper(
            number=printed_number(letter) or "",
            reply_due_on=letter.agreed_until_on or letter.reply_due_on,
            replied_on=answers.get(letter.id, {}).get("reply"),
        )
        for task_id, letter in rows
    }


async def _reasons(session: AsyncSession, me: Actor, ids: list[str]) -> dict[str, str]:
    """Why there is no photo of the fault (无法拍照), in the first inspector's words."""
    found: dict[str, str] = {}
    query = (
        select(Finding.task_id, Finding.item_code, Inspection.document)
        .join(Inspection, Inspection.id == Finding.inspection_id)
        .where(Finding.task_id.in_(ids))
        .order_by(Finding.seen_at, Finding.id)
    )
    query = query.where(Finding.status == "confirmed" if me.role not in roles.DISTRICT else Finding.status != "void")
    for task_id, code, document in await session.execute(query):
        told = (one.get("noPhotoReason") for one in document.get("answers", []) if one.get("item") == code)
        found.setdefault(task_id, str(next(told, "") or ""))
    return found


def day_of(at: datetime | None) -> date | None:
    """The Shanghai date of an instant."""
    return clock.shanghai_date(at) if at else None
