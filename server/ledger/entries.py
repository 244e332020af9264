"""One row of the ledger, as facts; and what of it is reckoned: how late it is, which lamp it shows. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, Literal

from server.org.working_days import WorkCalendar

Lamp = Literal["green", "amber", "red", "none"]
AMBER_DAYS: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """What the clock of a task depends on. `answered_on` is the day of the reply, else of the strike-off.

    `counted_on` is the day that the clock shows; a unit that only watches is never late (R12).
    """

    status: str
    due_on: date
    counted_on: date
    answered_on: date | None
    only_watched: bool = False

    def days_late(self, calendar: WorkCalendar) -> int:
        """Working days between the limit and the answer, or today where none has come; 0 where in time."""
        if self.only_watched or self.status in ("draft", "void"):
            return 0
        end = self.answered_on if self.status in ("replied", "closed") else self.counted_on
        if end is None or end <= self.due_on:
            return 0
        return max(calendar.working_days_between(self.due_on, end), 1)

    def lamp(self, calendar: WorkCalendar) -> Lamp:
        """Green when struck off, red when overdue, amber with two working days left or fewer."""
        if self.status == "closed":
            return "green"
        if self.days_late(calendar):
            return "red"
        if self.status != "open" or self.only_watched:
            return "none"
        return "amber" if calendar.working_days_between(self.counted_on, self.due_on) <= AMBER_DAYS else "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A letter that the task stands in: its number, and the reply that it asks for."""

    number: str
    reply_due_on: date | None = None
    replied_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """The last verification: a strike-off or a return."""

    by: str
    at: datetime
    result: Literal["strike_off", "return"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A task as the ledger tells it. Hashes of photos, the oldest first."""

    number: str
    origin: str
    found_at: datetime
    site: str
    problem: str
    item_code: str
    severity: str
    unit: str
    institution: str
    leaders: str
    responsible: str
    requirement: str
    measure: str
    due_on: date
    replied_at: datetime | None
    done: str
    return_count: int
    status: str
    closed_kind: str | None
    closed_by: str
    closed_at: datetime | None
    days_late: int
    lamp: Lamp
    assignment: Paper | None = None
    supervision: Paper | None = None
    check: Check | None = None
    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    no_photo_reason: str = ""
    provisional: bool = False
    is_relapse: bool = False
    asks_extension: bool = False
    void_reason: str = ""
    steps: list[Step] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One accepted step of a task's history."""

    at: datetime
    by: str
    unit: str
    action: str
    text: str
    due_on: str = ""
