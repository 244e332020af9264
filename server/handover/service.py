"""Handing over: the posts change hands and the open work moves with them, in one transaction (R6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import msgspec
from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.handover import HandoverIn, HandoverOut, HandoverPreview, Moved
from server import clock, ids
from server.audit import service as audit
from server.audit.chain import digest
from server.auth import roles
from server.auth.actor import Actor
from server.catalogue import text
from server.errors import FieldError, NotAllowed, NotFound, Unprocessable
from server.handover import queries
from server.handover.errors import HandoverDiffers
from server.handover.open_work import Leaving, OpenWork, alone_at, heir_of, open_work, posts_in, taken_by
from server.handover.posts import Held, faults, may_hand_over
from server.once import insert_new
from server.people.accounts import close_account, is_last_admin
from server.tasks.noting import note_step
from storage.database.models import (
    DigestLine,
    Feedback,
    Handover,
    Letter,
    Message,
    Person,
    Post,
    RecheckAssignee,
    VisitAssignee,
)


@dataclass(frozen=True, slots=True)
class _Case:
    """A handover that may be done: who leaves, who takes over (None: nobody yet), who reads what was not read."""

    leaving: Leaving
    to: Person | None
    posts: list[Post]
    reader: Person | None


async def preview(
    session: AsyncSession, *, me: Actor, from_person_id: str, unit_id: str, asked_roles: list[str]
) -> HandoverPreview:
    """What would move with these posts. Raises NotFound, NotAllowed, Unprocessable for a post that is not held."""
    asked = taken_by(asked_roles)
    if not may_hand_over(me.role, asked):
        raise NotAllowed
    person = await session.get(Person, from_person_id)
    if person is None:
        raise NotFound
    held = _held(await posts_in(session, person.id, unit_id, clock.today()))
    missing = [role for role in asked if role not in {one.role for one in held}]
    if missing:
        raise Unprocessable(errors=[FieldError("/roles", "post-not-held")])
    leaving = Leaving(person, unit_id, asked, held, clock.today())
    return await queries.preview_of(session, leaving, await open_work(session, leaving))


async def hand_over(session: AsyncSession, asked: HandoverIn, *, me: Actor) -> tuple[HandoverOut, bool]:
    """Hand posts and open work over; the row, and whether it is new. The same id and body again gives the same row.

    Raises NotAllowed, NotFound, HandoverDiffers, Unprocessable with every field that is wrong.
    """
    if not may_hand_over(me.role, asked.roles) or (asked.closes_account and me.role != roles.ADMIN):
        raise NotAllowed
    # Locked in one order, so that two handovers of one person come one after the other.
    both = [one for one in (asked.from_person_id, asked.to_person_id) if one is not None]
    people = select(Person).where(Person.id.in_(both)).order_by(Person.id)
    known = {person.id: person for person in await session.scalars(people.with_for_update())}
    earlier = await session.get(Handover, asked.id)
    if earlier is not None:
        if earlier.body_sha256 != digest(asked):
            raise HandoverDiffers
        return (await queries.handovers_out(session, [earlier]))[0], False
    case = await _case(session, asked, known)
    work = await open_work(session, case.leaving, lock=True)
    if case.to is None and (alone := await alone_at(session, case.leaving, work)):
        raise Unprocessable(errors=[FieldError("/toPersonId", "visits-need-somebody", {"count": alone})])
    moved = await _move(session, case, work, me)
    await _change_posts(session, case, asked)
    if asked.closes_account:
        await session.flush()
        await close_account(session, case.leaving.person, me=me)
    row = _row(asked, moved, me)
    session.add(row)
    await session.flush()
    detail = {"handover": row.id, "unit": row.unit_id, "roles": row.roles, "to": row.to_id, "moved": row.moved}
    audit.record(session, actor=me, action="hand_over", subject=("person", row.from_id), detail=detail)
    return (await queries.handovers_out(session, [row]))[0], True


def _held(posts: list[Post]) -> tuple[Held, ...]:
    return tuple(Held(post.role, post.valid_from) for post in posts)


async def _case(session: AsyncSession, asked: HandoverIn, known: dict[str, Person]) -> _Case:
    leaves, to = known.get(asked.from_person_id), known.get(asked.to_person_id or "")
    if leaves is None or (to is None and asked.to_person_id is not None):
        raise NotFound
    today = clock.today()
    given = taken_by(asked.roles)
    posts = await posts_in(session, leaves.id, asked.unit_id, today)
    leaving = Leaving(leaves, asked.unit_id, given, _held(posts), today)
    found = faults(given, leaving.held, begins_on=asked.begins_on, today=today, has_heir=to is not None)
    errors = [FieldError(*fault) for fault in found]
    if not asked.reason.strip():
        errors.append(FieldError("/reason", "reason-needed"))
    if to is None and roles.ADMIN in given and await is_last_admin(session, leaves.id, today):
        errors.append(FieldError("/toPersonId", "last-admin"))
    if to is not None and to.id == leaves.id:
        errors.append(FieldError("/toPersonId", "same-person"))
    if to is not None and to.disabled_at is not None:
        errors.append(FieldError("/toPersonId", "person-disabled"))
    if errors:
        raise Unprocessable(errors=errors)
    reader = to or (await heir_of(session, leaving) if set(given) <= roles.UNIT else None)
    return _Case(leaving, to, [post for post in posts if post.role in given], reader)


async def _change_posts(session: AsyncSession, case: _Case, asked: HandoverIn) -> None:
    """The old holder's posts end on the day before; history stays, and a post that nobody takes is empty (R6)."""
    to = case.to
    mine = {post.role for post in await posts_in(session, to.id, asked.unit_id, clock.today())} if to else set()
    for post in case.posts:
        post.valid_until = asked.begins_on - timedelta(days=1)
        if to is not None and post.role not in mine:
            session.add(
                Post(
                    id=ids.uuid7(),
                    person_id=to.id,
                    unit_id=asked.unit_id,
                    role=post.role,
                    valid_from=asked.begins_on,
                    valid_until=None,
                )
            )


