"""The monthly decomposition over HTTP: marked, entered, seen by the unit, complete or late."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from server import clock
from server.district import District
from server.months import month_after
from storage.database.models import Unit
from tests.factories.crew import Crew
from tests.factories.inspections import Json, new_id

HEALTH = "III-61"


def this_month() -> str:
    return f"{clock.today():%Y-%m}"


async def units(crew: Crew) -> dict[str, str]:
    return {one["name"]: one["id"] for one in await crew.get("office", "/api/units")}


async def mark(crew: Crew, *codes: str, month: str = "", login: str = "office", focus_id: str = "") -> Any:
    body = {"month": month or this_month(), "indicatorCodes": list(codes)}
    return await (await crew.of(login)).put(f"/api/decomposition-focus/{focus_id or new_id()}", json=body)


async def put(crew: Crew, body: Json, line_id: str = "", login: str = "office") -> Any:
    return await (await crew.of(login)).put(f"/api/decomposition-lines/{line_id or new_id()}", json=body)


async def line(crew: Crew, **how: Any) -> Json:
    today = clock.today()
    unit_id = (await units(crew))["区卫计局"]
    said = {"month": this_month(), "indicatorCode": HEALTH, "unitId": unit_id, "what": "核对医保定点机构名单"}
    return {**said, "dueOn": today.isoformat(), "problem": "机构名称不一致", **how}


async def read(crew: Crew, login: str = "office", month: str = "") -> Json:
    found: Json = await crew.get(login, "/api/decomposition", month=month or this_month())
    return found


async def test_r19_a_month_is_complete_once_every_line_tells_of_contact(crew: Crew) -> None:
    first = await read(crew)
    assert (first["complete"], [one["kind"] for one in first["gaps"]]) == (False, ["no_focus"])
    assert (await mark(crew, HEALTH)).status_code == 204
    seen = await read(crew)
    assert [(one["kind"], one["indicator"]) for one in seen["gaps"]] == [("no_line", seen["focus"][0]["name"])]
    assert "区卫计局" in {one["name"] for one in seen["focus"][0]["withoutLine"]}
    assert (await put(crew, await line(crew))).status_code == 204
    seen = await read(crew)
    assert [(one["kind"], one["unit"]) for one in seen["gaps"]] == [("no_contact", "区卫计局")]
    contact = {"contactOn": clock.today().isoformat(), "result": "名单以区人社局为准"}
    assert (await put(crew, await line(crew, **contact))).status_code == 204
    seen = await read(crew)
    assert (seen["complete"], seen["gaps"], seen["late"]) == (True, [], False)
    [shown] = seen["focus"][0]["lines"]
    assert (shown["number"], shown["result"]) == (2, "名单以区人社局为准")


async def test_r19_a_month_that_ended_without_its_decomposition_is_late(crew: Crew) -> None:
    before = month_after(this_month(), -1)
    assert (await read(crew, month=before))["late"]
    assert not (await read(crew))["late"]
    await mark(crew, HEALTH, month=before)
    day = date.fromisoformat(f"{before}-01").isoformat()
    await put(crew, await line(crew, month=before, dueOn=day, contactOn=day))
    seen = await read(crew, month=before)
    assert (seen["complete"], seen["late"]) == (True, False)
    assert seen["focus"][0]["lines"][0]["lateDays"] > 0


async def test_r19_a_unit_sees_its_own_lines_and_says_that_one_is_done(crew: Crew) -> None:
    await mark(crew, HEALTH)
    await put(crew, await line(crew, dueOn=f"{this_month()}-01"))
    seen = await read(crew, "health")
    assert (len(seen["focus"]), seen["gaps"], seen["mayEdit"], seen["offered"]) == (1, [], False, [])
    assert seen["focus"][0]["withoutLine"] == []
    assert (await read(crew, "street"))["focus"] == []
    health, address = await crew.of("health"), f"/api/decomposition/{this_month()}/{HEALTH}/done"
    ahead = {"doneOn": (clock.today() + timedelta(days=1)).isoformat(), "note": "x"}
    assert (await health.post(address, json=ahead)).json()["errors"][0]["code"] == "day-ahead"
    said = {"doneOn": clock.today().isoformat(), "note": "名单已核对"}
    assert [(await health.post(address, json=said)).status_code for _ in range(2)] == [204, 204]
    assert (await health.post(address, json={**said, "note": "别的"})).status_code == 409
    assert (await (await crew.of("street")).post(address, json=said)).status_code == 404
    [shown] = (await read(crew))["focus"][0]["lines"]
    assert (shown["doneNote"], shown["lateDays"]) == ("名单已核对", 0)


async def test_r4_r19_the_lead_unit_decomposes_and_a_member_unit_does_not(crew: Crew, district: District) -> None:
    assert (await mark(crew, HEALTH, login="health")).status_code == 403
    assert (await put(crew, await line(crew), login="health")).status_code == 403
    async with district.database.writing() as session:
        await session.execute(update(Unit).where(Unit.code == "U-WJJ").values(kind="lead"))
    assert (await mark(crew, HEALTH, login="health")).status_code == 204
    assert (await read(crew, "health"))["mayEdit"]


async def test_r19_the_same_again_changes_nothing_and_something_else_is_refused(crew: Crew) -> None:
    focus_id, line_id = new_id(), new_id()
    assert [(await mark(crew, HEALTH, focus_id=focus_id)).status_code for _ in range(2)] == [204, 204]
    assert (await mark(crew, "III-42", focus_id=focus_id)).status_code == 409
    assert (await mark(crew, "III-99")).json()["errors"][0]["code"] == "indicator-unknown"
    told = await line(crew)
    assert [(await put(crew, told, line_id)).status_code for _ in range(2)] == [204, 204]
    assert (await put(crew, {**told, "what": "别的"}, line_id)).status_code == 409
    foreign = await line(crew, unitId=(await units(crew))["区统计局"])
    assert (await put(crew, foreign)).json()["errors"][0]["code"] == "line-unit"
    assert (await mark(crew, "III-42")).status_code == 204
    assert (await put(crew, told)).json()["errors"][0]["code"] == "focus-missing"
    assert [one["lines"] for one in (await read(crew))["focus"]] == [[]]


@pytest.mark.parametrize(("url", "name"), [("/api/decomposition", "month"), ("/api/statistics", "first")])
async def test_what_is_no_month_is_refused(crew: Crew, url: str, name: str) -> None:
    office = await crew.of("office")
    for month in ("", "2026", "2026-13", "2026-00", "1999-12", "２０２６-11", "month", "\x17x<", "2026-11\n"):
        assert (await office.get(url, params={name: month})).status_code == 400, month
    assert (await office.get(url, params={name: "2026-11"})).status_code == 200
