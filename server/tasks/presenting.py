"""Turns rows into what travels, a whole page at a time, so that a list costs the same few queries at any size."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.checklists import TemplateVersion
from schemas.rechecks import RecheckRef
from schemas.tasks import MarkedPhoto, TaskOut, TaskPersons, TaskSource
from schemas.wire import Position
from server import clock
from server.auth.actor import Actor
from server.checklists import versions
from server.org import calendar
from server.org.settings import current_rules
from server.org.working_days import WorkCalendar
from server.tasks import deadlines, lookups, workflow
from server.tasks.persons import persons_of
from storage.database.models import Finding, Site, Task, TaskAction


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, in which language, on which day."""

    me: Actor
    language: str
    today: date
    calendar: WorkCalendar
    strict: bool

    @property
    def actor_facts(self) -> workflow.ActorFacts:
        return workflow.ActorFacts(self.me.person_id, self.me.role, self.me.unit_id, self.me.seat_unit_id)

    def only_watches(self, unit_id: str) -> bool:
        """Whether this person sees a task of that unit only because theirs supervises or cooperates (R12)."""
        return self.me.is_unit and self.me.unit_id != unit_id


async def reader_for(session: AsyncSession, me: Actor, language: str) -> Reader:
    """The reader of a page, with the calendar that it counts on."""
    rules = await current_rules(session)
    return Reader(me, language, clock.today(), await calendar.load(session), rules.strict_verification)


async def task_facts(session: AsyncSession, tasks: Sequence[Task]) -> dict[str, workflow.TaskFacts]:
    """What steps depend on, for each task: who fixed it, who found it, whether a sighting waits."""
    ids = [task.id for task in tasks]
    fixers: dict[str, set[str]] = defaultdict(set)
    done = select(TaskAction.task_id, TaskAction.actor_id).where(
        TaskAction.task_id.in_(ids), TaskAction.action.in_(("reply", "progress")), TaskAction.accepted.is_(True)
    )
    for task_id, person_id in await session.execute(done):
        fixers[task_id].add(person_id or "")
    finders: dict[str, set[str]] = defaultdict(set)
    drafts: set[str] = set()
    seen = select(Finding.task_id, Finding.finder_id, Finding.status).where(Finding.task_id.in_(ids))
    for task_id, person_id, status in await session.execute(seen):
        finders[task_id].add(person_id)
        if status == "draft":
            drafts.add(task_id)
    return {
        task.id: workflow.TaskFacts(
            status=task.status,
            unit_id=task.unit_id,
            fixers=frozenset(fixers[task.id]),
            finders=frozenset(finders[task.id]),
            has_draft_findings=task.id in drafts,
            is_acknowledged=task.acknowledged_at is not None,
            extension_waits=task.extension_asked_at is not None,
        )
        for task in tasks
    }


async def present_tasks(session: AsyncSession, tasks: Sequence[Task], reader: Reader) -> list[TaskOut]:
    """Tasks as they travel, in the order given."""
    facts = await task_facts(session, tasks)
    sites = await lookups.sites(session, [task.site_id for task in tasks])
    units = await lookups.unit_names(session, [task.unit_id for task in tasks])
    places = await lookups.places(session, tasks)
    known = await versions.by_ids(session, [t.template_version_id for t in tasks if t.template_version_id])
    photos = await lookups.photos_of(session, [task.id for task in tasks])
    persons = await persons_of(session, tasks, sites, reader.today)
    rechecks = await lookups.rechecks_of(session, [task.id for task in tasks])
    return [
        _task_out(
            task,
            reader,
            facts[task.id],
            _Beside(
                site=sites.get(task.site_id or ""),
                place=places[task.id],
                unit_name=units[task.unit_id],
                version=known.get(task.template_version_id or ""),
                before=photos.before[task.id],
                after=photos.after[task.id],
                marked=photos.marked.get(task.id, []),
                recheck=rechecks.get(task.id),
                persons=persons[task.id],
            ),
        )
        for task in tasks
    ]


@dataclass(frozen=True, slots=True)
class _Beside:
    """What one task is shown with; photos by their hashes."""

    site: Site | None
    place: str
    unit_name: str
    version: TemplateVersion | None
    before: list[str]
    after: list[str]
    marked: list[MarkedPhoto]
    recheck: RecheckRef | None
    persons: TaskPersons


def _task_out(task: Task, reader: Reader, facts: workflow.TaskFacts, beside: _Beside) -> TaskOut:
    site, version = beside.site, beside.version
    replied_on = clock.shanghai_date(task.replied_at) if task.replied_at else None
    asked_on = clock.shanghai_date(task.extension_asked_at) if task.extension_asked_at else None
    counted_on = deadlines.day_of_the_clock(reader.today, asked_on)
    awaits = deadlines.awaits_activity(task.status, task.closing)
    label, basis = item_words(version, task.item_code, reader.language) if version and task.item_code else ("", "")
    return TaskOut(
        id=task.id,
        number=task.number,
        origin=task.origin,
        source=source_out(task),
        site_id=task.site_id,
        site_name=beside.place,
        site_kind=site.kind if site else None,
        position=Position(lat=site.lat, lon=site.lon) if site else None,
        item=task.item_code,
        item_label=label,
        problem=task.problem,
        requirement=task.requirement,
        basis=basis,
        status=task.status,
        rung=task.rung,
        severity=task.severity,
        unit_id=task.unit_id,
        unit_name=beside.unit_name,
        institution=task.institution,
        due_on=task.due_on,
        due_provisional=task.due_provisional,
        days_left=deadlines.days_left(task.status, task.due_on, today=counted_on, calendar=reader.calendar),
        overdue=not awaits
        and not reader.only_watches(task.unit_id)
        and deadlines.is_overdue(task.status, task.due_on, today=counted_on, replied_on=replied_on),
        return_count=task.return_count,
        return_proposed=task.return_proposed,
        is_relapse=task.relapse_of_id is not None,
        extension_until=task.extension_until_on,
        extension_reason=task.extension_reason,
        acknowledged_at=task.acknowledged_at,
        resolver=task.resolver,
        persons=beside.persons,
        closing=task.closing,
        awaits_activity=awaits,
        version=task.version,
        actions=list(workflow.allowed_actions(facts, reader.actor_facts, strict=reader.strict)),
        before_photos=beside.before,
        after_photos=beside.after,
        marked_photos=beside.marked,
        created_at=task.created_at,
        updated_at=task.updated_at,
        confirmed_at=task.confirmed_at,
        replied_at=task.replied_at,
        closed_at=task.closed_at,
        closed_kind=task.closed_kind,
        recheck=beside.recheck,
    )


def source_out(task: Task) -> TaskSource | None:
    """Where an assigned task comes from; None for what an inspection found."""
    if task.origin == "inspection":
        return None
    return TaskSource(
        name=task.source_name,
        number=task.source_number,
        given_on=task.given_on,
        wants_letter=task.wants_letter,
        meeting_id=task.source_id if task.origin == "meeting" else None,
    )


def item_words(version: TemplateVersion, code: str, language: str) -> tuple[str, str]:
    """Label and basis of an item; for 未能入内 the template's own words."""
    item = versions.item_of(version, code)
    if item is None:
        return versions.words(version.no_access.label, language), ""
    return versions.words(item.label, language), item.basis
