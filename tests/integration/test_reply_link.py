"""Reply without an account (R44): what the code of a letter opens, and that it opens nothing else."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import pytest
from litestar import Litestar
from sqlalchemy import select, update

from server import clock
from server.district import District
from server.letters.service import close_finished
from storage.database.models import Letter, Person, ReplyLink, Setting
from tests.conftest import new_client
from tests.factories import uploads
from tests.factories.crew import Crew, pointers, problem
from tests.factories.inspections import instant, new_id
from tests.fixtures.photos import jpeg
from tests.integration.conftest import Travel
from tests.integration.test_authorization import NOT_CALLED, RULES, filled
from tests.integration.test_letters import assignment, issued, late_task, move, moved

Json = dict[str, Any]
TELLER = {"name": "李四", "post": "副局长", "phone": "0731-28610000"}


class Paper:
    """An issued letter in a unit's hands, and a browser that has scanned it."""

    def __init__(self, app: Litestar, crew: Crew, letter: Json, task_id: str) -> None:
        self.app, self.crew, self.letter, self.task_id = app, crew, letter, task_id
        self.token = str(letter["document"]["replyCode"]["url"]).split("#")[1]

    def scan(self, token: str | None = None) -> httpx.AsyncClient:
        client = new_client(self.app)
        client.headers["Authorization"] = f"Reply-Link {self.token if token is None else token}"
        return client

    async def page(self, token: str | None = None) -> httpx.Response:
        async with self.scan(token) as holder:
            return await holder.get("/api/reply")

    async def step(self, action: str, *, task_id: str | None = None, **fields: Any) -> httpx.Response:
        body = {"id": new_id(), "at": instant(clock.now()), "action": action, "toldBy": TELLER, **fields}
        async with self.scan() as holder:
            return await holder.post(f"/api/reply/tasks/{task_id or self.task_id}/actions", json=body)

    async def say(self, action: str, **fields: Any) -> httpx.Response:
        body = {"id": new_id(), "action": action, "toldBy": TELLER, **fields}
        async with self.scan() as holder:
            return await holder.post("/api/reply/moves", json=body)

    async def manage(self, action: str, **fields: Any) -> httpx.Response:
        office = await self.crew.of("office")
        body = {"id": new_id(), "action": action, **fields}
        return await office.post(f"/api/letters/{self.letter['id']}/reply-link", json=body)


@pytest.fixture
async def paper(app: Litestar, crew: Crew, travel: Travel) -> Paper:
    crew, task_id = await late_task(crew, travel)
    return Paper(app, crew, await issued(crew, (await assignment(crew, [task_id]))["id"]), task_id)


async def test_r44_the_code_shows_its_letter_and_its_units_tasks_and_names_nobody(paper: Paper) -> None:
    other = await paper.crew.opened("YL-C01", "YL-04")
    answer = await paper.page()
    assert answer.status_code == 200, answer.text
    shown = answer.json()
    assert (shown["number"], shown["unitName"]) == (paper.letter["number"], "区卫计局")
    assert [task["id"] for task in shown["tasks"]] == [paper.task_id]
    assert shown["tasks"][0]["actions"] == ["acknowledge", "progress", "ask_extension", "reply"]
    people = {person["name"] for person in await paper.crew.get("admin", "/api/people")}
    assert people and not [name for name in people if name in answer.text]
    assert (await paper.step("progress", task_id=other, text="x")).status_code == 404
    assert answer.headers["cache-control"] == "no-store"


