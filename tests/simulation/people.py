"""How units, verifiers, the office and the leader behave on a working day. All of it is dice."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from server import clock
from tests.factories.inspections import new_id
from tests.simulation.acting import UNIT_OF, Play
from tests.simulation.rules.tasks import Task

Json = dict[str, Any]
TEMPERAMENTS = ("prompt", "late", "half", "asks", "never")
LEANING = {"区卫计局": "prompt", "田心街道": "late", "清水塘街道": "half", "区科协": "never"}


class Units:
    """The people of the responsible units."""

    def __init__(self, play: Play) -> None:
        self._play = play
        self._names = {unit_id: name for name, unit_id in play.units.items()}
        self._tempers: dict[str, str] = {}

    def temperament(self, task: Task) -> str:
        """Each unit leans to one temper, and each task draws its own."""
        if task.id not in self._tempers:
            leaning = LEANING.get(self._names.get(task.unit, ""), "never")
            drawn = self._play.dice.choice(TEMPERAMENTS)
            self._tempers[task.id] = leaning if self._play.chance(0.33) else drawn
        return self._tempers[task.id]

    async def day(self, *, lively: float = 1.0) -> None:
        """Every unit looks at what it owes."""
        for task in self._play.tasks.of_status("open"):
            logins = self._play.logins_of(task.unit)
            if logins and self._play.chance(lively):
                await self._look(task, self._play.dice.choice(logins))

    async def _look(self, task: Task, login: str) -> None:
        play = self._play
        late, left = play.today > task.due_on, play.workdays.between(play.today, task.due_on)
        mood = self.temperament(task)
        urged = 3 if task.rung == "supervision" else 1
        reply = {
            "prompt": 0.3,
            "late": 0.12 if late else 0.0,
            "half": 0.15,
            "asks": 0.2 if late or task.resting else 0.05,
            "never": 0.004 * urged,
        }[mood]
        if mood == "asks" and not late and left <= 3 and not task.resting and play.chance(0.5):
            await self._ask(task, login)
        elif play.chance(0.01):
            await self._ask(task, login)  # late as it may be
        if mood == "half" and play.chance(0.15):
            await self._progress(task, login)
        if play.chance(0.1):
            await self._acknowledge(task, login)
        if play.chance(reply):
            await self.reply(task, login)

    async def reply(self, task: Task, login: str) -> None:
        play, by, now = self._play, self._play.actor(login), clock.now()
        photos = [await play.town.photo(login)] if play.chance(0.85) else []
        words = {"text": "已整改到位"} | ({"measure": "增设标识并落实专人"} if play.chance(0.9) else {})
        rule = lambda _: play.tasks.reply(task, by, now, photo=bool(photos), measure="measure" in words)  # noqa: E731
        await play.step(login, task, "reply", rule, photos=photos, **words)

    async def _ask(self, task: Task, login: str) -> None:
        play, by, now = self._play, self._play.actor(login), clock.now()
        until = max(play.today, task.due_on) + timedelta(days=play.dice.randrange(3, 25))
        await play.step(
            login, task, "ask_extension", lambda _: play.tasks.ask_extension(task, by, now, until),
            until=until.isoformat(), reason="需采购材料",
        )  # fmt: skip

    async def _progress(self, task: Task, login: str) -> None:
        play, by, now = self._play, self._play.actor(login), clock.now()
        await play.step(login, task, "progress", lambda _: play.tasks.progress(task, by, now), text="正在采购")

    async def _acknowledge(self, task: Task, login: str) -> None:
        play, by = self._play, self._play.actor(login)
        if task.acknowledged and not play.chance(0.1):
            return
        await play.step(login, task, "acknowledge", lambda _: play.tasks.acknowledge(task, by), resolver="王主任")

    async def trespass(self) -> None:
        """Somebody tries what is not theirs: the neighbour's task, their own strike-off, a step that is over."""
        play = self._play
        chosen = [task for task in play.tasks.by_id.values() if task.confirmed_on]
        if not chosen:
            return
        task, login = play.dice.choice(chosen), play.dice.choice(list(UNIT_OF))
        by, now = play.actor(login), clock.now()
        what = play.dice.choice(("reply", "strike_off", "extend", "progress"))
        if what == "reply" and not (task.status == "open" and by.unit == task.unit):
            await self.reply(task, login)
        elif what == "strike_off":
            await play.step(
                login, task, what, lambda _: play.tasks.strike_off(task, by, now, photo=True), note="自行销号",
                photos=[await play.town.photo(login)],
            )  # fmt: skip
        elif what == "extend":
            until = task.due_on + timedelta(days=30)
            rule = lambda _: play.tasks.extend(task, by, now, until)  # noqa: E731
            await play.step(login, task, what, rule, until=until.isoformat(), reason="自行延期")
        elif what == "progress":
            await play.step(login, task, what, lambda _: play.tasks.progress(task, by, now), text="补报进展")


