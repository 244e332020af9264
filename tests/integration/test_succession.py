"""A unit ends and its successor takes over: nothing that was open is left with a unit that is no more (R3)."""

from __future__ import annotations

from datetime import date, timedelta

import httpx
import pytest
from litestar import Litestar
from sqlalchemy import func, select

from server import clock
from server.district import District
from server.messages.sweeping import messages_due
from storage.database.models import AuditEvent, DeclarationMaterial, Feedback, Finding, Site, TaskWatcher
from tests.factories.crew import Crew, pointers
from tests.factories.inspections import Json, new_id
from tests.integration.conftest import Travel
from tests.integration.test_declaration import hand_in, of_unit, opened, reported
from tests.integration.test_letters import assignment, issued, late_task
from tests.integration.test_meetings import planned
from tests.integration.test_reply_link import Paper

HEALTH = "区卫计局"
NEW = "区卫生健康局"


async def the_units(crew: Crew) -> dict[str, Json]:
    return {one["name"]: one for one in await crew.get("admin", "/api/units")}


async def founded(crew: Crew, name: str = NEW, kind: str = "member") -> str:
    """A new unit, as a merger founds it."""
    unit_id = new_id()
    body = {"code": f"U-{unit_id[-8:]}", "name": name, "kind": kind, "memberFrom": "2026-01-01"}
    answer = await (await crew.of("admin")).put(f"/api/units/{unit_id}", json=body)
    assert answer.status_code == 201, answer.text
    return unit_id


async def end(crew: Crew, name: str, successor_id: str | None, *, ago: int = 1) -> httpx.Response:
    unit = (await the_units(crew))[name]
    body: Json = {"lastOn": (clock.today() - timedelta(days=ago)).isoformat(), "reason": "机构改革"}
    if successor_id:
        body["successorId"] = successor_id
    return await (await crew.of("admin")).post(f"/api/units/{unit['id']}/end", json=body)


async def ended(crew: Crew, name: str, successor_id: str) -> Json:
    answer = await end(crew, name, successor_id)
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


def codes(answer: httpx.Response) -> set[str]:
    assert answer.status_code == 422, answer.text
    return {one["code"] for one in answer.json()["errors"]}


@pytest.fixture
async def paper(app: Litestar, crew: Crew, travel: Travel) -> Paper:
    crew, task_id = await late_task(crew, travel)
    return Paper(app, crew, await issued(crew, (await assignment(crew, [task_id]))["id"]), task_id)


async def test_r3_open_work_goes_to_the_successor_with_its_deadline_and_its_rung(
    paper: Paper, district: District
) -> None:
    crew, new_one = paper.crew, await founded(paper.crew)
    before = await crew.task(paper.task_id)
    old_id = before["unitId"]
    shown = await crew.get("admin", f"/api/units/{old_id}/ending")
    assert [task["id"] for task in shown["tasks"]] == [paper.task_id]
    assert (shown["taskCount"], [one["goesOn"] for one in shown["letters"]]) == (1, [True])
    assert {one["role"] for one in shown["posts"]} == {"unit_leader", "liaison", "data_officer"}
    for _ in range(2):
        unit = await ended(crew, HEALTH, new_one)
    assert unit["successorId"] == new_one
    task = await crew.task(paper.task_id)
    assert (task["unitId"], task["unitName"]) == (new_one, NEW)
    for kept in ("dueOn", "rung", "status", "number"):
        assert task[kept] == before[kept], kept
    told = task["timeline"][-1]
    assert (told["action"], HEALTH in told["text"], NEW in told["text"]) == ("hand_over", True, True)
    async with district.database.reading() as session:
        noted = select(func.count()).where(AuditEvent.action.in_(("end_unit", "note_hand_over", "letter_succeed")))
        assert await session.scalar(noted) == 3
        left = select(func.count()).where(Site.unit_id == old_id, Site.closed_on.is_(None))
        assert (await session.scalar(left), shown["sites"] > 0) == (0, True)


