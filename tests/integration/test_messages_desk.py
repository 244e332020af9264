"""What the office sees of messages: who has not read, what goes on paper, targets, the queue, chasing."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Iterator
from datetime import timedelta

import pytest
from PIL import Image
from sqlalchemy import update

from server import clock
from server.district import District
from server.messages.hurrying import posting_at_once
from server.messages.posting import post_outgoing
from server.messages.recipients import Recipient
from server.messages.service import notify
from server.messages.sweeping import messages_due
from storage.database.models import Post, Task
from tests.factories.crew import Crew, pointers, problem
from tests.factories.inspections import Json, new_id
from tests.integration.conftest import Travel
from tests.integration.test_messages_outgoing import enter
from tests.servers.receiver import Receiver, receiving


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as running:
        yield running


@pytest.fixture
def morning(crew: Crew, travel: Travel) -> None:
    """The next working day at ten: nothing is quiet, and the digest is still to come."""
    now = clock.now()
    on = clock.today() + timedelta(days=1)
    while on.weekday() >= 5:
        on += timedelta(days=1)
    travel(clock.end_of_day(on) - timedelta(hours=14) - now)
    crew.sign_out()


async def fed_back(crew: Crew, district: District, travel: Travel, site: str = "YL-03") -> Json:
    """A confirmed inspection whose feedback left with the digest of the day."""
    receipt = await crew.submit(site, failing=["YL-B01"])
    assert (await (await crew.of("supervisor")).post(f"/api/inspections/{receipt['id']}/confirm")).status_code == 204
    await messages_due(district.database, travel(timedelta(hours=7)))
    crew.sign_out()
    return receipt


async def tell(crew: Crew, district: District, number: int) -> None:
    to = Recipient(await crew.person("health"), await crew.unit("区卫计局"))
    async with district.database.writing() as session:
        await notify(
            session, to=to, kind="task-closed", params={"number": number, "site": "甲"}, link="/tasks",
            dedupe_key=f"test:{number}", at_once=True,
        )  # fmt: skip


@pytest.mark.usefixtures("morning")
async def test_r39_the_office_sees_who_has_not_read_and_reminds_once_a_day(
    crew: Crew, district: District, travel: Travel
) -> None:
    receipt = await fed_back(crew, district, travel)
    rows = (await crew.get("office", "/api/feedback", stage="unread"))["items"]
    assert {row["person"] for row in rows} == {"区卫计局分管领导", "区卫计局联络员"}
    assert {row["inspectionId"] for row in rows} == {receipt["id"]}
    assert [row["siteName"] for row in rows] == [rows[0]["siteName"]] * 2
    office = await crew.of("office")
    for _ in range(2):
        assert (await office.post(f"/api/feedback/{rows[0]['id']}/reminder")).status_code == 204
    login = "health" if rows[0]["person"].endswith("联络员") else "health-leader"
    messages = (await crew.get(login, "/api/messages"))["items"]
    assert [one["kind"] for one in messages].count("feedback-unread") == 1
    (digest,) = [one for one in messages if one["kind"] == "digest"]
    await (await crew.of(login)).post(f"/api/messages/{digest['id']}/read")
    again = await office.post(f"/api/feedback/{rows[0]['id']}/reminder")
    assert (again.status_code, problem(again)) == (409, "read-already")
    assert len((await crew.get("office", "/api/feedback", stage="unread"))["items"]) == 1
    everything = await crew.get("office", "/api/feedback", unit=await crew.unit("区卫计局"), limit=1)
    assert (len(everything["items"]), everything["next"] is None) == (1, False)
    assert (await crew.get("office", "/api/feedback", unit=await crew.unit("田心街道")))["items"] == []


@pytest.mark.usefixtures("morning")
async def test_r6_what_goes_on_paper_is_listed_once_and_marked_as_handed_over(
    crew: Crew, district: District, travel: Travel
) -> None:
    for login in ("health", "health-leader"):
        person = await crew.person(login)
        async with district.database.writing() as session:
            until = clock.today() - timedelta(days=1)
            await session.execute(update(Post).where(Post.person_id == person).values(valid_until=until))
    receipt = await fed_back(crew, district, travel)
    (row,) = (await crew.get("office", "/api/feedback", stage="paper"))["items"]
    assert (row["inspectionId"], row["deliveredAt"]) == (receipt["id"], None)
    office = await crew.of("office")
    (digest,) = [one for one in (await crew.get("office", "/api/messages"))["items"] if one["kind"] == "digest"]
    assert (await office.post(f"/api/messages/{digest['id']}/read")).status_code == 204
    (row,) = (await crew.get("office", "/api/feedback", stage="paper"))["items"]
    assert row["readAt"] is None, "the office's reading is not the unit's"
    handed = {"deliveredOn": clock.today().isoformat(), "note": "送达局办公室"}
    assert (await (await crew.of("office")).post(f"/api/feedback/{row['id']}/paper", json=handed)).status_code == 204
    (row,) = (await crew.get("office", "/api/feedback", stage="paper"))["items"]
    assert (row["deliveredAt"] is not None, row["note"]) == (True, "送达局办公室")
    assert (await crew.get("office", "/api/feedback", stage="unread"))["items"] == []


@pytest.mark.usefixtures("morning")
async def test_a_target_is_tried_at_once_and_its_last_error_shown(
    crew: Crew, district: District, receiver: Receiver
) -> None:
    target = await enter(crew, receiver.address, unitId=await crew.unit("区卫计局"))
    office = await crew.of("office")
    tried = await office.post(f"/api/message-targets/{target}/test")
    assert (tried.status_code, tried.json()) == (200, {"error": None})
    assert "测试消息" in receiver.taken[0]["message"]
    receiver.is_up = False
    assert (await office.post(f"/api/message-targets/{target}/test")).json() == {"error": "not-taken"}
    await tell(crew, district, 1)
    await post_outgoing(district, clock.now())
    (listed,) = (await office.get("/api/message-targets")).json()
    assert (listed["waiting"], listed["lastError"], listed["lastSentAt"]) == (1, "not-taken", None)
    assert receiver.address not in (await office.get("/api/message-targets")).text
    await office.delete(f"/api/message-targets/{target}")
    assert (await office.post(f"/api/message-targets/{target}/test")).status_code == 404
    assert await crew.status("health", "/api/message-owners") == 403
    owners = await crew.get("office", "/api/message-owners")
    assert {"person": "区卫计局分管领导", "unit": "区卫计局", "roles": ["unit_leader"]} in [
        {key: one[key] for key in ("person", "unit", "roles")} for one in owners
    ]


@pytest.mark.usefixtures("morning")
async def test_what_was_given_up_is_tried_again_when_asked(
    crew: Crew, district: District, travel: Travel, receiver: Receiver
) -> None:
    await enter(crew, receiver.address, unitId=await crew.unit("区卫计局"))
    receiver.is_up = False
    await tell(crew, district, 1)
    await post_outgoing(district, clock.now())
    (owed,) = await crew.get("office", "/api/outgoing", stage="owed")
    still = await (await crew.of("office")).post(f"/api/outgoing/{owed['id']}/retry")
    assert (still.status_code, problem(still)) == (409, "still-owed")
    await post_outgoing(district, travel(timedelta(hours=24)))
    crew.sign_out()
    assert await crew.get("office", "/api/outgoing", stage="owed") == []
    (failed,) = await crew.get("office", "/api/outgoing", stage="failed")
    assert (failed["subject"], failed["owner"], failed["lastError"]) == ("已销号：1 甲", "区卫计局", "not-taken")
    receiver.is_up = True
    assert await post_outgoing(district, clock.now()) == 0
    assert (await (await crew.of("office")).post(f"/api/outgoing/{failed['id']}/retry")).status_code == 204
    assert await post_outgoing(district, clock.now()) == 1
    (sent,) = await crew.get("office", "/api/outgoing", stage="sent")
    assert sent["doneAt"] is not None


@pytest.mark.usefixtures("morning")
async def test_news_at_once_leaves_without_a_sweep_and_once_with_two_replicas(
    crew: Crew, district: District, receiver: Receiver
) -> None:
    await enter(crew, receiver.address, unitId=await crew.unit("区卫计局"))
    object.__setattr__(district.settings, "sweep_seconds", 3600)
    try:
        async with posting_at_once(district), posting_at_once(district):
            for number in range(5):
                await tell(crew, district, number)
            for _ in range(200):
                if len(receiver.taken) >= 5 and await crew.get("office", "/api/outgoing") == []:
                    break
                await asyncio.sleep(0.05)
    finally:
        object.__setattr__(district.settings, "sweep_seconds", 0)
    assert len(receiver.taken) == 5
    assert len({one["message"] for one in receiver.taken}) == 5


@pytest.mark.usefixtures("morning")
async def test_r93_a_chasing_stays_in_the_history_of_each_task(crew: Crew, travel: Travel) -> None:
    photo = await crew.photo("inspector", seed=5)
    first = await crew.opened("YL-B01", photos={"YL-B01": [photo]})
    second = await crew.opened("YL-B02", photos={"YL-B02": [await crew.photo("inspector", seed=6)]})
    travel(timedelta(days=20))
    crew.sign_out()
    unit = await crew.unit("区卫计局")
    one = await crew.get("office", "/api/reminders/text", task=first)
    assert (one["unitId"], one["taskIds"], one["photos"]) == (unit, [first], [photo])
    assert one["text"].startswith("【催办】区卫计局") and first in one["text"]
    words = await crew.get("office", "/api/reminders/text", unit=unit)
    chase = {"id": new_id(), "unitId": unit, "taskIds": words["taskIds"], "text": words["text"]}
    office = await crew.of("office")
    for _ in range(2):
        assert (await office.post("/api/reminders", json=chase)).status_code == 204
    other = await office.post("/api/reminders", json={**chase, "text": "别的话"})
    assert (other.status_code, problem(other)) == (409, "chase-differs")
    assert pointers(await office.post("/api/reminders", json={**chase, "id": new_id(), "text": " "})) == ["/text"]
    foreign = {**chase, "id": new_id(), "unitId": await crew.unit("田心街道")}
    assert (await office.post("/api/reminders", json=foreign)).status_code == 404
    for task_id in (first, second):
        timeline = (await crew.task(task_id, "health"))["timeline"]
        assert [(step["action"], step["actor"]) for step in timeline if step["action"] == "chase"] == [
            ("chase", "社事办专员")
        ]
    (kept,) = await crew.get("office", "/api/reminders", unit=unit)
    assert (kept["tasks"], kept["actor"]) == (2, "社事办专员")
    assert await crew.status("office", f"/api/reminders/text?task={new_id()}") == 404


@pytest.mark.usefixtures("morning")
async def test_r93_the_photo_grid_shows_no_complaint_and_carries_no_metadata(crew: Crew, district: District) -> None:
    items = ("YL-B01", "YL-B02", "YL-C01", "YL-C02")
    photos = {item: [await crew.photo("inspector", seed=number)] for number, item in enumerate(items, 5)}
    tasks = [await crew.opened(item, photos={item: photos[item]}) for item in items]
    office = await crew.of("office")
    grid = await office.get("/api/reminders/grid", params={"tasks": ",".join(tasks)})
    assert (grid.status_code, grid.headers["content-type"]) == (200, "image/jpeg")
    picture = Image.open(io.BytesIO(grid.content))
    assert picture.size == (2 * (480 + 12) + 12, 2 * (360 + 64 + 12) + 12)
    assert not picture.getexif()
    async with district.database.writing() as session:
        await session.execute(update(Task).where(Task.id.in_(tasks[1:])).values(origin="complaint"))
    single = await office.get("/api/reminders/grid", params={"tasks": ",".join(tasks)})
    assert Image.open(io.BytesIO(single.content)).size == (480 + 24, 360 + 64 + 24)
    assert (await office.get("/api/reminders/grid", params={"tasks": tasks[1]})).status_code == 404