async def test_r44_a_reply_through_the_code_counts_as_the_units_own(paper: Paper) -> None:
    content = jpeg(91, (160, 120))
    async with paper.scan() as holder:
        taken = await uploads.send(
            holder, content, at="/api/reply/uploads", takenAt=instant(clock.now()), source="gallery"
        )
        assert (taken.status_code, taken.headers["x-photo-sha256"]) == (204, uploads.sha256(content))
        assert taken.headers.get("set-cookie") is None
    assert (await paper.step("acknowledge", toldBy={"name": "王五", "post": "联络员"})).status_code == 200
    replied = await paper.step("reply", text="已张贴", measure="补贴标识", photos=[uploads.sha256(content)])
    assert (replied.status_code, replied.json()["status"]) == (200, "replied")
    assert (await paper.say("reply", text="已全部整改")).status_code == 204
    task = await paper.crew.task(paper.task_id)
    mine = [entry for entry in task["timeline"] if entry["role"] == "reply_link"]
    assert [(entry["action"], entry["actor"], entry["unit"]) for entry in mine] == [
        ("acknowledge", "王五（联络员）", "区卫计局"),
        ("reply", "李四（副局长）0731-28610000", "区卫计局"),
    ]
    flags = {flag["code"] for photo in mine[1]["photos"] for flag in photo["flags"]}
    assert {"from-gallery", "no-position"} <= flags, "the same checks as any other photo"
    letter = await paper.crew.get("office", f"/api/letters/{paper.letter['id']}")
    assert letter["answered"] == "replied"
    told = next(step for step in letter["history"] if step["action"] == "reply")
    assert (told["role"], told["detail"]["signer"]) == ("reply_link", "李四（副局长）")
    shown = (await paper.page()).json()["tasks"][0]["replied"]
    assert (shown["text"], shown["photosOwed"]) == ("已张贴", [])
    await paper.crew.did("office", paper.task_id, "strike_off", note="核对照片，已到位")


async def test_r44_what_was_drawn_over_a_photo_of_the_fault_is_seen_through_the_code(paper: Paper) -> None:
    sha256 = await paper.crew.photo("inspector", seed=92)
    marks = [{"shape": "arrow", "points": [0.1, 0.2, 0.6, 0.55]}]
    shot = {"sha256": sha256, "takenAt": instant(clock.now()), "source": "camera", "marks": marks, "note": "门框上"}
    again = await paper.crew.submit(failing=["YL-B01"], photos={"YL-B01": [sha256]}, shots=[shot])
    assert again["findings"][0]["taskId"] == paper.task_id
    [task] = (await paper.page()).json()["tasks"]
    assert sha256 in task["problemPhotos"]
    assert task["markedPhotos"] == [{"sha256": sha256, "marks": marks, "note": "门框上"}]


async def test_r44_asking_for_more_time_through_the_code_is_communication(paper: Paper) -> None:
    assert pointers(await paper.say("ask_for_time")) == ["/reason"]
    assert (await paper.say("ask_for_time", reason="需采购")).status_code == 204
    until = (clock.today() + timedelta(days=20)).isoformat()
    assert (await paper.step("ask_extension", until=until, reason="需采购")).status_code == 200
    letter = await paper.crew.get("office", f"/api/letters/{paper.letter['id']}")
    assert letter["answered"] == "asked"
    assert (await paper.crew.task(paper.task_id))["extensionUntil"] == until


async def test_r44_a_reply_names_its_signer_and_a_telephone(paper: Paper) -> None:
    assert pointers(await paper.step("reply", text="x", toldBy={"name": " ", "post": "x"})) == [
        "/toldBy",
        "/toldBy/phone",
    ]
    assert (await paper.step("progress", text="x", toldBy={"name": "", "post": ""})).status_code == 400
    assert (await paper.crew.task(paper.task_id))["status"] == "open"


async def test_the_same_step_again_changes_nothing_and_another_under_its_id_is_refused(paper: Paper) -> None:
    body = {"id": new_id(), "at": instant(clock.now()), "action": "progress", "toldBy": TELLER, "text": "已联系厂家"}
    async with paper.scan() as holder:
        url = f"/api/reply/tasks/{paper.task_id}/actions"
        answers = await asyncio.gather(*(holder.post(url, json=body) for _ in range(4)))
        assert {answer.text for answer in answers} == {answers[0].text} and answers[0].status_code == 200
        for other in ({"text": "别的"}, {"toldBy": {**TELLER, "name": "王五"}}):
            assert (await holder.post(url, json={**body, **other})).status_code == 409
        moves = {"id": new_id(), "action": "reply", "toldBy": TELLER, "text": "x"}
        assert [(await holder.post("/api/reply/moves", json=moves)).status_code for _ in range(2)] == [204, 204]
    task = await paper.crew.task(paper.task_id)
    assert len([entry for entry in task["timeline"] if entry["action"] == "progress"]) == 1