async def test_r3_the_successors_people_answer_the_running_letter_and_its_printed_code_goes_on(paper: Paper) -> None:
    crew, new_one = paper.crew, await founded(paper.crew)
    await ended(crew, HEALTH, new_one)
    letter = await crew.get("office", f"/api/letters/{paper.letter['id']}")
    assert (letter["unitId"], letter["number"]) == (new_one, paper.letter["number"])
    step = letter["history"][-1]
    assert (step["action"], HEALTH in step["detail"]["reason"]) == ("succeed", True)
    # What was signed stays as it was signed.
    assert {**letter["document"], "replyCode": None} == {**paper.letter["document"], "replyCode": None}
    assert (await paper.page()).json()["unitName"] == NEW
    assert (await paper.step("progress", text="已联系施工")).status_code == 200
    people = crew.again()
    assert (await people.get("health", "/api/session"))["unitName"] == NEW
    await people.did("health", paper.task_id, "reply", text="已整改", measure="补贴标识")
    answer = await (await people.of("health")).post(
        f"/api/letters/{letter['id']}/moves",
        json={"id": new_id(), "action": "reply", "text": "已整改", "signer": "分管领导"},
    )
    assert answer.status_code == 200, answer.text


async def test_r46_the_ladder_goes_on_with_the_successor(paper: Paper, travel: Travel) -> None:
    new_one = await founded(paper.crew)
    await ended(paper.crew, HEALTH, new_one)
    travel(timedelta(days=12))
    crew = paper.crew.again()
    found = await crew.get("office", "/api/proposals")
    assert [one["of"]["unitName"] if "of" in one else one["unitName"] for one in found["supervisions"]] == [NEW]
    assert found["assignments"] == []


async def test_r43_an_unsigned_letter_is_called_off_and_proposed_anew_to_the_successor(
    crew: Crew, travel: Travel
) -> None:
    crew, task_id = await late_task(crew, travel)
    draft = await assignment(crew, [task_id])
    await ended(crew, HEALTH, await founded(crew))
    assert (await crew.get("office", f"/api/letters/{draft['id']}"))["state"] == "cancelled"
    (batch,) = (await crew.get("office", "/api/proposals"))["assignments"]
    assert (batch["unitName"], [one["taskId"] for one in batch["tasks"]]) == (NEW, [task_id])


async def test_r6_the_successors_leader_is_told_of_what_comes_and_when_it_is_due(crew: Crew) -> None:
    task_id = await crew.opened()
    due_on = (await crew.task(task_id))["dueOn"]
    await ended(crew, HEALTH, await founded(crew))
    inbox = await crew.again().get("health-leader", "/api/messages")
    told = [one for one in inbox["items"] if HEALTH in str(one) and NEW in str(one)]
    assert len(told) == 1
    assert date.fromisoformat(due_on).strftime("%-m月%-d日") in str(told) or due_on in str(told)


async def test_r41_what_is_found_after_the_end_is_the_successors(crew: Crew) -> None:
    new_one = await founded(crew)
    await ended(crew, HEALTH, new_one)
    task_id = await crew.opened()
    assert (await crew.task(task_id))["unitId"] == new_one


async def test_r39_feedback_that_was_owed_goes_to_the_successor(crew: Crew, district: District) -> None:
    receipt = await crew.submit("YL-03", failing=["YL-B01"])
    task_id = receipt["findings"][0]["taskId"]
    await crew.did("office", task_id, "confirm")
    new_one = await founded(crew)
    await ended(crew, HEALTH, new_one)
    await messages_due(district.database, clock.now())
    async with district.database.reading() as session:
        assert set(await session.scalars(select(Finding.unit_id))) == {new_one}
        assert set(await session.scalars(select(Feedback.unit_id))) == {new_one}


async def test_r12_who_watched_watches_on_and_nobody_watches_what_it_owes(crew: Crew, district: District) -> None:
    new_one = await founded(crew)
    units = await the_units(crew)
    owed = await crew.opened()
    async with district.database.writing() as session:
        session.add(TaskWatcher(task_id=owed, unit_id=units["区科协"]["id"]))
        session.add(TaskWatcher(task_id=owed, unit_id=new_one))
    await ended(crew, HEALTH, new_one)
    await ended(crew, "区科协", units["区教育局"]["id"])
    async with district.database.reading() as session:
        assert set(await session.scalars(select(TaskWatcher.unit_id))) == {units["区教育局"]["id"]}


