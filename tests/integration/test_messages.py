"""Feedback, digest and inbox over HTTP and the calendar: who is told what, when, and how often."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select, update

from server import clock
from server.district import District
from server.inspections.sweeping import confirm_overdue
from server.messages.digest import digest_at
from server.messages.recipients import Recipient
from server.messages.service import notify
from server.messages.sweeping import messages_due
from storage.database.models import DigestRun, Feedback, Message, Post, Task
from tests.factories.crew import Crew, pointers, problem
from tests.factories.inspections import Json, new_id

When = Callable[..., datetime]


@pytest.fixture
def monday(monkeypatch: pytest.MonkeyPatch, crew: Crew) -> When:
    """`monday(0, 9)`: the clock stands at 09:00 on a working Monday; 1 is the Tuesday of that week."""

    def go(day: int, hour: int, minute: int = 0) -> datetime:
        at = datetime.combine(date(2026, 11, 30) + timedelta(days=day), time(hour, minute), clock.SHANGHAI)
        at = at.astimezone(UTC)
        monkeypatch.setattr(clock, "now", lambda: at)
        crew.sign_out()  # a desk's session would have ended by then
        return at

    return go


async def inbox(crew: Crew, login: str, *, alarms: bool = False) -> list[Json]:
    """A person's messages, without what was told at once about severe findings unless that is what is asked for."""
    found: list[Json] = (await crew.get(login, "/api/messages"))["items"]
    return [one for one in found if (one["kind"] == "severe-found") == alarms]


async def feedback(crew: Crew, inspection_id: str) -> list[Json]:
    found: list[Json] = await crew.get("office", f"/api/inspections/{inspection_id}/feedback")
    return found


async def state(crew: Crew, inspection_id: str) -> str:
    found: str = (await crew.get("office", f"/api/inspections/{inspection_id}"))["state"]
    return found


async def confirm(crew: Crew, receipt: Json) -> None:
    answer = await (await crew.of("supervisor")).post(f"/api/inspections/{receipt['id']}/confirm")
    assert answer.status_code == 204, answer.text


async def empty_post(district: District, crew: Crew, login: str) -> None:
    """Nobody holds that person's posts any more."""
    person = await crew.person(login)
    async with district.database.writing() as session:
        yesterday = clock.today() - timedelta(days=1)
        await session.execute(update(Post).where(Post.person_id == person).values(valid_until=yesterday))


async def test_r39_confirmation_feeds_back_to_both_posts_in_one_digest_a_person(
    crew: Crew, district: District, monday: When
) -> None:
    monday(0, 9)
    receipts = [await crew.submit(site, failing=["YL-B01", "YL-B02"]) for site in ("YL-03", "YL-04", "YL-05")]
    for receipt in receipts:
        await confirm(crew, receipt)
    assert await messages_due(district.database, monday(0, 15, 59)) == 0
    owed = await feedback(crew, receipts[0]["id"])
    assert [(row["person"], row["capacity"], row["deliveredAt"]) for row in owed] == [
        ("区卫计局分管领导", "unit_leader", None),
        ("区卫计局联络员", "data_officer", None),
    ]
    assert await state(crew, receipts[0]["id"]) == "confirmed"
    assert await inbox(crew, "health") == []
    at = monday(0, 16)
    await messages_due(district.database, at)
    for login in ("health", "health-leader"):
        (digest,) = await inbox(crew, login)
        assert (digest["kind"], digest["readAt"], digest["link"]) == ("digest", None, "/inbox")
        assert [line["kind"] for line in digest["lines"]].count("feedback") == 3
    assert "问题 2 个" in digest["lines"][0]["text"] and "11月30日检查" in digest["lines"][0]["text"]
    for receipt in receipts:
        assert await state(crew, receipt["id"]) == "fed_back"
        delivered = [row["deliveredAt"] for row in await feedback(crew, receipt["id"])]
        assert [datetime.fromisoformat(one) for one in delivered] == [at, at]
    assert await inbox(crew, "street") == []
    for again in (monday(0, 16, 5), monday(0, 23)):
        assert await messages_due(district.database, again) == 0


