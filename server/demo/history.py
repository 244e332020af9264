"""Lets the demo district live through its past: by the use cases of the product, at the instants of the script."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.checklists import TemplateVersion
from schemas.inspections import AnswerIn, DeviceIn, FixIn, InspectionIn, ShotIn
from schemas.shots import StepFix, StepShot
from schemas.tasks import TaskStep
from server import clock, ids
from server.auth.actor import Actor, System
from server.checklists import versions
from server.demo.album import Album, date_back
from server.demo.answers import in_order
from server.demo.people import PEOPLE
from server.demo.script import Event, HandedIn, Stepped, Taken
from server.demo.story import MonthsBefore, Story
from server.inspections import grounds
from server.inspections.confirming import confirm_inspection
from server.inspections.service import Sending, submit_inspection
from server.inspections.sweeping import confirms_at
from server.org.rules import Rules
from server.org.working_days import WorkCalendar
from server.tasks.service import step_within
from storage.database.models import Person, PhotoUse, Site, Unit

_ON_ITS_WAY = timedelta(minutes=3)
_DEVICE = DeviceIn(id="demo-phone", app_version="demo")
_DOER = System(client="demo")


@dataclass(slots=True)
class Past:
    """Who and what there is, and the task that each fault became: by story and item."""

    album: Album
    calendar: WorkCalendar
    rules: Rules
    actors: dict[str, Actor]
    sites: dict[str, Site]
    templates: dict[str, TemplateVersion]
    tasks: dict[tuple[Story, str], str] = field(default_factory=dict)


async def open_past(session: AsyncSession, album: Album, calendar: WorkCalendar) -> Past:
    """Look up the loaded district."""
    return Past(
        album=album,
        calendar=calendar,
        rules=Rules(),
        actors=await _actors(session),
        sites={site.code: site for site in await session.scalars(select(Site))},
        templates={version.code: version for version in await versions.current(session)},
    )


async def _actors(session: AsyncSession) -> dict[str, Actor]:
    people = {row.login: row.id for row in await session.scalars(select(Person))}
    units = {row.code: row for row in await session.scalars(select(Unit))}
    actors = {}
    for person in PEOPLE:
        unit_code, role = person.posts[0]
        unit = units[unit_code]
        actors[person.login] = Actor(
            person_id=people[person.login],
            login=person.login,
            name=person.name,
            role=role,
            roles=tuple(post[1] for post in person.posts),
            unit_id=unit.id,
            unit_name=unit.name,
            seat_unit_id=unit.seated_in_id,
            session_id="",
            client=_DOER.client,
        )
    return actors


async def live_through(session: AsyncSession, past: Past, events: list[Event], *, now: datetime) -> None:
    """Let everything of the script happen, in its order."""
    for event in events:
        if isinstance(event, HandedIn):
            await _hand_in(session, past, event, now=now)
        else:
            await _step(session, past, event)


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
    if not taken.findings and settled_at < now:
        await confirm_inspection(session, taken.id, by=_DOER, at=settled_at)


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
