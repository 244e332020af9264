"""A post changes hands, and the open work goes with it: nothing is left with who has gone (R6)."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select, update

from server import clock, ids
from server.district import District
from storage.database.models import AuditEvent, Message, Post, Visit, VisitAssignee
from tests.factories.crew import Crew, pointers, problem
from tests.factories.inspections import Json, new_id

UNIT_POSTS = ["liaison", "data_officer"]


async def since_last_year(district: District) -> None:
    """The demo's posts began today; those of a real office did not."""
    async with district.database.writing() as session:
        long_ago = clock.today() - timedelta(days=400)
        await session.execute(update(Post).values(valid_from=long_ago))


async def asked(crew: Crew, **changed: Any) -> Json:
    """The liaison of the health bureau goes; their leader takes over."""
    return {
        "id": new_id(),
        "fromPersonId": await crew.person("health"),
        "toPersonId": await crew.person("health-leader"),
        "unitId": await crew.unit("区卫计局"),
        "roles": UNIT_POSTS,
        "beginsOn": clock.today().isoformat(),
        "reason": "岗位调整",
        **changed,
    }


async def test_r6_handover_moves_the_post_and_everything_that_was_open(crew: Crew, district: District) -> None:
    await since_last_year(district)
    task_id = await crew.opened()
    await crew.did("health", task_id, "acknowledge", resolver="区卫计局联络员")
    person, unit = await crew.person("health"), await crew.unit("区卫计局")
    async with district.database.writing() as session:
        session.add(_unread(person, unit))
    order = await asked(crew)
    query = {"person": person, "unit": order["unitId"], "roles": ",".join(UNIT_POSTS)}
    shown = await crew.get("office", "/api/handovers/preview", **query)
    assert [(task["id"], task["parts"]) for task in shown["tasks"]] == [(task_id, ["resolver"])]
    assert (shown["unread"], shown["stays"]) == (1, [])
    office = await crew.of("office")
    answer = await office.post("/api/handovers", json=order)
    assert answer.status_code == 201, answer.text
    assert answer.json()["moved"] == {"tasks": 1, "letters": 0, "visits": 0, "unread": 1}
    task = await crew.task(task_id)
    assert task["persons"]["resolver"] == "区卫计局分管领导"
    entry = task["timeline"][-1]
    assert entry["action"] == "hand_over"
    assert "区卫计局联络员" in entry["text"]
    async with district.database.reading() as session:
        held = set(await session.scalars(select(Post.role).where(Post.person_id == order["toPersonId"])))
        assert held == {"unit_leader", *UNIT_POSTS}
        ends = set(await session.scalars(select(Post.valid_until).where(Post.person_id == person)))
        assert ends == {clock.today() - timedelta(days=1)}
        unread = await session.scalar(select(func.count()).where(Message.person_id == order["toPersonId"]))
        assert unread == 1
        assert await session.scalar(select(func.count()).where(AuditEvent.action == "hand_over")) == 2
    # Who has gone sees nothing any more.
    assert await crew.status("health", f"/api/tasks/{task_id}") == 401


def _unread(person_id: str, unit_id: str | None) -> Message:
    now = clock.now()
    return Message(
        id=ids.uuid7(),
        person_id=person_id,
        unit_id=unit_id,
        kind="digest",
        params={},
        link="/tasks",
        created_at=now,
        delivered_at=now,
        read_at=None,
        dedupe_key=ids.uuid7(),
    )


async def test_r6_handover_of_an_inspector_moves_what_they_were_to_visit(crew: Crew, district: District) -> None:
    await since_last_year(district)
    old, new = await crew.person("inspector"), await crew.person("inspector2")
    admin = await crew.of("admin")
    units = (await admin.get("/api/units")).json()
    unit = next(one["id"] for one in units if one["name"] == "区政府办")
    async with district.database.reading() as session:
        planned = select(func.count()).select_from(VisitAssignee).join(Visit, Visit.id == VisitAssignee.visit_id)
        planned = planned.where(VisitAssignee.person_id == old, Visit.status == "planned")
        planned = planned.where(Visit.month >= clock.month_of(clock.today()))
        before = await session.scalar(planned) or 0
    assert before > 0
    order = await asked(crew, fromPersonId=old, toPersonId=new, unitId=unit, roles=["inspector"])
    refused = await (await crew.of("office")).post("/api/handovers", json=order)
    assert refused.status_code == 403  # the office hands over the posts of units only
    answer = await admin.post("/api/handovers", json=order)
    assert answer.status_code == 201, answer.text
    assert answer.json()["moved"]["visits"] == before
    async with district.database.reading() as session:
        assert await session.scalar(planned) == 0


async def test_r6_handover_twice_or_at_once_is_done_once(crew: Crew, district: District) -> None:
    await since_last_year(district)
    order = await asked(crew)
    office = await crew.of("office")
    answers = await asyncio.gather(*(office.post("/api/handovers", json=order) for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [200, 200, 201]
    other = await office.post("/api/handovers", json={**order, "reason": "另有原因"})
    assert (other.status_code, problem(other)) == (409, "handover-differs")
    again = await office.post("/api/handovers", json={**order, "id": new_id()})
    assert (again.status_code, set(pointers(again))) == (422, {"/roles/0", "/roles/1"})
    listed = await crew.get("office", "/api/handovers")
    assert [one["id"] for one in listed["items"]] == [order["id"]]


async def test_r6_handover_names_everything_that_is_wrong(crew: Crew, district: District) -> None:
    order = await asked(
        crew,
        toPersonId=await crew.person("health"),
        reason=" ",
        beginsOn=(clock.today() + timedelta(days=1)).isoformat(),
    )
    answer = await (await crew.of("office")).post("/api/handovers", json=order)
    assert set(pointers(answer)) == {"/toPersonId", "/reason", "/beginsOn"}
    async with district.database.writing() as session:
        await session.execute(update(Post).values(valid_from=clock.today()))
    today = await (await crew.of("office")).post("/api/handovers", json=await asked(crew))
    assert pointers(today) == ["/beginsOn"]


async def test_r6_handover_of_one_of_two_posts_leaves_the_inbox_where_it_is(crew: Crew, district: District) -> None:
    await since_last_year(district)
    person, unit = await crew.person("health"), await crew.unit("区卫计局")
    async with district.database.writing() as session:
        session.add(_unread(person, unit))
    answer = await (await crew.of("office")).post("/api/handovers", json=await asked(crew, roles=["data_officer"]))
    assert answer.status_code == 201, answer.text
    assert answer.json()["moved"]["unread"] == 0
    assert await crew.status("health", "/api/messages") == 200
