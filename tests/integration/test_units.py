"""Units come, take other names and go, and the days of all that are kept."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import httpx

from server import clock
from tests.factories.crew import Crew, pointers, problem
from tests.factories.inspections import Json, new_id


def body(**changed: Any) -> Json:
    return {"code": "U-YJJ", "name": "区应急局", "kind": "member", "memberFrom": "2026-01-01", **changed}


async def sent(crew: Crew, method: str, path: str, json: Json) -> httpx.Response:
    return await (await crew.of("admin")).request(method, f"/api/units/{path}", json=json)


async def the_unit(crew: Crew, name: str) -> Json:
    found: Json = next(one for one in await crew.get("admin", "/api/units") if one["name"] == name)
    return found


async def test_r3_a_new_unit_of_the_group_can_owe_from_its_first_day(crew: Crew) -> None:
    unit_id = new_id()
    answers = [await sent(crew, "PUT", unit_id, body()) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 200]
    assert (await the_unit(crew, "区应急局"))["postsMissing"] == ["unit_leader", "liaison", "data_officer"]
    other = await sent(crew, "PUT", unit_id, body(name="别的单位"))
    assert (other.status_code, problem(other)) == (409, "unit-differs")
    task_id = await crew.opened()
    await crew.did("office", task_id, "correct", unitId=unit_id, reason="职责调整")
    assert (await crew.task(task_id))["unitId"] == unit_id
    twice = await sent(crew, "PUT", new_id(), body(code="u-yjj", kind="lead"))
    assert (twice.status_code, pointers(twice)) == (422, ["/code", "/name", "/kind"])
    ending = {"lastOn": clock.today().isoformat(), "reason": "机构改革"}
    owing = await sent(crew, "POST", f"{unit_id}/end", ending)
    assert (owing.status_code, [one["code"] for one in owing.json()["errors"]]) == (422, ["unit-owes"])


async def test_r3_a_unit_takes_another_name_and_keeps_its_old_one(crew: Crew) -> None:
    unit_id, today = (await the_unit(crew, "区科技局"))["id"], clock.today()
    asked = {"name": "区科技和信息化局", "beginsOn": today.isoformat()}
    for _ in range(2):
        answer = await sent(crew, "POST", f"{unit_id}/name", asked)
        assert answer.status_code == 200, answer.text
        until = (today - timedelta(days=1)).isoformat()
        assert answer.json()["former"] == [{"name": "区科技局", "untilOn": until}]
    later = {"name": "再改名", "beginsOn": (today + timedelta(days=1)).isoformat()}
    assert pointers(await sent(crew, "POST", f"{unit_id}/name", later)) == ["/beginsOn"]
    taken = await sent(crew, "POST", f"{unit_id}/name", {"name": "区科协", "beginsOn": today.isoformat()})
    assert pointers(taken) == ["/name"]


async def test_r3_a_unit_that_ended_owes_nothing_new(crew: Crew) -> None:
    unit_id, heir = (await the_unit(crew, "区统计局"))["id"], (await the_unit(crew, "区发改局"))["id"]
    yesterday = clock.today() - timedelta(days=1)
    ending = {"lastOn": yesterday.isoformat(), "reason": "机构改革，职能并入", "successorId": heir}
    for _ in range(2):
        answer = await sent(crew, "POST", f"{unit_id}/end", ending)
        assert answer.status_code == 200, answer.text
    assert (answer.json()["memberUntil"], answer.json()["postsMissing"]) == (yesterday.isoformat(), [])
    task_id = await crew.opened()
    refused = await crew.step("office", task_id, "correct", unitId=unit_id, reason="误派")
    assert refused.status_code == 422
    back = await sent(crew, "PATCH", unit_id, {"memberUntil": None})
    assert (back.json()["memberUntil"], back.json()["successorId"]) == (None, None)


async def test_a_unit_with_posts_or_sites_cannot_end(crew: Crew) -> None:
    unit = await the_unit(crew, "田心街道")
    refused = await sent(crew, "POST", f"{unit['id']}/end", {"lastOn": clock.today().isoformat(), "reason": "撤并"})
    codes = {one["code"] for one in refused.json()["errors"]}
    assert {"unit-has-posts", "unit-has-sites"} <= codes
    early = {"lastOn": date(2000, 1, 1).isoformat(), "reason": "撤并", "successorId": unit["id"]}
    assert set(pointers(await sent(crew, "POST", f"{unit['id']}/end", early))) == {"/lastOn", "/successorId"}
