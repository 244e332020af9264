"""Corners of the ladder that a simulated year found: what the rules' text says where two clocks meet (R41–R47)."""

from __future__ import annotations

from datetime import date, timedelta

from server import clock
from tests.factories.crew import Crew, problem
from tests.integration.conftest import Travel
from tests.integration.test_letters import (
    CONTACT,
    assignment,
    draft,
    drafted,
    issued,
    late_task,
    move,
    moved,
    supervised,
)

A_WORKING_WEEK = timedelta(days=12)


async def test_r45_a_letter_that_still_runs_is_not_archived(crew: Crew, travel: Travel) -> None:
    crew, late = await late_task(crew, travel)
    letter = await issued(crew, (await assignment(crew, [late]))["id"])
    assert "archive" not in letter["actions"]
    assert problem(await move(crew, "office", letter["id"], "archive")) == "letter-move-refused"
    await crew.did("health", late, "reply", text="已整改", measure="增设标识")
    await crew.did("inspector2", late, "strike_off", photos=[await crew.photo("inspector2", seed=77)])
    archived = await moved(crew, "office", letter["id"], "archive")
    assert (archived["state"], archived["closedAt"] is not None) == ("archived", True)


async def test_r42_a_task_that_moves_to_another_unit_begins_below_the_ladder(crew: Crew, travel: Travel) -> None:
    crew, late = await late_task(crew, travel)
    letter = await issued(crew, (await assignment(crew, [late]))["id"])
    street = await crew.unit("田心街道")
    await crew.did("office", late, "correct", unitId=street, reason="责任单位有误")
    assert (await crew.task(late))["rung"] == "none"
    assert (await crew.get("office", f"/api/letters/{letter['id']}"))["openTasks"] == 0
    travel(A_WORKING_WEEK)
    crew = crew.again()
    told = await crew.get("office", "/api/proposals")
    assert [batch["unitId"] for batch in told["assignments"]] == [street]
    assert told["supervisions"] == [], "its old unit owes nothing any more"
    assert problem(await draft(crew, "supervisions", letterId=letter["id"])) == "letter-no-ground"
    body = {"unitId": street, "taskIds": [late], "subject": "整改", **CONTACT}
    fresh = await issued(crew, (await drafted(crew, "assignments", **body))["id"])
    assert (await crew.task(late))["rung"] == "assignment"
    assert fresh["unitId"] == street


async def test_r41_a_reply_while_a_request_waits_is_in_time(crew: Crew, travel: Travel) -> None:
    task_id = await crew.opened()
    due_on = date.fromisoformat((await crew.task(task_id))["dueOn"])
    await crew.did("health", task_id, "ask_extension", until=(due_on + timedelta(days=9)).isoformat(), reason="需采购")
    travel(timedelta(days=30))
    crew = crew.again()
    await crew.did("health", task_id, "reply", text="已整改", measure="增设标识")
    assert (await crew.task(task_id))["overdue"] is False, "the clock stood still until the reply"


async def test_r46_a_letters_limit_answers_a_request_that_waited(crew: Crew, travel: Travel) -> None:
    crew, late = await late_task(crew, travel)
    letter = await assignment(crew, [late])
    until = (clock.today() + timedelta(days=30)).isoformat()
    await crew.did("office", late, "extend", until=until, reason="先行延期")
    await crew.did("health", late, "ask_extension", until=until, reason="需采购")
    await issued(crew, letter["id"])
    task = await crew.task(late)
    assert (task["extensionUntil"], task["dueOn"]) == (None, letter["listed"][0]["dueOn"])


async def test_r46_what_was_at_rest_gets_a_supervision_letter_of_its_own(crew: Crew, travel: Travel) -> None:
    asks, silent = await crew.opened("YL-B01"), await crew.opened("YL-B02")
    travel(timedelta(days=30))
    crew = crew.again()
    first = await issued(crew, (await assignment(crew, [asks, silent]))["id"])
    await crew.did(
        "health", asks, "ask_extension", until=(clock.today() + timedelta(days=60)).isoformat(), reason="采购"
    )
    travel(A_WORKING_WEEK)
    crew = crew.again()
    second = await issued(crew, (await drafted(crew, "supervisions", letterId=first["id"]))["id"])
    assert [row["taskId"] for row in second["listed"]] == [silent]
    assert (await crew.get("office", "/api/proposals"))["supervisions"] == []
    await crew.did("office", asks, "refuse_extension", reason="请按期整改")
    (left,) = (await crew.get("office", "/api/proposals"))["supervisions"]
    assert (left["letterId"], left["tasks"]) == (first["id"], 1)
    third = await issued(crew, (await drafted(crew, "supervisions", letterId=first["id"]))["id"])
    assert [row["taskId"] for row in third["listed"]] == [asks]
    assert (await crew.get("office", "/api/proposals"))["supervisions"] == []


async def test_r46_two_returns_count_from_the_issue_of_the_letter(crew: Crew, travel: Travel) -> None:
    task_id = await crew.replied()
    later = (clock.today() + timedelta(days=90)).isoformat()
    await crew.did("office", task_id, "return", reason="不到位", dueOn=later)
    await crew.did("health", task_id, "reply", text="已整改", measure="增设标识")
    await crew.did("office", task_id, "return", reason="不到位", dueOn=later)
    letter = await issued(crew, (await assignment(crew, [task_id]))["id"])
    assert (await crew.get("office", "/api/proposals"))["supervisions"] == []
    for _ in range(2):
        assert problem(await draft(crew, "supervisions", letterId=letter["id"])) == "letter-no-ground"
        await crew.did("health", task_id, "reply", text="已整改", measure="增设标识")
        await crew.did("office", task_id, "return", reason="不到位", dueOn=later)
    (ground,) = (await crew.get("office", "/api/proposals"))["supervisions"]
    assert (ground["ground"], ground["overdueDays"]) == ("unfixed", 0)


async def test_r47_a_later_date_that_was_agreed_for_a_supervision_letter_counts(crew: Crew, travel: Travel) -> None:
    crew, _, second = await supervised(crew, travel)
    await moved(crew, "health", second["id"], "ask_for_time", reason="施工中")
    later = date.fromisoformat(second["replyDueOn"]) + timedelta(days=20)
    await moved(crew, "office", second["id"], "agree", until=later.isoformat())
    travel(A_WORKING_WEEK)
    crew = crew.again()
    assert (await crew.get("office", "/api/proposals"))["reports"] == []
    travel(later - clock.today() + timedelta(days=1))
    crew = crew.again()
    assert [one["letterId"] for one in (await crew.get("office", "/api/proposals"))["reports"]] == [second["id"]]


async def test_r41_a_years_notice_counts_from_the_last_return(crew: Crew, travel: Travel) -> None:
    travel(timedelta(days=(date(2026, 12, 1) - clock.today()).days))
    task_id = await crew.replied("YL-D02")
    travel(timedelta(days=14))
    crew = crew.again()
    await crew.did("office", task_id, "return", reason="不到位")
    before = await crew.task(task_id)
    assert (before["dueOn"][:4], before["dueProvisional"]) == ("2027", True)
    body = {"notice": "国务院办公厅通知", "daysOff": ["2027-01-01"], "daysWorked": []}
    answer = await (await crew.of("admin")).put("/api/calendar/2027", json=body)
    assert answer.status_code == 204, answer.text
    after = await crew.task(task_id)
    assert (after["dueOn"], after["dueProvisional"]) == (before["dueOn"], False)
