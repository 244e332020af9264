"""A month's figures for the circular, and the months that are owed one (R62). Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from schemas.tasks import Severity, TaskStatus
from server.documents.composing.circular import OpenProblem, UnitMonth
from server.org.working_days import WorkCalendar
from server.tasks.deadlines import day_of_the_clock, is_overdue

_EXAMPLES = 3
_LONGEST_EXAMPLE = 60
_WEIGHT: Mapping[Severity, int] = {"severe": 0, "major": 1, "minor": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenTask:
    """A task that a confirmed finding of the month was about, with Shanghai dates."""

    unit: str
    site: str
    problem: str
    severity: Severity
    status: TaskStatus
    due_on: date
    replied_on: date | None = None
    closed_on: date | None = None
    asked_on: date | None = None
    is_relapse: bool = False

    def is_late(self, today: date) -> bool:
        """Late, and not struck off."""
        day = day_of_the_clock(today, self.asked_on)
        return is_overdue(self.status, self.due_on, today=day, replied_on=self.replied_on)

    @property
    def closed_in_time(self) -> bool:
        """Struck off, and answered within the limit."""
        answered = self.replied_on or self.closed_on
        return self.status == "closed" and answered is not None and answered <= self.due_on


def by_unit(tasks: Iterable[SeenTask], units: Sequence[str], *, today: date) -> tuple[UnitMonth, ...]:
    """Each unit's month, in the order given; units of which nothing was found stand there too."""
    found: dict[str, list[SeenTask]] = {unit: [] for unit in units}
    for task in tasks:
        found.setdefault(task.unit, []).append(task)
    return tuple(_of_unit(unit, rows, today) for unit, rows in found.items())


def _of_unit(unit: str, rows: Sequence[SeenTask], today: date) -> UnitMonth:
    severities = Counter(row.severity for row in rows)
    worst = sorted(rows, key=lambda row: (not row.is_late(today), _WEIGHT[row.severity], row.due_on))
    examples = dict.fromkeys(f"{row.site}{row.problem}"[:_LONGEST_EXAMPLE] for row in worst)
    return UnitMonth(
        unit=unit,
        found=len(rows),
        closed=sum(row.status == "closed" for row in rows),
        closed_in_time=sum(row.closed_in_time for row in rows),
        overdue=sum(row.is_late(today) for row in rows),
        examples=tuple(examples)[:_EXAMPLES],
        severe=severities["severe"],
        major=severities["major"],
        minor=severities["minor"],
        relapses=sum(row.is_relapse for row in rows),
    )


def open_problems(tasks: Iterable[SeenTask], *, today: date, calendar: WorkCalendar) -> tuple[OpenProblem, ...]:
    """What is not struck off, the latest first."""
    rows = [task for task in tasks if task.status in ("open", "replied")]
    rows.sort(key=lambda row: (not row.is_late(today), row.due_on, _WEIGHT[row.severity], row.unit, row.site))
    return tuple(
        OpenProblem(
            site=row.site,
            problem=row.problem,
            unit=row.unit,
            severity=row.severity,
            due_on=row.due_on,
            replied=row.status == "replied",
            days_late=max(calendar.working_days_between(row.due_on, today), 1) if row.is_late(today) else 0,
        )
        for row in rows
    )


def praised(units: Iterable[UnitMonth]) -> tuple[str, ...]:
    """Units that may be named as examples: everything found was struck off in time, and nothing came back."""
    return tuple(
        one.unit for one in units if one.found and one.closed_in_time == one.found and not (one.overdue or one.relapses)
    )


def lagging(units: Iterable[UnitMonth]) -> tuple[str, ...]:
    """Units that may be named for being late: with overdue problems, the most overdue first."""
    late = sorted((one for one in units if one.overdue), key=lambda one: (-one.overdue, -one.found))
    return tuple(one.unit for one in late)


def months_owed(first: date | None, today: date, *, written: Mapping[str, int], a_month: int) -> list[str]:
    """The ended months (YYYY-MM) of the last twelve, from the first inspection's on, that have fewer circulars than
    they must have (R62); the newest first.
    """
    if first is None:
        return []
    owed = []
    year, month = today.year, today.month
    for _ in range(12):
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
        if (year, month) < (first.year, first.month):
            break
        name = f"{year}-{month:02d}"
        if written.get(name, 0) < a_month:
            owed.append(name)
    return owed
