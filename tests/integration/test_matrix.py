"""The matrix of responsibility over HTTP: what the office changes from a day on, and who sees what."""

from __future__ import annotations

import asyncio
import copy
from datetime import timedelta
from typing import Any

from server import clock
from server.matrix.notice import seed_content
from tests.factories.crew import Crew
from tests.factories.inspections import Json, new_id


def day(ahead: int = 0) -> str:
    return (clock.today() + timedelta(days=ahead)).isoformat()


def duty(holder: str = "U-DAJ", **how: Any) -> Json:
    return {
        "indicatorCode": "III-42",
        "requirementCode": "M-42-1",
        "holder": holder,
        "part": "responsible",
        "fromOn": day(),
        "reason": "会议纪要明确",
        **how,
    }


async def put(crew: Crew, body: Json, duty_id: str = "", login: str = "office") -> Any:
    return await (await crew.of(login)).put(f"/api/matrix/duties/{duty_id or new_id()}", json=body)


async def owners(crew: Crew, requirement: str, on: str = "") -> dict[str, Json]:
    seen = await crew.get("office", "/api/matrix", **({"on": on} if on else {}))
    names = {unit["id"]: unit["name"] for unit in seen["units"]}
    asked = next(one for row in seen["indicators"] for one in row["requirements"] if one["code"] == requirement)
    return {names[one["unitId"]]: one for one in asked["owners"]}


async def test_r9_an_installed_district_has_the_whole_notice(crew: Crew) -> None:
    seen = await crew.get("office", "/api/matrix")
    assert seen["counts"] == {"boards": 2, "aspects": 4, "indicators": 6, "contents": 8, "keyWorks": 3}
    assert len(seen["indicators"]) == 11
    assert set(await owners(crew, "M-42-1")) == {"区科技局", "区科协", "田心街道", "清水塘街道"}


async def test_r11_the_office_gives_a_share_from_a_day_on_and_the_wall_chart_follows(crew: Crew) -> None:
    assert (await put(crew, duty(fromOn=day(1)))).status_code == 201
    assert "区档案局" not in await owners(crew, "M-42-1")
    assert "区档案局" in await owners(crew, "M-42-1", day(1))
    assert (await put(crew, duty("U-JYJ"))).status_code == 201
    chart = await crew.get("office", "/api/board")
    school = next(unit["id"] for unit in chart["units"] if unit["name"] == "区教育局")
    cells = {(one["row"], one["unitId"]): one["part"] for one in chart["cells"]}
    assert cells["III-42", school] == "responsible"


async def test_the_same_again_changes_nothing_and_something_else_under_the_id_is_refused(crew: Crew) -> None:
    duty_id, body = new_id(), duty()
    assert (await put(crew, body, duty_id)).status_code == 201
    assert (await put(crew, body, duty_id)).status_code == 200
    assert (await put(crew, duty("U-JYJ"), duty_id)).status_code == 409
    assert (await put(crew, body)).json()["type"].endswith("duty-there")