async def _move(session: AsyncSession, case: _Case, work: OpenWork, me: Actor) -> Moved:
    now = clock.now()
    to = case.to
    for task, parts in work.tasks:
        for part in parts:
            # Nobody: the part falls back to who holds the post, and while it is empty it is shown as a gap (R14).
            setattr(task, part, to.name if to else None)
            setattr(task, f"{part}_id", to.id if to else None)
        task.version, task.updated_at = task.version + 1, now
        names = {"parts": "、".join(text("words", f"part-{part}", "zh-CN", {}) for part in parts)}
        names |= {"old": case.leaving.person.name, "new": to.name if to else ""}
        said = text("words", "handed-over" if to else "left-empty", "zh-CN", names)
        await note_step(session, task, action="hand_over", text=said, me=me, now=now)
        audit.record(session, actor=me, action="hand_over", subject=("task", task.id), detail={"parts": parts})
    await _move_letters(session, case, work, me)
    await _move_visits(session, case, work, me)
    await _move_inbox(session, case, work)
    return Moved(
        tasks=len(work.tasks),
        letters=len(work.letters),
        visits=len(work.visits) + len(work.rechecks),
        unread=work.unread,
    )


async def _move_letters(session: AsyncSession, case: _Case, work: OpenWork, me: Actor) -> None:
    """Letters that are not signed: whoever takes over goes on with the draft; else any of the office may."""
    if case.to is None:
        return
    for letter in work.letters:
        audit.record(session, actor=me, action="hand_over", subject=("letter", letter.id))
    chosen = Letter.id.in_([letter.id for letter in work.letters])
    await session.execute(update(Letter).where(chosen).values(drafted_by=case.to.id))


async def _move_visits(session: AsyncSession, case: _Case, work: OpenWork, me: Actor) -> None:
    old, new = case.leaving.person.id, case.to.id if case.to else None
    for visit in work.visits:
        theirs = (VisitAssignee.visit_id == visit.id, VisitAssignee.person_id == old)
        await session.execute(delete(VisitAssignee).where(*theirs))
        # Whoever takes over may have been going along already.
        joins = [{"visit_id": visit.id, "person_id": new}] if new else []
        await insert_new(session, VisitAssignee, joins, "visit_id", "person_id")
        audit.record(session, actor=me, action="hand_over", subject=("visit", visit.id))
    for recheck in work.rechecks:
        mine = (RecheckAssignee.recheck_id == recheck.id, RecheckAssignee.person_id == old)
        await session.execute(delete(RecheckAssignee).where(*mine))
        going = [{"recheck_id": recheck.id, "person_id": new}] if new else []
        await insert_new(session, RecheckAssignee, going, "recheck_id", "person_id")
        audit.record(session, actor=me, action="hand_over", subject=("recheck", recheck.id))


async def _move_inbox(session: AsyncSession, case: _Case, work: OpenWork) -> None:
    """What was not read goes to whoever takes over, or to the leader while nobody does; feedback that they have
    themselves is not told twice (R39).
    """
    if case.reader is None:
        return
    new = case.reader.id
    chosen = Message.id.in_([one.id for one in work.messages])
    await session.execute(update(Message).where(chosen).values(person_id=new))
    lines = DigestLine.id.in_([one.id for one in work.lines])
    await session.execute(update(DigestLine).where(lines).values(person_id=new))
    theirs = select(Feedback.inspection_id).where(Feedback.person_id == new, Feedback.unit_id == case.leaving.unit_id)
    have = set(await session.scalars(theirs))
    owed = Feedback.id.in_([one.id for one in work.feedback if one.inspection_id not in have])
    await session.execute(update(Feedback).where(owed).values(person_id=new))


def _row(asked: HandoverIn, moved: Moved, me: Actor) -> Handover:
    return Handover(
        id=asked.id,
        unit_id=asked.unit_id,
        from_id=asked.from_person_id,
        to_id=asked.to_person_id,
        roles=list(taken_by(asked.roles)),
        begins_on=asked.begins_on,
        reason=asked.reason.strip(),
        moved=msgspec.to_builtins(moved),
        at=clock.now(),
        by_id=me.person_id,
        role=me.role,
        body_sha256=digest(asked),
    )
