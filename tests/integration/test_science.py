"""The register of science rooms over HTTP: facts, materials, activities, updates, and who keeps it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import update

from server import clock
from server.district import District
from storage.database.models import Unit
from tests.factories.crew import Crew
from tests.factories.inspections import Json, new_id

FACTS = {"community": "东门社区", "areaM2": 80, "openingHours": "每周一至周五 9:00–17:00", "keeper": "社区科普员"}


async def rooms(crew: Crew, login: str = "office") -> list[Json]:
    found: list[Json] = (await crew.get(login, "/api/science-rooms"))["rooms"]
    return found


async def own(crew: Crew, login: str = "street") -> Json:
    return (await rooms(crew, login))[0]


async def put(crew: Crew, room: Json, body: Json, record_id: str = "", login: str = "street") -> Any:
    address = f"/api/science-rooms/{room['siteId']}/records/{record_id or new_id()}"
    return await (await crew.of(login)).put(address, json=body)


async def enter(crew: Crew, room: Json, kind: str, login: str = "street", entry_id: str = "", **how: Any) -> Any:
    body = {"siteId": room["siteId"], "kind": kind, "on": clock.today().isoformat(), "name": "应急避险", **how}
    return await (await crew.of(login)).put(f"/api/science-entries/{entry_id or new_id()}", json=body)


async def test_r20_a_street_keeps_the_facts_of_its_rooms_by_version(crew: Crew) -> None:
    room, record_id = await own(crew), new_id()
    assert room["record"] is None
    assert [(await put(crew, room, FACTS, record_id)).status_code for _ in range(2)] == [204, 204]
    assert (await put(crew, room, {**FACTS, "areaM2": 90}, record_id)).status_code == 409
    assert (await put(crew, room, {**FACTS, "areaM2": 60})).status_code == 204
    record = (await own(crew))["record"]
    assert (record["number"], record["areaM2"], record["community"]) == (2, 60, "东门社区")
    assert (await put(crew, room, {**FACTS, "keeper": " "})).json()["errors"][0]["code"] == "required"
    assert (await put(crew, room, {**FACTS, "areaM2": 0})).status_code == 400


async def test_r20_a_room_is_overdue_until_what_it_shows_is_updated(crew: Crew) -> None:
    room = await own(crew)
    assert (room["overdue"], room["lastUpdateOn"]) == (True, None)
    today = clock.today()
    await enter(crew, room, "update", on=(today - timedelta(days=61)).isoformat())
    assert (await own(crew))["overdue"]
    await enter(crew, room, "update", on=(today - timedelta(days=60)).isoformat())
    assert not (await own(crew))["overdue"]
    # Neither an activity nor a count of materials is an update.
    other = (await rooms(crew, "office"))[-1]
    await enter(crew, other, "activity", count=30, login="office")
    await enter(crew, other, "stock", count=30, login="office")
    seen = next(one for one in await rooms(crew) if one["siteId"] == other["siteId"])
    assert (seen["overdue"], seen["activities"], seen["stockCount"]) == (True, 1, 30)


async def test_r20_the_days_of_an_update_are_a_setting(crew: Crew) -> None:
    room = await own(crew)
    await enter(crew, room, "update", on=(clock.today() - timedelta(days=31)).isoformat())
    assert not (await own(crew))["overdue"]
    changed = await (await crew.of("admin")).patch(
        "/api/rules", json={"changes": {"science_update_days": 30}, "reason": "区科协明确"}
    )
    assert changed.status_code == 200
    assert (await own(crew))["overdue"]


async def test_r53_a_node_tells_its_activities_and_rooms(crew: Crew) -> None:
    room, year = await own(crew), clock.today().year
    for _ in range(2):
        said = await enter(crew, room, "activity", count=40, node="science_week", on=f"{year}-05-20")
        assert said.status_code == 204
    wrong = await enter(crew, room, "activity", count=40, node="science_month", on=f"{year}-05-20")
    assert wrong.json()["errors"][0]["code"] == "science-month"
    nodes = {one["node"]: one for one in (await crew.get("office", "/api/science-rooms"))["nodes"]}
    assert (nodes["science_week"]["activities"], nodes["science_week"]["rooms"]) == (2, 1)
    assert nodes["science_day"]["activities"] == 0
    earlier = await crew.get("office", "/api/science-rooms", year=2024)
    assert [one["node"] for one in earlier["nodes"]] == ["science_week", "science_day"]


async def test_r20_an_entry_that_was_wrong_counts_no_more_and_stays(crew: Crew) -> None:
    room, entry_id = await own(crew), new_id()
    for count, status in ((200, 204), (200, 204), (300, 409)):
        assert (await enter(crew, room, "stock", entry_id=entry_id, count=count)).status_code == status
    street, address = await crew.of("street"), f"/api/science-entries/{entry_id}/withdrawal"
    assert [(await street.post(address, json={"reason": "数量有误"})).status_code for _ in range(2)] == [204, 204]
    assert (await street.post(address, json={"reason": "别的"})).status_code == 409
    detail = await crew.get("street", f"/api/science-rooms/{room['siteId']}")
    assert [one["withdrawn"] for one in detail["entries"]] == ["数量有误"]
    assert detail["room"]["stockCount"] == 0


async def test_r8_a_unit_sees_its_own_rooms_and_who_supervises_sees_all(crew: Crew, district: District) -> None:
    everything = {one["siteId"]: one for one in await rooms(crew)}
    seen = await rooms(crew, "street")
    assert 0 < len(seen) < len(everything)
    foreign = next(one for key, one in everything.items() if key not in {room["siteId"] for room in seen})
    assert (await put(crew, foreign, FACTS)).status_code == 404
    assert (await enter(crew, foreign, "update")).status_code == 404
    assert await crew.status("street", f"/api/science-rooms/{foreign['siteId']}") == 404
    assert (await rooms(crew, "health")) == []
    assert (await put(crew, foreign, FACTS, login="supervisor")).status_code == 403
    async with district.database.writing() as session:
        await session.execute(update(Unit).where(Unit.code == "U-KX").values(code="U-KX-OLD"))
        await session.execute(update(Unit).where(Unit.code == "U-WJJ").values(code="U-KX"))
    overseen = await rooms(crew, "health")
    assert (len(overseen), {one["mayEdit"] for one in overseen}) == (len(everything), {False})
    assert (await put(crew, foreign, FACTS, login="health")).status_code == 403


async def test_r20_the_register_tells_when_a_room_was_last_inspected(crew: Crew) -> None:
    code = (await own(crew))["code"]
    await crew.submit(code)
    assert (await own(crew))["lastInspectedOn"] == clock.today().isoformat()
