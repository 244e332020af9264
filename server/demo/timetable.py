"""From "the fifth working day of last month, at ten past nine" to an instant. Pure: the present is handed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from server import clock
from server.demo.story import After, Ago, InMonth, JustNow, Story
from server.org.working_days import WorkCalendar

_OPENS, _CLOSES = time(11, 0), time(17, 0)


@dataclass(frozen=True, slots=True)
class Timetable:
    """Counts from one present instant on one working-day calendar."""

    now: datetime
    calendar: WorkCalendar

    @property
    def today(self) -> date:
        return clock.shanghai_date(self.now)

    def inspection(self, when: InMonth | Ago | JustNow, at: str) -> datetime:
        """When an inspection ended."""
        if isinstance(when, JustNow):
            return self._end_of_work() - timedelta(minutes=when.minutes)
        on = self._nth(when) if isinstance(when, InMonth) else self.before(self.today, when.working_days)
        return instant(on, at)

    def step(self, when: After | Ago, at: str, *, inspected_at: datetime) -> datetime:
        """When a step was taken on what an inspection found."""
        if isinstance(when, Ago):
            return instant(self.before(self.today, when.working_days), at)
        return instant(self.calendar.add_working_days(clock.shanghai_date(inspected_at), when.working_days), at)

    def ago(self, working_days: int, at: str) -> datetime:
        """A time of day so many working days before today."""
        return self.inspection(Ago(working_days), at)

    def after(self, story: Story, working_days: int, at: str) -> datetime:
        """A time of day so many working days after the inspection of a story."""
        return self.step(After(working_days), at, inspected_at=self.inspection(story.when, story.at))

    def first_of_month(self, months_ago: int) -> date:
        """The first day of the month that lies so many months back."""
        on = self.today.replace(day=1)
        for _ in range(months_ago):
            on = (on - timedelta(days=1)).replace(day=1)
        return on

    def before(self, on: date, working_days: int) -> date:
        """The date so many working days before another, which is itself not counted."""
        while working_days > 0:
            on -= timedelta(days=1)
            working_days -= self.calendar.is_working_day(on)
        return on

    def _nth(self, when: InMonth) -> date:
        """The n-th working day of a month, or its last one."""
        first = self.first_of_month(when.months_ago)
        wanted = self.calendar.add_working_days(first - timedelta(days=1), when.working_day)
        return min(wanted, self.calendar.last_working_day_of_month(first))

    def _end_of_work(self) -> datetime:
        """Now on a working day from eleven to five; else five o'clock of the last working day."""
        local = self.now.astimezone(clock.SHANGHAI)
        if self.calendar.is_working_day(self.today) and local.time() >= _OPENS:
            return min(self.now, instant(self.today, f"{_CLOSES:%H:%M}"))
        return instant(self.before(self.today, 1), f"{_CLOSES:%H:%M}")


def instant(on: date, at: str) -> datetime:
    """A Shanghai date and time of day such as `09:10`."""
    return datetime.combine(on, time.fromisoformat(at), clock.SHANGHAI)
