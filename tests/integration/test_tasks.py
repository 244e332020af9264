"""The life of a task over HTTP: confirmed, replied, struck off or returned, with everything kept."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import update

from server import clock
from server.district import District
from storage.database.models import Post, Setting
from tests.factories.crew import Crew, absent_photo, pointers, problem
from tests.factories.inspections import Json, instant, new_id
from tests.integration.conftest import Travel


def steps_of(task: Json) -> list[tuple[str, bool]]:
    """What was done or tried on a task, and whether it was accepted."""
    return [(entry["action"], entry["accepted"]) for entry in task["timeline"]]


async def test_a_fault_is_confirmed_put_right_and_struck_off(crew: Crew) -> None:
    task_id = await crew.found(photos={"YL-B01": [await crew.photo("inspector", seed=5)]})
    draft = await crew.task(task_id)
    assert (draft["status"], draft["number"], draft["dueProvisional"]) == ("draft", None, True)
    confirmed = await crew.did("supervisor", task_id, "confirm", version=draft["version"])
    assert confirmed["status"] == "open"
    seen = await crew.task(task_id, "health")
    assert seen["number"].startswith(f"{clock.today().year}-")
    assert {"progress", "reply"} <= set(seen["actions"])
    assert len(seen["beforePhotos"]) == 1
    after = await crew.photo("health", seed=6)
    await crew.did("health", task_id, "progress", text="已联系制作标识")
    await crew.did("health", task_id, "reply", text="已补贴标识", measure="每周巡查", photos=[after])
    on_the_spot = await crew.photo("inspector2", seed=7)
    struck = await crew.did("inspector2", task_id, "strike_off", note="现场复查合格", photos=[on_the_spot])
    assert (struck["status"], struck["closed"]) == ("closed", True)
    task = await crew.task(task_id, "health")
    assert (task["closedKind"], task["actions"], task["afterPhotos"]) == ("verified", [], [after, on_the_spot])
    assert steps_of(task) == [("confirm", True), ("progress", True), ("reply", True), ("strike_off", True)]
    assert [entry["text"] for entry in task["timeline"][1:]] == ["已联系制作标识", "已补贴标识", "现场复查合格"]


async def test_the_same_step_sent_twice_has_one_effect_and_one_answer(crew: Crew) -> None:
    task_id = await crew.opened()
    step = {"id": new_id(), "at": instant(clock.now()), "action": "reply", "text": "已整改"}
    first = await crew.step("health", task_id, **step)
    again = await crew.step("health", task_id, **dict(reversed(step.items())))
    assert (first.status_code, again.status_code) == (200, 200)
    assert again.json() == first.json()
    other = await crew.step("health", task_id, **{**step, "text": "另一份"})
    assert (other.status_code, problem(other)) == (409, "action-differs")
    await crew.did("office", task_id, "return", reason="照片看不出整改")
    replayed = await crew.step("health", task_id, **step)
    assert replayed.json() == first.json()
    task = await crew.task(task_id)
    assert task["status"] == "open"
    assert steps_of(task) == [("confirm", True), ("reply", True), ("return", True)]
    elsewhere = await crew.opened("YL-B02")
    assert problem(await crew.step("health", elsewhere, **step)) == "action-differs"


async def test_r41_a_step_that_comes_too_late_is_kept_with_its_photos_and_refused(crew: Crew) -> None:
    task_id = await crew.closed()
    photo = await crew.photo("health", seed=21)
    late = {"id": new_id(), "at": instant(clock.now() - timedelta(hours=3)), "action": "reply", "text": "早已整改"}
    for _ in range(2):
        answer = await crew.step("health", task_id, **late, photos=[photo])
        assert (answer.status_code, problem(answer)) == (409, "transition-refused")
    task = await crew.task(task_id)
    assert (task["status"], steps_of(task)[-1]) == ("closed", ("reply", False))
    kept = task["timeline"][-1]
    assert (kept["refusal"], kept["text"]) == ("transition-refused", "早已整改")
    assert [one["sha256"] for one in kept["photos"]] == [photo]


async def test_somebody_elses_task_is_not_found_and_no_different_from_an_absent_one(crew: Crew) -> None:
    task_id = await crew.opened()
    for who, task in (("street", task_id), ("health", new_id())):
        client = await crew.of(who)
        answer = await client.get(f"/api/tasks/{task}")
        step = await crew.step(who, task, "reply", text="已整改")
        assert (answer.status_code, step.status_code) == (404, 404)
        assert answer.json() == step.json() == (await client.get(f"/api/tasks/{new_id()}")).json()


async def test_r8_a_unit_sees_a_task_and_its_finding_once_they_are_confirmed(crew: Crew) -> None:
    task_id = await crew.found()
    finding = (await crew.get("office", "/api/findings"))["items"][0]["id"]
    assert (await crew.get("health", "/api/tasks"))["items"] == []
    assert (await crew.get("health", "/api/findings"))["items"] == []
    assert await crew.status("health", f"/api/tasks/{task_id}") == 404
    assert await crew.status("health", f"/api/findings/{finding}") == 404
    await crew.did("office", task_id, "confirm")
    assert [one["id"] for one in (await crew.get("health", "/api/tasks"))["items"]] == [task_id]
    assert [one["id"] for one in (await crew.get("health", "/api/findings"))["items"]] == [finding]
    await crew.submit(failing=["YL-B01"], by="inspector2")
    assert len((await crew.task(task_id, "health"))["findings"]) == 1
    assert len((await crew.get("health", "/api/findings"))["items"]) == 1


async def test_r12_a_watching_unit_sees_the_task_and_is_never_overdue_for_it(
    crew: Crew, district: District, travel: Travel
) -> None:
    task_id = await crew.opened("KY-A02", "KP-01")
    task = await crew.task(task_id, "street")
    assert (task["unitName"], sorted(task["watchers"])) == ("田心街道", ["区科协", "区科技局"])
    await _appoint(district, await crew.person("health"), await crew.unit("区科协"))
    watcher = await crew.task(task_id, "health")
    assert watcher["actions"] == []
    refused = await crew.step("health", task_id, "reply", text="代为整改")
    assert (refused.status_code, problem(refused)) == (403, "not-allowed")
    travel(timedelta(days=40))
    later = crew.again()
    overview = await later.get("health", "/api/overview")
    assert (overview["open"], overview["overdue"], overview["today"]) == (0, 0, [])
    assert (await later.get("health", "/api/tasks"))["items"][0]["overdue"] is False
    assert (await later.get("health", "/api/tasks", overdue=True))["items"] == []
    assert (await later.get("street", "/api/overview"))["overdue"] == 1
    assert [one["id"] for one in (await later.get("street", "/api/tasks", overdue=True))["items"]] == [task_id]


async def _appoint(district: District, person_id: str, unit_id: str) -> None:
    """Move a person to another unit, in the roles that they hold."""
    async with district.database.writing() as session:
        await session.execute(update(Post).where(Post.person_id == person_id).values(unit_id=unit_id))


async def test_a_step_on_an_older_version_is_refused(crew: Crew) -> None:
    task_id = await crew.found()
    version = (await crew.task(task_id))["version"]
    await crew.did("supervisor", task_id, "confirm", version=version)
    stale = await crew.step("office", task_id, "correct", version=version, severity="severe", reason="影响安全")
    assert (stale.status_code, problem(stale)) == (409, "version-differs")
    assert steps_of(await crew.task(task_id)) == [("confirm", True)]
    await crew.did("office", task_id, "correct", version=version + 1, severity="severe", reason="影响安全")


async def test_a_strike_off_waits_for_its_photos_and_then_goes_through_under_the_same_id(crew: Crew) -> None:
    task_id = await crew.replied()
    photo = absent_photo("to come")
    step = {"id": new_id(), "at": instant(clock.now()), "action": "strike_off", "note": "已复查"}
    waiting = await crew.step("inspector2", task_id, **step, photos=[photo])
    assert (waiting.status_code, problem(waiting)) == (409, "photos-awaited")
    task = await crew.task(task_id)
    assert (task["status"], steps_of(task)[-1]) == ("replied", ("reply", True))
    arrived = await crew.photo("inspector2", seed=31)
    taken = await crew.step("inspector2", task_id, **step, photos=[arrived])
    assert (taken.status_code, taken.json()["status"]) == (200, "closed")


async def test_a_reply_may_arrive_before_its_photos(crew: Crew) -> None:
    task_id = await crew.opened()
    photo = absent_photo("on its way")
    assert (await crew.did("health", task_id, "reply", text="已整改", photos=[photo]))["status"] == "replied"
    task = await crew.task(task_id)
    assert task["timeline"][-1]["photos"][0]["state"] == "missing"
    desk = await crew.step("office", task_id, "strike_off", note="照片未到")
    assert pointers(desk) == ["/photos"]


async def test_r41_an_inspector_brings_a_fresh_photo_and_a_desk_may_rest_on_the_units(crew: Crew) -> None:
    task_id = await crew.opened()
    await crew.did("health", task_id, "reply", text="已整改", photos=[await crew.photo("health", seed=41)])
    assert pointers(await crew.step("inspector2", task_id, "strike_off", note="没有照片")) == ["/photos"]
    assert (await crew.did("office", task_id, "strike_off", note="核对照片"))["closed"] is True


async def test_r41_who_found_it_may_verify_it_unless_strict(crew: Crew, district: District) -> None:
    first, second = await crew.replied("YL-B01"), await crew.replied("YL-B02")
    photo = await crew.photo("inspector", seed=51)
    await crew.did("inspector", first, "strike_off", note="原检查人复核", photos=[photo])
    assert (await crew.task(first))["closedKind"] == "same_inspector"
    async with district.database.writing() as session:
        session.add(Setting(name="strict_verification", value={"value": True}, changed_at=clock.now()))
    strict = await crew.step("inspector", second, "strike_off", note="原检查人复核", photos=[photo])
    assert (strict.status_code, problem(strict)) == (403, "finder-may-not")
    assert "strike_off" not in (await crew.task(second, "inspector"))["actions"]
    await crew.did(
        "inspector2", second, "strike_off", note="他人复核", photos=[await crew.photo("inspector2", seed=52)]
    )


async def test_r41_who_fixed_never_verifies(crew: Crew, district: District) -> None:
    """Not even after having become an inspector of another unit."""
    task_id = await crew.opened()
    await crew.did("health", task_id, "progress", text="开始整改")
    await crew.did(
        "health-leader", task_id, "reply", text="已整改", photos=[await crew.photo("health-leader", seed=61)]
    )
    fixer = await crew.person("health")
    async with district.database.writing() as session:
        moved = {"unit_id": await crew.unit("区政府办"), "role": "inspector"}
        await session.execute(update(Post).where(Post.person_id == fixer).values(**moved))
    photo = await crew.photo("health", seed=62)
    for action in ("strike_off", "return"):
        refused = await crew.step("health", task_id, action, note="自己验收", reason="自己退回", photos=[photo])
        assert (refused.status_code, problem(refused)) == (403, "own-work"), action


@pytest.mark.parametrize(
    ("unit", "barred", "verifier"),
    [("区发改局", "office", "supervisor"), ("区政府办", "supervisor", "office")],
)
async def test_r2_r41_the_offices_own_tasks_are_verified_by_the_other(
    crew: Crew, unit: str, barred: str, verifier: str
) -> None:
    task_id = await crew.found()
    await crew.did("office", task_id, "confirm", unitId=await crew.unit(unit))
    photo = await crew.photo(barred, seed=71)
    refused = await crew.step(barred, task_id, "strike_off", note="自行验收", photos=[photo])
    assert (refused.status_code, problem(refused)) == (403, "own-work")
    photo = await crew.photo(verifier, seed=72)
    assert (await crew.did(verifier, task_id, "strike_off", note="验收", photos=[photo]))["closed"] is True


async def test_r41_a_return_counts_and_sets_a_new_deadline(crew: Crew, travel: Travel) -> None:
    task_id = await crew.replied()
    first = await crew.task(task_id)
    travel(timedelta(days=14))
    crew = crew.again()
    await crew.did("office", task_id, "return", reason="整改不彻底")
    task = await crew.task(task_id)
    assert (task["status"], task["returnCount"], task["repliedAt"]) == ("open", 1, None)
    assert task["dueOn"] > first["dueOn"]
    assert task["daysLeft"] == 3
    chosen = (clock.today() + timedelta(days=40)).isoformat()
    await crew.did("health", task_id, "reply", text="再次整改")
    assert (await crew.did("office", task_id, "return", reason="仍不彻底", dueOn=chosen))["dueOn"] == chosen
    assert (await crew.task(task_id))["returnCount"] == 2


async def test_r41_void_is_per_finding_and_the_task_goes_with_the_last_one(crew: Crew) -> None:
    task_id = await crew.found()
    await crew.submit(failing=["YL-B01"], by="inspector2")
    findings = (await crew.task(task_id))["findings"]
    first = await crew.did("office", task_id, "void", reason="重复", findingId=findings[0]["id"])
    assert first["status"] == "draft"
    foreign = await crew.step("office", task_id, "void", reason="重复", findingId=new_id())
    assert pointers(foreign) == ["/findingId"]
    last = await crew.did("office", task_id, "void", reason="误判", findingId=findings[1]["id"])
    assert last["status"] == "void"
    shown = {one["id"]: (one["status"], one["voidReason"]) for one in (await crew.task(task_id))["findings"]}
    assert shown == {findings[0]["id"]: ("void", "重复"), findings[1]["id"]: ("void", "误判")}


async def test_the_office_corrects_and_extends_and_says_why(crew: Crew) -> None:
    task_id = await crew.opened()
    later = (clock.today() + timedelta(days=30)).isoformat()
    assert set(pointers(await crew.step("office", task_id, "extend"))) == {"/reason", "/until"}
    assert pointers(await crew.step("office", task_id, "correct", severity="minor")) == ["/reason"]
    assert (await crew.did("office", task_id, "extend", until=later, reason="等待施工"))["dueOn"] == later
    street = await crew.unit("田心街道")
    await crew.did("supervisor", task_id, "correct", unitId=street, severity="severe", reason="属街道责任")
    task = await crew.task(task_id)
    assert (task["unitName"], task["severity"], task["findings"][0]["unitName"]) == ("田心街道", "severe", "田心街道")
    assert await crew.status("health", f"/api/tasks/{task_id}") == 404
    assert await crew.status("street", f"/api/tasks/{task_id}") == 200


async def test_r3_a_unit_that_is_no_member_cannot_owe_a_task(crew: Crew) -> None:
    task_id = await crew.found()
    for unit in ("区文明办", "社事办", "区委"):
        assert pointers(await crew.step("office", task_id, "confirm", unitId=await crew.unit(unit))) == ["/unitId"]
    assert pointers(await crew.step("office", task_id, "confirm", unitId=new_id())) == ["/unitId"]
    assert (await crew.did("office", task_id, "confirm", unitId=await crew.unit("区科协")))["status"] == "open"


async def test_r87_no_deadline_lies_before_the_day_on_which_it_is_set(crew: Crew) -> None:
    task_id = await crew.found()
    yesterday, today = (clock.today() - timedelta(days=1)).isoformat(), clock.today().isoformat()
    assert pointers(await crew.step("office", task_id, "confirm", dueOn=yesterday)) == ["/dueOn"]
    assert (await crew.did("office", task_id, "confirm", dueOn=today))["dueOn"] == today
    assert pointers(await crew.step("office", task_id, "extend", until=yesterday, reason="晚了")) == ["/until"]


async def test_each_step_asks_for_its_words(crew: Crew) -> None:
    task_id = await crew.replied()
    for who, action, pointer in (("office", "void", "/reason"), ("office", "return", "/reason")):
        assert pointers(await crew.step(who, task_id, action, reason="  ")) == [pointer]
    other = await crew.opened("YL-B02")
    for action in ("progress", "reply"):
        assert pointers(await crew.step("health", other, action)) == ["/text"]


async def test_a_unit_neither_closes_nor_dates_nor_voids_its_task(crew: Crew) -> None:
    task_id = await crew.opened()
    later = (clock.today() + timedelta(days=30)).isoformat()
    for action in ("confirm", "correct", "void", "return", "strike_off", "extend"):
        for who in ("health", "health-leader"):
            refused = await crew.step(who, task_id, action, reason="自行办理", until=later, note="自行办理")
            assert (refused.status_code, problem(refused)) == (403, "not-allowed"), action
    assert steps_of(await crew.task(task_id)) == [("confirm", True)]


async def test_first_confirmations_of_a_year_at_once_get_numbers_without_gap_or_repeat(crew: Crew) -> None:
    items = ["YL-B01", "YL-B02", "YL-B03", "YL-B04", "YL-C01", "YL-C02"]
    receipt = await crew.submit(failing=items)
    tasks = [finding["taskId"] for finding in receipt["findings"]]
    for login in ("office", "supervisor"):
        await crew.of(login)
    await asyncio.gather(
        *(crew.did(who, task, "confirm") for task, who in zip(tasks, ["office", "supervisor"] * 3, strict=True))
    )
    numbers = sorted([(await crew.task(task))["number"] for task in tasks])
    assert numbers == [f"{clock.today().year}-{number:04d}" for number in range(1, 7)]
    assert (await crew.get("office", f"/api/inspections/{receipt['id']}"))["state"] == "confirmed"


@pytest.mark.parametrize("rounds", [10])
async def test_r37_the_last_two_findings_decided_at_once_confirm_the_inspection(crew: Crew, rounds: int) -> None:
    for login in ("office", "supervisor"):
        await crew.of(login)
    for _ in range(rounds):
        receipt = await crew.submit(failing=["YL-B01", "YL-B02"])
        first, second = (finding["taskId"] for finding in receipt["findings"])
        await asyncio.gather(
            crew.did("office", first, "void", reason="误判"), crew.did("supervisor", second, "confirm")
        )
        assert (await crew.get("office", f"/api/inspections/{receipt['id']}"))["state"] == "confirmed"
        await crew.did("office", second, "void", reason="本轮结束")


async def test_the_same_step_sent_twice_at_once_has_one_effect(crew: Crew) -> None:
    task_id = await crew.opened()
    step = {"id": new_id(), "at": instant(clock.now()), "action": "reply", "text": "已整改"}
    answers = await asyncio.gather(*(crew.step("health", task_id, **step) for _ in range(4)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({str(answer.json()) for answer in answers}) == 1
    assert steps_of(await crew.task(task_id)) == [("confirm", True), ("reply", True)]
