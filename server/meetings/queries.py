"""Meetings as a person may see them. A unit's people see those that they were called to, and of them what is theirs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.meetings import (
    ArrangementOut,
    AttendanceOut,
    MeetingActionName,
    MeetingDocumentOut,
    MeetingOut,
    MeetingRhythm,
    MeetingRow,
    MeetingState,
    ObserverOut,
)
from schemas.wire import Page
from server import clock
from server.auth import roles
from server.auth.actor import Actor
from server.errors import NotFound
from server.letters.numbering import printed_number
from server.letters.telling import issue_key
from server.meetings import reading
from server.meetings.rhythm import is_overdue, next_due_on
from server.meetings.service import leaders_on
from server.meetings.stages import ACTIONS, OUT
from server.org.settings import current_rules
from server.paging import Order, paged, split
from server.tasks import lookups
from storage.database.models import (
    Letter,
    Meeting,
    MeetingArrangement,
    MeetingDocument,
    MeetingUnit,
    Message,
    Task,
)

_ORDER = Order(Meeting.starts_at, Meeting.id)


def _scoped(query: Select[Meeting], me: Actor) -> Select[Meeting]:
    """A unit sees a meeting from the day that its notice is out, or that it was held (R8)."""
    if me.role in roles.DISTRICT:
        return query
    called = select(MeetingUnit.meeting_id).where(MeetingUnit.unit_id == me.unit_id)
    told = (
        select(MeetingDocument.meeting_id)
        .join(Letter, Letter.id == MeetingDocument.letter_id)
        .where(Letter.state.in_(OUT))
    )
    return query.where(Meeting.id.in_(called), Meeting.id.in_(told) | Meeting.held_at.is_not(None))


async def list_meetings(session: AsyncSession, me: Actor, *, cursor: str | None, limit: int) -> Page[MeetingRow]:
    """One page of meetings, the latest first."""
    rows = await session.scalars(paged(_scoped(select(Meeting), me), _ORDER, cursor=cursor, limit=limit))
    page, following = split(rows.all(), _ORDER, limit=limit)
    return Page(items=await _rows(session, page, me), next=following)


async def _rows(session: AsyncSession, meetings: Sequence[Meeting], me: Actor) -> list[MeetingRow]:
    ids = [one.id for one in meetings]
    states = await reading.states_of(session, meetings)
    called = select(MeetingUnit.meeting_id, func.count()).where(MeetingUnit.meeting_id.in_(ids))
    units = dict((await session.execute(called.group_by(MeetingUnit.meeting_id))).all())
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    arranged = (
        select(MeetingArrangement.meeting_id, Task.status)
        .outerjoin(Task, Task.id == MeetingArrangement.task_id)
        .where(MeetingArrangement.meeting_id.in_(ids))
    )
    if me.role not in roles.DISTRICT:
        arranged = arranged.where(MeetingArrangement.unit_id == me.unit_id)
    for meeting_id, status in await session.execute(arranged):
        counts[meeting_id][0] += 1
        counts[meeting_id][1] += status in ("open", "replied")
    return [
        MeetingRow(
            id=one.id,
            title=one.title,
            starts_at=one.starts_at,
            place=one.place,
            chair=one.chair,
            state=states[one.id],
            units=units.get(one.id, 0),
            arrangements=counts[one.id][0],
            open_tasks=counts[one.id][1],
            version=one.version,
        )
        for one in meetings
    ]


async def get_meeting(session: AsyncSession, me: Actor, meeting_id: str) -> MeetingOut:
    """One meeting, whole; for a unit's people with what is their own unit's. Raises NotFound."""
    meeting = await session.scalar(_scoped(select(Meeting).where(Meeting.id == meeting_id), me))
    if meeting is None:
        raise NotFound
    row = (await _rows(session, [meeting], me))[0]
    documents = await _documents(session, meeting, me)
    return MeetingOut(
        **{name: getattr(row, name) for name in row.__struct_fields__},
        delegation=meeting.delegation,
        delegated_on=meeting.delegated_on,
        attendees=meeting.attendees,
        agenda=meeting.agenda,
        demands=meeting.demands,
        contact_name=meeting.contact_name,
        contact_phone=meeting.contact_phone,
        called_otherwise=meeting.called_otherwise,
        recorder=meeting.recorder,
        observers=[ObserverOut(body=one["body"], names=one["names"]) for one in meeting.observers],
        remarks=meeting.remarks,
        held_at=meeting.held_at,
        cancel_reason=meeting.cancel_reason,
        attendance=await _attendance(session, meeting, me),
        listed=await _arrangements(session, meeting, me),
        documents=documents,
        actions=_actions(row.state, me),
    )


def _actions(state: MeetingState, me: Actor) -> list[MeetingActionName]:
    return list(ACTIONS[state]) if me.role == roles.OFFICE else []


async def _documents(session: AsyncSession, meeting: Meeting, me: Actor) -> list[MeetingDocumentOut]:
    found = (await reading.documents_of(session, [meeting.id]))[meeting.id]
    drawn = {kind: await reading.drawn_from(session, meeting, kind) for kind in {one.kind for one, _ in found}}
    newest = {one.kind: one.edition for one, letter in found if letter.state != "cancelled"}
    return [
        MeetingDocumentOut(
            letter_id=letter.id,
            kind=one.kind,
            edition=one.edition,
            reason=one.reason,
            number=printed_number(letter),
            title=letter.title,
            state=letter.state,
            stale=one.edition == newest.get(one.kind) and one.drawn_sha256 != drawn[one.kind],
        )
        for one, letter in found
        if me.role in roles.DISTRICT or letter.state in OUT
    ]


async def _attendance(session: AsyncSession, meeting: Meeting, me: Actor) -> list[AttendanceOut]:
    units = [
        one
        for one in await reading.units_of(session, meeting.id)
        if me.role in roles.DISTRICT or one.unit_id == me.unit_id
    ]
    names = await lookups.unit_names(session, [one.unit_id for one in units])
    read = await _notice_read(session, meeting)
    return [
        AttendanceOut(
            unit_id=one.unit_id,
            unit_name=names[one.unit_id],
            state=one.state,
            names=one.names,
            stand_in_for=one.stand_in_for,
            reason=one.reason,
            progress=one.progress,
            notice_read_at=read.get(one.unit_id),
        )
        for one in units
    ]


async def _notice_read(session: AsyncSession, meeting: Meeting) -> dict[str, datetime]:
    """When somebody of a unit first read a notice of the meeting, by unit."""
    found: dict[str, datetime] = {}
    for document, letter in (await reading.documents_of(session, [meeting.id]))[meeting.id]:
        if document.kind != "notice":
            continue
        query = select(Message.unit_id, func.min(Message.read_at)).where(
            Message.link == f"/letters/{letter.id}",
            Message.dedupe_key.startswith(f"{issue_key(letter.id)}:"),
            Message.read_at.is_not(None),
        )
        for unit_id, read_at in await session.execute(query.group_by(Message.unit_id)):
            if unit_id is not None and read_at is not None:
                found.setdefault(unit_id, read_at)
    return found


async def _arrangements(session: AsyncSession, meeting: Meeting, me: Actor) -> list[ArrangementOut]:
    rows = [
        one
        for one in await reading.arrangements_of(session, meeting.id)
        if me.role in roles.DISTRICT or one.unit_id == me.unit_id
    ]
    names = await lookups.unit_names(session, [one.unit_id for one in rows])
    given = select(Task).where(Task.id.in_([one.task_id for one in rows if one.task_id]))
    tasks = {task.id: task for task in await session.scalars(given)}
    return [
        ArrangementOut(
            id=one.id,
            unit_id=one.unit_id,
            unit_name=names[one.unit_id],
            heading=one.heading,
            content=one.content,
            due_on=one.due_on,
            wants_letter=one.wants_letter,
            task_id=one.task_id,
            task_number=tasks[one.task_id].number if one.task_id else None,
            task_status=tasks[one.task_id].status if one.task_id else None,
        )
        for one in rows
    ]


async def rhythm_of(session: AsyncSession) -> MeetingRhythm:
    """Whether the next meeting is overdue, and which one is planned (R50)."""
    rules, today = await current_rules(session), clock.today()
    last = await reading.last_held_on(session)
    ahead = select(Meeting.id).where(
        Meeting.held_at.is_(None), Meeting.cancelled_at.is_(None), Meeting.starts_at >= clock.start_of_day(today)
    )
    leaders = await leaders_on(session, today)
    return MeetingRhythm(
        last_held_on=last,
        next_due_on=next_due_on(last, rules.meeting_interval_months) if last else None,
        overdue=is_overdue(last, rules.meeting_interval_months, today=today),
        planned_id=await session.scalar(ahead.order_by(Meeting.starts_at).limit(1)),
        group_leader=leaders[0] if leaders else "",
    )
