"""Planning a meeting, saying that it was held, putting down what happened (R50). Only the office does it (R4)."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.meetings import Cancel, Hold, MeetingIn
from server import clock
from server.audit import service as audit
from server.audit.chain import digest
from server.auth import roles
from server.auth.actor import Actor
from server.errors import FieldError, NotFound, Unprocessable
from server.letters.distributing import group_units
from server.meetings import reading
from server.meetings.errors import MeetingDiffers, MeetingStepRefused, MeetingVersionDiffers
from server.meetings.stages import ACTIONS
from server.messages.recipients import role_recipients
from storage.database.models import Meeting, MeetingUnit, Person


async def enter_meeting(session: AsyncSession, meeting_id: str, asked: MeetingIn, *, me: Actor) -> Meeting:
    """Plan a meeting, or change the plan that the page has read. The same again changes nothing.

    Raises MeetingDiffers, MeetingVersionDiffers, MeetingStepRefused, Unprocessable.
    """
    told = digest({**msgspec.to_builtins(asked), "version": None})
    meeting = await session.get(Meeting, meeting_id, with_for_update=True)
    if meeting is not None and meeting.body_sha256 == told:
        return meeting
    if meeting is None and asked.version is not None:
        raise NotFound
    if meeting is not None and asked.version is None:
        raise MeetingDiffers
    await _check_plan(session, asked)
    if meeting is None:
        meeting = Meeting(id=meeting_id, created_at=clock.now(), created_by=me.person_id, version=0, body_sha256="")
        session.add(meeting)
        _plan(meeting, asked, told)
        await session.flush()
    else:
        await check_step(session, meeting, "edit", asked.version)
        _plan(meeting, asked, told)
    await _call_units(session, meeting.id, asked.unit_ids)
    keep(session, meeting, "enter_meeting", {"body": told}, me=me)
    return meeting


def _plan(meeting: Meeting, asked: MeetingIn, told: str) -> None:
    meeting.title, meeting.place, meeting.chair = asked.title.strip(), asked.place.strip(), asked.chair.strip()
    meeting.starts_at = asked.starts_at
    meeting.delegation, meeting.delegated_on = asked.delegation.strip(), asked.delegated_on
    meeting.attendees = asked.attendees.strip()
    meeting.agenda, meeting.demands = list(asked.agenda), list(asked.demands)
    meeting.contact_name, meeting.contact_phone = asked.contact_name.strip(), asked.contact_phone.strip()
    meeting.body_sha256 = told


async def _check_plan(session: AsyncSession, asked: MeetingIn) -> None:
    on = clock.shanghai_date(asked.starts_at)
    errors = []
    for field, text in (("title", asked.title), ("place", asked.place), ("chair", asked.chair)):
        if not text.strip():
            errors.append(FieldError(f"/{field}", "text-needed"))
    known = {unit.id for unit in await group_units(session, on)}
    errors += [
        FieldError(f"/unitIds/{at}", "unit-unknown") for at, one in enumerate(asked.unit_ids) if one not in known
    ]
    errors += chair_faults(asked, await leaders_on(session, on), on=on)
    if errors:
        raise Unprocessable(errors=errors)


def chair_faults(asked: MeetingIn, leaders: list[str], *, on: date) -> list[FieldError]:
    """The group leader is in the chair; anybody else needs a delegation on record, given before the meeting (R50)."""
    if asked.chair.strip() in leaders:
        return [FieldError("/delegation", "delegation-idle")] if asked.delegation.strip() else []
    errors = []
    if not asked.delegation.strip():
        errors.append(FieldError("/delegation", "delegation-needed"))
    if asked.delegated_on is None or asked.delegated_on > on:
        errors.append(FieldError("/delegatedOn", "delegation-day"))
    return errors


async def leaders_on(session: AsyncSession, on: date) -> list[str]:
    """The names of those who hold the group leader's post on a date."""
    held = [one.person_id for one in await role_recipients(session, roles.GROUP_LEADER, on)]
    names = dict((await session.execute(select(Person.id, Person.name).where(Person.id.in_(held)))).all())
    return [names[person] for person in held]


async def _call_units(session: AsyncSession, meeting_id: str, unit_ids: list[str]) -> None:
    """Those that stay keep what stands about them already."""
    wanted = list(dict.fromkeys(unit_ids))
    gone = delete(MeetingUnit).where(MeetingUnit.meeting_id == meeting_id, MeetingUnit.unit_id.not_in(wanted))
    await session.execute(gone)
    known = set(await session.scalars(select(MeetingUnit.unit_id).where(MeetingUnit.meeting_id == meeting_id)))
    session.add_all(MeetingUnit(meeting_id=meeting_id, unit_id=one) for one in wanted if one not in known)
    await session.flush()


async def hold_meeting(session: AsyncSession, meeting_id: str, asked: Hold, *, me: Actor) -> Meeting:
    """It took place. Without an issued notice the office says how it was called.

    Raises NotFound, MeetingVersionDiffers, MeetingStepRefused, Unprocessable.
    """
    meeting = await locked(session, meeting_id)
    if meeting.held_at is not None:
        return meeting
    state = await check_step(session, meeting, "hold", asked.version)
    errors = []
    if meeting.starts_at > clock.now():
        errors.append(FieldError("/startsAt", "meeting-ahead"))
    if state == "planned" and not asked.called_otherwise.strip():
        errors.append(FieldError("/calledOtherwise", "calling-needed"))
    if errors:
        raise Unprocessable(errors=errors)
    meeting.held_at, meeting.called_otherwise = clock.now(), asked.called_otherwise.strip()
    keep(session, meeting, "hold_meeting", {"calledOtherwise": meeting.called_otherwise}, me=me)
    return meeting


async def cancel_meeting(session: AsyncSession, meeting_id: str, asked: Cancel, *, me: Actor) -> Meeting:
    """It does not take place. Raises NotFound, MeetingVersionDiffers, MeetingStepRefused."""
    meeting = await locked(session, meeting_id)
    if meeting.cancelled_at is not None:
        return meeting
    await check_step(session, meeting, "cancel", asked.version)
    meeting.cancelled_at, meeting.cancel_reason = clock.now(), asked.reason.strip()
    keep(session, meeting, "cancel_meeting", {"reason": meeting.cancel_reason}, me=me)
    return meeting


async def locked(session: AsyncSession, meeting_id: str) -> Meeting:
    """A meeting, locked. Raises NotFound."""
    meeting = await session.get(Meeting, meeting_id, with_for_update=True)
    if meeting is None:
        raise NotFound
    return meeting


async def check_step(session: AsyncSession, meeting: Meeting, action: Any, version: int | None) -> str:
    """The state of a meeting in which an action is allowed. Raises MeetingVersionDiffers, MeetingStepRefused."""
    if version is not None and version != meeting.version:
        raise MeetingVersionDiffers
    state = (await reading.states_of(session, [meeting]))[meeting.id]
    if action not in ACTIONS[state]:
        raise MeetingStepRefused
    return state


def keep(session: AsyncSession, meeting: Meeting, action: str, detail: dict[str, Any], *, me: Actor) -> None:
    """Count the change up and write it down."""
    meeting.version += 1
    audit.record(session, actor=me, action=action, subject=("meeting", meeting.id), detail=detail)
