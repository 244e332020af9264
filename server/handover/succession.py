"""A unit ends and its successor takes over: everything that is open goes along in one transaction (R3).

Deadlines, rungs and the persons of a task stay as they are; what was done and signed keeps the name it had.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.handover import EndingLetter, EndingPost, EndingTask, UnitEnding
from schemas.org import UnitEnd
from server import clock, ids
from server.audit import service as audit
from server.auth import roles
from server.auth.actor import Actor
from server.catalogue import text
from server.errors import FieldError, NotFound
from server.handover.belongings import UNSIGNED, Belongings, belongings_of
from server.handover.passing import pass_calls, pass_letters, pass_materials, pass_watching
from server.letters.numbering import printed_number
from server.messages.feedback import address
from server.messages.recipients import Recipient, holders_of, role_recipients
from server.messages.service import notify
from server.org import service as org
from server.people.posts import Place, Spell, faults
from server.tasks import lookups
from server.tasks.lateness import is_late
from server.tasks.noting import note_step
from storage.database.models import Post, Task, TaskWatcher, Unit

_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Succession:
    """From whom to whom, by which day, and how the histories tell it."""

    old: Unit
    new: Unit
    last_on: date
    now: datetime
    me: Actor

    @property
    def begins_on(self) -> date:
        """The day from which the successor answers for everything."""
        return self.last_on + timedelta(days=1)

    @property
    def said(self) -> str:
        """What histories tell; both names as they are on this day."""
        names = {"old": self.old.name, "new": self.new.name, "begins_on": self.begins_on.isoformat()}
        return text("words", "unit-succeeded", "zh-CN", names)


async def preview(session: AsyncSession, unit_id: str) -> UnitEnding:
    """What is open at a unit and would go to its successor. Raises NotFound."""
    if await session.get(Unit, unit_id) is None:
        raise NotFound
    today = clock.today()
    held = await belongings_of(session, unit_id, today=today, last_on=today - timedelta(days=1))
    late = set(await session.scalars(select(Task.id).where(Task.unit_id == unit_id, is_late(today))))
    shown = held.tasks[:_SHOWN]
    places = await lookups.places(session, shown)
    people = await lookups.person_names(session, [post.person_id for post in held.posts])
    return UnitEnding(
        tasks=[_task(task, places[task.id], overdue=task.id in late) for task in shown],
        task_count=len(held.tasks),
        overdue=len(late),
        letters=[
            EndingLetter(id=one.id, title=one.title, number=printed_number(one), goes_on=one.state not in UNSIGNED)
            for one in held.letters
        ],
        posts=[EndingPost(person=people[post.person_id], role=post.role) for post in held.posts],
        sites=len(held.sites),
        watched=len(held.watched),
        materials=len(held.materials),
        meetings=len({one.meeting_id for one in held.called} | {one.meeting_id for one in held.arrangements}),
    )


def _task(task: Task, place: str, *, overdue: bool) -> EndingTask:
    return EndingTask(
        id=task.id,
        number=task.number,
        place=place,
        problem=task.problem,
        due_on=task.due_on,
        overdue=overdue,
    )


async def end_unit(session: AsyncSession, asked: UnitEnd, *, me: Actor, unit_id: str) -> None:
    """End a unit. With a successor all that is open goes to it; without one nothing may be open.

    Raises NotFound, Unprocessable with what is still there.
    """
    await org.end_unit(session, asked, me=me, unit_id=unit_id, pass_on=_pass_on)


async def _pass_on(session: AsyncSession, old: Unit, new: Unit, asked: UnitEnd, me: Actor) -> list[FieldError]:
    case = Succession(old, new, asked.last_on, clock.now(), me)
    held = await belongings_of(session, old.id, today=clock.today(), last_on=asked.last_on, lock=True)
    errors = _faults(case, held)
    if errors:
        return errors
    await _pass_tasks(session, case, held)
    pass_letters(session, held.letters, new.id, said=case.said, me=me, now=case.now)
    await pass_watching(session, held.watched, new.id)
    await pass_materials(session, held.materials, new.id, me=me)
    await pass_calls(session, held.called, new.id)
    for finding in held.findings:
        finding.unit_id = new.id
    for arrangement in held.arrangements:
        arrangement.unit_id = new.id
    _pass_places(session, case, held)
    await _pass_posts(session, case, held)
    await session.flush()
    await _tell(session, case, held)
    return []


def _faults(case: Succession, held: Belongings) -> list[FieldError]:
    """A street's sites go to a street; a post goes where such a post may be (R2, R4)."""
    errors = []
    if case.new.kind != "street" and (lies := sum(one.street_id == case.old.id for one in held.sites)):
        errors.append(FieldError("/successorId", "successor-no-street", {"count": lies}))
    place = Place(case.new.kind, case.new.member_from, case.new.member_until)
    for post in held.posts:
        spell = Spell(post.person_id, post.role, case.new.id, case.begins_on, post.valid_until)
        if any(pointer == "/role" for pointer, _ in faults(spell, place, ())):
            errors.append(FieldError("/successorId", "successor-lacks-post"))
            break
    return errors


