"""Tasks that no inspection found: the office enters them, everybody reads them, a site's item keeps one."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from server import clock
from server.district import District
from storage.database.models import AuditEvent, Counter, Task
from tests.factories.crew import Crew, pointers, problem
from tests.factories.inspections import Json, new_id


async def order(crew: Crew, **changed: Any) -> Json:
    """What the office sends for a task from above, without a site."""
    return {
        "id": new_id(),
        "origin": "superior",
        "problem": "主干道两侧垃圾桶破损",
        "requirement": "更换破损垃圾桶并建立巡查制度",
        "unitId": await crew.unit("区卫计局"),
        "severity": "major",
        "sourceName": "市创文办",
        "sourceNumber": "株创办〔2026〕18号",
        **changed,
    }


async def test_a_task_from_above_is_open_at_once_with_number_source_and_evidence(
    crew: Crew, district: District
) -> None:
    paper = await crew.photo("office", seed=31)
    asked = await order(crew, photos=[paper], givenOn=clock.today().isoformat())
    office = await crew.of("office")
    answer = await office.post("/api/tasks", json=asked)
    assert answer.status_code == 201, answer.text
    task = await crew.task(asked["id"], "health")
    assert (task["status"], task["origin"], task["siteId"], task["item"]) == ("open", "superior", None, None)
    assert task["number"].startswith(f"{clock.today().year}-")
    assert task["siteName"] == "区卫计局"
    assert task["source"] == {
        "name": "市创文办",
        "number": "株创办〔2026〕18号",
        "givenOn": clock.today().isoformat(),
        "wantsLetter": False,
        "meetingId": None,
    }
    assert task["beforePhotos"] == [paper]
    entry = task["timeline"][0]
    assert (entry["action"], entry["role"], [photo["sha256"] for photo in entry["photos"]]) == (
        "assign",
        "office",
        [paper],
    )
    assert entry["photos"][0]["flags"] == []
    assert (await (await crew.of("health")).get(f"/api/photos/{paper}/thumbnail")).status_code == 200
    async with district.database.reading() as session:
        assert await session.scalar(
            select(func.count()).where(AuditEvent.action == "assign_task", AuditEvent.subject_id == asked["id"])
        )


async def test_the_same_order_sent_twice_or_at_once_is_one_task(crew: Crew, district: District) -> None:
    asked = await order(crew)
    office = await crew.of("office")
    answers = await asyncio.gather(*(office.post("/api/tasks", json=asked) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 201]
    assert len({answer.json()["number"] for answer in answers}) == 1
    async with district.database.reading() as session:
        year = clock.today().year
        numbered = await session.scalar(select(func.count()).where(Task.number.like(f"{year}-%")))
        assert numbered == await session.scalar(select(Counter.last).where(Counter.series == f"task-{year}"))
    other = await office.post("/api/tasks", json={**asked, "problem": "另一件事"})
    assert (other.status_code, problem(other)) == (409, "task-differs")
    assert (await crew.task(asked["id"]))["problem"] == asked["problem"]


async def test_an_item_of_a_site_that_has_an_open_task_gets_no_second_one(crew: Crew) -> None:
    task_id = await crew.opened()
    live = await crew.task(task_id)
    office = await crew.of("office")
    asked = await order(crew, siteId=live["siteId"], itemCode=live["item"])
    answer = await office.post("/api/tasks", json=asked)
    assert (answer.status_code, problem(answer)) == (409, "task-exists")
    assert live["number"] in answer.json()["detail"]
    # Without the item it is another matter at the same site.
    plain = await office.post("/api/tasks", json={**asked, "id": new_id(), "itemCode": None})
    assert plain.status_code == 201
    assert plain.json()["siteName"] == live["siteName"]


async def test_a_sighting_joins_the_task_that_was_assigned_for_its_item(crew: Crew) -> None:
    site, version = await crew.site("YL-03"), await crew.version("YL")
    item = next(one for one in version["items"] if one["code"] == "YL-B01")
    office = await crew.of("office")
    asked = await order(crew, siteId=site["id"], itemCode="YL-B01")
    made = (await office.post("/api/tasks", json=asked)).json()
    assert made["itemLabel"] == item["label"]["zh-CN"]
    assert await crew.found() == asked["id"]
    await crew.did("supervisor", asked["id"], "confirm")
    assert (await crew.task(asked["id"]))["status"] == "open"


async def test_everything_that_is_wrong_with_an_order_is_named_at_once(crew: Crew) -> None:
    today = clock.today()
    asked = await order(
        crew,
        problem=" ",
        sourceName="",
        unitId=new_id(),
        siteId=new_id(),
        watcherIds=[new_id()],
        givenOn=(today + timedelta(days=1)).isoformat(),
        dueOn=(today - timedelta(days=1)).isoformat(),
    )
    answer = await (await crew.of("office")).post("/api/tasks", json=asked)
    assert answer.status_code == 422
    assert set(pointers(answer)) == {
        "/problem",
        "/sourceName",
        "/unitId",
        "/siteId",
        "/watcherIds/0",
        "/givenOn",
        "/dueOn",
    }


async def test_a_task_without_a_site_goes_its_whole_way_and_stands_in_every_list(crew: Crew) -> None:
    asked = await order(crew, origin="leader", sourceName="", sourceNumber="", institution="创建科")
    office = await crew.of("office")
    assert (await office.post("/api/tasks", json=asked)).status_code == 201
    pack = await crew.get("health", "/api/phone")
    assert next(task for task in pack["tasks"] if task["id"] == asked["id"])["siteName"] == "创建科"
    listed = await crew.get("office", "/api/tasks", origin="leader")
    assert [task["id"] for task in listed["items"]] == [asked["id"]]
    assert (await office.get("/api/ledger.xlsx", params={"origin": "leader"})).status_code == 200
    after = await crew.photo("health", seed=32)
    await crew.did("health", asked["id"], "acknowledge", resolver="王科长")
    await crew.did("health", asked["id"], "reply", text="已更换", measure="每周巡查", photos=[after])
    struck = await crew.did("office", asked["id"], "strike_off", note="材料核对无误")
    assert struck["closed"] is True


async def test_units_and_inspectors_assign_nothing(crew: Crew) -> None:
    asked = await order(crew)
    for login in ("health", "inspector", "supervisor", "leader", "civility", "admin"):
        assert (await (await crew.of(login)).post("/api/tasks", json=asked)).status_code == 403
