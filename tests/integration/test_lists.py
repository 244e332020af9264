"""Lists: filters, sorting, and pages that are complete and stand still while rows arrive."""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from typing import Any

import pytest

from server import clock
from server.district import District
from storage.database.models import Task
from tests.factories.crew import Crew, pointers, problem
from tests.factories.inspections import new_id, no_access

ITEMS = ["YL-B01", "YL-B02", "YL-B03", "YL-C01", "YL-C02"]


async def walk(crew: Crew, url: str, **params: Any) -> list[str]:
    """The ids of a whole list, page by page."""
    found: list[str] = []
    cursor: str | None = None
    while True:
        page = await crew.get("office", url, **params, **({"cursor": cursor} if cursor else {}))
        assert len(page["items"]) <= params.get("limit", 50)
        found += [row["id"] for row in page["items"]]
        cursor = page["next"]
        if cursor is None:
            return found


async def fill(crew: Crew) -> None:
    for site in ("YL-03", "YL-04", "YL-05"):
        await crew.submit(site, failing=ITEMS)
    await crew.submit("KP-01", failing=["KY-A02"])


@pytest.mark.parametrize(
    ("url", "sorts"),
    [
        ("/api/findings", ["receivedAt", "-receivedAt"]),
        ("/api/tasks", ["createdAt", "-createdAt", "dueOn", "-dueOn"]),
        ("/api/inspections", []),
    ],
)
async def test_pages_are_complete_in_every_order(crew: Crew, url: str, sorts: list[str]) -> None:
    await fill(crew)
    whole = await walk(crew, url)
    assert len(whole) == (4 if url == "/api/inspections" else 16)
    for params in ({}, *({"sort": sort} for sort in sorts)):
        for limit in (1, 3, 7):
            pages = await walk(crew, url, limit=limit, **params)
            assert len(pages) == len(set(pages))
            assert set(pages) == set(whole)
            if not params or params["sort"] in ("-receivedAt", "-createdAt"):
                assert pages == whole, "newest receipt first by default"
    if "dueOn" in sorts:
        dates = [row["dueOn"] for row in (await crew.get("office", url, sort="dueOn"))["items"]]
        assert dates == sorted(dates)
        assert await walk(crew, url, sort="-dueOn", limit=3) == (await walk(crew, url, sort="dueOn", limit=3))[::-1]


async def test_pages_stand_still_while_rows_arrive(crew: Crew) -> None:
    await fill(crew)
    before = await walk(crew, "/api/findings")
    seen: list[str] = []
    cursor: str | None = None
    while True:
        page = await crew.get("office", "/api/findings", limit=5, **({"cursor": cursor} if cursor else {}))
        seen += [row["id"] for row in page["items"]]
        await crew.submit("YL-06", failing=["YL-B01"])
        cursor = page["next"]
        if cursor is None:
            break
    assert seen == before


async def test_a_cursor_that_is_not_ours_and_a_page_that_is_too_long_are_refused(crew: Crew) -> None:
    await crew.submit(failing=ITEMS)
    by_date = (await crew.get("office", "/api/tasks", sort="dueOn", limit=1))["next"]
    office = await crew.of("office")
    forged = [
        ["2026-11-24T09:00:00", new_id()],
        ["2026-11-24T09:00:00+00:00", "x"],
        ["0001-01-01T00:00:00+14:00", new_id()],
        [1, 2],
        {"a": 1},
        ["", ""],
    ]
    texts = [base64.urlsafe_b64encode(json.dumps(value).encode()).decode() for value in forged]
    for cursor in ("rubbish", "%%%", "e30", by_date, *texts):
        answer = await office.get("/api/tasks", params={"cursor": cursor})
        assert pointers(answer) == ["/cursor"], cursor
    assert pointers(await office.get("/api/tasks", params={"sort": "colour"})) == ["/sort"]
    for limit in (0, -1, 201, 10**9, "many"):
        answer = await office.get("/api/tasks", params={"limit": limit})
        assert (answer.status_code, problem(answer)) == (400, "bad-body"), limit
    for url in ("/api/tasks", "/api/findings", "/api/inspections", "/api/letters"):
        assert (await office.get(url, params={"limit": 201})).status_code == 400, url
        assert (await office.get(url, params={"limit": 200})).status_code == 200, url


