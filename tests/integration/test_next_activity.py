"""下次活动验证: a task of the checklist of activities waits in 待复查 for the next activity, which decides it (R41)."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from server import clock
from server.district import District
from server.letters.facts import rests
from server.messages.sweeping import messages_due
from server.tasks.activities import activities_due
from storage.database.models import Task
from tests.factories.crew import Crew, pointers
from tests.integration.conftest import Travel

ITEM, ROOM = "KH-B04", "KP-01"


async def waiting(crew: Crew, travel: Travel) -> str:
    """A task whose unit has named its measure, two days before the next activity."""
    task_id = await crew.opened(ITEM, ROOM, template="KH")
    await crew.did("street", task_id, "acknowledge", resolver="社区科普专干")
    without = await crew.step("street", task_id, "reply", text="下次活动提前一周通知")
    assert (without.status_code, pointers(without)) == (422, ["/measure"])
    await crew.did("street", task_id, "reply", text="下次活动提前一周通知", measure="提前张贴海报并由楼栋长入户通知")
    travel(timedelta(days=2))
    crew.sign_out()
    return task_id


async def inspected(crew: Crew, *, failing: list[str] | None = None, by: str = "inspector2") -> str:
    """The inspection of the next activity, confirmed."""
    receipt = await crew.submit(ROOM, template="KH", by=by, failing=failing or [])
    answer = await (await crew.of("supervisor")).post(f"/api/inspections/{receipt['id']}/confirm")
    assert answer.status_code in {200, 204}, answer.text
    return str(receipt["id"])


async def test_r41_next_activity_that_passes_strikes_off_and_says_so(
    crew: Crew, district: District, travel: Travel
) -> None:
    task_id = await waiting(crew, travel)
    shown = await crew.task(task_id)
    assert (shown["status"], shown["closing"], shown["awaitsActivity"]) == ("replied", "next_activity", True)
    assert await activities_due(district.database, clock.now()) == 0
    receipt = await crew.submit(ROOM, template="KH", by="inspector2")
    assert await activities_due(district.database, clock.now()) == 0  # submitted is not confirmed yet
    answer = await (await crew.of("supervisor")).post(f"/api/inspections/{receipt['id']}/confirm")
    assert answer.status_code in {200, 204}, answer.text
    done = [await activities_due(district.database, clock.now()) for _ in range(2)]
    assert done == [1, 0]
    task = await crew.task(task_id, "street")
    assert (task["status"], task["closedKind"], task["awaitsActivity"]) == ("closed", "next_activity", False)
    last = task["timeline"][-1]
    assert (last["action"], last["actor"], last["detail"]["inspectionId"]) == (
        "strike_off",
        "督查员二",
        receipt["id"],
    )


async def test_r41_next_activity_that_fails_returns_with_a_new_date(
    crew: Crew, district: District, travel: Travel
) -> None:
    task_id = await waiting(crew, travel)
    before = await crew.task(task_id)
    await inspected(crew, failing=[ITEM])
    assert await activities_due(district.database, clock.now()) == 1
    task = await crew.task(task_id, "street")
    assert (task["status"], task["returnCount"], task["returnProposed"]) == ("open", 1, False)
    assert task["dueOn"] > before["dueOn"]
    assert [entry["action"] for entry in task["timeline"]][-1] == "return"


async def test_r41_next_activity_rests_clock_and_ladder_and_is_not_struck_off_on_the_reply_alone(
    crew: Crew, district: District, travel: Travel
) -> None:
    task_id = await waiting(crew, travel)
    travel(timedelta(days=60))
    crew.sign_out()
    task = await crew.task(task_id)
    assert (task["overdue"], task["daysLeft"]) == (False, None)
    async with district.database.reading() as session:
        assert rests(await session.get_one(Task, task_id))
    refused = await crew.step("office", task_id, "strike_off", note="看过回复")
    assert (refused.status_code, pointers(refused)) == (422, ["/photos"])
    after = await crew.photo("inspector2", seed=77)
    struck = await crew.did("inspector2", task_id, "strike_off", note="活动现场已看", photos=[after])
    assert struck["closed"] is True


async def test_r41_next_activity_decides_also_after_its_inspection_was_fed_back(
    crew: Crew, district: District, travel: Travel
) -> None:
    task_id = await waiting(crew, travel)
    inspection_id = await inspected(crew)
    for days in range(1, 5):  # one of them is worked
        evening = datetime.combine(clock.today() + timedelta(days=days), time(17), clock.SHANGHAI)
        await messages_due(district.database, evening.astimezone(UTC))
    assert (await crew.get("office", f"/api/inspections/{inspection_id}"))["state"] == "fed_back"
    assert await activities_due(district.database, clock.now()) == 1
    assert (await crew.task(task_id))["status"] == "closed"


async def test_r41_next_activity_may_be_set_by_the_office(crew: Crew, district: District, travel: Travel) -> None:
    task_id = await crew.opened("KH-C05", ROOM, template="KH")
    assert (await crew.task(task_id))["closing"] == "evidence"
    await crew.did("office", task_id, "correct", closing="next_activity", reason="总结事后无法补写")
    await crew.did("street", task_id, "reply", text="下次活动按要求写", measure="指定专人")
    travel(timedelta(days=2))
    crew.sign_out()
    await inspected(crew)
    assert await activities_due(district.database, clock.now()) == 1
    assert (await crew.task(task_id))["status"] == "closed"


async def test_r41_next_activity_inspected_by_who_put_it_right_decides_nothing(
    crew: Crew, district: District, travel: Travel
) -> None:
    task_id = await waiting(crew, travel)
    inspectors = await crew.unit("区政府办")
    async with district.database.writing() as session:
        task = await session.get_one(Task, task_id)
        task.unit_id = inspectors
    await inspected(crew)
    assert await activities_due(district.database, clock.now()) == 0
    assert (await crew.task(task_id))["status"] == "replied"


async def test_r14_the_three_persons_are_told_named_and_missed(crew: Crew) -> None:
    task_id = await crew.opened()
    persons = (await crew.task(task_id))["persons"]
    assert persons["overseer"] == "区卫计局分管领导"
    assert (persons["resolver"], persons["gaps"]) == ("", ["resolver"])
    await crew.did("health", task_id, "acknowledge", resolver="王科长")
    named = await crew.did("health-leader", task_id, "name_persons", overseer="区卫计局分管领导", implementer="刘院长")
    assert named["status"] == "open"
    persons = (await crew.task(task_id))["persons"]
    assert (persons["implementer"], persons["resolver"], persons["gaps"]) == ("刘院长", "王科长", [])
    assert persons["named"] == ["overseer", "implementer", "resolver"]
    await crew.did("office", task_id, "correct", unitId=await crew.unit("区科协"), reason="责任单位有误")
    assert (await crew.task(task_id))["persons"]["named"] == []
    await crew.did("office", task_id, "correct", unitId=await crew.unit("区卫计局"), reason="改回")
    nobody = await crew.step("health", task_id, "name_persons")
    assert (nobody.status_code, pointers(nobody)) == (422, ["/resolver"])
