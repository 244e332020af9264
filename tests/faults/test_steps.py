"""T6: any steps by anybody in any order, beside a model of their own; each sent twice, once altered, some outdated."""

from __future__ import annotations

import contextlib
import itertools
import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar

import httpx
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test
from sqlalchemy.engine import make_url

from server import clock
from tests.factories import uploads
from tests.factories.crew import problem
from tests.factories.inspections import Json, inspection, instant, new_id
from tests.faults.conftest import Place, Tell, how_many
from tests.faults.phone import small_photo
from tests.faults.rounds import Rounds

DESKS, INSPECTORS, UNIT = {"office", "supervisor"}, {"inspector", "inspector2"}, {"health", "health-leader"}
VERIFIERS = DESKS | INSPECTORS
LOGINS = sorted(VERIFIERS | UNIT | {"street", "leader"})
LIVE = {"open", "replied"}

# Who may take a step, in which states, and where it leads ("" stays): R41 as the notice's reading has it.
RULES: dict[str, tuple[set[str], set[str], str]] = {
    "confirm": (DESKS, {"draft"}, "open"),
    "correct": (DESKS, LIVE, ""),
    "void": ({"office"}, {"draft", *LIVE}, "void"),
    "acknowledge": (UNIT, {"open"}, ""),
    "name_persons": (UNIT | {"office"}, LIVE, ""),
    "progress": (UNIT, {"open"}, ""),
    "ask_extension": (UNIT, {"open"}, ""),
    "refuse_extension": ({"office"}, {"open"}, ""),
    "extend": ({"office"}, LIVE, ""),
    "reply": (UNIT | {"office"}, {"open"}, "replied"),
    "return": (VERIFIERS, {"replied"}, "open"),
    "not_seen": (VERIFIERS, {"replied"}, ""),
    "strike_off": (VERIFIERS, LIVE, "closed"),
}


@dataclass
class House:
    """A running server, everybody signed in there, and sites whose faults are still to be found."""

    clients: dict[str, httpx.Client]
    photos: dict[str, str]
    faults: Iterator[tuple[Json, str]]
    version: Json
    file: str
    seen: Counter[str] = field(default_factory=Counter)

    def find(self) -> str:
        """A new sighting; its task."""
        site, item = next(self.faults)
        body = inspection(site, self.version, failing=[item])
        answer = self.clients["inspector"].put(f"/api/inspections/{new_id()}", json=body)
        assert answer.status_code == 201, answer.text
        task_id: str = answer.json()["findings"][0]["taskId"]
        return task_id

    def events(self, task_id: str) -> list[str]:
        """The audit trail of a task, as it lies in the database."""
        with contextlib.closing(sqlite3.connect(f"file:{self.file}?mode=ro", uri=True)) as database:
            query = "SELECT action FROM audit_event WHERE subject_kind = 'task' AND subject_id = ? ORDER BY seq"
            return [row[0] for row in database.execute(query, (task_id,))]