class Reviewers:
    """The office and 区政府办: confirm, correct, void; verify, return, strike off; answer requests."""

    def __init__(self, play: Play, units: Units) -> None:
        self._play = play
        self._units = units

    async def review(self) -> None:
        """What waits for a decision. Some of it is left to the calendar."""
        play = self._play
        for inspection in list(play.tasks.inspections.values()):
            if inspection.state == "submitted" and play.chance(0.05):
                now, login = clock.now(), play.dice.choice(("supervisor", "office"))
                url = f"/api/inspections/{inspection.id}/confirm"
                answer = await play.town.ask(login, "POST", url)
                rule = lambda _, one=inspection, at=now: play.tasks.confirm_inspection(one, at)  # noqa: E731
                await play.both(inspection.id, f"{login} confirms it", [answer], rule)
        for task in list(play.tasks.by_id.values()):
            if task.live and any(one.state == "draft" for one in task.sightings) and play.chance(0.45):
                await self._decide(task)
        for task in list(play.tasks.of_status("closed")):
            if any(one.state == "draft" for one in task.sightings) and play.chance(0.3):
                await (self._void(task) if play.chance(0.4) else self._confirm(task))

    async def _decide(self, task: Task) -> None:
        roll = self._play.dice.random()
        if roll < 0.05:
            await self._void(task)
        elif roll < 0.12:
            days = self._play.dice.choice((2, 4, 15, 25))
            await self._confirm(task, due_on=self._play.workdays.after(self._play.today, days))
        else:
            await self._confirm(task)

    async def _confirm(self, task: Task, *, due_on: date | None = None) -> None:
        play, login, now = self._play, self._play.dice.choice(("office", "supervisor")), clock.now()
        fields = {"dueOn": due_on.isoformat()} if due_on else {}
        by = play.actor(login)
        await play.step(login, task, "confirm", lambda _: play.tasks.confirm(task, by, now, due_on=due_on), **fields)

    async def _void(self, task: Task) -> None:
        play, now = self._play, clock.now()
        by = play.actor("office")
        await play.step("office", task, "void", lambda _: play.tasks.void(task, by, now), reason="误报")

    async def assign(self) -> None:
        """Now and then a superior, the leader, a citizen or the office itself asks for something outside the plan."""
        play, now = self._play, clock.now()
        if not play.chance(0.15):
            return
        origin = play.dice.choice(("superior", "leader", "office", "complaint"))
        unit = play.units[play.dice.choice([*sorted(LEANING), "区人社局"])]
        due_on = play.workdays.after(play.today, play.dice.randrange(1, 25))
        body = {
            "id": new_id(),
            "origin": origin,
            "problem": "上级督办事项",
            "requirement": "按要求办结",
            "sourceName": "市文明办",
            "sourceNumber": "市创文督〔2026〕6号",
            "unitId": unit,
            "dueOn": due_on.isoformat(),
        }
        answers = [
            await play.town.ask("office", "POST", "/api/tasks", body) for _ in range(play.dice.choice((1, 1, 2)))
        ]
        task_id = str(body["id"])
        rule = lambda _: play.tasks.assign(task_id, unit, now, origin=origin, due_on=due_on)  # noqa: E731
        await play.both(task_id, f"office assigns {origin} {due_on}", answers[:1], rule)

    async def second_thoughts(self) -> None:
        """Now and then a confirmed task turns out to be another unit's, or nobody's."""
        play = self._play
        for task in list(play.tasks.of_status("open", "replied")):
            if play.chance(0.0015):
                await self._void(task)
            elif play.chance(0.0025):
                await self._correct(task)

    async def _correct(self, task: Task) -> None:
        play, now, login = self._play, clock.now(), self._play.dice.choice(("office", "supervisor"))
        unit = play.dice.choice([play.units[name] for name in sorted(LEANING)])
        by = play.actor(login)
        await play.step(
            login,
            task,
            "correct",
            lambda _: play.tasks.correct(task, by, now, unit=unit),
            unitId=unit,
            reason="责任单位有误",
        )

    async def verify(self) -> None:
        """What was replied is looked at: good work is struck off, half of it comes back."""
        play = self._play
        for task in list(play.tasks.of_status("replied")):
            if play.chance(0.04 if task.awaits_activity else 0.3):
                poor = self._units.temperament(task) == "half"
                await (self._return(task) if play.chance(0.7 if poor else 0.1) else self._strike_off(task))
        for task in list(play.tasks.of_status("open")):
            if play.chance(0.002):
                await self._strike_off(task)  # seen to be in order, though the unit never said so

    async def _return(self, task: Task) -> None:
        play, now, login = self._play, clock.now(), self._play.dice.choice(("office", "supervisor", "inspector"))
        due_on = play.workdays.after(play.today, play.dice.randrange(2, 8)) if play.chance(0.3) else None
        by, fields = play.actor(login), {"dueOn": due_on.isoformat()} if due_on else {}
        rule = lambda _: play.tasks.send_back(task, by, now, due_on=due_on)  # noqa: E731
        await play.step(login, task, "return", rule, reason="整改不到位", **fields)

    async def _strike_off(self, task: Task) -> None:
        play, now = self._play, clock.now()
        login = play.dice.choice(("office", "supervisor", "inspector", "inspector2"))
        photos = [await play.town.photo(login)] if play.chance(0.8 if login.startswith("inspector") else 0.3) else []
        by = play.actor(login)
        rule = lambda _: play.tasks.strike_off(task, by, now, photo=bool(photos))  # noqa: E731
        await play.step(login, task, "strike_off", rule, note="已复查", photos=photos)

    async def answer_requests(self) -> None:
        """Requests for more time. The office takes its time, the clock stands still."""
        for task in list(self._play.tasks.of_status("open")):
            if task.resting and self._play.chance(0.2):
                await (self._refuse(task) if self._play.chance(0.4) else self._grant(task))

    async def _refuse(self, task: Task) -> None:
        play, now, by = self._play, clock.now(), self._play.actor("office")
        rule = lambda _: play.tasks.refuse_extension(task, by, now)  # noqa: E731
        await play.step("office", task, "refuse_extension", rule, reason="理由不充分")

    async def _grant(self, task: Task) -> None:
        play, now, by = self._play, clock.now(), self._play.actor("office")
        until = play.workdays.after(max(play.today, task.due_on), play.dice.randrange(2, 12))
        rule = lambda _: play.tasks.extend(task, by, now, until)  # noqa: E731
        await play.step("office", task, "extend", rule, until=until.isoformat(), reason="同意延期")
