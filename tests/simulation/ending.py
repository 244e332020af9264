"""New year's comparison of everything: where each task and letter ended, the numbers, the messages, the chain."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from server.audit.service import verify_chain
from storage.database.models import Feedback, Inspection, Message, Post, TaskAction
from tests.simulation.comparing import (
    CODES,
    MINUTES,
    compare_disqualified,
    compare_letters,
    compare_proposals,
    compare_tasks,
)
from tests.simulation.rules.tasks import DIGEST_HOUR, SHANGHAI, day_of
from tests.simulation.rules.tasks import Inspection as Seen
from tests.simulation.year import Year

Json = dict[str, Any]


async def check_ending(year: Year) -> None:
    """Raises Differences with whatever does not fit."""
    play = year.play
    await compare_proposals(year.town, play.letters, play.notes)
    await compare_tasks(year.town, play.tasks, play.notes)
    await compare_letters(year.town, play.letters, play.notes)
    await compare_disqualified(year.town, play.letters, play.notes, 2026, 2027)
    _numbers_of_letters(year, await year.town.pages("office", "/api/letters"))
    await _numbers_of_tasks(year)
    _one_letter_a_task(year)
    await _returns(year)
    async with year.town.district.database.reading() as session:
        if await verify_chain(session) is not None:
            play.notes.differ("audit", "chain", product="broken", rules="whole")
    await _digests(year)
    await _feedback(year)
    play.notes.check("the end of the year")


def _numbers_of_letters(year: Year, rows: list[Json]) -> None:
    """Each series of each year runs from 1 without a gap, in the order of the signatures (R49)."""
    series: dict[tuple[str, str], list[tuple[str, int]]] = defaultdict(list)
    for row in rows:
        if row["number"] is not None:
            code, rest = row["number"].split("〔")
            of_year, number = rest.rstrip("号").split("〕")
            series[code, of_year].append((row["signedOn"], int(number)))
            if row["signedOn"] and row["signedOn"][:4] != of_year:
                year.play.notes.differ(row["id"], "year of its number", product=of_year, rules=row["signedOn"])
    for (code, of_year), given in series.items():
        numbers = [number for _, number in sorted(given, key=lambda one: (one[0], one[1]))]
        if numbers != list(range(1, len(given) + 1)):
            year.play.notes.differ(code, f"numbers of {of_year}", product=numbers, rules=f"1…{len(given)}")
    assert {code for code, _ in series} <= {*CODES.values(), MINUTES}
    assert sum(len(given) for (code, _), given in series.items() if code == MINUTES) == year.gatherings.signed


async def _numbers_of_tasks(year: Year) -> None:
    """One series a year, given at the confirmation, without a gap."""
    rows = await year.town.pages("office", "/api/tasks")
    wanted = Counter(task.number_year for task in year.play.tasks.by_id.values() if task.number_year)
    found: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        if row["number"] is not None:
            of_year, number = row["number"].split("-")
            found[int(of_year)].append(int(number))
    for of_year in wanted.keys() | found.keys():
        if sorted(found[of_year]) != list(range(1, wanted[of_year] + 1)):
            year.play.notes.differ(
                "tasks", f"numbers of {of_year}", product=sorted(found[of_year]), rules=wanted[of_year]
            )


def _one_letter_a_task(year: Year) -> None:
    """No task stands twice in letters of one kind that live (R43)."""
    standing: Counter[tuple[str, str]] = Counter()
    for letter in year.play.letters.all():
        if letter.state != "cancelled" and not letter.closed:
            standing.update((letter.kind, task.id) for task in year.play.letters.open_tasks(letter))
    for (kind, task_id), count in standing.items():
        if count > 1:
            year.play.notes.differ(task_id, f"stands in {kind} letters", product=count, rules=1)


async def _returns(year: Year) -> None:
    """Each return is in the history once, however often it was sent."""
    async with year.town.district.database.reading() as session:
        steps = select(TaskAction.task_id).where(TaskAction.action == "return", TaskAction.accepted.is_(True))
        counts = Counter(await session.scalars(steps))
    for task in year.play.tasks.by_id.values():
        if counts[task.id] != task.returns:
            year.play.notes.differ(task.id, "returns in the history", product=counts[task.id], rules=task.returns)


async def _digests(year: Year) -> None:
    """Nobody gets two digests a day, and nothing is told twice (R39)."""
    async with year.town.district.database.reading() as session:
        messages = list(await session.scalars(select(Message)))
    days = Counter((one.person_id, day_of(one.delivered_at)) for one in messages if one.kind == "digest")
    for (person, on), count in days.items():
        if count > 1:
            year.play.notes.differ(person, f"digests on {on}", product=count, rules=1)
    keys = Counter((one.person_id, one.dedupe_key) for one in messages)
    for key, count in keys.items():
        if count > 1:
            year.play.notes.differ(str(key), "told", product=count, rules=1)
    severe = Counter(one.dedupe_key.split(":")[1] for one in messages if one.kind == "severe-found")
    for inspection in year.play.tasks.inspections.values():
        if inspection.severe != bool(severe[inspection.id]):
            told = severe[inspection.id]
            year.play.notes.differ(inspection.id, "severe findings told at once", product=told, rules=inspection.severe)


async def _feedback(year: Year) -> None:
    """Both posts of each unit were told within the digest's time, and reminded once if they did not read (R39, R6)."""
    async with year.town.district.database.reading() as session:
        rows = list(await session.scalars(select(Feedback)))
        states = dict((await session.execute(select(Inspection.id, Inspection.state))).all())
        posts = list(await session.scalars(select(Post)))
    held: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for post in posts:
        held[post.unit_id][post.role].add(post.person_id)
    by_inspection: dict[str, list[Feedback]] = defaultdict(list)
    for row in rows:
        by_inspection[row.inspection_id].append(row)
    for inspection in year.play.tasks.inspections.values():
        told = by_inspection[inspection.id]
        _told_to(year, inspection, told, held)
        if states[inspection.id] not in _states(inspection, told):
            year.play.notes.differ(inspection.id, "state", product=states[inspection.id], rules=inspection.state)
    for row in rows:
        _reminded(year, row)


