"""The group's meetings of the year: called, held, recorded; what is arranged becomes tasks (R50, R51)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from server import clock
from tests.factories.inspections import instant, new_id
from tests.simulation.acting import Play

Json = dict[str, Any]
CALLED = ("区卫计局", "区科协", "田心街道", "清水塘街道")


class Gatherings:
    """Now and then a meeting; its tasks are given at once, or by the signature of its minutes days later."""

    def __init__(self, play: Play) -> None:
        self._play = play
        self._unsigned: list[tuple[Json, list[Json]]] = []
        self.held = 0
        self.signed = 0

    async def day(self) -> None:
        """Sign what lies there, then perhaps meet. The clock goes on by an hour where they meet."""
        for one in list(self._unsigned):
            if self._play.chance(0.3) or self._presses(one[1]):
                await self._sign(*one)
                self._unsigned.remove(one)
        if self._play.chance(0.03):
            await self._meet()

    def _presses(self, arranged: list[Json]) -> bool:
        """Whether tomorrow would be too late: nothing is arranged for a day that has passed (R87)."""
        first = min(date.fromisoformat(one["dueOn"]) for one in arranged)
        return first <= self._play.workdays.after(self._play.today, 1)

    async def _meet(self) -> None:
        play, town = self._play, self._play.town
        meeting = await self._put("", await self._plan())
        town.clock.set(play.today, 15, 30)
        version = {"version": meeting["version"]}
        meeting = await self._post(f"{meeting['id']}/held", version | {"calledOtherwise": "电话通知"})
        arranged = [self._arrangement() for _ in range(play.dice.randrange(1, 4))]
        units = [{"unitId": one["unitId"], "state": "present", "names": ["联络员"]} for one in meeting["attendance"]]
        record = {"version": meeting["version"], "units": units, "arrangements": arranged}
        meeting = await self._put(f"{meeting['id']}/record", record)
        self.held += 1
        if play.chance(0.5):
            await self._give(meeting, arranged)
        else:
            self._unsigned.append((meeting, arranged))

    async def _plan(self) -> Json:
        rhythm = await self._play.town.get("office", "/api/meetings/rhythm")
        return {
            "title": "社会事业发展专业组工作调度会",
            "startsAt": instant(clock.now() + timedelta(minutes=20)),
            "place": "区政府三楼会议室",
            "chair": rhythm["groupLeader"],
            "agenda": ["听取工作进展情况汇报"],
            "unitIds": [self._play.units[name] for name in CALLED],
        }

    def _arrangement(self) -> Json:
        play = self._play
        return {
            "id": new_id(),
            "unitId": play.units[play.dice.choice(CALLED)],
            "heading": "迎检准备",
            "content": "按分工完成迎检准备",
            "dueOn": play.workdays.after(play.today, play.dice.randrange(6, 40)).isoformat(),
            "wantsLetter": play.chance(0.3),
        }

    async def _give(self, meeting: Json, arranged: list[Json]) -> None:
        """By both replicas at once, as two people of the office might: each task is given once."""
        answers = await self._play.town.ask_all("office", "POST", f"/api/meetings/{meeting['id']}/tasks", None)
        assert {answer.status_code for answer in answers} == {200}, [answer.text for answer in answers]
        self._given(arranged)

    async def _sign(self, meeting: Json, arranged: list[Json]) -> None:
        """The minutes: the leader confirms, the office signs, and the signature gives the tasks."""
        minutes, version = new_id(), meeting["version"]
        await self._post(f"{meeting['id']}/minutes", {"id": minutes, "version": version})
        for login, action in (("office", "send_to_review"), ("leader", "confirm"), ("office", "sign")):
            body = {"id": new_id(), "action": action}
            answer = await self._play.town.ask(login, "POST", f"/api/letters/{minutes}/moves", body)
            assert answer.status_code == 200, answer.text
        self.signed += 1
        self._given(arranged)

    def _given(self, arranged: list[Json]) -> None:
        tasks, now = self._play.tasks, clock.now()
        for one in arranged:
            due_on, wants_letter = date.fromisoformat(one["dueOn"]), one["wantsLetter"]
            self._play.notes.note(one["id"], f"{now:%m-%d %H:%M} arranged in a meeting for {due_on}")
            tasks.assign(one["id"], one["unitId"], now, origin="meeting", due_on=due_on, wants_letter=wants_letter)

    async def _put(self, what: str, body: Json) -> Json:
        return await self._sent("PUT", what or new_id(), body)

    async def _post(self, what: str, body: Json) -> Json:
        return await self._sent("POST", what, body)

    async def _sent(self, method: str, what: str, body: Json) -> Json:
        answer = await self._play.town.ask("office", method, f"/api/meetings/{what}", body)
        assert answer.is_success, (what, answer.text)
        told: Json = answer.json()
        return told
