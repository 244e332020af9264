"""The inspectors of the year: which sites they go to, what they find there, when it reaches the server."""

from __future__ import annotations

import calendar
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from server import clock
from tests.factories.inspections import inspection, instant, new_id, no_access
from tests.simulation.acting import Play
from tests.simulation.rules.tasks import Fault, Inspection, day_of

Json = dict[str, Any]
OWNERS = {"medical": "区卫计局", "human_resources": "区人社局", "science_association": "区科协"}
ACTIVITY_DATE = "KH-B03"
TEMPLATES = {"science_room": ("KY", "KH")}


@dataclass(frozen=True)
class Activity:
    """The day of an activity that was inspected, and what was in order of it."""

    on: date | None = None
    passed: frozenset[str] = frozenset()


@dataclass
class Round:
    """One inspection to be made."""

    site: Json
    version: Json


class Inspectors:
    """Plans each month and sends what was found. `wanted` is about how many findings a year brings."""

    def __init__(self, play: Play, pack: Json, wanted: int) -> None:
        self._play = play
        self._versions = {one["code"]: one for one in pack["templateVersions"]}
        self._sites: list[Json] = pack["sites"]
        self._plan: dict[date, list[Round]] = defaultdict(list)
        self._late: dict[date, list[tuple[Round, datetime]]] = defaultdict(list)
        rounds = [(site, code) for site in self._sites for code in TEMPLATES.get(site["kind"], ("YL",))]
        self._rounds = rounds
        self._often = max(1, round(wanted / (12 * len(rounds) * 3)))
        self._mean = wanted / (12 * len(rounds) * self._often)

    def plan(self, month: date) -> None:
        """Every site with every checklist, at least once a month (R36)."""
        days = [month.replace(day=n + 1) for n in range(calendar.monthrange(month.year, month.month)[1])]
        working = [day for day in days if self._play.workdays.works(day)]
        for site, code in self._rounds * self._often:
            day = self._play.dice.choice(days if self._play.chance(0.05) else working)
            self._plan[day].append(Round(site, self._versions[code]))

    async def go(self, day: date) -> None:
        """The day's inspections reach the server, but for those of phones without network."""
        for one in self._plan.pop(day, []):
            seen_at = clock.now() - timedelta(minutes=self._play.dice.randrange(5, 100))
            if self._play.chance(0.1):
                arrives_on = self._play.workdays.after(day, self._play.dice.choice((1, 1, 2)))
                self._late[arrives_on].append((one, seen_at))
            else:
                await self._send(one, seen_at=seen_at)

    async def late(self, day: date) -> None:
        """What phones bring that were without network."""
        for one, seen_at in self._late.pop(day, []):
            await self._send(one, seen_at=seen_at)

    async def _send(self, one: Round, *, seen_at: datetime) -> None:
        play, site, version = self._play, one.site, one.version
        seen_at = seen_at.replace(microsecond=0)
        seen = Activity()
        inspection_id, login = new_id(), play.dice.choice(("inspector", "inspector2"))
        if play.chance(0.02):
            body = no_access(site, version, finished_at=seen_at)
            words = version["noAccess"]
            faults = {words["item"]: self._fault(site, {**words, "code": words["item"], "workingDays": 3})}
        else:
            items = self._failing(site, version)
            seen = self._activity(version, {item["code"] for item in items}, seen_at)
            faults = {item["code"]: self._fault(site, item) for item in items}
            photos = {item["code"]: [await play.town.photo(login, n) for n in range(item["photoCount"])]
                      for item in version["items"] if item["photoCount"]}  # fmt: skip
            body = inspection(site, version, failing=list(faults), finished_at=seen_at, photos=photos)
            _date(body, seen.on)
        headers = f"/api/inspections/{inspection_id}"
        many = play.chance(0.1)
        answers = await play.town.ask_all(login, "PUT", headers, body) if many else [
            await play.town.ask(login, "PUT", headers, body)
        ]  # fmt: skip
        told: Json = answers[0].json()
        if {answer.status_code for answer in answers} - {200, 201}:
            play.notes.differ(inspection_id, "submit", product=[one.text[:300] for one in answers], rules="taken")
            return
        received_at = datetime.fromisoformat(told["receivedAt"])
        made = Inspection(inspection_id, received_at, site["id"], seen_at, seen.on, seen.passed)
        self._model(play.tasks.submit(made), told, faults, seen_at)

    def _model(self, made: Inspection, told: Json, faults: dict[str, Fault], seen_at: datetime) -> None:
        play, inspection_id, received_at = self._play, made.id, made.received_at
        found = {one["item"]: one for one in told["findings"]}
        if found.keys() != faults.keys():
            play.notes.differ(inspection_id, "findings", product=sorted(found), rules=sorted(faults))
        for item in faults.keys() & found.keys():
            one = found[item]
            link, known = play.tasks.place(faults[item], seen_at)
            task_id = known.id if link == "existing" and known else one["taskId"]
            if (one["link"], one["taskId"]) != (link, task_id) or (link != "existing" and task_id in play.tasks.by_id):
                play.notes.differ(task_id, f"link of {item} seen {instant(seen_at)}", product=one, rules=link)
                continue
            play.tasks.see(made, faults[item], ids=(one["id"], one["taskId"]), seen_at=seen_at)
            play.notes.note(one["taskId"], f"{received_at:%m-%d %H:%M} seen ({link}) {item} in {inspection_id}")

    def _failing(self, site: Json, version: Json) -> list[Json]:
        """Some faults come again and again at a site, others once in a year."""
        dice = self._play.dice
        able = [item for item in version["items"] if _is_plain(item, site["kind"])]
        weak = able[hash_of(site["code"]) % 5 :: 5]
        count = min(len(able), sum(self._play.chance(self._mean / 6) for _ in range(6)) if self._mean < 6 else 6)
        chosen: dict[str, Json] = {}
        for _ in range(count):
            item = dice.choice(weak if dice.random() < 0.4 else able)
            chosen[item["code"]] = item
        return [item for item in chosen.values() if not _asked_if(item) & chosen.keys()]

    def _activity(self, version: Json, failing: set[str], seen_at: datetime) -> Activity:
        """What was seen of an activity, on its day or some days after; None where there was none this month."""
        shown = [item for item in version["items"] if item["closing"] == "next_activity"]
        if not shown or any(_asked_if(item) & failing for item in shown):
            return Activity()
        days = self._play.dice.randrange(1, 4) if self._play.chance(0.3) else 0
        passed = frozenset(item["code"] for item in shown) - failing
        return Activity(day_of(seen_at) - timedelta(days=days), passed)

    def _fault(self, site: Json, item: Json) -> Fault:
        """Who owes it (R3): 医疗机构 → 区卫计局, 街道 → the site's street, a named unit itself."""
        owner = site["unitId"] if item["unitType"] == "street" else self._play.units[OWNERS[item["unitType"]]]
        waits = item.get("closing") == "next_activity"
        return Fault(site["id"], item["code"], owner, item["workingDays"], item["severity"], waits)


def _is_plain(item: Json, kind: str) -> bool:
    """An item that always counts at this kind of site and that a unit proves with photos, or the next activity."""
    applies = not item["appliesTo"] or kind in item["appliesTo"]
    plain = item["type"] in ("yn", "ynNa", "one") and item["when"] is None and item["closing"] == "evidence"
    return applies and (plain or item["closing"] == "next_activity") and item["unitType"] != "inspector"


def _asked_if(item: Json) -> set[str]:
    """The items on whose answers it hangs whether this one is asked."""
    return {test["item"] for test in item["when"]["of"]} if item["when"] else set()


def _date(body: Json, on: date | None) -> None:
    """Say when the activity took place."""
    for answer in body["answers"]:
        if answer["item"] == ACTIVITY_DATE and on is not None:
            answer["value"] = on.isoformat()


def hash_of(text: str) -> int:
    """The same on every run, other than `hash`."""
    return sum(ord(letter) * place for place, letter in enumerate(text, 1))