async def test_r44_the_code_opens_no_other_route(paper: Paper) -> None:
    """Whatever is asked with it outside its own routes is asked by a stranger."""
    async with paper.scan() as holder, new_client(paper.app) as stranger:
        for (method, path), allowed in RULES.items():
            if (method, path) in NOT_CALLED or path.startswith("/api/reply"):
                continue
            body: Json | None = None if method == "GET" else {}
            got = (await holder.request(method, filled(path), json=body)).status_code
            assert got == (await stranger.request(method, filled(path), json=body)).status_code, (method, path)
            assert allowed is None or got in (401, 404), (method, path, got)
        for real in (f"/api/letters/{paper.letter['id']}/pdf", f"/api/tasks/{paper.task_id}"):
            assert (await holder.get(real)).status_code == 401
        assert (await holder.get("/api/session")).status_code == 401


async def test_r44_nobodys_session_opens_the_routes_of_the_code(paper: Paper) -> None:
    for login in ("office", "health", "admin"):
        client = await paper.crew.of(login)
        for method, path in RULES:
            if path.startswith("/api/reply"):
                answer = await client.request(method, filled(path), json=None if method == "GET" else {})
                assert answer.status_code == 404 or path.endswith("/uploads"), (method, path, answer.status_code)


async def test_r44_every_code_that_opens_nothing_is_told_alike_and_whom_to_call(
    paper: Paper, district: District, travel: Travel
) -> None:
    async with district.database.writing() as session:
        session.add(Setting(name="office_phone", value={"value": "0731-28611111"}, changed_at=clock.now()))
    other = paper.token[:-3] + ("AAA" if paper.token[-3:] != "AAA" else "BBB")
    wrong = [await paper.page(token) for token in ("", "x", other, paper.token + "A")]
    assert (await paper.manage("withdraw", reason="印错")).status_code == 200
    wrong.append(await paper.page())
    assert (await paper.manage("replace", reason="重发")).status_code == 200
    fresh = (await paper.crew.get("office", f"/api/letters/{paper.letter['id']}/reply-link"))["url"].split("#")[1]
    assert (await paper.page(fresh)).status_code == 200
    travel(timedelta(days=400))
    wrong.append(await paper.page(fresh))
    assert {answer.status_code for answer in wrong} == {404}
    assert len({answer.text for answer in wrong}) == 1, "a guesser learns nothing"
    assert "0731-28611111" in wrong[0].text
    assert problem(wrong[0]) == "reply-link-closed"


async def test_r44_the_printed_code_goes_on_working_after_the_office_renewed_it(paper: Paper, travel: Travel) -> None:
    until = clock.today() + timedelta(days=170)
    assert pointers(await paper.manage("renew", until=clock.today().isoformat())) == ["/until"]
    travel(timedelta(days=150))
    crew = paper.crew = paper.crew.again()
    assert (await paper.page()).status_code == 404
    renewed = await paper.manage("renew", until=until.isoformat())
    assert (renewed.json()["standing"], renewed.json()["lastDay"]) == ("open", until.isoformat())
    assert (await paper.page()).status_code == 200
    again = await crew.get("office", f"/api/letters/{paper.letter['id']}")
    assert again["document"]["replyCode"]["url"].endswith(paper.token)


