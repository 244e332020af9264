"""临时调整增加: which tasks that were added outside the plan earn an assignment letter, and what it says (R43a)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from server import clock
from server.auth import roles
from server.auth.actor import Actor
from server.district import District
from server.messages.sweeping import messages_due
from server.tasks.assigning import Assignment, assign_task
from storage.database.models import Letter, Task
from tests.factories.crew import Crew
from tests.factories.inspections import Json, new_id
from tests.integration.conftest import Travel
from tests.integration.test_assigning import order
from tests.integration.test_letters import assignment, drafted, issued


async def added(crew: Crew, **changed: object) -> str:
    """A task that the office entered."""
    asked = await order(crew, **changed)
    answer = await (await crew.of("office")).post("/api/tasks", json=asked)
    assert answer.status_code == 201, answer.text
    return str(asked["id"])


async def actor(crew: Crew) -> Actor:
    """The office as a use case knows it."""
    session: Json = await crew.get("office", "/api/session")
    return Actor(
        person_id=session["id"],
        login="office",
        name=session["name"],
        role=roles.OFFICE,
        roles=(roles.OFFICE,),
        unit_id=session["unitId"],
        unit_name=session["unitName"],
        session_id=new_id(),
        client="a desk",
    )


async def proposed(crew: Crew) -> dict[str, str]:
    """The trigger by task of every proposed letter."""
    found: Json = await crew.get("office", "/api/proposals")
    return {task["taskId"]: task["trigger"] for batch in found["assignments"] for task in batch["tasks"]}


async def test_r43_a_superiors_leaders_and_the_offices_tasks_earn_a_letter_and_a_complaint_does_not(
    crew: Crew,
) -> None:
    earning = [
        await added(crew),
        await added(crew, origin="leader", sourceName=""),
        await added(crew, origin="office", sourceName=""),
    ]
    complaint = await added(crew, origin="complaint", sourceName="12345热线")
    found = await crew.opened()
    assert await proposed(crew) == dict.fromkeys(earning, "added")
    assert (await crew.task(complaint))["status"] == (await crew.task(found))["status"] == "open"


async def test_r43_a_meetings_task_earns_one_only_where_the_office_ticked_it(crew: Crew, district: District) -> None:
    unit = await crew.unit("区卫计局")
    me = await actor(crew)
    asked = {"origin": "meeting", "problem": "更新宣传栏", "requirement": "月底前更新", "unit_id": unit}
    ids = {ticked: new_id() for ticked in (False, True)}
    async with district.database.writing() as session:
        for ticked, task_id in ids.items():
            task = Assignment(id=task_id, severity="minor", wants_letter=ticked, **asked)  # type: ignore[arg-type]
            await assign_task(session, me=me, assignment=task)
    assert await proposed(crew) == {ids[True]: "added"}


async def test_r43_a_letter_about_a_task_without_a_site_names_its_source_and_prints(
    crew: Crew, district: District
) -> None:
    paper = await crew.photo("office", seed=41)
    task_id = await added(crew, photos=[paper], givenOn=clock.today().isoformat())
    letter = await issued(crew, (await assignment(crew, [task_id]))["id"])
    assert [task["siteName"] for task in letter["listed"]] == ["区卫计局"]
    async with district.database.reading() as session:
        facts = (await session.get_one(Letter, letter["id"])).content["facts"]
    assert [(basis["kind"], basis["by"]) for basis in facts["bases"]] == [("superior", "市创文办")]
    assert "株创办〔2026〕18号" in facts["bases"][0]["subject"]
    assert [shot["sha256"] for shot in facts["problems"][0]["before"]] == [paper]
    assert facts["problems"][0]["basis"] == "市创文办 株创办〔2026〕18号"
    pdf = await (await crew.of("health")).get(f"/api/letters/{letter['id']}/pdf")
    assert (pdf.status_code, pdf.content[:5]) == (200, b"%PDF-")
    assert await proposed(crew) == {}  # it stands in a letter


async def test_r41_next_activity_keeps_its_letter_from_being_supervised(
    crew: Crew, district: District, travel: Travel
) -> None:
    task_id = await added(crew, closing="next_activity")
    letter = await issued(crew, (await assignment(crew, [task_id]))["id"])
    await crew.did("health", task_id, "reply", text="下次活动改进", measure="提前通知")
    travel(timedelta(days=40))
    crew = crew.again()
    assert (await crew.get("office", "/api/proposals"))["supervisions"] == []
    async with district.database.writing() as session:
        (await session.get_one(Task, task_id)).closing = "evidence"
    (proposal,) = (await crew.get("office", "/api/proposals"))["supervisions"]
    assert proposal["letterId"] == letter["id"]
    assert (await drafted(crew, "supervisions", letterId=letter["id"]))["parentId"] == letter["id"]


async def test_a_unit_hears_of_a_task_that_was_assigned_to_it(
    crew: Crew, district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    monday = datetime.combine(date(2026, 11, 30), time(9), clock.SHANGHAI).astimezone(UTC)
    monkeypatch.setattr(clock, "now", lambda: monday)
    task_id = await added(crew)
    number = (await crew.task(task_id))["number"]
    monkeypatch.setattr(clock, "now", lambda: monday + timedelta(hours=7, minutes=30))
    await messages_due(district.database, clock.now())
    found = (await crew.again().get("health", "/api/messages"))["items"]
    lines = [line for message in found for line in message["lines"]]
    assert [(line["kind"], line["link"]) for line in lines] == [("task-confirmed", f"/tasks/{task_id}")]
    assert number in lines[0]["text"]
