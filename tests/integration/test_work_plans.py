"""Units' plans of a year over HTTP: handed in, followed, late."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from server import clock
from tests.factories.crew import Crew
from tests.factories.inspections import Json, new_id


def step(days: int = 0, **how: Any) -> Json:
    day = clock.today() + timedelta(days=days)
    return {"id": new_id(), "indicatorCode": "III-61", "content": "完成医保定点核对", "dueOn": day.isoformat(), **how}


def plan(*steps: Json, **how: Any) -> Json:
    return {
        "year": clock.today().year,
        "deployedBy": "meeting",
        "deployedOn": (clock.today() - timedelta(days=1)).isoformat(),
        "deployment": "局党组会议部署",
        "persons": [{"indicatorCode": "III-61", "name": "医政股负责人"}],
        "milestones": list(steps or [step()]),
        **how,
    }


async def put(crew: Crew, body: Json, plan_id: str = "", login: str = "health") -> Any:
    return await (await crew.of(login)).put(f"/api/work-plans/{plan_id or new_id()}", json=body)


async def own(crew: Crew, login: str = "health") -> Json:
    [unit] = (await crew.get(login, "/api/work-plans"))["units"]
    found: Json = unit
    return found


async def test_r15_a_plan_is_handed_in_once_and_names_who_answers(crew: Crew) -> None:
    assert (await own(crew))["lateDays"] > 0
    plan_id, told = new_id(), plan()
    assert [(await put(crew, told, plan_id)).status_code for _ in range(2)] == [204, 204]
    assert (await put(crew, plan(), plan_id)).status_code == 409
    seen = await own(crew)
    assert (seen["lateDays"], seen["plan"]["number"]) == (0, 1)
    assert [one["name"] for one in seen["plan"]["persons"]] == ["医政股负责人"]
    assert "十大文明行动" in seen["plan"]["missingPersons"]


async def test_r15_a_plan_without_a_dated_step_is_refused(crew: Crew) -> None:
    today = clock.today()
    for wrong, code in (
        (plan(milestones=[]), "milestone-needed"),
        (plan(step(dueOn=None)), "milestone-day"),
        (plan(step(dueOn=f"{today.year + 1}-01-01")), "milestone-day"),
        (plan(step(indicatorCode="III-53")), "indicator-foreign"),
        (plan(deployedOn=(today + timedelta(days=1)).isoformat()), "day-ahead"),
        (plan(persons=[{"indicatorCode": "III-53", "name": "x"}]), "indicator-foreign"),
    ):
        answer = await put(crew, wrong)
        assert (answer.status_code, [one["code"] for one in answer.json()["errors"]]) == (422, [code])
    twice = step()
    assert (await put(crew, plan(twice, twice))).json()["errors"][0]["code"] == "milestone-twice"


async def test_r15_a_step_stays_itself_from_version_to_version(crew: Crew) -> None:
    first = step()
    await put(crew, plan(first))
    reached = {"doneOn": clock.today().isoformat(), "note": "核对表已报"}
    health, address = await crew.of("health"), f"/api/milestones/{first['id']}/reached"
    assert [(await health.post(address, json=reached)).status_code for _ in range(2)] == [204, 204]
    assert (await health.post(address, json={**reached, "note": "别的"})).status_code == 409
    assert (await (await crew.of("street")).post(address, json=reached)).status_code == 404
    assert (await put(crew, plan(first, step()))).json()["errors"][0]["code"] == "required"
    assert (await put(crew, plan(first, step(), correction="增加节点"))).status_code == 204
    seen = (await own(crew))["plan"]
    assert (seen["number"], [one["note"] for one in seen["milestones"]]) == (2, ["核对表已报", ""])
    stolen = plan(step(id=first["id"], indicatorCode="III-42"), persons=[])
    assert (await put(crew, stolen, login="street")).status_code == 422


async def test_r15_a_step_that_is_not_reached_in_time_is_late_by_working_days(crew: Crew) -> None:
    await put(crew, plan(step(days=-30), step(days=0)))
    late = [one["lateDays"] for one in (await own(crew))["plan"]["milestones"]]
    assert late[0] > 10
    assert late[1] == 0


async def test_r8_a_unit_sees_its_own_plan_and_the_office_all(crew: Crew) -> None:
    await put(crew, plan())
    assert (await own(crew, "street"))["plan"] is None
    units = {one["unitName"]: one for one in (await crew.get("office", "/api/work-plans"))["units"]}
    assert len(units) == 15
    assert units["区卫计局"]["plan"]["number"] == 1
    assert units["区统计局"]["lateDays"] > 0


async def test_r15_milestones_feed_the_wall_chart_for_everybody(crew: Crew) -> None:
    assert await crew.get("office", "/api/milestones") == []
    first = step(days=-30)
    await put(crew, plan(first, step(days=0), step(days=0)))
    [seen] = await crew.get("street", "/api/milestones")
    assert (seen["state"], seen["steps"], seen["late"], seen["dueOn"]) == ("overdue", 3, 1, first["dueOn"])
    assert set(seen) == {"indicatorCode", "unitId", "state", "steps", "done", "late", "dueOn"}
    reached = {"doneOn": clock.today().isoformat(), "note": "核对表已报"}
    await (await crew.of("health")).post(f"/api/milestones/{first['id']}/reached", json=reached)
    [seen] = await crew.get("office", "/api/milestones")
    assert (seen["state"], seen["done"], seen["late"]) == ("under_way", 1, 0)
    # Only the newest version of a plan counts.
    assert (await put(crew, plan(first, correction="合并节点"))).status_code == 204
    [seen] = await crew.get("office", "/api/milestones")
    assert (seen["state"], seen["steps"], seen["dueOn"]) == ("done", 1, None)
    assert await crew.get("office", "/api/milestones", year=clock.today().year - 1) == []