async def test_r39_what_is_moved_to_another_unit_before_the_digest_is_fed_back_to_that_one_alone(
    crew: Crew, district: District, monday: When
) -> None:
    monday(0, 9)
    receipt = await crew.submit(failing=["YL-B01"])
    await confirm(crew, receipt)
    assert await messages_due(district.database, monday(0, 10)) == 0
    task_id = receipt["findings"][0]["taskId"]
    await crew.did("office", task_id, "correct", unitId=await crew.unit("田心街道"), reason="责任单位有误")
    await messages_due(district.database, monday(0, 16))
    told = {(row["unitName"], row["deliveredAt"] is not None) for row in await feedback(crew, receipt["id"])}
    assert told == {("田心街道", True)}
    assert await state(crew, receipt["id"]) == "fed_back"
    (digest,) = await inbox(crew, "street")
    assert "feedback" in [line["kind"] for line in digest["lines"]]


async def test_r37_what_the_calendar_confirms_leaves_in_the_digest_of_that_hour(
    crew: Crew, district: District, monday: When
) -> None:
    monday(0, 10)
    receipt, clean = await crew.submit(failing=["YL-B01"]), await crew.submit("YL-04")
    await messages_due(district.database, monday(0, 16))
    assert await inbox(crew, "health-leader") == []
    at = monday(1, 16)
    assert await confirm_overdue(district.database, at) == 2
    await messages_due(district.database, at)
    (digest,) = await inbox(crew, "health-leader")
    assert [line["kind"] for line in digest["lines"]] == ["feedback"]
    assert digest["lines"][0]["link"] == f"/tasks/{receipt['findings'][0]['taskId']}"
    assert [await state(crew, one["id"]) for one in (receipt, clean)] == ["fed_back", "fed_back"]
    assert await feedback(crew, clean["id"]) == []


async def test_r39_delivery_and_reading_are_recorded_and_the_unread_reminded_once(
    crew: Crew, district: District, monday: When
) -> None:
    monday(0, 9)
    receipt = await crew.submit(failing=["YL-B01"])
    await confirm(crew, receipt)
    await messages_due(district.database, monday(0, 16))
    (digest,) = await inbox(crew, "health-leader")
    assert await crew.get("health-leader", "/api/messages/unread") == {"unread": 1}
    read_at = monday(0, 17)
    leader = await crew.of("health-leader")
    for _ in range(2):
        assert (await leader.post(f"/api/messages/{digest['id']}/read")).status_code == 204
    assert await crew.get("health-leader", "/api/messages/unread") == {"unread": 0}
    rows = await feedback(crew, receipt["id"])
    assert [row["readAt"] and datetime.fromisoformat(row["readAt"]) for row in rows] == [read_at, None]
    foreign = await (await crew.of("health")).post(f"/api/messages/{digest['id']}/read")
    assert (foreign.status_code, problem(foreign)) == (404, "not-found")
    await messages_due(district.database, monday(1, 15, 59))
    assert [one["kind"] for one in await inbox(crew, "health")] == ["digest"]
    for at in (monday(1, 16), monday(1, 16, 5), monday(2, 16), monday(3, 16)):
        await messages_due(district.database, at)
    kinds = [one["kind"] for one in await inbox(crew, "health")]
    assert kinds.count("feedback-unread") == 1
    assert "feedback-unread" not in [one["kind"] for one in await inbox(crew, "health-leader")]
    reminded = {row["capacity"]: row["remindedAt"] is not None for row in await feedback(crew, receipt["id"])}
    assert reminded == {"unit_leader": False, "data_officer": True}


async def test_r6_with_a_post_empty_the_other_post_and_the_liaison_get_it(
    crew: Crew, district: District, monday: When
) -> None:
    monday(0, 9)
    await empty_post(district, crew, "health-leader")
    receipt = await crew.submit(failing=["YL-B01"])
    await confirm(crew, receipt)
    await messages_due(district.database, monday(0, 16))
    rows = await feedback(crew, receipt["id"])
    assert [(row["person"], row["gaps"]) for row in rows] == [("区卫计局联络员", ["unit_leader"])]
    assert await state(crew, receipt["id"]) == "fed_back"