async def test_findings_are_filtered(crew: Crew) -> None:
    await fill(crew)
    site = (await crew.site("YL-04"))["id"]
    street = await crew.unit("田心街道")
    month = clock.month_of(clock.today())

    async def count(**params: Any) -> int:
        return len(await walk(crew, "/api/findings", **params))

    assert await count(site=site) == 5
    assert await count(unit=street) == 1
    assert (await count(month=month), await count(month="2020-01")) == (16, 0)
    assert (await count(status="draft"), await count(status="confirmed")) == (16, 0)
    assert await count(severity="severe") == 6
    assert (await count(rung="none"), await count(rung="assignment")) == (16, 0)
    assert await count(q="YL-B01") == 3
    assert await count(q="清水塘社区卫生") == 5
    assert (await count(q="100%"), await count(q="_"), await count(q="\\")) == (0, 0, 0)
    assert await count(flag="any") == 16
    assert await count(flag="outside-site") == 0


async def test_tasks_are_filtered(crew: Crew, district: District) -> None:
    await fill(crew)
    tasks = (await crew.get("office", "/api/tasks", site=(await crew.site("YL-04"))["id"]))["items"]
    await crew.did("office", tasks[0]["id"], "confirm")
    await crew.did("office", tasks[1]["id"], "confirm")
    await crew.did("health", tasks[1]["id"], "reply", text="已整改")
    async with district.database.writing() as session:
        (await session.get_one(Task, tasks[0]["id"])).due_on = clock.today() - timedelta(days=1)

    async def found(**params: Any) -> set[str]:
        return set(await walk(crew, "/api/tasks", **params))

    assert await found(status="open") == {tasks[0]["id"]}
    assert await found(status="open,replied") == {tasks[0]["id"], tasks[1]["id"]}
    assert await found(overdue=True) == {tasks[0]["id"]}
    assert await found(relapse=True) == set()
    assert await found(q=(await crew.task(tasks[0]["id"]))["number"]) == {tasks[0]["id"]}
    assert len(await found(month=clock.month_of(clock.today()))) == 16
    assert (await crew.task(tasks[0]["id"]))["overdue"] is True


async def test_inspections_are_filtered(crew: Crew) -> None:
    await fill(crew)
    site = (await crew.site("YL-04"))["id"]
    assert len(await walk(crew, "/api/inspections", site=site)) == 1
    assert len(await walk(crew, "/api/inspections", state="submitted")) == 4
    assert await walk(crew, "/api/inspections", state="confirmed") == []
    assert await walk(crew, "/api/inspections", month="2020-01") == []
    row = (await crew.get("office", "/api/inspections", site=site))["items"][0]
    assert (row["findings"], row["author"], row["templateCode"]) == (5, "督查员一", "YL")


async def test_the_overview_counts_what_there_is(crew: Crew) -> None:
    await fill(crew)
    task_id = (await crew.get("office", "/api/tasks"))["items"][0]["id"]
    await crew.did("office", task_id, "confirm")
    overview = await crew.get("office", "/api/overview")
    assert (overview["planned"], overview["done"], overview["coverage"]) == (15, 4, 4 / 15)
    assert (overview["findings"], overview["drafts"], overview["open"], overview["overdue"]) == (16, 15, 1, 0)
    assert {row["kind"]: row["count"] for row in overview["today"]} == {"review": 15}
    unit = next(row for row in overview["units"] if row["unitName"] == "田心街道")
    assert (unit["open"], unit["replied"]) == (1, 0)
    street = await crew.get("street", "/api/overview")
    assert (street["findings"], street["drafts"], street["open"]) == (0, 0, 1)
    assert [row["unitName"] for row in street["units"]] == ["田心街道"]


async def test_the_pulse_rises_with_every_change_and_with_nothing_else(crew: Crew) -> None:
    task_id = await crew.opened()
    await crew.of("health")
    first = (await crew.get("office", "/api/pulse"))["seq"]
    await crew.get("office", "/api/tasks")
    assert (await crew.get("office", "/api/pulse"))["seq"] == first
    await crew.did("health", task_id, "reply", text="已整改")
    assert (await crew.get("office", "/api/pulse"))["seq"] > first


async def test_r6_a_unit_without_its_posts_says_which_are_missing(crew: Crew) -> None:
    units = {unit["name"]: unit["postsMissing"] for unit in await crew.get("office", "/api/units")}
    assert units["区卫计局"] == []
    assert units["田心街道"] == ["unit_leader"]
    assert units["区统计局"] == ["unit_leader", "liaison", "data_officer"]
    assert units["区文明办"] == []


async def test_r36_only_planned_sites_that_somebody_got_into_count_as_covered(crew: Crew) -> None:
    site, version = await crew.site("YL-03"), await crew.version("YL")
    assert (await crew.put(no_access(site, version))).status_code == 201
    assert (await crew.get("office", "/api/overview"))["done"] == 0
    await crew.submit("YL-03")
    await crew.submit("YL-03")
    await crew.submit("YL-04")
    overview = await crew.get("office", "/api/overview")
    assert (overview["done"], overview["planned"]) == (2, 15)