async def test_r44_a_new_link_ends_the_old_one_at_once_and_the_same_request_makes_one(paper: Paper) -> None:
    assert pointers(await paper.manage("replace")) == ["/reason"]
    body = {"id": new_id(), "reason": "来函被转发"}
    first = [await paper.manage("replace", **body) for _ in range(2)]
    assert first[0].json() == first[1].json()
    assert (await paper.page()).status_code == 404
    assert (await paper.step("progress", text="x")).status_code == 404


async def test_r44_a_letter_that_is_settled_or_cancelled_is_answered_no_more(paper: Paper, district: District) -> None:
    await paper.crew.did("health", paper.task_id, "reply", text="已整改", measure="增设标识")
    await paper.crew.did(
        "inspector2", paper.task_id, "strike_off", photos=[await paper.crew.photo("inspector2", seed=7)]
    )
    async with district.database.writing() as session:
        assert await close_finished(session) == 1
    assert (await paper.page()).status_code == 404
    assert (
        problem(await paper.manage("renew", until=(clock.today() + timedelta(days=9)).isoformat()))
        == "reply-link-state"
    )
    letter = await paper.crew.get("office", f"/api/letters/{paper.letter['id']}")
    assert letter["document"]["replyCode"] is None


async def test_r44_the_code_is_not_open_before_the_letter_is_issued(app: Litestar, crew: Crew, travel: Travel) -> None:
    crew, task_id = await late_task(crew, travel)
    letter = await assignment(crew, [task_id])
    for action in ("send_to_review", "sign"):
        letter = await moved(crew, "office", letter["id"], action)
    early = Paper(app, crew, letter, task_id)
    assert (await early.page()).status_code == 404
    await moved(crew, "office", letter["id"], "issue")
    assert (await early.page()).status_code == 200


async def test_only_the_office_and_the_unit_hold_the_code(paper: Paper) -> None:
    """Whoever verifies must not be able to reply as the unit: no code on their copies."""
    url = f"/api/letters/{paper.letter['id']}"
    for login, holds in (("office", True), ("health", True), ("inspector", False), ("supervisor", False)):
        assert ((await paper.crew.get(login, url))["document"]["replyCode"] is not None) == holds, login
    pdf = await (await paper.crew.of("office")).get(f"{url}/pdf")
    assert pdf.content.startswith(b"%PDF")
    assert (await (await paper.crew.of("office")).get(f"{url}/docx")).status_code == 200


async def test_r44_what_was_signed_does_not_hold_the_code(paper: Paper, district: District) -> None:
    async with district.database.reading() as session:
        letter = await session.get_one(Letter, paper.letter["id"])
    assert letter.content["document"]["replyCode"] is None
    assert paper.token not in str(letter.content)
    answer = await move(paper.crew, "office", paper.letter["id"], "seal", scan="0" * 64)
    assert answer.status_code in (200, 409, 422)


async def test_r44_nobody_signs_in_as_a_link(paper: Paper, district: District) -> None:
    async with district.database.reading() as session:
        link = await session.scalar(select(ReplyLink))
        assert link is not None
        person = await session.get_one(Person, link.person_id)
    assert person.login not in {row["login"] for row in await paper.crew.get("admin", "/api/people")}
    given = await (await paper.crew.of("admin")).post(f"/api/people/{person.id}/one-time-password")
    assert given.status_code == 404
    async with new_client(paper.app) as client:
        answer = await client.post("/api/session", json={"login": person.login, "password": "x" * 9})
        assert answer.status_code == 401


async def test_r44_its_photos_are_seen_by_it_and_by_who_may_and_not_by_its_neighbour(paper: Paper) -> None:
    seen = await paper.crew.photo("inspector", seed=33)
    inspection = await paper.crew.submit("YL-04", failing=["YL-C01"], photos={"YL-C01": [seen]})
    content = jpeg(92, (160, 120))
    sha256 = uploads.sha256(content)
    async with paper.scan() as holder:
        await uploads.send(holder, content, at="/api/reply/uploads")
        before = await holder.get(f"/api/reply/photos/{sha256}/thumbnail")
        assert before.status_code == 404, "it is shown once it proves something"
        assert (await paper.step("progress", text="x", photos=[sha256])).status_code == 200
        assert (await holder.get(f"/api/reply/photos/{sha256}/thumbnail")).status_code == 200
        assert (await holder.get(f"/api/reply/photos/{seen}/thumbnail")).status_code == 404
        assert (await holder.get(f"/api/photos/{sha256}")).status_code == 401
    assert inspection["findings"]


