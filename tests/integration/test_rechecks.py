"""Planned re-checks over HTTP: planned once, seen on the phone, told by steps on their tasks."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import httpx

from server import clock
from server.district import District
from storage.database.models import Setting
from tests.factories.crew import Crew, pointers, problem
from tests.factories.inspections import Json, instant, new_id


async def plan(crew: Crew, *task_ids: str, site: str = "YL-03", by: str = "inspector2", **changes: Any) -> Json:
    """The body of a re-check of these tasks today."""
    body = {
        "at": instant(clock.now()),
        "siteId": (await crew.site(site))["id"],
        "plannedOn": clock.today().isoformat(),
        "taskIds": list(task_ids),
        "assignees": [await crew.person(by)],
        "note": "",
    }
    return body | changes


async def put(crew: Crew, body: Json, *, by: str = "office", recheck_id: str | None = None) -> httpx.Response:
    return await (await crew.of(by)).put(f"/api/rechecks/{recheck_id or new_id()}", json=body)


async def listed(crew: Crew, **params: str) -> list[Json]:
    rows: list[Json] = (await crew.get("office", "/api/rechecks", **params))["items"]
    return rows


async def outcomes(crew: Crew, recheck_id: str) -> dict[str, str | None]:
    row = next(one for one in await listed(crew) if one["id"] == recheck_id)
    return {one["taskId"]: one["outcome"] for one in row["tasks"]}


async def test_r41_a_planned_check_makes_its_tasks_wait_for_it(crew: Crew) -> None:
    first, second = await crew.replied("YL-B01"), await crew.replied("YL-B02")
    answer = await put(crew, await plan(crew, first, second))
    assert answer.status_code == 201, answer.text
    recheck = answer.json()
    assert (recheck["status"], len(recheck["tasks"])) == ("planned", 2)
    waiting = (await crew.task(first))["recheck"]
    assert (waiting["id"], waiting["plannedOn"]) == (recheck["id"], clock.today().isoformat())
    pack = await crew.get("inspector2", "/api/phone")
    assert [one["id"] for one in pack["rechecks"]] == [recheck["id"]]
    assert {first, second} <= {task["id"] for task in pack["tasks"]}
    assert (await crew.get("health", "/api/phone"))["rechecks"] == []


async def test_the_same_plan_again_changes_nothing_and_another_under_its_id_is_refused(crew: Crew) -> None:
    task_id, recheck_id = await crew.replied(), new_id()
    body = await plan(crew, task_id)
    answers = await asyncio.gather(*(put(crew, body, recheck_id=recheck_id) for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [200, 200, 201]
    other = await put(crew, {**body, "note": "带梯子"}, recheck_id=recheck_id)
    assert (other.status_code, problem(other)) == (409, "recheck-differs")
    assert len(await listed(crew)) == 1


async def test_two_plans_at_once_for_one_task_make_one(crew: Crew) -> None:
    task_id = await crew.replied()
    body = await plan(crew, task_id)
    answers = await asyncio.gather(put(crew, body), put(crew, body, by="supervisor"))
    assert sorted(answer.status_code for answer in answers) == [201, 422]


async def test_r41_the_results_are_the_steps_on_its_tasks_and_it_ends_with_the_last(crew: Crew) -> None:
    good, bad, shut = [await crew.replied(code) for code in ("YL-B01", "YL-B02", "YL-C01")]
    recheck_id = (await put(crew, await plan(crew, good, bad, shut))).json()["id"]
    photo = await crew.photo("inspector2", seed=71)
    await crew.did("inspector2", good, "strike_off", note="现场复查合格", photos=[photo])
    await crew.did("inspector2", bad, "return", reason="楼道仍有纸箱")
    assert await outcomes(crew, recheck_id) == {good: "struck_off", bad: "returned", shut: None}
    assert [one["id"] for one in await listed(crew, status="planned")] == [recheck_id]
    unreasoned = await crew.step("inspector2", shut, "not_seen")
    assert pointers(unreasoned) == ["/reason"]
    door = await crew.photo("inspector2", seed=74)
    await crew.did("inspector2", shut, "not_seen", reason="房间上锁，无人开门", photos=[door])
    done = (await listed(crew, status="done"))[0]
    assert {one["outcomeBy"] for one in done["tasks"]} == {"督查员二"}
    # What nobody could look at waits as replied, and can be planned again.
    task = await crew.task(shut)
    assert (task["status"], task["recheck"], task["timeline"][-1]["text"]) == ("replied", None, "房间上锁，无人开门")
    assert [photo["sha256"] for photo in task["timeline"][-1]["photos"]] == [door]
    assert door not in task["afterPhotos"], "a locked door shows no repair"
    assert (await put(crew, await plan(crew, shut))).status_code == 201


async def test_a_task_that_is_settled_elsewhere_waits_for_no_check_any_more(crew: Crew) -> None:
    task_id = await crew.opened()
    await crew.did("health", task_id, "reply", text="已整改", photos=[await crew.photo("health", seed=72)])
    recheck_id = (await put(crew, await plan(crew, task_id))).json()["id"]
    await crew.did("office", task_id, "strike_off", note="核对照片")
    assert await outcomes(crew, recheck_id) == {task_id: "struck_off"}
    assert (await listed(crew, status="planned")) == []


async def test_a_plan_is_called_off_with_a_reason_once(crew: Crew) -> None:
    task_id = await crew.replied()
    recheck_id = (await put(crew, await plan(crew, task_id))).json()["id"]
    office = await crew.of("office")
    url = f"/api/rechecks/{recheck_id}/cancel"
    assert (await office.post(url, json={"reason": ""})).status_code == 400
    for _ in range(2):
        answer = await office.post(url, json={"reason": "当日有会"})
        assert (answer.status_code, answer.json()["status"]) == (200, "cancelled")
    assert (await crew.task(task_id))["recheck"] is None
    again = (await put(crew, await plan(crew, task_id))).json()["id"]
    await crew.did("inspector2", task_id, "return", reason="未见整改")
    ended = await office.post(f"/api/rechecks/{again}/cancel", json={"reason": "晚了"})
    assert (ended.status_code, problem(ended)) == (409, "recheck-ended")


async def test_what_cannot_be_planned_is_said_place_by_place(crew: Crew) -> None:
    task_id = await crew.opened()
    yesterday = (clock.today() - timedelta(days=1)).isoformat()
    body = await plan(crew, task_id, plannedOn=yesterday, assignees=[await crew.person("health")])
    assert pointers(await put(crew, body)) == ["/plannedOn", "/taskIds/0", "/assignees/0"]
    elsewhere = await plan(crew, await crew.replied("YL-B02"), site="YL-01")
    assert pointers(await put(crew, elsewhere)) == ["/taskIds/0"]


async def test_r41_in_strict_mode_the_finder_is_not_sent_and_otherwise_is_marked(
    crew: Crew, district: District
) -> None:
    first, second = await crew.replied("YL-B01"), await crew.replied("YL-B02")
    recheck_id = (await put(crew, await plan(crew, first, by="inspector"))).json()["id"]
    photo = await crew.photo("inspector", seed=73)
    await crew.did("inspector", first, "strike_off", note="原检查人复核", photos=[photo])
    row = next(one for one in await listed(crew) if one["id"] == recheck_id)
    assert row["tasks"][0]["sameInspector"] is True
    async with district.database.writing() as session:
        session.add(Setting(name="strict_verification", value={"value": True}, changed_at=clock.now()))
    assert pointers(await put(crew, await plan(crew, second, by="inspector"))) == ["/assignees/0"]
    assert (await put(crew, await plan(crew, second))).status_code == 201
