"""Many decisions at once: each is taken or refused for itself, and sent again changes nothing."""

from __future__ import annotations

from typing import Any

import pytest

from server import clock
from server.tasks import service
from tests.factories.crew import Crew, problem
from tests.factories.inspections import Json, instant, new_id


async def send(crew: Crew, steps: list[Json], who: str = "office") -> list[Json]:
    """Send a list of steps; what became of each."""
    answer = await (await crew.of(who)).post("/api/steps", json={"steps": steps})
    assert answer.status_code == 200, answer.text
    outcomes: list[Json] = answer.json()["outcomes"]
    return outcomes


def on(task_id: str, action: str, **fields: Any) -> Json:
    """One step of a list."""
    return {"taskId": task_id, "step": {"id": new_id(), "at": instant(clock.now()), "action": action, **fields}}


def codes(outcomes: list[Json]) -> list[str | None]:
    """The code of each refusal; None for what was taken."""
    return [one["problem"] and one["problem"]["type"].rpartition("/")[2] for one in outcomes]


async def statuses(crew: Crew, tasks: list[str]) -> list[str]:
    return [(await crew.task(task_id))["status"] for task_id in tasks]


async def test_a_refused_step_hides_none_of_the_others(crew: Crew) -> None:
    first, second, third = [await crew.found(item) for item in ("YL-B01", "YL-B02", "YL-B03")]
    await crew.did("supervisor", second, "confirm")
    steps = [
        on(first, "confirm", version=1),
        on(second, "confirm", version=1),
        on(new_id(), "confirm"),
        on(third, "void"),
        on(third, "void", reason="照片与问题不符"),
    ]
    outcomes = await send(crew, steps)
    assert [one["id"] for one in outcomes] == [step["step"]["id"] for step in steps]
    assert codes(outcomes) == [None, "transition-refused", "not-found", "unprocessable", None]
    assert outcomes[3]["problem"]["errors"][0]["pointer"] == "/reason"
    assert await statuses(crew, [first, second, third]) == ["open", "open", "void"]


async def test_the_same_list_sent_twice_has_one_effect_and_the_same_answers(crew: Crew) -> None:
    tasks = [await crew.found(item) for item in ("YL-B01", "YL-B02")]
    steps = [on(task_id, "confirm", version=1, severity="severe", reason="按严重处理") for task_id in tasks]
    first = await send(crew, steps)
    assert await send(crew, steps) == first
    assert codes(first) == [None, None]
    for task_id in tasks:
        task = await crew.task(task_id)
        assert (task["severity"], task["version"], len(task["timeline"])) == ("severe", 2, 1)


async def test_who_comes_second_is_told_who_decided_and_nothing_is_overwritten(crew: Crew) -> None:
    task_id = await crew.found()
    finding = (await crew.task(task_id))["findings"][0]
    shown = await crew.get("office", f"/api/findings/{finding['id']}")
    assert (shown["decidedBy"], shown["decidedAt"]) == (None, None)
    await crew.did("supervisor", task_id, "confirm", version=shown["taskVersion"])
    late = on(task_id, "void", version=shown["taskVersion"], findingId=finding["id"], reason="现场误判")
    assert codes(await send(crew, [late])) == ["version-differs"]
    now = await crew.get("office", f"/api/findings/{finding['id']}")
    assert now["status"] == "confirmed"
    assert now["decidedBy"] == (await crew.get("supervisor", "/api/session"))["name"]


async def test_a_step_over_which_the_server_stumbles_is_answered_as_a_fault_of_its_own(
    crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, bad = [await crew.found(item) for item in ("YL-B01", "YL-B02")]
    taking = service.take_step

    async def stumble(*args: Any, task_id: str, **how: Any) -> Any:
        if task_id == bad:
            raise RuntimeError("the disk is gone")
        return await taking(*args, task_id=task_id, **how)

    monkeypatch.setattr(service, "take_step", stumble)
    outcomes = await send(crew, [on(bad, "confirm"), on(good, "confirm")])
    assert codes(outcomes) == ["server-fault", None]
    assert "disk" not in str(outcomes)


async def test_a_list_is_never_empty_nor_longer_than_a_hundred(crew: Crew) -> None:
    office = await crew.of("office")
    task_id = await crew.found()
    for steps in ([], [on(task_id, "confirm") for _ in range(101)]):
        answer = await office.post("/api/steps", json={"steps": steps})
        assert (answer.status_code, problem(answer)) == (400, "bad-body")
