"""What was put right while the inspector was there: countersigned at confirmation, fed back, in the ledger (R40)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from server import clock
from server.district import District
from server.inspections.sweeping import confirm_overdue
from server.messages.feeding_back import owe_feedback
from server.messages.news import tell_steps
from storage.database.models import DigestLine, Setting
from tests.factories.crew import Crew, absent_photo, pointers
from tests.factories.inspections import Json

GUIDANCE = {
    "words": "当场指导张贴",
    "measure": "每周巡查",
    "receiver": "王芳",
    "receiverPost": "护士长",
    "agreedOn": None,
}


async def fixed(crew: Crew, item: str = "YL-B01", *, after: str | None = None, **changes: Any) -> tuple[str, str]:
    """An inspection with one fault that was put right on the spot; the task's id and the hash of its after-photo."""
    before = await crew.photo("inspector", seed=81)
    after = after or await crew.photo("inspector", seed=82)
    body = await crew.body(failing=[item], photos={item: [before]})
    answer = next(one for one in body["answers"] if one["item"] == item)
    answer.update({"fixedPhotos": [after], "guidance": GUIDANCE, **changes})
    receipt = await crew.put(body)
    assert receipt.status_code == 201, receipt.text
    return receipt.json()["findings"][0]["taskId"], after


async def finding_of(crew: Crew, task_id: str, login: str = "office") -> Json:
    found: Json = (await crew.task(task_id, login))["findings"][0]
    return found


async def test_r40_confirming_strikes_off_what_was_put_right_on_the_spot(crew: Crew) -> None:
    task_id, after = await fixed(crew)
    draft = await crew.task(task_id)
    assert (draft["status"], draft["afterPhotos"]) == ("draft", [after])
    finding = draft["findings"][0]
    assert finding["onSpot"] is True
    assert finding["guidance"] == {**GUIDANCE, "adviser": finding["finder"]}
    assert (await crew.did("supervisor", task_id, "confirm"))["closed"] is True
    task = await crew.task(task_id, "health")
    assert (task["status"], task["closedKind"]) == ("closed", "on_spot")
    assert task["number"]
    assert task["timeline"][-1]["detail"]["onSpot"] == "accept"


async def test_r40_a_refused_closing_becomes_an_ordinary_task(crew: Crew) -> None:
    task_id, _ = await fixed(crew)
    assert pointers(await crew.step("office", task_id, "confirm", onSpot="refuse")) == ["/reason"]
    await crew.did("office", task_id, "confirm", onSpot="refuse", reason="只挪到了隔壁")
    task = await crew.task(task_id, "health")
    assert (task["status"], task["timeline"][-1]["text"]) == ("open", "只挪到了隔壁")
    assert "reply" in task["actions"]


async def test_r40_nobody_but_a_person_countersigns(crew: Crew, district: District) -> None:
    task_id, _ = await fixed(crew)
    await confirm_overdue(district.database, clock.now() + timedelta(days=10))
    assert (await crew.task(task_id))["status"] == "replied"
    assert (await crew.did("office", task_id, "strike_off", note="照片属实"))["closed"] is True


async def test_r40_a_photo_that_has_not_come_lets_the_task_wait(crew: Crew) -> None:
    task_id, _ = await fixed(crew, after=absent_photo("on its way"))
    assert (await crew.did("office", task_id, "confirm"))["status"] == "replied"
    assert pointers(await crew.step("office", task_id, "strike_off", note="看不到照片")) == ["/photos"]
    await crew.did("office", task_id, "return", reason="没有照片")
    assert (await crew.task(task_id))["status"] == "open"


async def test_r40_the_photo_of_the_fault_proves_no_repair(crew: Crew) -> None:
    before = await crew.photo("inspector", seed=81)
    task_id, _ = await fixed(crew, after=before)
    assert (await finding_of(crew, task_id))["onSpot"] is False
    assert (await crew.did("office", task_id, "confirm"))["status"] == "open"


async def test_r41_in_strict_mode_the_finder_closes_nothing(crew: Crew, district: District) -> None:
    async with district.database.writing() as session:
        session.add(Setting(name="strict_verification", value={"value": True}, changed_at=clock.now()))
    task_id, _ = await fixed(crew)
    assert (await crew.did("office", task_id, "confirm"))["status"] == "replied"


async def test_r40_an_older_task_that_is_put_right_on_the_spot_is_closed_too(crew: Crew) -> None:
    task_id = await crew.opened()
    again, _ = await fixed(crew)
    assert again == task_id
    assert (await crew.did("office", task_id, "confirm"))["closed"] is True
    assert (await crew.task(task_id))["closedKind"] == "on_spot"


async def test_r40_whoever_saw_it_later_has_the_last_word(crew: Crew) -> None:
    task_id, _ = await fixed(crew)
    assert await crew.found(by="inspector2") == task_id
    assert (await crew.did("office", task_id, "confirm"))["status"] == "open"


async def test_guidance_without_words_is_none_and_a_passing_item_has_no_finding(crew: Crew) -> None:
    task_id, _ = await fixed(crew, guidance={"words": "  "})
    assert (await finding_of(crew, task_id))["guidance"] is None
    body = await crew.body()
    next(one for one in body["answers"] if one["item"] == "YL-B01")["fixedPhotos"] = [absent_photo("of nothing")]
    receipt = (await crew.put(body)).json()
    assert (receipt["findings"], receipt["missingPhotos"]) == ([], [absent_photo("of nothing")])


async def test_r39_r40_it_is_still_fed_back(crew: Crew, district: District) -> None:
    task_id, _ = await fixed(crew)
    inspection_id = (await finding_of(crew, task_id))["inspectionId"]
    await crew.did("office", task_id, "confirm")
    assert await owe_feedback(district.database, clock.now()) == 1
    assert await crew.get("office", f"/api/inspections/{inspection_id}/feedback")


async def test_r40_the_unit_is_told_that_it_is_settled_and_not_that_it_owes(crew: Crew, district: District) -> None:
    closed, _ = await fixed(crew, "YL-B01")
    waits, _ = await fixed(crew, "YL-C01", after=absent_photo("on its way"))
    for task_id in (closed, waits):
        await crew.did("office", task_id, "confirm")
    now = clock.now()
    async with district.database.writing() as session:
        await tell_steps(session, since=now - timedelta(hours=1), now=now, today=clock.today())
    async with district.database.reading() as session:
        rows = await session.execute(select(DigestLine.kind, DigestLine.link).distinct())
    told = {link: kind for kind, link in rows if kind.startswith("task-")}
    assert told[f"/tasks/{closed}"] == "task-fixed-on-spot"
    assert told[f"/tasks/{waits}"] == "task-fixed-waits"