async def test_r44_wrong_codes_are_slowed_down_and_a_right_one_is_not(paper: Paper) -> None:
    wrong = "A" * 44
    answers = [(await paper.page(wrong)).status_code for _ in range(31)]
    assert answers == [404] * 30 + [429]
    assert int((await paper.page(wrong)).headers["Retry-After"]) > 0
    assert (await paper.page()).status_code == 200
    async with new_client(paper.app) as client:
        signed = await client.post("/api/session", json={"login": "health", "password": "xungai-demo"})
        assert signed.status_code == 200, "guessing at codes keeps nobody from signing in"


async def test_r44_a_task_that_moved_to_another_unit_is_no_longer_shown(paper: Paper, district: District) -> None:
    street = await paper.crew.person("street")
    assert street
    units = await paper.crew.get("office", "/api/units")
    other = next(unit["id"] for unit in units if unit["name"] == "区教育局")
    await paper.crew.did("office", paper.task_id, "correct", unitId=other, reason="责任单位有误")
    assert (await paper.page()).json()["tasks"] == []
    assert (await paper.step("reply", text="x")).status_code == 404


async def test_a_raised_key_version_voids_every_earlier_code(paper: Paper, district: District) -> None:
    async with district.database.writing() as session:
        session.add(Setting(name="reply_link_key", value={"value": 2}, changed_at=clock.now()))
    assert (await paper.page()).status_code == 404
    link = await paper.crew.get("office", f"/api/letters/{paper.letter['id']}/reply-link")
    assert (await paper.page(link["url"].split("#")[1])).status_code == 200


async def test_a_change_from_another_site_is_refused_before_the_code_is_looked_at(paper: Paper) -> None:
    async with paper.scan() as holder:
        answer = await holder.post("/api/reply/moves", json={}, headers={"Sec-Fetch-Site": "cross-site"})
        assert problem(answer) == "cross-site"
        del holder.headers["X-CSRF"]
        assert problem(await holder.post("/api/reply/moves", json={})) == "cross-site"


async def test_withdrawing_and_replying_at_once_end_in_one_order(paper: Paper) -> None:
    await paper.crew.of("office")
    withdrawn, *steps = await asyncio.gather(
        paper.manage("withdraw", reason="印错"), *(paper.step("progress", text=str(one)) for one in range(4))
    )
    assert withdrawn.status_code == 200
    assert {answer.status_code for answer in steps} <= {200, 404}
    taken = len([one for one in steps if one.status_code == 200])
    task = await paper.crew.task(paper.task_id)
    assert len([entry for entry in task["timeline"] if entry["action"] == "progress"]) == taken


async def test_a_flood_of_steps_and_of_uploads_is_stopped(paper: Paper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.replies.service.MOST_STEPS", 2)
    monkeypatch.setattr("server.replies.opening.MOST_UPLOADS", 1)
    assert [(await paper.step("progress", text="x")).status_code for _ in range(3)] == [200, 200, 429]
    async with paper.scan() as holder:
        made = [await uploads.create(holder, jpeg(one, (64, 48)), at="/api/reply/uploads") for one in range(2)]
    assert [answer.status_code for answer in made] == [201, 429]


async def test_a_link_of_a_letter_whose_unit_was_changed_behind_it_opens_nothing(
    paper: Paper, district: District
) -> None:
    units = await paper.crew.get("office", "/api/units")
    other = next(unit["id"] for unit in units if unit["name"] == "区教育局")
    async with district.database.writing() as session:
        await session.execute(update(ReplyLink).values(unit_id=other))
    assert (await paper.page()).status_code == 404