class Steps(RuleBasedStateMachine):
    """One task from its sighting to wherever the dice lead it."""

    house: ClassVar[House]

    def __init__(self) -> None:
        super().__init__()
        self.task_id = self.house.find()
        self.status, self.version = "draft", self.read()["version"]
        self.was_confirmed = self.is_acknowledged = self.waits = False
        self.fixers: set[str] = set()
        self.kept: list[str] = []
        """Steps of the history, taken or too late."""

    def read(self) -> Json:
        answer = self.house.clients["office"].get(f"/api/tasks/{self.task_id}")
        assert answer.status_code == 200, answer.text
        found: Json = answer.json()
        return found

    def expected(self, login: str, action: str) -> tuple[int, str]:
        """What the rules say of this step now."""
        who, states, _ = RULES[action]
        if login == "street" or (login in UNIT and not self.was_confirmed):
            return 404, "not-found"
        if login not in who:
            return 403, "not-allowed"
        idle = {"acknowledge": self.is_acknowledged, "ask_extension": self.waits, "refuse_extension": not self.waits}
        if self.status not in states or idle.get(action, False):
            return 409, "transition-refused"
        if action in ("strike_off", "return") and login in self.fixers:
            return 403, "own-work"
        return 200, ""

    def step(self, login: str, action: str) -> Json:
        """The step with all that it needs."""
        today = clock.today().isoformat()
        needed: dict[str, Json] = {
            "correct": {"severity": "major"}, "name_persons": {"resolver": "院感科"}, "progress": {"text": "已采购"},
            "ask_extension": {"until": self.read()["dueOn"]}, "extend": {"until": self.read()["dueOn"]},
            "reply": {"text": "已整改到位", "measure": "补贴标识"},
            "strike_off": {"photos": [self.house.photos.get(login, "0" * 64)]},
        }  # fmt: skip
        body = {"id": new_id(), "at": instant(clock.now()), "action": action, "reason": "按规定", "note": "核实"}
        paper = {"signer": "分管领导", "originalOn": today, "photos": [self.house.photos["office"]]}
        return body | needed.get(action, {}) | (paper if (login, action) == ("office", "reply") else {})

    def post(self, login: str, step: Json) -> tuple[int, str, Any]:
        answer = self.house.clients[login].post(f"/api/tasks/{self.task_id}/actions", json=step)
        body = answer.json()
        return answer.status_code, "" if answer.status_code == 200 else problem(answer), body

    @rule(login=st.sampled_from(LOGINS), action=st.sampled_from(sorted(RULES)), outdated=st.integers(0, 3))
    def take(self, login: str, action: str, outdated: int) -> None:
        """Mostly at random, so mostly refused."""
        step, expected = self.step(login, action), self.expected(login, action)
        if expected[0] == 200 and outdated == 0:
            step["version"], expected = self.version - 1, (409, "version-differs")
        self.send(login, step, expected)

    @rule(data=st.data())
    def take_what_is_allowed(self, data: st.DataObject) -> None:
        """So that there is a way on."""
        allowed = [(login, action) for action in RULES for login in LOGINS if self.expected(login, action)[0] == 200]
        if allowed:
            login, action = data.draw(st.sampled_from(allowed))
            self.send(login, self.step(login, action) | {"version": self.version}, (200, ""))

    def send(self, login: str, step: Json, expected: tuple[int, str]) -> None:
        """Send it, and again, and something else under its id."""
        first = self.post(login, step)
        assert first[:2] == expected, (login, step, first, self.status)
        self.house.seen[first[1] or "taken"] += 1
        if expected[0] == 200:
            self.follow(login, step["action"])
        if expected[0] == 200 or expected[1] == "transition-refused":
            self.kept.append(step["action"])
            assert self.post(login, step) == first
            assert self.post(login, step | {"note": "别的话"})[:2] == (409, "action-differs")
        self.compare(login)

    def follow(self, login: str, action: str) -> None:
        """The model takes the step too."""
        self.status, self.version = RULES[action][2] or self.status, self.version + 1
        self.was_confirmed |= action == "confirm"
        self.is_acknowledged |= action == "acknowledge"
        self.waits = action == "ask_extension" or (self.waits and action not in ("refuse_extension", "extend", "reply"))
        if action == "reply":
            self.fixers.add(login)

    def compare(self, login: str) -> None:
        """Status, version, history and rights are what the model says."""
        task = self.read()
        assert (task["status"], task["version"]) == (self.status, self.version)
        assert [entry["action"] for entry in task["timeline"]] == self.kept
        mine = self.house.clients[login].get(f"/api/tasks/{self.task_id}")
        if mine.status_code == 200:
            rights = {action for action in RULES if self.expected(login, action)[0] == 200}
            assert set(mine.json()["actions"]) == rights, login

    def teardown(self) -> None:
        """Each step that was kept left one event; the site is free for the next sighting."""
        if self.status in {"draft", *LIVE}:
            self.send("office", self.step("office", "void"), (200, ""))
        events = self.house.events(self.task_id)
        assert (events[0], events[1:]) == ("open_task", self.kept)


@pytest.fixture
def house(embedded: Place) -> Iterator[House]:
    server = embedded.server().start()
    rounds = Rounds(server)
    with contextlib.ExitStack() as running:
        running.callback(server.stop)
        clients = {login: running.enter_context(contextlib.closing(server.sign_in(login))) for login in LOGINS}
        photos = {login: _delivered(clients[login]) for login in sorted(VERIFIERS)}
        faults = itertools.cycle([(site, item) for site in rounds.sites for item in rounds.items(site)])
        file = make_url(embedded.settings.database_url).database
        yield House(clients, photos, faults, rounds.version, str(file))


def _delivered(client: httpx.Client) -> str:
    data = small_photo()
    digest = uploads.sha256(data)
    told = uploads.metadata(digest, takenAt=instant(clock.now()), **uploads.SHIFENG_FIX)
    headers = {"Upload-Length": str(len(data)), "Upload-Metadata": told, "Content-Type": uploads.TUS_BYTES}
    answer = client.post("/api/uploads", headers=uploads.TUS | headers, content=data)
    assert answer.headers.get("x-photo-sha256") == digest, answer.text
    return digest


def test_t6_r41_any_steps_in_any_order_do_what_the_rules_say(house: House, tell: Tell) -> None:
    examples, length = how_many(8, 3_000), how_many(12, 80)
    Steps.house = house
    run_state_machine_as_test(
        Steps,
        settings=settings(
            max_examples=examples, stateful_step_count=length, deadline=None, database=None, derandomize=True,
            suppress_health_check=list(HealthCheck), print_blob=False,
        ),
    )  # fmt: skip
    assert house.seen["taken"] > examples
    told = ", ".join(f"{count} {word}" for word, count in sorted(house.seen.items()))
    tell(f"{sum(house.seen.values())} steps: {told}; each kept one left one event, each again changed nothing")
