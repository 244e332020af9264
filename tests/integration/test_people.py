"""People are entered, corrected, given posts and let go, and nothing they owed is left with nobody."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import httpx
from litestar import Litestar
from sqlalchemy import func, select, update

from server import clock
from server.district import District
from storage.database.models import AuditEvent, Message, Person, Post, Visit, VisitAssignee
from tests.conftest import new_client
from tests.factories.crew import Crew, pointers, problem
from tests.factories.inspections import Json, new_id
from tests.integration.test_handover import UNIT_POSTS, _unread, asked, since_last_year


async def newcomer(crew: Crew, **changed: Any) -> Json:
    """Somebody who begins in the science bureau today."""
    posts = [
        {"id": new_id(), "unitId": await crew.unit("区科技局"), "role": role, "validFrom": clock.today().isoformat()}
        for role in ("liaison", "data_officer")
    ]
    return {"login": "kjj-01", "name": "新任联络员", "phone": "", "posts": posts, **changed}


async def entered(crew: Crew, body: Json, person_id: str | None = None) -> httpx.Response:
    return await (await crew.of("admin")).put(f"/api/people/{person_id or new_id()}", json=body)


async def test_a_new_person_signs_in_with_a_password_for_once(crew: Crew, app: Litestar) -> None:
    person_id = new_id()
    answer = await entered(crew, await newcomer(crew), person_id)
    assert answer.status_code == 201, answer.text
    assert [post["state"] for post in answer.json()["posts"]] == ["held", "held"]
    assert answer.json()["hasPassword"] is False
    admin = await crew.of("admin")
    given = (await admin.post(f"/api/people/{person_id}/one-time-password")).json()
    browser = new_client(app)
    signed = await browser.post("/api/session", json={"login": "kjj-01", "password": given["password"]})
    assert (signed.status_code, signed.json()["unitName"]) == (200, "区科技局")
    shown = await crew.get("admin", f"/api/people/{person_id}")
    assert len(shown["sessions"]) == 1
    ended = await admin.delete(f"/api/people/{person_id}/sessions/{shown['sessions'][0]['id']}")
    assert ended.status_code == 204
    assert (await browser.get("/api/session")).status_code == 401
    foreign = await admin.delete(f"/api/people/{await crew.person('office')}/sessions/{shown['sessions'][0]['id']}")
    assert foreign.status_code == 404
    await browser.aclose()


async def test_r6_a_post_that_somebody_takes_is_no_gap_any_more(crew: Crew) -> None:
    units = await crew.get("admin", "/api/units")
    assert "liaison" in next(unit for unit in units if unit["name"] == "区科技局")["postsMissing"]
    assert (await entered(crew, await newcomer(crew))).status_code == 201
    units = await crew.get("admin", "/api/units")
    assert next(unit for unit in units if unit["name"] == "区科技局")["postsMissing"] == ["unit_leader"]


async def test_entering_twice_or_at_once_is_done_once(crew: Crew, district: District) -> None:
    body, person_id = await newcomer(crew), new_id()
    answers = await asyncio.gather(*(entered(crew, body, person_id) for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [200, 200, 201]
    other = await entered(crew, {**body, "name": "另一人"}, person_id)
    assert (other.status_code, problem(other)) == (409, "person-differs")
    fresh = await newcomer(crew, login="kjj-02")
    bodies = [{**fresh, "posts": (await newcomer(crew))["posts"]} for _ in range(2)]
    both = await asyncio.gather(*(entered(crew, one) for one in bodies))
    assert sorted(answer.status_code for answer in both) == [201, 422]
    async with district.database.reading() as session:
        events = select(func.count()).where(AuditEvent.action == "enter_person")
        assert await session.scalar(events) == 2


async def test_r7_the_civility_office_stands_outside_the_group(crew: Crew) -> None:
    outside = next(one["id"] for one in await crew.get("admin", "/api/units") if one["name"] == "区文明办")
    for unit_id, status in ((await crew.unit("区科技局"), 422), (outside, 201)):
        post = {"id": new_id(), "unitId": unit_id, "role": "civility", "validFrom": clock.today().isoformat()}
        answer = await entered(crew, await newcomer(crew, login=f"wmb-{status}", posts=[post]))
        assert answer.status_code == status, answer.text


async def test_r1_there_is_one_group_leader_and_r4_only_the_office_has_office_users(crew: Crew) -> None:
    unit = await crew.unit("区科技局")
    outside = next(one["id"] for one in await crew.get("admin", "/api/units") if one["name"] == "区委")
    day = clock.today().isoformat()
    posts = [
        {"id": new_id(), "unitId": unit, "role": "office", "validFrom": day},
        {"id": new_id(), "unitId": outside, "role": "group_leader", "validFrom": day},
        {"id": new_id(), "unitId": outside, "role": "liaison", "validFrom": day},
        {"id": new_id(), "unitId": new_id(), "role": "liaison", "validFrom": day},
        {"id": new_id(), "unitId": unit, "role": "liaison", "validFrom": "2016-12-31"},
    ]
    answer = await entered(crew, await newcomer(crew, login="office", name="  ", posts=posts))
    assert answer.status_code == 422
    assert pointers(answer) == [
        "/name",
        "/login",
        "/posts/0/role",
        "/posts/1/role",
        "/posts/2/role",
        "/posts/3/unitId",
        "/posts/4/validFrom",
    ]
    bad = await entered(crew, await newcomer(crew, login="Mit Leerzeichen"))
    assert bad.status_code == 400


async def test_a_corrected_name_stands_in_open_tasks(crew: Crew, district: District) -> None:
    task_id = await crew.opened()
    await crew.did("health", task_id, "acknowledge", resolver="区卫计局联络员")
    admin, person = await crew.of("admin"), await crew.person("health")
    answer = await admin.patch(f"/api/people/{person}", json={"name": "区卫计局新姓名", "login": "health"})
    assert (answer.status_code, answer.json()["name"]) == (200, "区卫计局新姓名")
    assert (await crew.task(task_id))["persons"]["resolver"] == "区卫计局新姓名"
    taken = await admin.patch(f"/api/people/{person}", json={"login": "office"})
    assert (taken.status_code, pointers(taken)) == (422, ["/login"])
    again = await admin.patch(f"/api/people/{person}", json={"name": "区卫计局新姓名"})
    assert again.status_code == 200
    async with district.database.reading() as session:
        kept = list(await session.scalars(select(AuditEvent.detail).where(AuditEvent.action == "correct_person")))
    assert kept == [{"fields": ["name"]}]  # no personal data in what is kept for ever, and one event a change


async def test_r6_a_post_without_successor_stays_empty_and_its_work_goes_to_the_leader(
    crew: Crew, district: District
) -> None:
    await since_last_year(district)
    task_id = await crew.opened()
    await crew.did("health", task_id, "acknowledge", resolver="区卫计局联络员")
    person, leader = await crew.person("health"), await crew.person("health-leader")
    unit = await crew.unit("区卫计局")
    async with district.database.writing() as session:
        session.add(_unread(person, unit))
    shown = await crew.get("admin", "/api/handovers/preview", person=person, unit=unit, roles="liaison,data_officer")
    assert (shown["heir"], shown["alone"]) == ("区卫计局分管领导", 0)
    order = await asked(crew, toPersonId=None, closesAccount=True)
    office = await (await crew.of("office")).post("/api/handovers", json=order)
    assert office.status_code == 403  # the office ends posts of units, but closes no account
    answer = await (await crew.of("admin")).post("/api/handovers", json=order)
    assert (answer.status_code, answer.json()["toName"]) == (201, None), answer.text
    task = await crew.task(task_id)
    assert "resolver" in task["persons"]["gaps"]
    assert task["persons"]["overseer"] == "区卫计局分管领导"
    assert "岗位空缺" in task["timeline"][-1]["text"]
    units = await crew.get("admin", "/api/units")
    assert next(one for one in units if one["id"] == unit)["postsMissing"] == UNIT_POSTS
    async with district.database.reading() as session:
        assert await session.scalar(select(func.count()).where(Message.person_id == leader)) == 1
        assert (await session.get_one(Person, person)).disabled_at is not None
    assert await crew.status("health", "/api/session") == 401
    detail = await crew.get("admin", f"/api/people/{person}")
    assert {post["state"] for post in detail["posts"]} == {"past"}
    again = await (await crew.of("admin")).post("/api/handovers", json=order)
    assert again.status_code == 200


async def test_a_mistaken_post_is_withdrawn_on_its_day_and_the_last_administrator_stays(crew: Crew) -> None:
    body, person_id = await newcomer(crew), new_id()
    assert (await entered(crew, body, person_id)).status_code == 201
    admin = await crew.of("admin")
    unit = body["posts"][0]["unitId"]
    order = await asked(crew, fromPersonId=person_id, toPersonId=None, unitId=unit, closesAccount=True)
    one_only = await admin.post("/api/handovers", json={**order, "roles": ["liaison"]})
    assert (one_only.status_code, pointers(one_only)) == (422, ["/closesAccount"])
    answer = await admin.post("/api/handovers", json=order)
    assert answer.status_code == 201, answer.text
    detail = await crew.get("admin", f"/api/people/{person_id}")
    assert {post["state"] for post in detail["posts"]} == {"withdrawn"}
    assert detail["closedAt"] is not None
    opened = await admin.post(f"/api/people/{person_id}/open")
    assert opened.json()["closedAt"] is None
    post = {"id": new_id(), "unitId": unit, "role": "liaison", "validFrom": clock.today().isoformat()}
    for _ in range(2):
        assert (await admin.post(f"/api/people/{person_id}/posts", json=post)).status_code == 200
    moved = await admin.post(f"/api/people/{person_id}/posts", json={**post, "role": "data_officer"})
    assert (moved.status_code, problem(moved)) == (409, "post-differs")
    held = await admin.post(f"/api/people/{person_id}/close")
    assert (held.status_code, pointers(held)) == (422, ["/closesAccount"])
    me = await crew.person("admin")
    office = next(one["unitId"] for one in await crew.get("admin", "/api/people") if one["login"] == "admin")
    last = await asked(crew, fromPersonId=me, toPersonId=None, unitId=office, roles=["admin"])
    refused = await admin.post("/api/handovers", json=last)
    assert (refused.status_code, pointers(refused)) == (422, ["/toPersonId"])


async def test_r6_visits_of_an_inspector_who_goes_need_somebody(crew: Crew, district: District) -> None:
    await since_last_year(district)
    person, unit = await crew.person("inspector"), await crew.unit("区政府办")
    async with district.database.writing() as session:
        visit = await session.scalar(
            select(Visit.id)
            .join(VisitAssignee, VisitAssignee.visit_id == Visit.id)
            .where(VisitAssignee.person_id == person, Visit.status == "planned")
            .limit(1)
        )
        others = update(Post).where(Post.person_id == person).values(valid_from=clock.today() - timedelta(days=9))
        await session.execute(others)
        alone = select(VisitAssignee).where(VisitAssignee.visit_id == visit, VisitAssignee.person_id != person)
        for row in await session.scalars(alone):
            await session.delete(row)
    order = await asked(crew, fromPersonId=person, toPersonId=None, unitId=unit, roles=["inspector"])
    refused = await (await crew.of("admin")).post("/api/handovers", json=order)
    assert (refused.status_code, pointers(refused)) == (422, ["/toPersonId"])


async def test_who_was_locked_out_gets_in_with_the_password_for_once(crew: Crew, app: Litestar) -> None:
    browser = new_client(app)
    for _ in range(6):
        await browser.post("/api/session", json={"login": "street", "password": "falsch-geraten"})
    waits = await browser.post("/api/session", json={"login": "street", "password": "falsch-geraten"})
    assert waits.status_code == 429
    people = await crew.get("admin", "/api/people")
    person = next(one["id"] for one in people if one["login"] == "street")
    assert (await crew.get("admin", f"/api/people/{person}"))["failures"] == 5
    given = (await (await crew.of("admin")).post(f"/api/people/{person}/one-time-password")).json()
    signed = await browser.post("/api/session", json={"login": "street", "password": given["password"]})
    assert signed.status_code == 200
    await browser.aclose()
