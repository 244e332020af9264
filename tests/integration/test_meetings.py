"""Meetings over HTTP: planned, called, held, minuted, and their arrangements as tasks. On both databases."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from typing import Any

import httpx
import pytest

from server import clock
from server.district import District
from server.meetings.sweeping import meetings_due
from tests.factories.crew import Crew, pointers, problem
from tests.factories.inspections import new_id
from tests.integration.conftest import Travel
from tests.integration.test_letters import move, moved

Json = dict[str, Any]
UNITS = ("区卫计局", "区科协", "田心街道")


async def plan(crew: Crew, **changes: Any) -> Json:
    """What the office sends to plan a meeting in an hour."""
    rhythm = await crew.get("office", "/api/meetings/rhythm")
    body = {
        "title": "第四季度工作调度会",
        "startsAt": (clock.now() + timedelta(hours=1)).isoformat(),
        "place": "区政府三楼会议室",
        "chair": rhythm["groupLeader"],
        "agenda": ["听取工作进展情况汇报", "安排部署迎检工作"],
        "unitIds": [await crew.unit(name) for name in UNITS],
        "contactName": "社事办",
        "contactPhone": "0731-22880000",
    }
    return body | changes


async def put(crew: Crew, meeting_id: str, body: Json, *, by: str = "office") -> httpx.Response:
    return await (await crew.of(by)).put(f"/api/meetings/{meeting_id}", json=body)


async def post(crew: Crew, meeting_id: str, what: str, body: Json | None = None, *, by: str = "office") -> Any:
    return await (await crew.of(by)).post(f"/api/meetings/{meeting_id}/{what}", json=body)


async def done(crew: Crew, meeting_id: str, what: str, body: Json | None = None) -> Json:
    answer = await post(crew, meeting_id, what, body)
    assert answer.status_code in (200, 201), (what, answer.text)
    found: Json = answer.json()
    return found


async def planned(crew: Crew, **changes: Any) -> Json:
    answer = await put(crew, new_id(), await plan(crew, **changes))
    assert answer.status_code == 201, answer.text
    found: Json = answer.json()
    return found


async def drawn(crew: Crew, meeting: Json, what: str, **fields: Any) -> str:
    """Draft the notice or the minutes; the id of the letter."""
    body = {"id": new_id(), "version": meeting["version"], **fields}
    shown = await done(crew, meeting["id"], what, body)
    kind = "notice" if what == "notice" else "minutes"
    return str([one for one in shown["documents"] if one["kind"] == kind][-1]["letterId"])


async def issue(crew: Crew, letter_id: str, *steps: str) -> Json:
    for action in steps or ("send_to_review", "sign", "issue"):
        who = "leader" if action == "confirm" else "office"
        letter = await moved(crew, who, letter_id, action)
    return letter


async def read(crew: Crew, meeting_id: str, login: str = "office") -> Json:
    found: Json = await crew.get(login, f"/api/meetings/{meeting_id}")
    return found


async def record(crew: Crew, meeting: Json, **changes: Any) -> Json:
    """A record in which all are there and one thing is arranged."""
    units = [
        {"unitId": one["unitId"], "state": "present", "names": ["张某"], "progress": "按计划推进"}
        for one in meeting["attendance"]
    ]
    arrangement = {
        "id": new_id(),
        "unitId": await crew.unit("区卫计局"),
        "heading": "完善控烟设施",
        "content": "在候诊区补贴禁烟标识",
        "dueOn": (clock.today() + timedelta(days=14)).isoformat(),
    }
    return {"version": meeting["version"], "units": units, "arrangements": [arrangement], **changes}


async def keep_record(crew: Crew, meeting_id: str, body: Json) -> httpx.Response:
    return await (await crew.of("office")).put(f"/api/meetings/{meeting_id}/record", json=body)


async def held(crew: Crew, travel: Travel) -> tuple[Crew, Json]:
    """A meeting that was called by an issued notice and took place."""
    meeting = await planned(crew)
    await issue(crew, await drawn(crew, meeting, "notice"))
    travel(timedelta(hours=3))
    crew = crew.again()
    meeting = await read(crew, meeting["id"])
    assert meeting["state"] == "notified"
    return crew, await done(crew, meeting["id"], "held", {"version": meeting["version"]})


async def recorded(crew: Crew, travel: Travel, **changes: Any) -> tuple[Crew, Json]:
    crew, meeting = await held(crew, travel)
    answer = await keep_record(crew, meeting["id"], await record(crew, meeting, **changes))
    assert answer.status_code == 200, answer.text
    return crew, answer.json()


async def test_r50_a_meeting_from_the_notice_to_the_minutes(crew: Crew, travel: Travel) -> None:
    crew, meeting = await recorded(crew, travel)
    assert (meeting["state"], meeting["actions"]) == ("held", ["record", "assign", "draft_minutes"])
    minutes = await drawn(crew, meeting, "minutes")
    letter = await issue(crew, minutes, "send_to_review", "confirm", "sign", "issue")
    year = clock.today().year
    assert letter["number"] == f"株石创社纪〔{year}〕1号"
    assert letter["document"]["signer"]["text"] == meeting["chair"]
    assert letter["document"]["statusMark"] == ""
    body = "".join(part["heading"] + part["text"] for part in letter["document"]["body"])
    assert f"{meeting['chair']}在区政府三楼会议室主持召开第四季度工作调度会" in body
    assert "区卫计局。按计划推进" in body
    assert "完善控烟设施。在候诊区补贴禁烟标识。责任单位：区卫计局" in body
    meeting = await read(crew, meeting["id"])
    assert meeting["state"] == "minuted"
    assert [one["number"] for one in meeting["documents"]] == [f"株石创社通〔{year}〕1号", letter["number"]]
    for form, start in (("pdf", b"%PDF"), ("docx", b"PK")):
        answer = await (await crew.of("office")).get(f"/api/letters/{minutes}/{form}")
        assert answer.content.startswith(start)


async def test_r51_with_the_signature_each_arrangement_becomes_a_task_that_names_its_meeting(
    crew: Crew, travel: Travel
) -> None:
    crew, meeting = await recorded(crew, travel)
    assert meeting["listed"][0]["taskId"] is None
    minutes = await drawn(crew, meeting, "minutes")
    await issue(crew, minutes, "send_to_review", "confirm", "sign")
    (arranged,) = (await read(crew, meeting["id"]))["listed"]
    assert arranged["taskStatus"] == "open"
    task = await crew.task(arranged["taskId"], "health")
    assert (task["number"], task["origin"], task["dueOn"]) == (arranged["taskNumber"], "meeting", arranged["dueOn"])
    assert task["source"]["name"] == meeting["title"]
    assert task["source"]["number"] == f"株石创社纪〔{clock.today().year}〕1号"
    assert task["source"]["meetingId"] == meeting["id"]
    assert task["source"]["wantsLetter"] is False


async def test_r51_tasks_may_be_given_before_the_minutes_and_are_given_once(crew: Crew, travel: Travel) -> None:
    crew, meeting = await recorded(crew, travel)
    await crew.of("office")
    answers = await asyncio.gather(*(post(crew, meeting["id"], "tasks") for _ in range(4)))
    assert {answer.status_code for answer in answers} == {200}
    (first,) = {answer.json()["listed"][0]["taskNumber"] for answer in answers}
    meeting = await read(crew, meeting["id"])
    await issue(crew, await drawn(crew, meeting, "minutes"), "send_to_review", "confirm", "sign")
    assert (await read(crew, meeting["id"]))["listed"][0]["taskNumber"] == first
    tasks = await crew.get("office", "/api/tasks", limit=200)
    assert len([task for task in tasks["items"] if task["origin"] == "meeting"]) == 1


async def test_r51_a_task_that_was_given_is_changed_on_the_task_and_not_in_the_record(
    crew: Crew, travel: Travel
) -> None:
    crew, meeting = await recorded(crew, travel)
    meeting = await done(crew, meeting["id"], "tasks")
    body = await record(crew, meeting)
    assert problem(await keep_record(crew, meeting["id"], body)) == "meeting-arrangement-given"
    kept = {key: meeting["listed"][0][key] for key in ("id", "unitId", "heading", "content", "dueOn", "wantsLetter")}
    changed = await keep_record(crew, meeting["id"], body | {"arrangements": [kept | {"content": "别的"}]})
    assert problem(changed) == "meeting-arrangement-given"
    both = body | {"arrangements": [kept, *body["arrangements"]]}
    assert len((await keep_record(crew, meeting["id"], both)).json()["listed"]) == 2


async def test_r43_a_task_of_a_meeting_is_added_outside_the_plan_only_where_a_letter_is_asked_for(
    crew: Crew, travel: Travel
) -> None:
    crew, meeting = await held(crew, travel)
    body = await record(crew, meeting)
    wanted = body["arrangements"][0] | {"id": new_id(), "heading": "发函事项", "wantsLetter": True}
    body["arrangements"].append(wanted)
    assert (await keep_record(crew, meeting["id"], body)).status_code == 200
    await done(crew, meeting["id"], "tasks")
    (batch,) = (await crew.get("office", "/api/proposals"))["assignments"]
    assert [(task["taskId"], task["trigger"]) for task in batch["tasks"]] == [(wanted["id"], "added")]


async def test_r50_minutes_are_signed_only_after_the_group_leader_confirmed_them(crew: Crew, travel: Travel) -> None:
    crew, meeting = await recorded(crew, travel)
    minutes = await drawn(crew, meeting, "minutes")
    await moved(crew, "office", minutes, "send_to_review")
    assert problem(await move(crew, "office", minutes, "sign")) == "letter-move-refused"
    told = await crew.get("leader", "/api/messages")
    assert [one["link"] for one in told["items"] if one["kind"] == "letter-minutes-to-confirm"] == [
        f"/letters/{minutes}"
    ]
    assert (await crew.get("leader", f"/api/letters/{minutes}"))["actions"] == ["confirm"]
    assert pointers(await move(crew, "office", minutes, "confirm")) == ["/scan"]
    today = clock.today().isoformat()
    letter = await moved(crew, "office", minutes, "confirm", text="组长当面审阅同意", originalOn=today)
    assert letter["state"] == "confirmed"
    assert letter["history"][-1]["onBehalfOf"] == meeting["chair"]
    assert (await moved(crew, "office", minutes, "sign"))["document"]["signer"]["text"] == meeting["chair"]


async def test_r50_somebody_else_is_in_the_chair_only_with_a_delegation_on_record(crew: Crew) -> None:
    body = await plan(crew, chair="周某")
    assert pointers(await put(crew, new_id(), body)) == ["/delegation", "/delegatedOn"]
    late = body | {"delegation": "组长批示", "delegatedOn": (clock.today() + timedelta(days=9)).isoformat()}
    assert pointers(await put(crew, new_id(), late)) == ["/delegatedOn"]
    given = late | {"delegatedOn": clock.today().isoformat()}
    meeting = (await put(crew, new_id(), given)).json()
    assert (meeting["chair"], meeting["delegation"]) == ("周某", "组长批示")
    letter = await crew.get("office", f"/api/letters/{await drawn(crew, meeting, 'notice')}")
    assert letter["document"]["kind"] == "notice"


async def test_r50_what_was_signed_is_never_overwritten_and_an_amendment_says_why(crew: Crew, travel: Travel) -> None:
    crew, meeting = await recorded(crew, travel)
    first = await drawn(crew, meeting, "minutes")
    signed = await issue(crew, first, "send_to_review", "confirm", "sign", "issue")
    meeting = await read(crew, meeting["id"])
    kept = {key: meeting["listed"][0][key] for key in ("id", "unitId", "heading", "content", "dueOn", "wantsLetter")}
    body = await record(crew, meeting, arrangements=[kept], remarks="各单位要明确责任人")
    meeting = (await keep_record(crew, meeting["id"], body)).json()
    assert meeting["documents"][-1]["stale"] is True
    bare = {"id": new_id(), "version": meeting["version"]}
    assert pointers(await post(crew, meeting["id"], "minutes", bare)) == ["/reason"]
    second = await drawn(crew, meeting, "minutes", reason="补记会议要求")
    letter = await issue(crew, second, "send_to_review", "confirm", "sign", "issue")
    assert letter["parentId"] == first
    assert letter["number"] == signed["number"].replace("1号", "2号")
    assert any(
        f"（{signed['number']}）作出更正，更正原因：补记会议要求" in one["text"] for one in letter["document"]["body"]
    )
    again = await crew.get("office", f"/api/letters/{first}")
    assert (again["document"], again["state"]) == (signed["document"], "issued")
    shown = (await read(crew, meeting["id"]))["documents"]
    assert [(one["edition"], one["stale"]) for one in shown if one["kind"] == "minutes"] == [(1, False), (2, False)]


async def test_what_was_changed_after_it_was_drawn_up_is_not_signed(crew: Crew, travel: Travel) -> None:
    crew, meeting = await recorded(crew, travel)
    minutes = await drawn(crew, meeting, "minutes")
    await issue(crew, minutes, "send_to_review", "confirm")
    meeting = await read(crew, meeting["id"])
    under_way = {"id": new_id(), "version": meeting["version"]}
    assert problem(await post(crew, meeting["id"], "minutes", under_way)) == "meeting-document-under-way"
    assert (await keep_record(crew, meeting["id"], await record(crew, meeting))).status_code == 200
    assert problem(await move(crew, "office", minutes, "sign")) == "meeting-document-stale"
    await moved(crew, "office", minutes, "send_back", reason="内容有变动")
    meeting = await read(crew, meeting["id"])
    assert await drawn(crew, meeting, "minutes") == minutes  # a draft is drawn up anew under its own id
    await issue(crew, minutes, "send_to_review", "confirm", "sign")


async def test_r87_an_arrangement_whose_day_has_passed_is_no_task_and_the_minutes_wait(
    crew: Crew, travel: Travel
) -> None:
    crew, meeting = await recorded(crew, travel)
    minutes = await drawn(crew, meeting, "minutes")
    await issue(crew, minutes, "send_to_review", "confirm")
    travel(timedelta(days=20))
    crew = crew.again()
    assert pointers(await move(crew, "office", minutes, "sign")) == ["/arrangements/0/dueOn"]
    letter = await crew.get("office", f"/api/letters/{minutes}")
    assert (letter["state"], letter["number"]) == ("confirmed", None)


async def test_a_meeting_that_was_called_by_telephone_says_so(crew: Crew, travel: Travel) -> None:
    meeting = await planned(crew)
    early = await post(crew, meeting["id"], "held", {"version": meeting["version"]})
    assert pointers(early) == ["/startsAt", "/calledOtherwise"]
    travel(timedelta(hours=3))
    crew = crew.again()
    assert pointers(await post(crew, meeting["id"], "held", {"version": meeting["version"]})) == ["/calledOtherwise"]
    body = {"version": meeting["version"], "calledOtherwise": "电话通知"}
    assert (await done(crew, meeting["id"], "held", body))["state"] == "held"


async def test_the_same_again_changes_nothing_and_a_stale_page_is_told(crew: Crew, travel: Travel) -> None:
    meeting_id, body = new_id(), await plan(crew)
    once, again = await put(crew, meeting_id, body), await put(crew, meeting_id, body)
    assert once.json() == again.json()
    assert problem(await put(crew, meeting_id, body | {"place": "别处"})) == "meeting-differs"
    moved_on = await put(crew, meeting_id, body | {"place": "二楼", "version": 1})
    assert (moved_on.status_code, moved_on.json()["version"]) == (200, 2)
    assert problem(await put(crew, meeting_id, body | {"place": "三楼", "version": 1})) == "meeting-version-differs"
    draft = {"id": new_id(), "version": 2}
    first = await done(crew, meeting_id, "notice", draft)
    assert (await done(crew, meeting_id, "notice", draft))["documents"] == first["documents"]
    await issue(crew, first["documents"][0]["letterId"])
    travel(timedelta(hours=3))
    crew = crew.again()
    meeting = await done(crew, meeting_id, "held", {"version": first["version"]})
    taken = await record(crew, meeting)
    kept, twice = await keep_record(crew, meeting_id, taken), await keep_record(crew, meeting_id, taken)
    assert kept.json() == twice.json()


async def test_two_who_draft_at_once_make_one_notice(crew: Crew) -> None:
    meeting = await planned(crew)
    await crew.of("office")
    bodies = [{"id": new_id(), "version": meeting["version"]} for _ in range(4)]
    answers = await asyncio.gather(*(post(crew, meeting["id"], "notice", body) for body in bodies))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    assert len((await read(crew, meeting["id"]))["documents"]) == 1


async def test_r4_only_the_office_changes_a_meeting(crew: Crew) -> None:
    meeting = await planned(crew)
    for login in ("leader", "supervisor", "health", "civility"):
        assert (await put(crew, meeting["id"], await plan(crew), by=login)).status_code == 403
        answer = await post(crew, meeting["id"], "held", {"version": 1}, by=login)
        assert answer.status_code == 403
    assert (await read(crew, meeting["id"], "leader"))["actions"] == []


async def test_r8_a_unit_sees_a_meeting_from_its_notice_on_and_of_it_what_is_its_own(
    crew: Crew, travel: Travel
) -> None:
    meeting = await planned(crew)
    assert await crew.status("health", f"/api/meetings/{meeting['id']}") == 404
    crew, meeting = await recorded(crew, travel)
    seen = await read(crew, meeting["id"], "health")
    assert [one["unitName"] for one in seen["attendance"]] == ["区卫计局"]
    assert [one["unitName"] for one in seen["listed"]] == ["区卫计局"]
    assert (await read(crew, meeting["id"], "street"))["listed"] == []
    other = await crew.get("street", "/api/meetings")
    assert [one["id"] for one in other["items"]] == [meeting["id"]]
    minutes = await drawn(crew, meeting, "minutes")
    assert await crew.status("health", f"/api/letters/{minutes}") == 404
    assert [one["kind"] for one in (await read(crew, meeting["id"], "health"))["documents"]] == ["notice"]
    await issue(crew, minutes, "send_to_review", "confirm", "sign", "issue")
    assert (await crew.get("health", f"/api/letters/{minutes}"))["document"]["kind"] == "minutes"
    assert minutes in [one["id"] for one in (await crew.get("street", "/api/letters"))["items"]]


async def test_r50_a_meeting_to_which_a_unit_was_not_called_is_not_there_for_it(crew: Crew, travel: Travel) -> None:
    meeting = await planned(crew, unitIds=[await crew.unit("区科协")])
    notice = await drawn(crew, meeting, "notice")
    await issue(crew, notice)
    assert await crew.status("health", f"/api/meetings/{meeting['id']}") == 404
    assert await crew.status("health", f"/api/letters/{notice}") == 404


async def test_the_notice_reaches_the_posts_and_the_office_sees_who_has_read_it(crew: Crew, travel: Travel) -> None:
    meeting = await planned(crew)
    notice = await drawn(crew, meeting, "notice")
    await issue(crew, notice)
    (message,) = [
        one for one in (await crew.get("health", "/api/messages"))["items"] if one["link"] == f"/letters/{notice}"
    ]
    assert message["subject"] == f"通知已印发：株石创社通〔{clock.today().year}〕1号，请查收"
    assert message["kind"] == "letter-issued-notice"
    await (await crew.of("health")).post(f"/api/messages/{message['id']}/read")
    shown = {one["unitName"]: one["noticeReadAt"] for one in (await read(crew, meeting["id"]))["attendance"]}
    assert shown["区卫计局"] is not None
    assert shown["田心街道"] is None


async def test_r50_progress_begins_with_the_units_figures_since_the_last_meeting(crew: Crew, travel: Travel) -> None:
    await crew.closed("YL-C01")
    await crew.opened("YL-B01")
    crew, meeting = await held(crew, travel)
    rows = {one["unitId"]: one for one in await crew.get("office", f"/api/meetings/{meeting['id']}/progress")}
    health = rows[await crew.unit("区卫计局")]
    assert (health["open"], health["overdue"], health["closed"]) == (1, 0, 1)
    assert health["text"] == "已销号1项；目前未销号1项"
    travel(timedelta(days=40))
    crew = crew.again()
    later = await planned(crew)
    rows = {one["unitId"]: one for one in await crew.get("office", f"/api/meetings/{later['id']}/progress")}
    health = rows[await crew.unit("区卫计局")]
    assert health["text"] == "上次会议以来已销号0项；目前未销号1项，其中逾期1项"


async def test_r50_an_overdue_meeting_is_the_offices_news_once(crew: Crew, travel: Travel, district: District) -> None:
    rhythm = await crew.get("office", "/api/meetings/rhythm")
    assert (rhythm["lastHeldOn"], rhythm["overdue"]) == (None, True)
    assert await crew.status("supervisor", "/api/meetings/rhythm") == 403
    crew, _ = await held(crew, travel)
    rhythm = await crew.get("office", "/api/meetings/rhythm")
    assert rhythm["overdue"] is False
    assert await meetings_due(district.database, clock.now()) == 0
    due_on = date.fromisoformat(rhythm["nextDueOn"])
    travel(clock.end_of_day(due_on) - clock.now() - timedelta(hours=1))
    assert await meetings_due(district.database, clock.now()) == 0
    now = travel(timedelta(hours=9))
    assert await meetings_due(district.database, now) == 1
    assert await meetings_due(district.database, now) == 0
    crew = crew.again()
    assert (await crew.get("office", "/api/meetings/rhythm"))["overdue"] is True


async def test_a_cancelled_meeting_goes_no_further(crew: Crew) -> None:
    meeting = await planned(crew)
    notice = await drawn(crew, meeting, "notice")
    meeting = await read(crew, meeting["id"])
    body = {"version": meeting["version"], "reason": "另行通知"}
    gone = await done(crew, meeting["id"], "cancelled", body)
    assert (gone["state"], gone["actions"], gone["cancelReason"]) == ("cancelled", [], "另行通知")
    assert problem(await move(crew, "office", notice, "send_to_review")) == "meeting-step-refused"
    assert (await move(crew, "office", notice, "cancel", reason="会议取消")).status_code == 200


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"state": "excused", "standInFor": "李某"}, "/units/0/standInFor"),
        ({"names": [], "standInFor": "李某"}, "/units/0/standInFor"),
        ({"unitId": "019de000-0000-7000-8000-000000000000"}, "/units/0/unitId"),
    ],
)
async def test_r50_a_record_that_makes_no_sense_is_refused(
    crew: Crew, travel: Travel, changes: Json, pointer: str
) -> None:
    crew, meeting = await held(crew, travel)
    body = await record(crew, meeting)
    body["units"][0] |= changes
    assert pointers(await keep_record(crew, meeting["id"], body)) == [pointer]
    body = await record(crew, meeting)
    body["arrangements"][0]["dueOn"] = (clock.today() - timedelta(days=30)).isoformat()
    assert pointers(await keep_record(crew, meeting["id"], body)) == ["/arrangements/0/dueOn"]


async def test_r50_minutes_need_everybodys_attendance_and_name_stand_ins(crew: Crew, travel: Travel) -> None:
    crew, meeting = await held(crew, travel)
    bare = {"id": new_id(), "version": meeting["version"]}
    assert pointers(await post(crew, meeting["id"], "minutes", bare)) == [f"/units/{at}/state" for at in range(3)]
    body = await record(crew, meeting)
    body["units"][0] |= {"names": ["何某"], "standInFor": "李某"}
    body["units"][1] |= {"state": "excused", "names": ["彭某"]}
    body["units"][2] |= {"state": "absent", "names": []}
    meeting = (await keep_record(crew, meeting["id"], body)).json()
    letter = await crew.get("office", f"/api/letters/{await drawn(crew, meeting, 'minutes')}")
    names = [one["unitName"] for one in meeting["attendance"]]
    lists = {one["label"]: one["text"] for one in letter["document"]["lists"]}
    assert lists == {"出席：": f"{names[0]}何某（代李某）。", "请假：": f"{names[1]}彭某。", "缺席：": f"{names[2]}。"}
