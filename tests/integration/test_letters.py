"""The ladder over HTTP: proposals, the signing chain, answers, the last rung. On both databases."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from typing import Any

import httpx
import pytest

from server import clock
from server.district import District
from server.letters.reporting import is_disqualified
from server.letters.service import close_finished
from tests.factories.crew import Crew, pointers, problem
from tests.factories.inspections import new_id
from tests.integration.conftest import Travel

Json = dict[str, Any]
CONTACT = {"contactName": "社事办", "contactPhone": "0731-0000000"}


async def move(crew: Crew, login: str, letter_id: str, action: str, **fields: Any) -> httpx.Response:
    """One step on a letter."""
    body = {"id": new_id(), "action": action, **fields}
    return await (await crew.of(login)).post(f"/api/letters/{letter_id}/moves", json=body)


async def moved(crew: Crew, login: str, letter_id: str, action: str, **fields: Any) -> Json:
    answer = await move(crew, login, letter_id, action, **fields)
    assert answer.status_code == 200, (action, answer.text)
    found: Json = answer.json()
    return found


async def draft(crew: Crew, what: str, **body: Any) -> httpx.Response:
    return await (await crew.of("office")).post(f"/api/letters/{what}", json=body)


async def drafted(crew: Crew, what: str, **body: Any) -> Json:
    answer = await draft(crew, what, **body)
    assert answer.status_code == 201, answer.text
    found: Json = answer.json()
    return found


async def issued(crew: Crew, letter_id: str) -> Json:
    """A draft through review and signature to its issue."""
    for action in ("send_to_review", "sign", "issue"):
        letter = await moved(crew, "office", letter_id, action)
    return letter


async def late_task(crew: Crew, travel: Travel, item: str = "YL-B01") -> tuple[Crew, str]:
    """A confirmed task whose deadline has passed, and the people signed in anew on that day."""
    task_id = await crew.opened(item)
    due_on = date.fromisoformat((await crew.task(task_id))["dueOn"])
    travel(clock.end_of_day(due_on) - clock.now() + timedelta(hours=10))
    return crew.again(), task_id


async def assignment(crew: Crew, task_ids: list[str], **fields: Any) -> Json:
    unit_id = await crew.unit("区卫计局")
    body = {"unitId": unit_id, "taskIds": task_ids, "subject": "整改禁烟标识等问题", **CONTACT, **fields}
    return await drafted(crew, "assignments", **body)


async def supervised(crew: Crew, travel: Travel) -> tuple[Crew, Json, Json]:
    """An assignment letter that nobody answered, and the supervision letter that followed it."""
    crew, task_id = await late_task(crew, travel)
    first = await issued(crew, (await assignment(crew, [task_id]))["id"])
    travel(timedelta(days=12))
    crew = crew.again()
    second = await issued(crew, (await drafted(crew, "supervisions", letterId=first["id"]))["id"])
    return crew, first, second


async def test_r43_the_ladder_proposes_with_its_reason_and_one_letter_a_unit(crew: Crew, travel: Travel) -> None:
    first = await crew.opened("YL-B01")
    second = await crew.opened("YL-C01", "YL-04")
    assert (await crew.get("office", "/api/proposals"))["assignments"] == []
    travel(timedelta(days=20))
    (batch,) = (await crew.again().get("office", "/api/proposals"))["assignments"]
    assert batch["unitName"] == "区卫计局"
    assert {task["taskId"] for task in batch["tasks"]} == {first, second}
    assert all(task["trigger"] == "no_progress" and task["days"] > 0 for task in batch["tasks"])


async def test_r43_a_task_that_earned_nothing_gets_no_letter_and_one_in_a_letter_no_second(
    crew: Crew, travel: Travel
) -> None:
    on_time = await crew.opened("YL-D01")
    crew, late = await late_task(crew, travel)
    unit_id = await crew.unit("区卫计局")
    body = {"unitId": unit_id, "subject": "整改", **CONTACT}
    assert problem(await draft(crew, "assignments", **body, taskIds=[late, on_time])) == "letter-not-earned"
    await assignment(crew, [late])
    assert problem(await draft(crew, "assignments", **body, taskIds=[late])) == "letter-not-earned"
    assert (await crew.get("office", "/api/proposals"))["assignments"] == []


async def test_r43_two_drafts_at_once_list_a_task_once(crew: Crew, travel: Travel) -> None:
    crew, late = await late_task(crew, travel)
    body = {"unitId": await crew.unit("区卫计局"), "taskIds": [late], "subject": "整改", **CONTACT}
    await crew.of("office")
    answers = await asyncio.gather(*(draft(crew, "assignments", **body) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]


async def test_r42_no_step_of_the_chain_is_skipped(crew: Crew, travel: Travel) -> None:
    crew, late = await late_task(crew, travel)
    letter = await assignment(crew, [late])
    for action in ("sign", "issue", "archive"):
        assert problem(await move(crew, "office", letter["id"], action)) == "letter-move-refused"
    signed = await moved(crew, "office", (await moved(crew, "office", letter["id"], "send_to_review"))["id"], "sign")
    assert (signed["state"], signed["number"]) == ("signed", f"株石创社函〔{clock.today().year}〕1号")
    assert problem(await move(crew, "office", letter["id"], "sign")) == "letter-move-refused"


async def test_r4_only_the_office_drafts_signs_and_issues(crew: Crew, travel: Travel) -> None:
    crew, late = await late_task(crew, travel)
    letter = await assignment(crew, [late])
    for login in ("health", "leader"):
        answer = await move(crew, login, letter["id"], "send_to_review")
        assert answer.status_code in (403, 404)
    body = {"unitId": await crew.unit("区卫计局"), "taskIds": [late], "subject": "整改", **CONTACT}
    assert (await (await crew.of("supervisor")).post("/api/letters/assignments", json=body)).status_code == 403


async def test_the_same_step_again_changes_nothing_and_a_stale_version_is_told(crew: Crew, travel: Travel) -> None:
    crew, late = await late_task(crew, travel)
    letter = await assignment(crew, [late])
    body = {"id": new_id(), "action": "send_to_review", "version": letter["version"]}
    office = await crew.of("office")
    url = f"/api/letters/{letter['id']}/moves"
    once, again = await office.post(url, json=body), await office.post(url, json=body)
    assert once.json() == again.json()
    assert problem(await office.post(url, json={**body, "action": "send_back"})) == "letter-step-differs"
    stale = {"id": new_id(), "action": "sign", "version": letter["version"]}
    assert problem(await office.post(url, json=stale)) == "letter-version-differs"


async def test_r49_numbers_are_gapless_under_concurrency_and_a_cancelled_one_is_not_used_again(
    crew: Crew, travel: Travel
) -> None:
    items = ["YL-B01", "YL-C01", "YL-C02", "YL-E02"]
    tasks = [await crew.opened(item) for item in items]
    travel(timedelta(days=30))
    crew = crew.again()
    letters = [(await assignment(crew, [task]))["id"] for task in tasks]
    for letter_id in letters:
        await moved(crew, "office", letter_id, "send_to_review")
    signed = await asyncio.gather(*(moved(crew, "office", letter_id, "sign") for letter_id in letters))
    year = clock.today().year
    assert sorted(one["number"] for one in signed) == [f"株石创社函〔{year}〕{number}号" for number in (1, 2, 3, 4)]
    last = max(signed, key=lambda one: one["number"])
    assert pointers(await move(crew, "office", last["id"], "cancel")) == ["/reason"]
    await moved(crew, "office", last["id"], "cancel", reason="重复下达")
    (task_id,) = [task["taskId"] for task in last["listed"]]
    fresh = await issued(crew, (await assignment(crew, [task_id]))["id"])
    assert fresh["number"] == f"株石创社函〔{year}〕5号"
    register = await crew.get("office", "/api/letters")
    assert last["number"] in {row["number"] for row in register["items"] if row["state"] == "cancelled"}


async def test_r44_both_limits_lie_after_the_day_of_issue(crew: Crew, travel: Travel) -> None:
    crew, late = await late_task(crew, travel)
    today = clock.today().isoformat()
    letter = await assignment(crew, [late], replyDueOn=today)
    assert letter["listed"][0]["dueOn"] > today, "a limit that has passed becomes a new one"
    for action in ("send_to_review", "sign"):
        await moved(crew, "office", letter["id"], action)
    assert pointers(await move(crew, "office", letter["id"], "issue")) == ["/replyDueOn"]


async def test_a_letter_without_a_contact_is_not_issued(crew: Crew, travel: Travel) -> None:
    crew, late = await late_task(crew, travel)
    letter = await assignment(crew, [late], contactName="", contactPhone="")
    for action in ("send_to_review", "sign"):
        await moved(crew, "office", letter["id"], action)
    answer = await move(crew, "office", letter["id"], "issue")
    assert pointers(answer) == ["/document"]
    assert answer.json()["errors"][0]["code"] == "no-contact"


async def test_r44_an_issued_letter_sets_rung_and_limit_and_its_unit_sees_it(crew: Crew, travel: Travel) -> None:
    crew, late = await late_task(crew, travel)
    letter = await assignment(crew, [late])
    assert await crew.status("health", f"/api/letters/{letter['id']}") == 404
    letter = await issued(crew, letter["id"])
    task = await crew.task(late)
    assert (task["rung"], task["dueOn"]) == ("assignment", letter["listed"][0]["dueOn"])
    assert await crew.status("health", f"/api/letters/{letter['id']}") == 200
    assert await crew.status("street", f"/api/letters/{letter['id']}") == 404
    body = letter["document"]
    assert body["salutation"].endswith("：") and "区卫计局" in body["salutation"]
    assert letter["replyDueOn"] in str(body["replyBy"])


async def test_r44_a_reply_needs_its_signer_and_comes_from_its_own_unit(crew: Crew, travel: Travel) -> None:
    crew, late = await late_task(crew, travel)
    letter = await issued(crew, (await assignment(crew, [late]))["id"])
    assert pointers(await move(crew, "health", letter["id"], "reply")) == ["/text", "/signer"]
    assert (await move(crew, "street", letter["id"], "reply", text="x", signer="x")).status_code == 404
    answered = await moved(crew, "health", letter["id"], "reply", text="已整改", signer="区卫计局分管领导")
    assert answered["answered"] == "replied"


async def test_r45_a_letter_closes_when_its_tasks_are_struck_off(
    crew: Crew, travel: Travel, district: District
) -> None:
    crew, late = await late_task(crew, travel)
    letter = await issued(crew, (await assignment(crew, [late]))["id"])

    async def sweep() -> int:
        async with district.database.writing() as session:
            return await close_finished(session)

    assert await sweep() == 0
    await crew.did("health", late, "reply", text="已整改", measure="增设标识")
    await crew.did("inspector2", late, "strike_off", photos=[await crew.photo("inspector2", seed=77)])
    assert (await sweep(), await sweep()) == (1, 0)
    assert (await crew.get("office", f"/api/letters/{letter['id']}"))["closedAt"] is not None


async def test_r46_an_unanswered_letter_is_supervised_with_its_number_and_the_warning(
    crew: Crew, travel: Travel
) -> None:
    crew, late = await late_task(crew, travel)
    first = await issued(crew, (await assignment(crew, [late]))["id"])
    assert problem(await draft(crew, "supervisions", letterId=first["id"])) == "letter-no-ground"
    travel(timedelta(days=12))
    crew = crew.again()
    (proposal,) = (await crew.get("office", "/api/proposals"))["supervisions"]
    assert (proposal["ground"], proposal["letterNumber"]) == ("silent", first["number"])
    second = await issued(crew, (await drafted(crew, "supervisions", letterId=first["id"]))["id"])
    printed = str(second["document"])
    assert first["number"] in printed
    assert "取消该单位评优评选资格" in printed
    assert (await crew.task(late))["rung"] == "supervision"
    assert problem(await draft(crew, "supervisions", letterId=first["id"])) == "letter-no-ground"


async def test_r46_asking_for_time_once_moves_the_limit_once(crew: Crew, travel: Travel) -> None:
    crew, late = await late_task(crew, travel)
    first = await issued(crew, (await assignment(crew, [late]))["id"])
    later = date.fromisoformat(first["replyDueOn"]) + timedelta(days=30)
    assert problem(await move(crew, "office", first["id"], "agree", until=later.isoformat())) == "letter-move-refused"
    await moved(crew, "health", first["id"], "ask_for_time", reason="需采购标识")
    agreed = await moved(crew, "office", first["id"], "agree", until=later.isoformat())
    assert agreed["agreedUntilOn"] == later.isoformat()
    second = await move(crew, "office", first["id"], "agree", until=(later + timedelta(days=9)).isoformat())
    assert problem(second) == "letter-extension-spent"
    travel(timedelta(days=12))
    crew = crew.again()
    # Nobody may call that silence; that the task's own limit has passed is another matter.
    proposed = (await crew.get("office", "/api/proposals"))["supervisions"]
    assert [one["ground"] for one in proposed] == ["unfixed"]


async def test_r46_an_answered_letter_whose_limit_passed_needs_a_reason(crew: Crew, travel: Travel) -> None:
    crew, late = await late_task(crew, travel)
    first = await issued(crew, (await assignment(crew, [late]))["id"])
    await moved(crew, "health", first["id"], "reply", text="正在整改", signer="区卫计局分管领导")
    travel(timedelta(days=40))
    crew = crew.again()
    assert pointers(await draft(crew, "supervisions", letterId=first["id"])) == ["/reason"]
    second = await drafted(crew, "supervisions", letterId=first["id"], reason="整改时限已过仍未销号")
    assert second["ground"] == "unfixed"


async def test_r47_without_progress_the_leader_decides_and_the_unit_loses_its_eligibility(
    crew: Crew, travel: Travel, district: District
) -> None:
    crew, _, second = await supervised(crew, travel)
    assert problem(await draft(crew, "approvals", letterId=second["id"])) == "letter-no-ground"
    travel(timedelta(days=10))
    crew = crew.again()
    (proposal,) = (await crew.get("office", "/api/proposals"))["reports"]
    assert proposal["letterId"] == second["id"]
    approval = await drafted(crew, "approvals", letterId=second["id"])
    for action in ("send_to_review", "submit"):
        await moved(crew, "office", approval["id"], action)
    assert problem(await draft(crew, "reports", letterId=approval["id"])) == "letter-no-decision"
    assert pointers(await move(crew, "leader", approval["id"], "decide")) == ["/approved"]
    await moved(crew, "leader", approval["id"], "decide", approved=True, reason="同意")
    year = clock.today().year
    (row,) = await crew.get("civility", "/api/disqualifications", year=year)
    assert (row["unitName"], row["revokedAt"]) == ("区卫计局", None)
    report = await issued(crew, (await drafted(crew, "reports", letterId=approval["id"]))["id"])
    assert problem(await draft(crew, "reports", letterId=approval["id"])) == "letter-move-refused"
    assert report["kind"] == "situation_report" and "取消" in str(report["document"])
    unit_id = await crew.unit("区卫计局")
    async with district.database.reading() as session:
        assert await is_disqualified(session, unit_id, year)


async def test_r47_a_refusal_is_reported_too_and_disqualifies_nobody(crew: Crew, travel: Travel) -> None:
    crew, _, second = await supervised(crew, travel)
    travel(timedelta(days=10))
    crew = crew.again()
    approval = await drafted(crew, "approvals", letterId=second["id"])
    for action in ("send_to_review", "submit"):
        await moved(crew, "office", approval["id"], action)
    await moved(crew, "leader", approval["id"], "decide", approved=False, reason="继续督办")
    assert await crew.get("office", "/api/disqualifications", year=clock.today().year) == []
    assert (await drafted(crew, "reports", letterId=approval["id"]))["kind"] == "situation_report"


async def test_r47_accepted_progress_keeps_a_unit_from_the_last_rung(crew: Crew, travel: Travel) -> None:
    crew, _, second = await supervised(crew, travel)
    await moved(crew, "office", second["id"], "accept_progress", text="已完成招标")
    travel(timedelta(days=10))
    assert (await crew.again().get("office", "/api/proposals"))["reports"] == []


async def test_r48_a_revoked_disqualification_excludes_no_more_and_both_stay(
    crew: Crew, travel: Travel, district: District
) -> None:
    crew, _, second = await supervised(crew, travel)
    travel(timedelta(days=10))
    crew = crew.again()
    approval = await drafted(crew, "approvals", letterId=second["id"])
    for action in ("send_to_review", "submit"):
        await moved(crew, "office", approval["id"], action)
    await moved(crew, "leader", approval["id"], "decide", approved=True)
    year = clock.today().year
    (row,) = await crew.get("leader", "/api/disqualifications", year=year)
    url = f"/api/disqualifications/{row['id']}/revocation"
    assert (await (await crew.of("office")).post(url, json={"reason": "已整改"})).status_code == 403
    assert (await (await crew.of("leader")).post(url, json={"reason": "已整改"})).status_code == 204
    assert (await (await crew.of("leader")).post(url, json={"reason": "再次"})).status_code == 404
    (row,) = await crew.get("leader", "/api/disqualifications", year=year)
    assert row["revokedAt"] and row["revocationReason"] == "已整改"
    unit_id = await crew.unit("区卫计局")
    async with district.database.reading() as session:
        assert not await is_disqualified(session, unit_id, year)


@pytest.mark.parametrize("scan", [True, False])
async def test_r95_a_paper_decision_counts_as_the_leaders_own_with_its_scan(
    crew: Crew, travel: Travel, scan: bool
) -> None:
    crew, _, second = await supervised(crew, travel)
    travel(timedelta(days=10))
    crew = crew.again()
    approval = await drafted(crew, "approvals", letterId=second["id"])
    for action in ("send_to_review", "submit"):
        await moved(crew, "office", approval["id"], action)
    if not scan:
        assert pointers(await move(crew, "office", approval["id"], "decide", approved=True)) == ["/scan"]
        return
    photo = await crew.photo("office", seed=5)
    told = {"approved": True, "scan": photo, "originalOn": clock.today().isoformat()}
    decided = await moved(crew, "office", approval["id"], "decide", **told)
    assert (decided["state"], decided["decision"]) == ("decided", "approved")


async def test_r95_a_paper_reply_counts_from_its_own_date(crew: Crew, travel: Travel) -> None:
    crew, late = await late_task(crew, travel)
    first = await issued(crew, (await assignment(crew, [late]))["id"])
    on_time = first["replyDueOn"]
    travel(timedelta(days=12))
    crew = crew.again()
    words = {"text": "书面回复已收", "signer": "区卫计局分管领导"}
    assert pointers(await move(crew, "office", first["id"], "reply", **words)) == ["/scan"]
    entered = await moved(crew, "office", first["id"], "reply", **words, originalOn=on_time)
    assert entered["history"][-1]["onBehalfOf"] == "区卫计局"
    assert [p for p in (await crew.get("office", "/api/proposals"))["supervisions"] if p["ground"] == "silent"] == []


@pytest.mark.parametrize(("form", "magic"), [("pdf", b"%PDF-"), ("docx", b"PK")])
async def test_a_letter_prints_with_its_photos_for_whoever_may_see_it(
    crew: Crew, travel: Travel, form: str, magic: bytes
) -> None:
    photo = await crew.photo("inspector", seed=9)
    mark = {"shape": "arrow", "points": [0.1, 0.1, 0.5, 0.5]}
    shots = [{"sha256": photo, "marks": [mark]}]
    task_id = await crew.opened("YL-B01", photos={"YL-B01": [photo]}, shots=shots)
    travel(timedelta(days=20))
    crew = crew.again()
    letter = await issued(crew, (await assignment(crew, [task_id]))["id"])
    [printed] = [one for one in _pictures(letter["document"]) if one["sha256"] == photo]
    assert printed["marks"] == [mark]
    for login, status in (("office", 200), ("health", 200), ("leader", 200), ("street", 404)):
        answer = await (await crew.of(login)).get(f"/api/letters/{letter['id']}/{form}")
        assert answer.status_code == status
        assert status == 404 or answer.content.startswith(magic)
    name = answer.headers.get("content-disposition", "")
    assert "filename" in name or answer.status_code == 404


def _pictures(document: Json) -> list[Json]:
    pairs = [pair for annex in document["annexes"] for pair in annex["photos"]]
    return [picture for pair in pairs for picture in (*pair["before"], *pair["after"])]