async def test_r6_a_unit_without_anybody_gets_it_on_paper_and_the_office_says_when(
    crew: Crew, district: District, monday: When
) -> None:
    monday(0, 9)
    for login in ("health", "health-leader"):
        await empty_post(district, crew, login)
    receipt = await crew.submit(failing=["YL-B01"])
    await confirm(crew, receipt)
    await messages_due(district.database, monday(0, 16))
    (told,) = await inbox(crew, "office")
    assert "feedback-paper" in [line["kind"] for line in told["lines"]]
    (row,) = await feedback(crew, receipt["id"])
    assert (row["capacity"], row["deliveredAt"], row["gaps"]) == ("paper", None, ["unit_leader", "data_officer"])
    assert await state(crew, receipt["id"]) == "confirmed"
    office = await crew.of("office")
    url = f"/api/feedback/{row['id']}/paper"
    ahead = await office.post(url, json={"deliveredOn": "2026-12-24", "note": "送达"})
    assert pointers(ahead) == ["/deliveredOn"]
    assert (await office.post(url, json={"deliveredOn": "2026-11-30", "note": "已送单位收发室"})).status_code == 204
    (row,) = await feedback(crew, receipt["id"])
    assert (row["deliveredAt"] is not None, row["note"]) == (True, "已送单位收发室")
    assert await state(crew, receipt["id"]) == "fed_back"
    assert (await office.post(f"/api/feedback/{new_id()}/paper", json={"deliveredOn": "2026-11-30", "note": "x"})
            ).status_code == 404  # fmt: skip
    await messages_due(district.database, monday(2, 16))
    assert [one["kind"] for one in await inbox(crew, "office")].count("feedback-unread") == 0


async def test_r39_severe_findings_are_told_at_once_as_not_confirmed_once_an_inspection(
    crew: Crew, monday: When
) -> None:
    monday(0, 9)
    version = await crew.version("YL")
    severe = [item["code"] for item in version["items"] if item.get("severity") == "severe" and item["type"] == "yn"]
    body = await crew.body("YL-03", failing=severe[:2])
    inspection_id = new_id()
    for status in (201, 200):
        assert (await crew.put(body, inspection_id=inspection_id)).status_code == status
    for login in ("health", "health-leader"):
        (message,) = await inbox(crew, login, alarms=True)
        assert (message["kind"], "待确认" in message["subject"]) == ("severe-found", True)
    await crew.submit("YL-04", failing=["YL-B01"])
    assert len(await inbox(crew, "health", alarms=True)) == 1


async def test_two_sweeps_at_once_tell_once(crew: Crew, district: District, monday: When) -> None:
    monday(0, 9)
    receipts = [await crew.submit(site, failing=["YL-B01"]) for site in ("YL-03", "YL-04")]
    for receipt in receipts:
        await confirm(crew, receipt)
    at = monday(0, 16)
    await asyncio.gather(*(messages_due(district.database, at) for _ in range(4)))
    for login in ("health", "health-leader"):
        (digest,) = await inbox(crew, login)
        assert len([line for line in digest["lines"] if line["kind"] == "feedback"]) == 2
    async with district.database.reading() as session:
        assert len((await session.scalars(select(Feedback))).all()) == 4
        assert len((await session.scalars(select(DigestRun))).all()) == 1


async def test_after_an_outage_nothing_is_forgotten_and_nobody_gets_two_a_day(
    crew: Crew, district: District, monday: When
) -> None:
    monday(0, 9)
    receipt = await crew.submit(failing=["YL-B01"])
    await confirm(crew, receipt)
    # Nothing sweeps from Monday to Thursday morning.
    await messages_due(district.database, monday(3, 10))
    assert await inbox(crew, "health-leader") == []
    await messages_due(district.database, monday(3, 16))
    (digest,) = await inbox(crew, "health-leader")
    assert "feedback" in [line["kind"] for line in digest["lines"]]


async def test_the_digest_tells_of_steps_and_deadlines(crew: Crew, district: District, monday: When) -> None:
    monday(0, 9)
    returned, replied, extended = (
        await crew.replied("YL-B01"),
        await crew.replied("YL-B02"),
        await crew.opened("YL-G01"),
    )
    await crew.did("office", returned, "return", reason="照片看不出整改", dueOn="2026-12-01")
    await crew.did("office", extended, "extend", until="2026-12-21", reason="需采购")
    refused = await crew.opened("YL-B03")
    await crew.did("health", refused, "ask_extension", until="2026-12-22", reason="需招标")
    await crew.did("office", refused, "refuse_extension", reason="可先行处置")
    await messages_due(district.database, monday(0, 16))
    (digest,) = await inbox(crew, "health")
    told = {(line["kind"], line["link"].removeprefix("/tasks/")) for line in digest["lines"]}
    assert {("task-confirmed", one) for one in (returned, replied, extended)} <= told
    assert {("task-returned", returned), ("task-extended", extended), ("task-due-soon", returned)} <= told
    assert ("task-extension-refused", refused) in told
    assert any("12月21日" in line["text"] for line in digest["lines"] if line["kind"] == "task-extended")
    for login, kinds in (("office", {"task-replied", "task-extension-asked"}), ("inspector", {"task-replied"})):
        (digest,) = await inbox(crew, login)
        assert {line["kind"] for line in digest["lines"]} == kinds
    await messages_due(district.database, monday(1, 16))
    await messages_due(district.database, monday(2, 16))

    def told_overdue(messages: list[Json]) -> list[str]:
        lines = [line for one in messages for line in one["lines"] if line["kind"] == "task-overdue"]
        return [line["link"] for line in lines if line["link"] == f"/tasks/{returned}"]

    assert len(told_overdue(await inbox(crew, "health"))) == 1
    await messages_due(district.database, monday(3, 16))
    assert len(told_overdue(await inbox(crew, "health"))) == 1
    assert len(told_overdue(await inbox(crew, "health-leader"))) == 1


