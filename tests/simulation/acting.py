"""Takes each step twice: over HTTP, and in the model; whether it was allowed must be the same."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import httpx

from server import clock
from tests.factories.inspections import instant, new_id
from tests.simulation.differing import Notebook
from tests.simulation.rules.letters import Letter, Letters
from tests.simulation.rules.tasks import Actor, Forbidden, Task, Tasks
from tests.simulation.rules.workdays import Workdays
from tests.simulation.town import Town

Json = dict[str, Any]
Rule = Callable[[Json], object]


@dataclass
class Play:
    """The product, the model, the dice, and what is noted about both."""

    town: Town
    workdays: Workdays
    tasks: Tasks
    letters: Letters
    dice: random.Random
    notes: Notebook
    units: dict[str, str]
    refused: int = 0

    @property
    def today(self) -> date:
        return self.town.clock.today

    def chance(self, probability: float) -> bool:
        return self.dice.random() < probability

    def unit_of(self, login: str) -> str:
        """The id of the unit whose people this login is of."""
        return self.units[UNIT_OF[login]]

    def logins_of(self, unit_id: str) -> list[str]:
        return [login for login, name in UNIT_OF.items() if self.units[name] == unit_id]

    def actor(self, login: str) -> Actor:
        role = ROLE_OF.get(login)
        return Actor(role) if role else Actor("unit", self.unit_of(login))

    # One step on both sides

    async def both(self, thing: str, what: str, answers: list[httpx.Response], rule: Rule) -> Json | None:
        """Compare whether a step was let through; the product's answer where both let it."""
        first = answers[0]
        allowed = first.is_success
        self.notes.note(thing, f"{self.town.clock.now():%m-%d %H:%M} {what}: {first.status_code}")
        for other in answers[1:]:
            if other.is_success != allowed or (allowed and other.json() != first.json()):
                self.notes.differ(thing, f"{what}, sent twice", product=other.text[:300], rules=first.text[:300])
        told: Json = first.json() if allowed and first.content else {}
        try:
            rule(told)
        except Forbidden as reason:
            self.refused += not allowed
            if allowed:
                self.notes.differ(thing, what, product=first.status_code, rules=f"forbidden: {reason}")
            return None
        if not allowed:
            self.notes.differ(thing, what, product=f"{first.status_code} {first.text[:300]}", rules="allowed")
            return None
        return told

    async def _sent(self, login: str, url: str, body: Json, *, often: bool = False) -> list[httpx.Response]:
        """Once to one replica; now and then, as on a bad line, to all of them at once or once more."""
        if often or self.chance(0.08):
            return await self.town.ask_all(login, "POST", url, body)
        answers = [await self.town.ask(login, "POST", url, body)]
        if self.chance(0.04):
            answers.append(await self.town.ask(login, "POST", url, body))
        return answers

    async def step(self, login: str, task: Task, action: str, rule: Rule, **fields: Any) -> Json | None:
        """One step on a task."""
        body = {"id": new_id(), "at": instant(clock.now()), "action": action, **fields}
        answers = await self._sent(login, f"/api/tasks/{task.id}/actions", body)
        shown = {key: value for key, value in fields.items() if key not in ("text", "measure", "reason", "note")}
        return await self.both(task.id, f"{login} {action} {shown or ''}", answers, rule)

    async def move(self, login: str, letter: Letter, action: str, rule: Rule, **fields: Any) -> Json | None:
        """One step on a letter."""
        body = {"id": new_id(), "action": action, **fields}
        answers = await self._sent(login, f"/api/letters/{letter.id}/moves", body)
        return await self.both(letter.id, f"{login} {action} {fields or ''}", answers, rule)

    async def draft(self, what: str, rule: Rule, **body: Any) -> Json | None:
        """Draft a letter. A draft has no id of its sender's: of two at once one alone may come through."""
        if not self.chance(0.15):
            answers = [await self.town.ask("office", "POST", f"/api/letters/{what}", body)]
        else:
            answers = await self.town.ask_all("office", "POST", f"/api/letters/{what}", body)
            answers.sort(key=lambda answer: answer.status_code)
            if sum(answer.is_success for answer in answers) > 1:
                self.notes.differ(what, "drafted twice at once", product=body, rules="one letter")
            answers = answers[:1]
        return await self.both(what, f"draft {body}", answers, rule)


UNIT_OF = {
    "health": "区卫计局",
    "health-leader": "区卫计局",
    "street": "田心街道",
    "street-leader": "田心街道",
    "street2": "清水塘街道",
    "science": "区科协",
}
ROLE_OF = {
    "office": "office",
    "supervisor": "supervisor",
    "inspector": "inspector",
    "inspector2": "inspector",
    "leader": "leader",
}
