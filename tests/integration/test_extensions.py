"""Signing for a task and asking for more time: a request, asked in time, while which the clock stands still."""

from __future__ import annotations

from datetime import date, timedelta

from server import clock
from tests.factories.crew import Crew, pointers, problem
from tests.integration.conftest import Travel


async def test_r14_the_unit_signs_for_a_task_once_and_names_who_solves_it(crew: Crew) -> None:
    task_id = await crew.opened()
    assert "acknowledge" in (await crew.task(task_id, "health"))["actions"]
    await crew.did("health", task_id, "acknowledge", resolver="院感科")
    task = await crew.task(task_id, "health")
    assert (task["resolver"], task["acknowledgedAt"] is not None) == ("院感科", True)
    assert "acknowledge" not in task["actions"]
    assert problem(await crew.step("health", task_id, "acknowledge")) == "transition-refused"


async def test_r41_an_extension_is_a_request_that_the_office_grants(crew: Crew) -> None:
    task_id = await crew.opened("YL-D01")
    until = (date.fromisoformat((await crew.task(task_id))["dueOn"]) + timedelta(days=14)).isoformat()
    assert pointers(await crew.step("health", task_id, "ask_extension")) == ["/reason", "/until"]
    assert (await crew.step("health", task_id, "extend", until=until, reason="需采购")).status_code == 403
    await crew.did("health", task_id, "ask_extension", until=until, reason="扶手需采购")
    waiting = await crew.task(task_id)
    assert (waiting["extensionUntil"], waiting["extensionReason"]) == (until, "扶手需采购")
    await crew.did("office", task_id, "extend", until=until, reason="同意")
    granted = await crew.task(task_id)
    assert (granted["dueOn"], granted["extensionUntil"]) == (until, None)


async def test_r41_the_clock_stands_still_until_the_office_has_decided(crew: Crew, travel: Travel) -> None:
    task_id = await crew.opened()
    due_on = date.fromisoformat((await crew.task(task_id))["dueOn"])
    await crew.did("health", task_id, "ask_extension", until=(due_on + timedelta(days=9)).isoformat(), reason="需采购")
    travel(timedelta(days=30))
    crew = crew.again()
    shown = await crew.task(task_id)
    assert shown["overdue"] is False and shown["daysLeft"] >= 0
    assert (await crew.get("office", "/api/tasks", overdue=True))["items"] == []
    assert (await crew.get("office", "/api/overview"))["overdue"] == 0
    assert (await crew.get("office", "/api/proposals"))["assignments"] == []
    await crew.did("office", task_id, "refuse_extension", reason="不同意，请按期整改")
    refused = await crew.task(task_id)
    assert refused["extensionUntil"] is None
    assert date.fromisoformat(refused["dueOn"]) > clock.today(), "the days that the clock stood are given back"


async def test_r41_more_time_is_asked_for_before_the_deadline(crew: Crew, travel: Travel) -> None:
    task_id = await crew.opened()
    due_on = date.fromisoformat((await crew.task(task_id))["dueOn"])
    travel(clock.end_of_day(due_on) - clock.now() + timedelta(hours=9))
    crew = crew.again()
    later = (due_on + timedelta(days=20)).isoformat()
    answer = await crew.step("health", task_id, "ask_extension", until=later, reason="来不及")
    assert pointers(answer) == ["/until"]
    assert (await crew.task(task_id))["overdue"] is True


async def test_a_reply_takes_the_request_back(crew: Crew) -> None:
    task_id = await crew.opened()
    until = (clock.today() + timedelta(days=30)).isoformat()
    await crew.did("health", task_id, "ask_extension", until=until, reason="需采购")
    await crew.did("health", task_id, "reply", text="已整改", measure="增设标识")
    assert (await crew.task(task_id))["extensionUntil"] is None