def _told_to(year: Year, inspection: Seen, told: list[Feedback], held: dict[str, dict[str, set[str]]]) -> None:
    """Who must be told of an inspection, and by when."""
    if inspection.confirmed_at is None:
        if told:
            year.play.notes.differ(inspection.id, "fed back before it was confirmed", product=len(told), rules=0)
        return
    due = _first_digest(year, _digest_after(year, inspection.confirmed_at))
    confirmed = [one.task for one in inspection.sightings if one.state == "confirmed"]
    # What was voided, or was another unit's when the digest left, is told to that one and not to the first. A digest
    # may leave sooner than it must: what the calendar confirms goes with the digest of that very sweep.
    left_at = min((row.delivered_at for row in told if row.delivered_at is not None), default=due)
    asked = None if due is None or left_at is None else min(due, left_at)
    for unit in {task.unit_at(asked) for task in confirmed} if asked else set():
        both = held[unit]["unit_leader"] | held[unit]["data_officer"]
        if not held[unit]["unit_leader"] or not held[unit]["data_officer"]:
            both = both | held[unit]["liaison"]
        wanted = both or held_by(held, "office")
        rows = [row for row in told if row.unit_id == unit]
        if {row.person_id for row in rows} != wanted:
            people = sorted(row.person_id for row in rows)
            year.play.notes.differ(inspection.id, f"fed back to {unit}", product=people, rules=sorted(wanted))
        for row in rows:
            late = due is not None and row.capacity != "paper" and (row.delivered_at is None or row.delivered_at > due)
            if late:
                year.play.notes.differ(inspection.id, "feedback delivered", product=row.delivered_at, rules=f"by {due}")


def held_by(held: dict[str, dict[str, set[str]]], role: str) -> set[str]:
    return {person for posts in held.values() for person in posts[role]}


def _states(inspection: Seen, told: list[Feedback]) -> tuple[str, ...]:
    if inspection.state == "submitted":
        return ("submitted",)
    if told and any(row.delivered_at is None for row in told):
        return ("confirmed",)
    # Between the confirmation and the sweep that sees it nothing has been written down yet.
    return ("confirmed", "fed_back") if not told else ("fed_back",)


def _digest_after(year: Year, at: datetime) -> datetime:
    """The digest hour that follows an instant: of its own day where that is worked, else of the next that is."""
    workdays, on = year.play.workdays, day_of(at)
    if not workdays.works(on) or at > datetime.combine(on, time(DIGEST_HOUR), SHANGHAI):
        on = workdays.after(on, 1)
    return datetime.combine(on, time(DIGEST_HOUR), SHANGHAI)


def _first_digest(year: Year, at: datetime) -> datetime | None:
    """The end of the first sweep that may send what was due at an instant. After an outage that is late, but never on
    the morning of a working day, which has a digest of its own: one a day and person (R39).
    """
    for one in year.town.swept_at:
        on = day_of(one)
        has_its_own = year.play.workdays.works(on) and one < datetime.combine(on, time(DIGEST_HOUR), SHANGHAI)
        if one >= at and not has_its_own:
            return one + timedelta(minutes=1)
    return None


def _first_sweep(year: Year, at: datetime) -> datetime | None:
    """The end of the first sweep at or after an instant; after an outage that is late."""
    after = [one for one in year.town.swept_at if one >= at]
    return after[0] + timedelta(minutes=1) if after else None


def _reminded(year: Year, row: Feedback) -> None:
    """Unread after a working day: one reminder, at the digest hour."""
    if row.capacity == "paper" or row.delivered_at is None:
        return
    on = year.play.workdays.after(day_of(row.delivered_at), 1)
    sweep = _first_sweep(year, datetime.combine(on, time(DIGEST_HOUR), SHANGHAI))
    if sweep is None:
        return
    unread = row.read_at is None or row.read_at > sweep
    in_time = row.reminded_at is not None and row.reminded_at <= sweep
    if unread != in_time and not (row.read_at and row.reminded_at):
        year.play.notes.differ(
            row.id,
            f"reminded (delivered {row.delivered_at}, read {row.read_at})",
            product=row.reminded_at,
            rules=unread,
        )
