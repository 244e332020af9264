"""One fault, one task: where sightings go, also when two arrive together."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from server import clock
from server.district import District
from storage.database.models import Finding, Inspection, Task
from tests.factories.crew import Crew
from tests.factories.inspections import Json, new_id
from tests.integration.conftest import Travel

ROUNDS = 20


def link_of(receipt: Json, item: str = "YL-B01") -> tuple[str, str]:
    """Where the sighting of an item went: the link and the task."""
    return next((one["link"], one["taskId"]) for one in receipt["findings"] if one["item"] == item)


async def test_r41_a_repeated_sighting_joins_the_live_task(crew: Crew) -> None:
    task_id = await crew.found()
    assert link_of(await crew.submit(failing=["YL-B01"], by="inspector2")) == ("existing", task_id)
    await crew.did("office", task_id, "confirm")
    assert link_of(await crew.submit(failing=["YL-B01"])) == ("existing", task_id)
    assert len((await crew.task(task_id))["findings"]) == 3
    elsewhere = link_of(await crew.submit("YL-04", failing=["YL-B01"]))
    assert elsewhere[0] == "new"


async def test_a_sighting_on_a_replied_task_proposes_to_return_it(crew: Crew) -> None:
    task_id = await crew.replied()
    assert link_of(await crew.submit(failing=["YL-B01"])) == ("existing", task_id)
    assert (await crew.task(task_id))["returnProposed"] is True
    await crew.did("office", task_id, "return", reason="复查仍未整改")
    task = await crew.task(task_id)
    assert (task["status"], task["returnProposed"], task["returnCount"]) == ("open", False, 1)


async def test_r43_a_fault_that_comes_back_after_the_strike_off_is_a_relapse(crew: Crew, travel: Travel) -> None:
    task_id = await crew.closed()
    travel(timedelta(seconds=2))
    link, again = link_of(await crew.submit(failing=["YL-B01"]))
    assert (link, again == task_id) == ("relapse", False)
    task = await crew.task(again)
    assert (task["isRelapse"], task["relapseOfId"]) == (True, task_id)
    assert [one["id"] for one in (await crew.get("office", "/api/tasks", relapse=True))["items"]] == [again]


async def test_r43_a_fault_after_the_window_is_a_new_one(crew: Crew, district: District) -> None:
    task_id = await crew.closed()
    async with district.database.writing() as session:
        task = await session.get_one(Task, task_id)
        task.closed_at = clock.now() - timedelta(days=91)
    assert link_of(await crew.submit(failing=["YL-B01"]))[0] == "new"


async def test_a_late_sighting_from_before_the_strike_off_joins_the_closed_task(crew: Crew) -> None:
    task_id = await crew.closed()
    seen = clock.now() - timedelta(minutes=40)
    assert link_of(await crew.submit(failing=["YL-B01"], finished_at=seen)) == ("existing", task_id)
    task = await crew.task(task_id)
    assert task["status"] == "closed"
    assert task["actions"] == ["confirm", "void"]


async def test_a_late_sighting_on_a_closed_task_may_be_voided_without_opening_or_voiding_the_task(crew: Crew) -> None:
    task_id = await crew.closed()
    receipt = await crew.submit(failing=["YL-B01"], finished_at=clock.now() - timedelta(minutes=40))
    await crew.did("office", task_id, "void", reason="补传的重复记录", findingId=receipt["findings"][0]["id"])
    task = await crew.task(task_id)
    assert (task["status"], task["closedKind"]) == ("closed", "verified")
    assert sorted(one["status"] for one in task["findings"]) == ["confirmed", "void"]
    assert (await crew.get("office", f"/api/inspections/{receipt['id']}"))["state"] == "confirmed"
    refused = await crew.step("office", task_id, "void", reason="再次作废")
    assert refused.status_code == 409


async def test_a_late_sighting_is_placed_by_its_corrected_time(crew: Crew) -> None:
    """A phone that is a day ahead tells of tomorrow what it saw before the strike-off."""
    task_id = await crew.closed()
    ahead = timedelta(days=1)
    body = await crew.body(failing=["YL-B01"], finished_at=clock.now() + ahead - timedelta(minutes=40))
    device_time = (clock.now() + ahead).isoformat()
    receipt = (await crew.put(body, **{"X-Device-Time": device_time})).json()
    assert link_of(receipt) == ("existing", task_id)


async def test_a_new_sighting_after_a_void_opens_a_new_task(crew: Crew) -> None:
    task_id = await crew.found()
    await crew.did("office", task_id, "void", reason="误报")
    link, again = link_of(await crew.submit(failing=["YL-B01"]))
    assert (link, again == task_id) == ("new", False)


async def test_r41_two_inspections_of_one_site_at_once_open_one_task(crew: Crew, district: District) -> None:
    await crew.of("inspector2")
    for number in range(ROUNDS):
        items = ["YL-B01", "YL-B02"] if number % 2 else ["YL-B02", "YL-C01"]
        bodies = [await crew.body(failing=items), await crew.body(failing=list(reversed(items)))]
        answers = await asyncio.gather(
            crew.put(bodies[0], by="inspector"),
            crew.put(bodies[1], by="inspector2"),
        )
        assert [answer.status_code for answer in answers] == [201, 201]
        for item in items:
            assert len({link_of(answer.json(), item)[1] for answer in answers}) == 1
    async with district.database.reading() as session:
        assert await session.scalar(select(func.count()).select_from(Task)) == 3
        assert await session.scalar(select(func.count()).select_from(Finding)) == ROUNDS * 4


async def test_r37_the_same_inspection_sent_twice_at_once_is_stored_once(crew: Crew, district: District) -> None:
    for _ in range(ROUNDS):
        body, inspection_id = await crew.body(failing=["YL-B01"]), new_id()
        answers = await asyncio.gather(*(crew.put(body, inspection_id=inspection_id) for _ in range(3)))
        assert sorted(answer.status_code for answer in answers) == [200, 200, 201]
        assert len({str(answer.json()) for answer in answers}) == 1
    async with district.database.reading() as session:
        assert await session.scalar(select(func.count()).select_from(Inspection)) == ROUNDS


async def test_sightings_and_steps_at_once_neither_fail_nor_lose_anything(crew: Crew) -> None:
    """A sighting either finds the task live or finds it struck off; none is left on a task that was closing."""
    photo = await crew.photo("inspector2")
    for _ in range(8):
        task_id = await crew.replied()
        strike = crew.step("inspector2", task_id, "strike_off", note="已复查", photos=[photo])
        seen, struck = await asyncio.gather(crew.put(await crew.body(failing=["YL-B01"])), strike)
        assert (seen.status_code, struck.status_code) == (201, 200)
        link, where = link_of(seen.json())
        task = await crew.task(where)
        if link == "relapse":
            assert task["status"] == "draft"
            await crew.did("office", where, "void", reason="本轮结束")
        else:
            # it was there first: the strike-off that followed was taken with the sighting on the task
            assert where == task_id
            assert len(task["findings"]) == 2


@pytest.mark.parametrize("window_end", [timedelta(days=90), timedelta(days=90, seconds=1)])
async def test_r43_the_window_ends_after_ninety_days(crew: Crew, district: District, window_end: timedelta) -> None:
    task_id = await crew.closed()
    seen = clock.now().replace(microsecond=0)
    async with district.database.writing() as session:
        closed_at: datetime = seen - window_end
        (await session.get_one(Task, task_id)).closed_at = closed_at
    expected = "relapse" if window_end == timedelta(days=90) else "new"
    assert link_of(await crew.submit(failing=["YL-B01"], finished_at=seen))[0] == expected
