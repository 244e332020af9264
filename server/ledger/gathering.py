"""Tasks as entries of the ledger, a batch at a time."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from server import clock
from server.auth import roles
from server.auth.actor import Actor
from server.ledger.columns import words
from server.ledger.entries import Check, Clock, Entry, Step
from server.ledger.facts import Beside, Deed, beside, day_of
from server.org import calendar
from server.org.working_days import WorkCalendar
from server.tasks import deadlines
from server.tasks.origins import said_source
from server.tasks.queries import Wanted, task_page
from storage.database.engine import Database
from storage.database.models import Task

BATCH = 200
"""Tasks in memory at a time."""
_TEXTS = ("text", "reason", "note")


@dataclass(frozen=True, slots=True)
class _View:
    """Who reads, on which day, on which calendar."""

    me: Actor
    today: date
    calendar: WorkCalendar


async def batches(database: Database, me: Actor, wanted: Wanted, today: date) -> AsyncIterator[list[Entry]]:
    """The tasks that this person may see (R8), in batches by keyset. Raises Unprocessable for an unknown order.

    Each batch is a session of its own, so that nothing of the ones before is held, nor a transaction.
    """
    page = replace(wanted, sort=wanted.sort or "createdAt", cursor=None, limit=BATCH)
    async with database.reading() as session:
        days = await calendar.load(session)
    while True:
        async with database.reading() as session:
            tasks, following = await task_page(session, me, page)
            around = await beside(session, me, tasks, today)
            entries = _entries(tasks, around, _View(me, today, days))
        yield entries
        if following is None:
            return
        page = replace(page, cursor=following)


def _entries(tasks: Sequence[Task], around: Beside, view: _View) -> list[Entry]:
    return [_entry(task, around, view) for task in tasks]


def _entry(task: Task, around: Beside, view: _View) -> Entry:
    keeper = around.keepers.get(task.site_id or "", "")
    deeds = around.deeds.get(task.id, [])
    face = _clock(task, view)
    before = around.before.get(task.id, [])
    liaison = around.posts.get((task.unit_id, roles.LIAISON), "")
    return Entry(
        number=task.number or "",
        origin=task.origin,
        found_at=around.found_at.get(task.id) or _given_at(task),
        site=around.places[task.id],
        problem=task.problem,
        item_code=task.item_code or said_source(task),
        severity=task.severity,
        unit=around.units[task.unit_id],
        institution=task.institution,
        leaders=task.overseer or around.posts.get((task.unit_id, roles.UNIT_LEADER), ""),
        responsible=task.resolver or task.implementer or keeper or liaison,
        requirement=task.requirement,
        measure=_last(deeds, ("reply",), ("measure",)),
        due_on=task.due_on,
        replied_at=task.replied_at,
        done=_last(deeds, ("reply", "progress"), ("text",)),
        return_count=task.return_count,
        status=task.status,
        closed_kind=task.closed_kind,
        closed_by=around.people.get(task.closed_by or "", ""),
        closed_at=task.closed_at,
        days_late=face.days_late(view.calendar),
        lamp=face.lamp(view.calendar),
        assignment=around.papers.get((task.id, "assignment")),
        supervision=around.papers.get((task.id, "supervision")),
        check=_check(deeds) or _countersigned(task, around),
        before=before,
        after=around.after.get(task.id, []),
        no_photo_reason="" if before else around.reasons.get(task.id) or str(words()["no_photo"]),
        provisional=task.due_provisional and task.status in ("draft", "open", "replied"),
        is_relapse=task.relapse_of_id is not None,
        asks_extension=task.extension_asked_at is not None,
        void_reason=_last(deeds, ("void",), ("reason",)),
        steps=[_step(deed) for deed in deeds],
    )


def _given_at(task: Task) -> datetime:
    """When an assigned task was given; the day where no more is known."""
    return clock.start_of_day(task.given_on) if task.given_on else task.created_at


def _clock(task: Task, view: _View) -> Clock:
    return Clock(
        status=task.status,
        due_on=task.due_on,
        counted_on=deadlines.day_of_the_clock(view.today, day_of(task.extension_asked_at)),
        answered_on=day_of(task.replied_at or task.closed_at),
        only_watched=view.me.is_unit and view.me.unit_id != task.unit_id,
    )


def _last(deeds: Sequence[Deed], actions: tuple[str, ...], fields: tuple[str, ...]) -> str:
    """The words of the last such step, the first of these fields that says something."""
    for deed in reversed(deeds):
        if deed.step.action in actions:
            return next((str(deed.step.body[name]) for name in fields if deed.step.body.get(name)), "")
    return ""


def _check(deeds: Sequence[Deed]) -> Check | None:
    for deed in reversed(deeds):
        if deed.step.action == "strike_off":
            return Check(by=deed.person, at=deed.step.received_at, result="strike_off")
        if deed.step.action == "return":
            return Check(by=deed.person, at=deed.step.received_at, result="return")
    return None


def _countersigned(task: Task, around: Beside) -> Check | None:
    """What was put right on the spot was struck off by who saw it; there is no step of theirs (R40)."""
    if task.closed_kind != "on_spot" or task.closed_at is None:
        return None
    return Check(by=around.people.get(task.closed_by or "", ""), at=task.closed_at, result="strike_off")


def _step(deed: Deed) -> Step:
    body = deed.step.body
    return Step(
        at=deed.step.at,
        by=deed.person,
        unit=deed.unit,
        action=deed.step.action,
        text=next((str(body[name]) for name in _TEXTS if body.get(name)), ""),
        due_on=str(body.get("dueOn") or body.get("until") or ""),
    )
