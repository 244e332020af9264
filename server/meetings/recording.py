"""What happened at a meeting, and the tasks that its arrangements become (R50, R51)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.meetings import ArrangementIn, RecordIn
from server import clock
from server.audit.chain import digest
from server.auth.actor import Actor
from server.errors import FieldError, Unprocessable
from server.letters.distributing import group_units
from server.meetings import reading
from server.meetings.errors import ArrangementGiven, MeetingDiffers
from server.meetings.service import check_step, keep, locked
from server.tasks.assigning import Assignment, assign_task
from storage.database.models import Meeting, MeetingArrangement, MeetingUnit


async def record_meeting(session: AsyncSession, meeting_id: str, asked: RecordIn, *, me: Actor) -> Meeting:
    """Put down attendance, progress and arrangements, whole; the same again changes nothing, and signed minutes are not
    touched by it.

    Raises NotFound, MeetingVersionDiffers, MeetingStepRefused, ArrangementGiven, MeetingDiffers, Unprocessable.
    """
    meeting = await locked(session, meeting_id)
    told = digest(asked)
    if meeting.record_sha256 == told:
        return meeting
    await check_step(session, meeting, "record", asked.version)
    units = {one.unit_id: one for one in await reading.units_of(session, meeting.id)}
    known = {one.id: one for one in await reading.arrangements_of(session, meeting.id)}
    await _check(session, meeting, asked, units, known)
    for given in asked.units:
        row = units[given.unit_id]
        row.state, row.names = given.state, [name.strip() for name in given.names]
        row.stand_in_for, row.reason, row.progress = given.stand_in_for.strip(), given.reason.strip(), given.progress
    await _arrange(session, meeting.id, asked.arrangements, known)
    meeting.observers = [msgspec.to_builtins(one) for one in asked.observers]
    meeting.recorder, meeting.remarks = asked.recorder.strip(), asked.remarks.strip()
    meeting.record_sha256 = told
    keep(session, meeting, "record_meeting", {"record": told}, me=me)
    return meeting


async def _check(
    session: AsyncSession,
    meeting: Meeting,
    asked: RecordIn,
    units: Mapping[str, MeetingUnit],
    known: Mapping[str, MeetingArrangement],
) -> None:
    held_on = clock.shanghai_date(meeting.starts_at)
    errors = [
        FieldError(f"/units/{at}/unitId", "unit-not-called")
        for at, one in enumerate(asked.units)
        if one.unit_id not in units
    ]
    errors += [
        FieldError(f"/units/{at}/standInFor", "stand-in-unnamed")
        for at, one in enumerate(asked.units)
        if one.stand_in_for.strip() and (one.state != "present" or not one.names)
    ]
    group = {unit.id for unit in await group_units(session, clock.today())}
    for at, one in enumerate(asked.arrangements):
        if one.id in known and known[one.id].task_id is not None:
            continue
        if one.unit_id not in group:
            errors.append(FieldError(f"/arrangements/{at}/unitId", "unit-unknown"))
        if one.due_on < held_on:
            errors.append(FieldError(f"/arrangements/{at}/dueOn", "due-before-given"))
    if errors:
        raise Unprocessable(errors=errors)


async def _arrange(
    session: AsyncSession, meeting_id: str, asked: Sequence[ArrangementIn], known: Mapping[str, MeetingArrangement]
) -> None:
    """Take the arrangements over as they are listed; one whose task was given must be in the list, unchanged."""
    wanted = {one.id for one in asked}
    given = {row.id for row in known.values() if row.task_id is not None}
    if not given <= wanted or len(wanted) != len(asked):
        raise ArrangementGiven
    gone = [row.id for row in known.values() if row.id not in wanted]
    await session.execute(delete(MeetingArrangement).where(MeetingArrangement.id.in_(gone)))
    for position, one in enumerate(asked):
        row = known.get(one.id)
        if row is None and await session.get(MeetingArrangement, one.id) is not None:
            raise MeetingDiffers
        if row is not None and row.task_id is not None and _differs(row, one):
            raise ArrangementGiven
        if row is None:
            row = MeetingArrangement(id=one.id, meeting_id=meeting_id)
            session.add(row)
        row.position, row.unit_id, row.due_on, row.wants_letter = position, one.unit_id, one.due_on, one.wants_letter
        row.heading, row.content = one.heading.strip(), one.content.strip()
    await session.flush()


def _differs(row: MeetingArrangement, one: ArrangementIn) -> bool:
    mine = (row.unit_id, row.due_on, row.wants_letter, row.heading, row.content)
    return mine != (one.unit_id, one.due_on, one.wants_letter, one.heading.strip(), one.content.strip())


async def assign_now(session: AsyncSession, meeting_id: str, *, me: Actor) -> int:
    """Give the arrangements before the minutes are signed. Raises NotFound, MeetingStepRefused, Unprocessable."""
    meeting = await locked(session, meeting_id)
    await check_step(session, meeting, "assign", None)
    return await assign_arrangements(session, meeting, number="", me=me)


async def assign_arrangements(session: AsyncSession, meeting: Meeting, *, number: str, me: Actor) -> int:
    """Each arrangement that has no task yet becomes one (R51); how many did. `number` is that of the minutes.

    The task has the arrangement's id and names the meeting as its source; it counts as added outside the plan only
    where 发函 is ticked (R43a). Raises Unprocessable with the arrangement that cannot become a task.
    """
    made = 0
    for at, one in enumerate(await reading.arrangements_of(session, meeting.id)):
        if one.task_id is not None:
            continue
        assignment = Assignment(
            id=one.id,
            origin="meeting",
            problem=one.heading,
            requirement=one.content,
            unit_id=one.unit_id,
            severity="minor",
            due_on=one.due_on,
            source_name=meeting.title,
            source_number=number,
            source_id=meeting.id,
            wants_letter=one.wants_letter,
            given_on=clock.shanghai_date(meeting.starts_at),
        )
        try:
            task = await assign_task(session, me=me, assignment=assignment)
        except Unprocessable as refused:
            errors = [FieldError(f"/arrangements/{at}{wrong.pointer}", wrong.code) for wrong in refused.errors]
            raise Unprocessable(errors=errors) from refused
        await session.flush()
        one.task_id = task.id
        made += 1
    if made:
        keep(session, meeting, "assign_arrangements", {"tasks": made}, me=me)
    return made