async def test_r11_what_is_owed_to_a_declaration_is_owed_once_by_the_successor(crew: Crew, district: District) -> None:
    shown = await opened(crew)
    units = await the_units(crew)
    old, new_one = units["区科技局"]["id"], units["区科协"]["id"]
    materials = {row["unitId"] for ask in shown["asks"] for row in ask["materials"]}
    assert {old, new_one} <= materials
    preview = await crew.get("admin", f"/api/units/{old}/ending")
    assert preview["materials"] > 0
    async with district.database.reading() as session:
        asks = select(DeclarationMaterial.ask_id).where(DeclarationMaterial.unit_id.in_((old, new_one)))
        before = set(await session.scalars(asks))
    await ended(crew, "区科技局", new_one)
    async with district.database.reading() as session:
        mine = select(DeclarationMaterial.ask_id).where(DeclarationMaterial.unit_id == new_one)
        assert set(await session.scalars(mine)) == before
        assert await session.scalar(select(func.count()).where(DeclarationMaterial.unit_id == old)) == 0


async def test_r50_the_successor_is_called_to_the_meetings_that_are_to_be_held(crew: Crew) -> None:
    meeting = await planned(crew)
    new_one = await founded(crew)
    await ended(crew, HEALTH, new_one)
    found = await crew.get("office", f"/api/meetings/{meeting['id']}")
    called = {one["unitName"] for one in found["attendance"]}
    assert (NEW in called, HEALTH in called) == (True, False)


async def test_without_a_successor_nothing_may_be_open_and_nothing_moves(crew: Crew) -> None:
    task_id = await crew.opened()
    refused = await end(crew, HEALTH, None)
    assert codes(refused) >= {"unit-owes", "unit-has-posts", "unit-has-sites"}
    assert (await crew.task(task_id))["unitName"] == HEALTH
    assert (await the_units(crew))[HEALTH]["memberUntil"] is None


async def test_a_successor_begins_today_at_the_latest_and_can_take_what_comes(crew: Crew) -> None:
    new_one = await founded(crew)
    units = await the_units(crew)
    assert codes(await end(crew, HEALTH, new_one, ago=0)) == {"unit-passes-next-day"}
    assert codes(await end(crew, "田心街道", new_one)) == {"successor-no-street"}
    assert codes(await end(crew, "社事办", units["区委"]["id"])) == {"successor-lacks-post"}
    assert pointers(await end(crew, HEALTH, units["区委"]["id"])) == ["/successorId"]
    await ended(crew, "田心街道", units["清水塘街道"]["id"])
    sites = {one["code"]: one for one in await crew.get("office", "/api/sites")}
    assert all(site["unitName"] != "田心街道" for site in sites.values())


async def test_what_a_unit_handed_in_stays_under_its_name_where_the_successor_owes_the_same(
    crew: Crew, district: District
) -> None:
    shown = await opened(crew)
    own_id = str(of_unit(shown, "M-61-4", "SMBG", HEALTH)["id"])
    heir = (await the_units(crew))["区教育局"]["id"]
    async with district.database.writing() as session:
        own = await session.get_one(DeclarationMaterial, own_id)
        shared = DeclarationMaterial(id=new_id(), ask_id=own.ask_id, unit_id=heir, part="contributes")
        session.add(shared)
    answer = await hand_in(crew, own_id, await reported(crew))
    assert answer.status_code == 201, answer.text
    await ended(crew, HEALTH, heir)
    async with district.database.reading() as session:
        kept = await session.get_one(DeclarationMaterial, own_id)
        taken = await session.get_one(DeclarationMaterial, shared.id)
        assert (kept.unit_id, kept.part) == (own.unit_id, "contributes")
        assert (taken.unit_id, taken.part) == (heir, "compiles")
