"""The year, day by day: who is up, when the calendar is swept, and the comparison each evening."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from server import clock
from tests.simulation.acting import Play
from tests.simulation.clerks import Clerks
from tests.simulation.comparing import compare_letters, compare_proposals, compare_tasks
from tests.simulation.differing import Notebook
from tests.simulation.gathering import Gatherings
from tests.simulation.inspecting import Inspectors
from tests.simulation.people import Reviewers, Units
from tests.simulation.reading import Readers
from tests.simulation.rules.letters import Letters
from tests.simulation.rules.tasks import Tasks
from tests.simulation.rules.workdays import Workdays
from tests.simulation.town import Town

NOTICE_OF_2027 = date(2026, 12, 9)
# Invented: nobody knows the notice yet. It differs from what the festivals alone would give.
OFF_2027 = [date(2027, 1, 1), date(2027, 1, 4)] + [date(2027, 2, day) for day in (5, 8, 9, 10, 11, 12)]
WORKED_2027 = [date(2027, 1, 9), date(2027, 2, 20)]


@dataclass
class Weather:
    """When nobody sweeps, and when a replica is down. Drawn before the year begins."""

    unswept: set[date] = field(default_factory=set)
    down: dict[date, int] = field(default_factory=dict)

    @classmethod
    def drawn(cls, dice: random.Random, first: date, last: date, replicas: int) -> Weather:
        made = cls()
        days = (last - first).days
        for _ in range(max(2, days // 40)):
            start = first + timedelta(days=dice.randrange(days))
            made.unswept |= {start + timedelta(days=n) for n in range(dice.randrange(1, 5))}
        for _ in range(days // 45 if replicas > 1 else 0):
            start, which = first + timedelta(days=dice.randrange(days)), dice.randrange(replicas)
            made.down |= {start + timedelta(days=n): which for n in range(dice.randrange(1, 4))}
        return made


class Year:
    """A simulated year of one district."""

    def __init__(
        self, town: Town, *, seed: int, findings: int, each_evening: bool, tell: Callable[[str], None]
    ) -> None:
        dice = random.Random(seed)
        workdays = Workdays()
        tasks = Tasks(workdays)
        notes = Notebook()
        notes.seed = seed
        self.town = town
        self._findings = findings
        self._each_evening = each_evening
        self._tell = tell
        self.play = Play(town, workdays, tasks, Letters(tasks), dice, notes, units={})
        self.readers = Readers(self.play)
        self.gatherings = Gatherings(self.play)

    async def play_through(self, first: date, last: date) -> None:
        """Every day from `first` to `last`. Raises Differences on the evening of the first day that differs."""
        play = self.play
        pack = await self.town.get("inspector", "/api/phone")
        play.units |= {unit["name"]: unit["id"] for unit in pack["units"]}
        play.units.update({unit["name"]: unit["id"] for unit in await self.town.get("office", "/api/units")})
        self.inspectors = Inspectors(play, pack, self._findings)
        self.units = Units(play)
        self.reviewers, self.clerks = Reviewers(play, self.units), Clerks(play)
        weather = Weather.drawn(play.dice, first, last, len(self.town.replicas))
        day = first
        while day <= last:
            await self._day(day, weather)
            if day.day == 1:
                self._tell(f"{day}: {self.told()}")
            day += timedelta(days=1)

    async def _day(self, day: date, weather: Weather) -> None:
        town, play = self.town, self.play
        town.clock.set(day, 8, 30)
        town.up = [n for n in range(len(town.replicas)) if weather.down.get(day) != n]
        if day.day == 1 or not play.tasks.inspections:
            self.inspectors.plan(day)
        if day.day in (1, 15):
            await town.stay_signed_in()
        swept = day not in weather.unswept
        if swept and play.chance(0.15):
            await self.sweep()
        if not play.workdays.works(day):
            await self._day_off(day, swept=swept)
        else:
            await self._working_day(day, swept=swept)
        if day == NOTICE_OF_2027:
            await self._notice()
        if day == date(2026, 12, 31):
            await self._midnight(day)
        await self.compare(day)

    async def _working_day(self, day: date, *, swept: bool) -> None:
        town, play = self.town, self.play
        town.clock.set(day, 9, 15)
        await self.inspectors.late(day)
        await self.reviewers.review()
        town.clock.set(day, 10, 30)
        await self.inspectors.go(day)
        await self.units.day()
        town.clock.set(day, 14, 10)
        await self.reviewers.answer_requests()
        await self.reviewers.verify()
        await self.reviewers.second_thoughts()
        await self.reviewers.assign()
        await self.clerks.day()
        await self.gatherings.day()
        if play.chance(0.3):
            await self.units.trespass()
        town.clock.set(day, 16, 0)
        if swept:
            await self.sweep()
        town.clock.set(day, 17, 20)
        if play.chance(0.3):
            await self.reviewers.review()
        await self.readers.day()
        if swept and play.chance(0.1):
            town.clock.set(day, 21, 40)
            await self.sweep()

    async def _day_off(self, day: date, *, swept: bool) -> None:
        self.town.clock.set(day, 10)
        await self.inspectors.go(day)
        if self.play.chance(0.2):
            await self.units.day(lively=0.2)
        self.town.clock.set(day, 16, 30)
        if swept and self.play.chance(0.3):
            await self.sweep()

    async def sweep(self) -> None:
        """The calendar acts, in the product and in the model."""
        play = self.play
        now = clock.now()
        await self.town.sweep(at_once=play.chance(0.5))
        play.tasks.sweep(now)
        play.letters.sweep()

    async def _notice(self) -> None:
        """The state tells next year's holidays; what was only expected is counted anew."""
        body: dict[str, Any] = {
            "notice": "国办发明电〔2026〕9号",
            "daysOff": [day.isoformat() for day in OFF_2027],
            "daysWorked": [day.isoformat() for day in WORKED_2027],
        }
        answer = await self.town.ask("office", "PUT", "/api/calendar/2027", body)
        assert answer.status_code == 204, answer.text
        self.play.workdays.announce(2027, off=OFF_2027, worked=WORKED_2027)
        self.play.tasks.recount()

    async def _midnight(self, day: date) -> None:
        """The last signatures of a year and the first of the next, a minute apart."""
        play, town = self.play, self.town
        for kind in range(4):
            for letter in [one for one in play.letters.all() if one.state == "draft"][:4]:
                await self.clerks.review(letter)
            waiting = [one for one in play.letters.all() if one.state == "in_review"]
            if kind == 0:
                town.clock.set(day, 23, 59, 20)
            elif kind == 1:
                town.clock.set(day + timedelta(days=1), 0, 0, 10)
            for letter in waiting[: len(waiting) // 2 + 1]:
                await self.clerks.sign(letter)

    async def compare(self, day: date) -> None:
        """The evening's comparison: what is open each day (or each Thursday), everything on the first of a month."""
        play = self.play
        if not self._each_evening and day.day > 1 and day.weekday() != 3:
            return
        await compare_proposals(self.town, play.letters, play.notes)
        is_last = day.day == 1
        statuses = () if is_last else ("draft", "open", "replied")
        await compare_tasks(self.town, play.tasks, play.notes, *statuses)
        if is_last or play.workdays.works(day):
            await compare_letters(self.town, play.letters, play.notes)
        play.notes.check(f"evening of {day} ({day:%a})")

    def told(self) -> str:
        """What the year brought, in a line."""
        tasks, letters = self.play.tasks, self.play.letters
        statuses = Counter(task.status for task in tasks.by_id.values())
        kinds = Counter(letter.kind for letter in letters.all() if letter.number)
        parts = [f"{len(tasks.inspections)} inspections", f"{len(tasks.by_id)} tasks {dict(statuses)}"]
        parts += [f"numbered letters {dict(kinds)}", f"{len(letters.disqualified)} disqualifications"]
        parts += [f"{sum(task.relapse_of is not None for task in tasks.by_id.values())} relapses"]
        parts += [f"{sum(task.returns for task in tasks.by_id.values())} returns"]
        parts += [f"{tasks.by_activity} decided by the next activity", f"{self.gatherings.held} meetings"]
        parts += [f"{len(self.town.swept_at)} sweeps", f"{self.town.requests} requests", f"{self.play.refused} refused"]
        return ", ".join(parts)
