"""The ladder: which task has earned which letter, and why (R42–R47). Pure: `today`, calendar and rules are arguments.

Feedback comes before the ladder and is no rung of it. Nothing here issues anything: it proposes, with its reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from server.org.rules import Rules
from server.org.working_days import WorkCalendar

Trigger = Literal["added", "no_progress", "unstable"]
Ground = Literal["silent", "unfixed"]
Status = Literal["draft", "open", "replied", "closed", "void"]

ADDED_ORIGINS = frozenset({"superior", "leader", "office"})
"""临时调整增加: added outside the plan; never what a finding made (R43a). A meeting's only where 发函 was ticked;
a complaint has a clock of its own, and the rows of an old ledger were assigned before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskFacts:
    """What of a task the ladder looks at. `resting` while an extension waits for the office or a next activity for its
    day: clock and ladder stand still (R41); `rests` are the spans for which they stood still before. `in_letter` while
    an assignment letter that lists it is open.
    """

    id: str
    unit_id: str
    status: Status
    due_on: date
    confirmed_on: date
    progressed_on: date | None = None
    origin: str = "inspection"
    send_letter: bool = False
    is_relapse: bool = False
    return_count: int = 0
    resting: bool = False
    rests: tuple[tuple[date, date], ...] = ()
    in_letter: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """What of an issued letter the ladder looks at. Dates are Shanghai dates.

    `communicated_on` is a request for more time (沟通); `agreed_until` the later date that the office then gave;
    `task_deadlines` the 整改时限 of each task that is not struck off or void, not at rest and in no 督办函 yet;
    `returned_twice` of those, the ids of which a reply came back twice since the issue.
    """

    id: str
    unit_id: str
    issued_on: date
    reply_due_on: date
    replied_on: date | None = None
    communicated_on: date | None = None
    agreed_until: date | None = None
    task_deadlines: Mapping[str, date] = field(default_factory=dict)
    returned_twice: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisionFacts:
    """What of an issued supervision letter the last rung looks at."""

    id: str
    unit_id: str
    due_on: date
    progress_accepted_on: date | None = None
    open_tasks: frozenset[str] = frozenset()
    has_approval: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a task earned an assignment letter; `days` are the working days that the words speak of."""

    task_id: str
    trigger: Trigger
    days: int = 0


@dataclass(frozen=True, slots=True)
class Batch:
    """One assignment letter to be: all of a unit's tasks that earned one, each with its reason (R43)."""

    unit_id: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class SupervisionProposal:
    """A supervision letter to be, with its ground and the working days since the date that passed (R46)."""

    letter_id: str
    unit_id: str
    ground: Ground
    overdue_days: int
    tasks: tuple[str, ...]


def trigger_of(task: TaskFacts, *, today: date, calendar: WorkCalendar, rules: Rules) -> Reason | None:
    """Why this task has earned an assignment letter today, or None (R43).

    In the order of weight: (c) 整改效果不稳, (b) 没有进展, (a) 临时调整增加. A resting task earns nothing.
    """
    if task.status != "open" or task.resting or task.in_letter:
        return None
    if task.is_relapse or task.return_count > 0:
        return Reason(task.id, "unstable")
    stalled = _stalled_days(task, today=today, calendar=calendar, rules=rules)
    if stalled is not None:
        return Reason(task.id, "no_progress", stalled)
    if task.origin in ADDED_ORIGINS or (task.origin == "meeting" and task.send_letter):
        return Reason(task.id, "added")
    return None


def _stalled_days(task: TaskFacts, *, today: date, calendar: WorkCalendar, rules: Rules) -> int | None:
    """没有进展 (R43b): past due without reply, or, where the limit is long, no progress entry in half of it."""
    if today > task.due_on:
        return calendar.working_days_between(task.due_on, today)
    limit = _running_days(task, task.confirmed_on, task.due_on, calendar)
    if limit <= rules.no_progress_limit_days:
        return None
    since = max(task.confirmed_on, task.progressed_on or task.confirmed_on)
    silent = _running_days(task, since, today, calendar)
    return silent if silent * rules.no_progress_share_divisor > limit else None


def _running_days(task: TaskFacts, start: date, end: date, calendar: WorkCalendar) -> int:
    """Working days from `start` to `end` without those for which the clock stood still (R41)."""
    still = sum(calendar.working_days_between(max(first, start), last) for first, last in task.rests if last > start)
    return calendar.working_days_between(start, end) - still


def propose_assignments(
    tasks: Iterable[TaskFacts], *, today: date, calendar: WorkCalendar, rules: Rules
) -> list[Batch]:
    """One batch a unit, never a flood: every task that earned a letter, in the order of its deadline (R43)."""
    by_unit: dict[str, list[tuple[date, Reason]]] = {}
    for task in tasks:
        reason = trigger_of(task, today=today, calendar=calendar, rules=rules)
        if reason is not None:
            by_unit.setdefault(task.unit_id, []).append((task.due_on, reason))
    return [
        Batch(unit_id, tuple(reason for _, reason in sorted(reasons, key=lambda pair: (pair[0], pair[1].task_id))))
        for unit_id, reasons in sorted(by_unit.items())
    ]


def supervision_ground(letter: LetterFacts, *, today: date) -> tuple[Ground, date] | None:
    """The ground that a letter gives for a supervision letter today, with the date that passed, or None (R46).

    Either communication or reply in time prevents 未沟通、未回复; communication without reply gets the agreed later
    date, if one was agreed. 未销号: a 整改时限 passed without strike-off, or a reply was returned twice, whatever the
    letter itself was answered.
    """
    if not letter.task_deadlines:
        return None
    if letter.replied_on is None:
        in_time = letter.communicated_on is not None and letter.communicated_on <= letter.reply_due_on
        limit = letter.agreed_until if in_time else letter.reply_due_on
        if limit is not None and today > limit:
            return "silent", limit
    late = [due_on for due_on in letter.task_deadlines.values() if today > due_on]
    if late:
        return "unfixed", min(late)
    if letter.returned_twice:
        return "unfixed", today
    return None


def propose_supervision(
    letters: Iterable[LetterFacts], *, today: date, calendar: WorkCalendar
) -> list[SupervisionProposal]:
    """Every open assignment letter with a ground for 督办, with its overdue statutory working days (R46)."""
    proposals = []
    for letter in letters:
        found = supervision_ground(letter, today=today)
        if found is not None:
            ground, passed_on = found
            days = calendar.working_days_between(passed_on, today)
            tasks = tuple(sorted(letter.task_deadlines))
            proposals.append(SupervisionProposal(letter.id, letter.unit_id, ground, days, tasks))
    return proposals


def earns_report(letter: SupervisionFacts, *, today: date) -> bool:
    """督办仍无进展: the deadline of the 督办函 passed without a progress entry that the office accepted (R47)."""
    if letter.has_approval or not letter.open_tasks:
        return False
    return today > letter.due_on and letter.progress_accepted_on is None
