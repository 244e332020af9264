"""The open work that goes with posts: found for the preview and for the handover alike (R6)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.tasks import PersonPart
from server import clock
from server.auth import roles
from server.auth.holding import held_on
from server.handover.posts import Held, parts_of
from server.tasks.workflow import LIVE
from storage.database.models import (
    DigestLine,
    Feedback,
    Letter,
    Message,
    Person,
    Post,
    Recheck,
    RecheckAssignee,
    Task,
    Visit,
    VisitAssignee,
)


@dataclass(frozen=True, slots=True)
class Leaving:
    """Who hands over which posts in which unit; `stays` are the posts that they keep there."""

    person: Person
    unit_id: str
    roles: tuple[str, ...]
    held: tuple[Held, ...]
    today: date

    @property
    def stays(self) -> list[str]:
        return [one.role for one in self.held if one.role not in self.roles]

    @property
    def parts(self) -> tuple[PersonPart, ...]:
        return parts_of(self.roles, leaves=not self.stays)


@dataclass(frozen=True, slots=True)
class OpenWork:
    """Everything that moves."""

    tasks: list[tuple[Task, list[PersonPart]]]
    letters: list[Letter]
    visits: list[Visit]
    rechecks: list[Recheck]
    messages: list[Message]
    lines: list[DigestLine]
    feedback: list[Feedback]

    @property
    def unread(self) -> int:
        return len(self.messages) + len(self.lines)


async def posts_in(session: AsyncSession, person_id: str, unit_id: str, on: date) -> list[Post]:
    """The posts that a person holds in a unit on a date."""
    query = select(Post).where(Post.person_id == person_id, Post.unit_id == unit_id, held_on(on))
    query = query.order_by(Post.valid_from, Post.id)
    return list(await session.scalars(query))


async def open_work(session: AsyncSession, leaving: Leaving, *, lock: bool = False) -> OpenWork:
    """What moves with these posts. `lock` takes the tasks' rows, in one order, before anything else."""
    return OpenWork(
        tasks=await _tasks(session, leaving, lock=lock),
        letters=await _letters(session, leaving),
        visits=await _visits(session, leaving),
        rechecks=await _rechecks(session, leaving),
        messages=await _unread(session, leaving),
        lines=await _lines(session, leaving),
        feedback=await _feedback(session, leaving),
    )


async def _tasks(session: AsyncSession, leaving: Leaving, *, lock: bool) -> list[tuple[Task, list[PersonPart]]]:
    if not leaving.parts:
        return []
    named = or_(*(_names(part, leaving.person) for part in leaving.parts))
    query = select(Task).where(Task.unit_id == leaving.unit_id, Task.status.in_(LIVE), named)
    query = query.order_by(Task.id)
    if lock:
        query = query.with_for_update(key_share=True)
    return [(task, _parts(task, leaving)) for task in await session.scalars(query)]


def _names(part: PersonPart, person: Person) -> ColumnElement[bool]:
    """By account; or by the bare name where the task names no account."""
    account, name = getattr(Task, f"{part}_id"), getattr(Task, part)
    return or_(account == person.id, and_(account.is_(None), name == person.name))


def _parts(task: Task, leaving: Leaving) -> list[PersonPart]:
    found: list[PersonPart] = []
    for part in leaving.parts:
        account, name = getattr(task, f"{part}_id"), getattr(task, part)
        if account == leaving.person.id or (account is None and name == leaving.person.name):
            found.append(part)
    return found


async def _letters(session: AsyncSession, leaving: Leaving) -> list[Letter]:
    if roles.OFFICE not in leaving.roles:
        return []
    query = select(Letter).where(Letter.drafted_by == leaving.person.id, Letter.state.in_(("draft", "in_review")))
    return list(await session.scalars(query.order_by(Letter.created_at, Letter.id)))


def _inspects(leaving: Leaving) -> bool:
    """Whether what they were to visit goes with these posts: none of the kept ones goes to sites."""
    field = {roles.INSPECTOR, roles.SUPERVISOR, roles.OFFICE}
    return bool(field & set(leaving.roles)) and not field & set(leaving.stays)