async def _pass_tasks(session: AsyncSession, case: Succession, held: Belongings) -> None:
    """The debt is the same: deadline and rung stay, and the letters that raised it go along (R42)."""
    for task in held.tasks:
        task.unit_id = case.new.id
        task.version, task.updated_at = task.version + 1, case.now
        await note_step(session, task, action="hand_over", text=case.said, me=case.me, now=case.now)
    # Who only watched what it owes now watches no more (R12).
    await session.flush()
    await pass_watching(session, await _own_watching(session, case), None)


async def _own_watching(session: AsyncSession, case: Succession) -> list[TaskWatcher]:
    query = select(TaskWatcher).join(Task, Task.id == TaskWatcher.task_id)
    query = query.where(TaskWatcher.unit_id == case.new.id, Task.unit_id == case.new.id)
    return list(await session.scalars(query))


def _pass_places(session: AsyncSession, case: Succession, held: Belongings) -> None:
    for site in held.sites:
        fields = [name for name in ("unit_id", "street_id") if getattr(site, name) == case.old.id]
        for name in fields:
            setattr(site, name, case.new.id)
        audit.record(
            session, actor=case.me, action="correct_site", subject=("site", site.id), detail={"fields": fields}
        )
    for unit in held.seats:
        detail = {"field": "seated_in_id", "from": case.old.id, "to": case.new.id}
        unit.seated_in_id = case.new.id
        audit.record(session, actor=case.me, action="correct_unit", subject=("unit", unit.id), detail=detail)


async def _pass_posts(session: AsyncSession, case: Succession, held: Belongings) -> None:
    """Everybody goes along with their posts: who shall not, hands them over before or after (R6)."""
    theirs = await session.execute(
        select(Post.person_id, Post.role).where(
            Post.unit_id == case.new.id, Post.valid_until.is_(None), Post.valid_from <= case.begins_on
        )
    )
    there = {(person_id, role) for person_id, role in theirs}
    for post in held.posts:
        begins_on = max(case.begins_on, post.valid_from)
        until = post.valid_until
        post.valid_until = begins_on - timedelta(days=1)
        if (post.person_id, post.role) not in there:
            session.add(
                Post(
                    id=ids.uuid7(),
                    person_id=post.person_id,
                    unit_id=case.new.id,
                    role=post.role,
                    valid_from=begins_on,
                    valid_until=until,
                )
            )
        detail = {"unit": case.old.id, "to": case.new.id, "role": post.role}
        audit.record(session, actor=case.me, action="hand_over", subject=("person", post.person_id), detail=detail)


async def _tell(session: AsyncSession, case: Succession, held: Belongings) -> None:
    """The successor's 分管领导 and 资料员 are told at once; where it has nobody the office brings it on paper (R6)."""
    on = clock.shanghai_date(case.now)
    holders = (await holders_of(session, [case.new.id], on))[case.new.id]
    office = [one.person_id for one in await role_recipients(session, roles.OFFICE, on)]
    first = min((task.due_on for task in held.tasks), default=None)
    await notify(
        session,
        to=[Recipient(one.person_id, case.new.id) for one in address(holders, office).addressees],
        kind="unit-succeeded-due" if first else "unit-succeeded",
        params={
            "old": case.old.name,
            "new": case.new.name,
            "tasks": len(held.tasks),
            "letters": sum(one.state not in UNSIGNED for one in held.letters),
            "sites": len(held.sites),
            "first_due_on": first.isoformat() if first else "",
        },
        link="/tasks",
        dedupe_key=f"unit-succeeded:{case.old.id}:{case.last_on}",
        at_once=True,
    )