async def test_two_who_give_the_same_share_at_once_give_it_once(crew: Crew) -> None:
    await crew.of("office")
    answers = await asyncio.gather(*(put(crew, duty()) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]


async def test_r11_another_unit_is_named_to_compile_and_what_stood_before_stays(crew: Crew) -> None:
    assert [name for name, one in (await owners(crew, "M-42-1")).items() if one["compiles"]] == ["区科技局"]
    assert (await put(crew, duty("U-KX", compiles=True))).status_code == 201
    assert [name for name, one in (await owners(crew, "M-42-1")).items() if one["compiles"]] == ["区科协"]
    assert [name for name, one in (await owners(crew, "M-42-1", day(-1))).items() if one["compiles"]] == ["区科技局"]
    refused = await put(crew, duty("U-KJJ", compiles=True))
    assert refused.json()["type"].endswith("compiler-there")


async def test_r12_a_share_ends_with_a_day_once(crew: Crew) -> None:
    seen = await crew.get("office", "/api/matrix")
    helping = next(one for one in seen["duties"] if one["part"] == "supporting")
    assert (helping["holderName"], helping["indicatorCode"]) == ("区文体旅局", "III-43")
    office, address = await crew.of("office"), f"/api/matrix/duties/{helping['id']}/end"
    early = await office.post(address, json={"untilOn": "2017-05-03", "reason": "x"})
    assert early.status_code == 422
    ended = {"untilOn": day(-1), "reason": "机构改革"}
    assert [(await office.post(address, json=ended)).status_code for _ in range(2)] == [200, 200]
    assert (await office.post(address, json={**ended, "untilOn": day(9)})).status_code == 409
    row = next(one for one in (await crew.get("office", "/api/matrix"))["indicators"] if one["code"] == "III-43")
    assert [one["part"] for one in row["owners"]] == ["responsible"]


async def test_r11_gaps_and_several_owners_are_reported(crew: Crew) -> None:
    gaps = (await crew.get("office", "/api/matrix"))["gaps"]
    found = {(one["kind"], one["requirementCode"]): one["holders"] for one in gaps}
    assert found["holder_unknown", "KW-SDXD-1"] == ["U-WMDW"]
    assert found["several", "M-42-2"][:2] == ["区科技局", "区科协"]
    assert not [kind for kind, _ in found if kind == "nobody"]
    seen = await crew.get("office", "/api/matrix")
    only = next(one for one in seen["duties"] if one["requirementCode"] == "M-53-1")
    office = await crew.of("office")
    await office.post(f"/api/matrix/duties/{only['id']}/end", json={"untilOn": day(-1), "reason": "待定"})
    gaps = (await crew.get("office", "/api/matrix"))["gaps"]
    assert ("nobody", "M-53-1") in {(one["kind"], one["requirementCode"]) for one in gaps}


async def test_r8_a_unit_sees_the_rows_in_which_it_has_a_part_and_its_own_shares(crew: Crew) -> None:
    seen = await crew.get("health", "/api/matrix")
    codes = {row["code"] for row in seen["indicators"]}
    assert codes == {"III-31", "III-61", "TS-RYCH", "KW-SDXD", "KW-FMQD"}
    assert {one["holder"] for one in seen["duties"]} == {"U-WJJ", "U-ALL"}
    assert (seen["gaps"], seen["holders"], seen["mayEdit"]) == ([], [], False)


async def test_what_no_notice_and_no_unit_knows_is_refused(crew: Crew) -> None:
    for body, code in (
        (duty(indicatorCode="III-99"), "indicator-unknown"),
        (duty(requirementCode="M-31-1"), "requirement-unknown"),
        (duty("X-QWMB-NO"), "holder-unknown"),
        (duty(part="supporting", compiles=True), "compiles-nothing"),
        (duty(reason="  "), "required"),
    ):
        answer = await put(crew, body)
        assert (answer.status_code, [one["code"] for one in answer.json()["errors"]]) == (422, [code])
    assert (await put(crew, duty(), "none")).status_code == 422


def next_year() -> Json:
    content = copy.deepcopy(seed_content())
    content["source"].update(title="下一年度分工", year=2027)
    content["attachment1"]["routine"][0]["methods"][0]["materials"][1]["units"] = ["U-RSJ"]
    return content


async def test_a_new_catalogue_is_compared_first_and_holds_from_its_day_on(crew: Crew) -> None:
    office, from_on = await crew.of("office"), day(30)
    shown = await office.post("/api/matrix/preview", json={"content": next_year(), "fromOn": from_on})
    changes = {(one["kind"], one["code"], one["before"], one["after"]) for one in shown.json()["changes"]}
    assert ("duty", "M-31-2", "区民政局:responsible", "") in changes
    assert ("duty", "M-31-2", "", "区人社局:responsible") in changes
    assert len(changes) == 2
    body = {"content": next_year(), "contentSha256": shown.json()["contentSha256"], "fromOn": from_on}
    address = f"/api/matrix/editions/{new_id()}"
    assert [(await office.put(address, json=body)).status_code for _ in range(2)] == [201, 200]
    assert set(await owners(crew, "M-31-2")) == {"区民政局"}
    assert set(await owners(crew, "M-31-2", from_on)) == {"区人社局"}
    assert (await crew.get("office", "/api/matrix", on=from_on))["title"] == "下一年度分工"
    again = await office.put(f"/api/matrix/editions/{new_id()}", json=body)
    assert again.json()["type"].endswith("catalogue-known")


async def test_a_catalogue_that_is_none_or_another_one_or_too_early_is_refused(crew: Crew) -> None:
    office = await crew.of("office")
    for content, kind in (
        ({}, "catalogue-unreadable"),
        ({**next_year(), "x": "\0"}, "catalogue-unreadable"),
        ({**next_year(), "attachment1": []}, "catalogue-unreadable"),
        ({**next_year(), "x": _deep(60)}, "catalogue-unreadable"),
    ):
        answer = await office.post("/api/matrix/preview", json={"content": content, "fromOn": day()})
        assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (422, kind)
    shown = await office.post("/api/matrix/preview", json={"content": next_year(), "fromOn": day()})
    body = {"content": next_year(), "contentSha256": shown.json()["contentSha256"], "fromOn": "2017-05-05"}
    early = await office.put(f"/api/matrix/editions/{new_id()}", json=body)
    assert [one["code"] for one in early.json()["errors"]] == ["edition-order"]
    other = {**body, "contentSha256": "0" * 64, "fromOn": day()}
    assert (await office.put(f"/api/matrix/editions/{new_id()}", json=other)).status_code == 409


def _deep(levels: int) -> Any:
    return [] if levels == 0 else [_deep(levels - 1)]
