"""Lets the demo district live through its past: by the use cases of the product, at the instants of the script."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from schemas.inspections import AnswerIn, DeviceIn, FixIn, InspectionIn, ShotIn
from schemas.shots import StepFix, StepShot
from schemas.tasks import TaskStep
from server import clock, ids
from server.demo.album import Album, date_back
from server.demo.answers import in_order
from server.demo.past import DOER, Deed, Past
from server.demo.script import Event, HandedIn, Stepped, Taken
from server.demo.story import MonthsBefore
from server.inspections import grounds
from server.inspections.confirming import confirm_inspection
from server.inspections.service import Sending, submit_inspection
from server.inspections.sweeping import confirms_at
from server.tasks.service import step_within
from storage.database.models import PhotoUse

_ON_ITS_WAY = timedelta(minutes=3)
_DEVICE = DeviceIn(id="demo-phone", app_version="demo")


async def live_through(session: AsyncSession, past: Past, events: Sequence[Event | Deed], *, now: datetime) -> None:
    """Let everything of the script happen, in its order."""
    for event in events:
        match event:
            case HandedIn():
                await _hand_in(session, past, event, now=now)
            case Stepped():
                await _step(session, past, event)
            case Deed():
                with clock.set_back(event.at):
                    await event.do(session, past)
                    await session.flush()


async def _hand_in(session: AsyncSession, past: Past, event: HandedIn, *, now: datetime) -> None:
    me, received_at = past.actors[event.story.who], event.at + _ON_ITS_WAY
    document = await _document(session, past, event)
    await past.album.deliver(session, event.photos, me=me, at=received_at)
    sending = Sending(device_time=received_at, author_id=me.person_id, received_at=received_at)
    taken, _ = await submit_inspection(session, ids.uuid7(), document, me=me, sending=sending)
    await date_back(session, PhotoUse.inspection_id == taken.id, at=received_at)
    for found in taken.findings:
        past.tasks[event.story, found.item] = found.task_id
    settled_at = confirms_at(
        clock.shanghai_date(received_at), days=past.rules.automatic_confirmation_days, work_calendar=past.calendar
    )
    is_reviewed = any(fault.steps for fault in event.story.faults)
    if not is_reviewed and settled_at < now:
        await confirm_inspection(session, taken.id, by=DOER, at=settled_at)


async def _document(session: AsyncSession, past: Past, event: HandedIn) -> InspectionIn:
    story, site = event.story, past.sites[event.story.site]
    others = [past.actors[login].person_id for login in ("inspector", "inspector2") if login != story.who]
    version = past.templates[story.template]
    return InspectionIn(
        site_id=site.id,
        template_version_id=version.id,
        started_at=event.started_at,
        finished_at=event.at,
        device=_DEVICE,
        answers=[] if story.no_access else await _answers(session, past, event),
        position=FixIn(lat=site.lat, lon=site.lon, accuracy_m=14.0, at=event.started_at),
        outcome="no_access" if story.no_access else "inspected",
        with_people=others,
        shots=[_shot(past.album, taken) for taken in event.photos.values()],
        guidance=story.guidance,
    )


async def _answers(session: AsyncSession, past: Past, event: HandedIn) -> list[AnswerIn]:
    story, site, on = event.story, past.sites[event.story.site], clock.shanghai_date(event.at)
    answers = in_order(
        past.templates[story.template],
        kind=site.kind,
        facts=site.facts,
        on=on,
        last=await grounds.last_answers(session, site.id, story.template),
    )
    for item, photos in story.item_photos:
        answers[item] = AnswerIn(item=item, value=None, photos=[past.album.sha256(photo) for photo in photos])
    for fault in story.faults:
        value = fault.value.on(on) if isinstance(fault.value, MonthsBefore) else fault.value
        hashes = [past.album.sha256(photo) for photo in fault.photos]
        answers[fault.item] = AnswerIn(
            item=fault.item, value=value, note=fault.note, photos=hashes, no_photo_reason=fault.no_photo
        )
    return list(answers.values())


def _shot(album: Album, taken: Taken) -> ShotIn:
    at, lat, lon = taken.moment.taken_at, taken.moment.lat, taken.moment.lon
    fix = None if lat is None or lon is None else FixIn(lat=lat, lon=lon, accuracy_m=11.0, at=at)
    return ShotIn(sha256=album.sha256(taken.photo), taken_at=at, source=taken.photo.source, fix=fix)


async def _step(session: AsyncSession, past: Past, event: Stepped) -> None:
    step, me = event.step, past.actors[event.step.who]
    on = clock.shanghai_date(event.at)
    sent = TaskStep(
        id=ids.uuid7(),
        at=event.at,
        action=step.action,
        text=step.text,
        measure=step.measure,
        reason=step.reason,
        note=step.note,
        due_on=None if step.due_in is None else past.calendar.add_working_days(on, step.due_in),
        until=None if step.until_in is None else past.calendar.add_working_days(on, step.until_in),
        photos=[past.album.sha256(photo) for photo in step.photos],
        shots=[_step_shot(past.album, taken) for taken in event.photos.values()],
    )
    await past.album.deliver(session, event.photos, me=me, at=event.at)
    task_id = past.tasks[event.story, event.fault.item]
    await step_within(session, sent, me=me, task_id=task_id, now=event.at)
    await date_back(session, PhotoUse.action_id == sent.id, at=event.at)


def _step_shot(album: Album, taken: Taken) -> StepShot:
    at, lat, lon = taken.moment.taken_at, taken.moment.lat, taken.moment.lon
    fix = None if lat is None or lon is None else StepFix(lat=lat, lon=lon, accuracy_m=11.0, at=at)
    return StepShot(sha256=album.sha256(taken.photo), taken_at=at, source=taken.photo.source, fix=fix)