async def _visits(session: AsyncSession, leaving: Leaving) -> list[Visit]:
    """This month's and later ones: what was not visited in a month that is over stays with whoever did not."""
    if not _inspects(leaving):
        return []
    query = (
        select(Visit)
        .join(VisitAssignee, VisitAssignee.visit_id == Visit.id)
        .where(VisitAssignee.person_id == leaving.person.id, Visit.status.in_(("planned", "in_progress")))
        .where(Visit.month >= clock.month_of(leaving.today))
        .order_by(Visit.due_on, Visit.id)
    )
    return list(await session.scalars(query))


async def _rechecks(session: AsyncSession, leaving: Leaving) -> list[Recheck]:
    if not _inspects(leaving):
        return []
    query = (
        select(Recheck)
        .join(RecheckAssignee, RecheckAssignee.recheck_id == Recheck.id)
        .where(RecheckAssignee.person_id == leaving.person.id, Recheck.ended_at.is_(None))
        .where(Recheck.cancelled_at.is_(None))
        .order_by(Recheck.planned_on, Recheck.id)
    )
    return list(await session.scalars(query))


def _theirs(leaving: Leaving, unit_id: SQLColumnExpression[str | None]) -> ColumnElement[bool]:
    """What was sent to a unit's people names the unit; what was sent to the district's names none."""
    if set(leaving.roles) <= roles.UNIT:
        return unit_id == leaving.unit_id
    return or_(unit_id.is_(None), unit_id == leaving.unit_id)


async def _unread(session: AsyncSession, leaving: Leaving) -> list[Message]:
    if leaving.stays:
        return []
    query = select(Message).where(Message.person_id == leaving.person.id, Message.read_at.is_(None))
    query = query.where(_theirs(leaving, Message.unit_id))
    return list(await session.scalars(query.order_by(Message.id)))


async def _lines(session: AsyncSession, leaving: Leaving) -> list[DigestLine]:
    """News that waits for the next digest."""
    if leaving.stays:
        return []
    query = select(DigestLine).where(DigestLine.person_id == leaving.person.id, DigestLine.message_id.is_(None))
    query = query.where(_theirs(leaving, DigestLine.unit_id))
    return list(await session.scalars(query.order_by(DigestLine.id)))


async def _feedback(session: AsyncSession, leaving: Leaving) -> list[Feedback]:
    """Feedback that nobody has read yet (R39)."""
    if leaving.stays or not set(leaving.roles) <= roles.UNIT:
        return []
    query = select(Feedback).where(
        Feedback.person_id == leaving.person.id, Feedback.unit_id == leaving.unit_id, Feedback.read_at.is_(None)
    )
    return list(await session.scalars(query.order_by(Feedback.id)))


async def alone_at(session: AsyncSession, leaving: Leaving, work: OpenWork) -> int:
    """To how many of the visits and re-checks nobody else goes."""
    mine, found = leaving.person.id, 0
    for rows, going, key in (
        (work.visits, VisitAssignee, VisitAssignee.visit_id),
        (work.rechecks, RecheckAssignee, RecheckAssignee.recheck_id),
    ):
        ids = [row.id for row in rows]
        others = set(await session.scalars(select(key).where(key.in_(ids), going.person_id != mine)))
        found += len(set(ids) - others)
    return found


async def heir_of(session: AsyncSession, leaving: Leaving) -> Person | None:
    """Who looks after a unit's work while a post is empty: its leader (R6), unless it is they who leave."""
    leads = exists().where(
        Post.person_id == Person.id,
        Post.unit_id == leaving.unit_id,
        Post.role == roles.UNIT_LEADER,
        held_on(leaving.today),
    )
    query = select(Person).where(leads, Person.id != leaving.person.id, Person.disabled_at.is_(None))
    return await session.scalar(query.order_by(Person.id).limit(1))


def taken_by(roles_left: Collection[str]) -> tuple[str, ...]:
    """The posts in a steady order, each once."""
    return tuple(sorted(dict.fromkeys(roles_left)))
