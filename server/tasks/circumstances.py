"""What a step is taken under."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from server import clock
from server.auth.actor import Actor, System
from server.org.rules import Rules
from server.org.working_days import WorkCalendar
from server.tasks.workflow import TaskFacts


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Who takes the step, when, on which calendar, under which settings, and on what facts it was allowed."""

    me: Actor | System
    now: datetime
    calendar: WorkCalendar
    rules: Rules
    facts: TaskFacts

    @property
    def today(self) -> date:
        return clock.shanghai_date(self.now)