async def test_what_was_voided_or_amended_before_the_digest_is_not_told(
    crew: Crew, district: District, monday: When
) -> None:
    monday(0, 9)
    receipt = await crew.submit(failing=["YL-B01"])
    await confirm(crew, receipt)
    await messages_due(district.database, monday(0, 10))
    assert len(await feedback(crew, receipt["id"])) == 2
    await crew.did("office", receipt["findings"][0]["taskId"], "void", reason="误判")
    await messages_due(district.database, monday(0, 16))
    assert await feedback(crew, receipt["id"]) == []
    assert await inbox(crew, "health-leader") == []
    await messages_due(district.database, monday(0, 17))
    assert await state(crew, receipt["id"]) == "fed_back"


async def test_notify_is_told_once_for_a_key_and_pages(crew: Crew, district: District, monday: When) -> None:
    monday(0, 9)
    me = Recipient(await crew.person("civility"))
    for number in (1, 2, 3, 3):
        async with district.database.writing() as session:
            told = await notify(
                session, to=me, kind="task-closed", params={"number": number, "site": "甲"}, link="/tasks",
                dedupe_key=f"test:{number}", at_once=True,
            )  # fmt: skip
    assert told == 0
    first = await crew.get("civility", "/api/messages", limit=2)
    rest = await crew.get("civility", "/api/messages", limit=2, cursor=first["next"])
    subjects = [one["subject"] for one in first["items"] + rest["items"]]
    assert (len(first["items"]), rest["next"], first["unread"]) == (2, None, 3)
    assert sorted(subjects) == [f"已销号：{number} 甲" for number in (1, 2, 3)]
    english = await (await crew.of("civility")).get("/api/messages?limit=1", headers={"accept-language": "en"})
    assert english.json()["items"][0]["subject"].startswith("Struck off")
    civility = await crew.of("civility")
    await civility.post(f"/api/messages/{first['items'][0]['id']}/read")
    assert len((await crew.get("civility", "/api/messages", unread=True))["items"]) == 2


async def test_r93_chasing_gives_words_and_photos_and_nothing_of_complainants(
    crew: Crew, district: District, monday: When
) -> None:
    monday(0, 9)
    photo = await crew.photo("inspector", seed=5)
    late = await crew.opened("YL-B01", photos={"YL-B01": [photo]})
    complaint = await crew.opened("YL-B02", photos={"YL-B02": [await crew.photo("inspector", seed=6)]})
    async with district.database.writing() as session:
        table = update(Task).where(Task.id == complaint)
        await session.execute(table.values(origin="complaint", problem="居民李四反映", requirement="保持整洁"))
    unit = await crew.unit("区卫计局")
    nothing = await crew.get("office", "/api/reminders/text", unit=unit)
    assert (nothing["tasks"], nothing["photos"]) == (0, [])
    monday(20, 9)
    text = await crew.get("office", "/api/reminders/text", unit=unit, kind="overdue")
    task = await crew.task(late)
    assert (text["tasks"], text["photos"]) == (2, [photo])
    assert task["number"] in text["text"] and task["problem"] in text["text"] and "https://xungai.test" in text["text"]
    assert "李四" not in text["text"]
    assert "保持整洁" in text["text"]
    assert await crew.status("office", f"/api/reminders/text?unit={new_id()}") == 404
    assert await crew.status("health", f"/api/reminders/text?unit={unit}") == 403


async def test_messages_are_ones_own(crew: Crew, district: District, monday: When) -> None:
    monday(0, 9)
    async with district.database.reading() as session:
        assert (await session.scalars(select(Message))).all() == []
    for path in ("/api/message-targets", "/api/outgoing"):
        assert [await crew.status(login, path) for login in ("admin", "office", "health")] == [200, 200, 403]
    assert await crew.status("health", f"/api/inspections/{new_id()}/feedback") == 403
    assert digest_at(date(2026, 11, 30), 16) == monday(0, 16)
