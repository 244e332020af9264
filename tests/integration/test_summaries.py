"""Weekly and monthly summaries over HTTP: handed in, sent back, taken, merged."""

from __future__ import annotations

import asyncio
import io
from datetime import timedelta
from typing import Any

import docx
import pytest

from server import clock
from server.workplans.periods import month_of, week_of
from tests.factories.crew import Crew
from tests.factories.inspections import Json, new_id
from tests.integration.conftest import Travel


def this_week() -> str:
    return week_of(clock.today())


def last_week() -> str:
    return week_of(clock.today() - timedelta(weeks=1))


def body(**how: Any) -> Json:
    return {
        "kind": "week",
        "period": this_week(),
        "done": "开展健康教育讲座2场",
        "problems": "个别站点宣传栏更新不及时",
        "nextSteps": "下周完成宣传栏更新",
        **how,
    }


async def put(crew: Crew, told: Json, summary_id: str = "", login: str = "health") -> Any:
    return await (await crew.of(login)).put(f"/api/summaries/{summary_id or new_id()}", json=told)


async def decide(crew: Crew, summary_id: str, decision: str, reason: str = "") -> int:
    office = await crew.of("office")
    answer = await office.post(f"/api/summaries/{summary_id}/decision", json={"decision": decision, "reason": reason})
    return answer.status_code


async def standing(crew: Crew, period: str, kind: str = "week", unit: str = "区卫计局") -> Json:
    listed = await crew.get("office", "/api/summaries", kind=kind, period=period)
    found: Json = next(one for one in listed["units"] if one["unitName"] == unit)
    return found


async def duty(crew: Crew, period: str, login: str = "health") -> Json:
    found: Json = next(one for one in await crew.get(login, "/api/summaries/own") if one["period"]["period"] == period)
    return found


async def test_r16_a_summary_is_handed_in_once_however_often_it_is_sent(crew: Crew) -> None:
    summary_id = new_id()
    assert [(await put(crew, body(), summary_id)).status_code for _ in range(2)] == [201, 200]
    assert (await put(crew, body(done="别的"), summary_id)).status_code == 409
    assert (await put(crew, body(), summary_id, "street")).status_code == 409
    seen = await standing(crew, this_week())
    assert (seen["state"], seen["versions"]) == ("submitted", 1)


async def test_r16_before_it_is_taken_a_further_one_takes_its_place_and_both_are_kept(crew: Crew) -> None:
    await put(crew, body())
    assert (await put(crew, body(done="补充一场"))).json()["number"] == 2
    seen = await duty(crew, this_week())
    assert [one["done"] for one in seen["versions"]] == ["补充一场", "开展健康教育讲座2场"]


async def test_r16_a_summary_that_is_sent_back_is_told_corrected_and_taken(crew: Crew) -> None:
    first = (await put(crew, body())).json()["id"]
    assert await decide(crew, first, "returned") == 422
    assert [await decide(crew, first, "returned", "请补充数据") for _ in range(2)] == [204, 204]
    told = await crew.get("health", "/api/messages")
    assert any("退回" in str(one) for one in told["items"])
    assert (await duty(crew, this_week()))["versions"][0]["reason"] == "请补充数据"
    second = (await put(crew, body(done="开展讲座2场，参加86人"))).json()["id"]
    assert await decide(crew, first, "accepted") == 409
    assert await decide(crew, second, "accepted") == 204
    assert (await put(crew, body())).json()["type"].endswith("summary-accepted")
    corrected = await put(crew, body(done="更正：参加85人", correction="人数统计有误"))
    assert (corrected.status_code, corrected.json()["number"]) == (201, 3)
    assert (await standing(crew, this_week()))["state"] == "submitted"


async def test_two_who_hand_in_at_once_are_numbered_one_after_the_other(crew: Crew) -> None:
    await crew.of("health")
    answers = await asyncio.gather(*(put(crew, body(done=f"第{number}份")) for number in range(4)))
    assert sorted(answer.json()["number"] for answer in answers) == [1, 2, 3, 4]


async def test_r16_who_has_not_handed_in_is_missing_after_the_deadline_and_late_by_working_days(
    crew: Crew, travel: Travel
) -> None:
    period = this_week()
    travel(timedelta(days=14))
    crew.sign_out()
    before = await standing(crew, period)
    assert (before["state"], before["latest"]) == ("missing", None)
    assert before["lateDays"] >= 1
    assert (await put(crew, body(period=period))).json()["late"] is True
    after = await standing(crew, period)
    assert (after["state"], after["lateDays"]) == ("submitted", before["lateDays"])
    travel(timedelta(days=14))
    crew.sign_out()
    assert (await standing(crew, period))["lateDays"] == before["lateDays"]


async def test_r16_a_report_of_nothing_has_no_words_and_any_other_has_some(crew: Crew) -> None:
    nothing = {"kind": "week", "period": this_week(), "nil": True}
    assert (await put(crew, nothing)).status_code == 201
    for wrong, code in (
        (body(nil=True), "summary-nil"),
        ({"kind": "week", "period": this_week(), "done": "  "}, "summary-empty"),
        (body(period=week_of(clock.today() + timedelta(weeks=1))), "period-ahead"),
        (body(period="2026-W00"), "period-unknown"),
        (body(progress=[{"indicatorCode": "III-99", "text": "x"}]), "indicator-unknown"),
        (body(period="2017-W05"), "summary-unit"),
    ):
        answer = await put(crew, wrong)
        assert (answer.status_code, [one["code"] for one in answer.json()["errors"]]) == (422, [code])


async def test_r8_a_unit_reads_and_writes_its_own_summaries_alone(crew: Crew) -> None:
    health = await crew.unit("区卫计局")
    await put(crew, body())
    asked = {"unit": health, "kind": "week", "period": this_week()}
    street = await (await crew.of("street")).get("/api/summaries/versions", params=asked)
    assert street.status_code == 404
    assert len(await crew.get("health", "/api/summaries/versions", **asked)) == 1
    assert (await put(crew, body(unitId=health), login="street")).status_code == 403
    assert all(not one["versions"] for one in await crew.get("street", "/api/summaries/own"))


async def test_r95_the_office_enters_a_summary_that_came_on_paper_and_says_so(crew: Crew) -> None:
    unit = await crew.unit("区统计局")
    assert (await put(crew, body(unitId=unit), login="office")).status_code == 422
    entered = await put(crew, body(unitId=unit, enteredFrom="纸质件，联络员送达"), login="office")
    assert entered.json()["enteredFrom"] == "纸质件，联络员送达"
    assert (await standing(crew, this_week(), unit="区统计局"))["state"] == "submitted"


async def test_r16_a_month_begins_from_its_weeks(crew: Crew, travel: Travel) -> None:
    while month_of(clock.today() - timedelta(weeks=1)) != month_of(clock.today()):
        travel(timedelta(days=1))
    crew.sign_out()
    progress = [{"indicatorCode": "III-61", "text": "医保定点机构核对完成"}]
    await put(crew, body(period=last_week(), done="讲座一场"))
    await put(crew, body(done="义诊一次", progress=progress))
    month = {one["period"]["period"]: one for one in await crew.get("health", "/api/summaries/own")}
    words = [one["prefill"]["done"] for period, one in month.items() if "W" not in period]
    assert "义诊一次" in "".join(words)
    assert all(not one["prefill"]["done"] for period, one in month.items() if "W" in period)


async def test_r17_a_summary_keeps_the_version_of_the_demands_it_was_written_under(crew: Crew) -> None:
    office, told = await crew.of("office"), {"kind": "week", "requirements": "须附活动照片", "source": "区文明办通知"}
    assert (await put(crew, body(period=last_week()))).json()["templateVersion"] == 0
    template_id = new_id()
    for _ in range(2):
        assert (await office.put(f"/api/summary-templates/{template_id}", json=told)).status_code == 204
    other = {**told, "requirements": "别的"}
    assert (await office.put(f"/api/summary-templates/{template_id}", json=other)).status_code == 409
    assert (await duty(crew, this_week()))["requirements"] == "须附活动照片"
    assert (await put(crew, body())).json()["templateVersion"] == 1
    assert (await standing(crew, last_week()))["latest"]["templateVersion"] == 0


async def test_r18_what_is_recommended_is_adopted_or_declined_with_a_reason(crew: Crew) -> None:
    health, office = await crew.of("health"), await crew.of("office")
    told = {"kind": "practice", "title": "流动科普车", "text": "每周进社区", "on": clock.today().isoformat()}
    first, second = new_id(), new_id()
    for one in (first, first, second):
        assert (await health.put(f"/api/highlights/{one}", json=told)).status_code == 204
    assert (await health.put(f"/api/highlights/{first}", json={**told, "title": "别的"})).status_code == 409
    ahead = {**told, "on": (clock.today() + timedelta(days=1)).isoformat()}
    assert (await health.put(f"/api/highlights/{new_id()}", json=ahead)).status_code == 422
    verdict = f"/api/highlights/{first}/verdict"
    assert (await office.post(verdict, json={"verdict": "declined"})).status_code == 422
    for _ in range(2):
        assert (await office.post(verdict, json={"verdict": "adopted"})).status_code == 204
    assert (await office.post(verdict, json={"verdict": "declined", "reason": "x"})).status_code == 409
    assert (await crew.get("street", "/api/highlights"))["items"] == []
    seen = {one["id"]: one["verdict"] for one in (await crew.get("health", "/api/highlights"))["items"]}
    assert seen == {first: "adopted", second: None}


async def test_r94_the_group_s_report_holds_every_unit_s_words_and_names_who_is_missing(crew: Crew) -> None:
    sent = (await put(crew, body())).json()["id"]
    await decide(crew, sent, "accepted")
    await put(crew, {"kind": "week", "period": this_week(), "nil": True}, login="street")
    back = (await put(crew, body(done="清水塘街道的工作"), login="street2")).json()["id"]
    await decide(crew, back, "returned", "请补充")
    office = await crew.of("office")
    answer = await office.get("/api/summary-report", params={"kind": "week", "period": this_week(), "form": "docx"})
    assert answer.status_code == 200
    text = "\n".join(one.text for one in docx.Document(io.BytesIO(answer.content)).paragraphs)
    assert "开展健康教育讲座2场。" in text
    assert "个别站点宣传栏更新不及时。" in text
    assert "清水塘街道的工作" not in text
    assert "应报单位15家，已报2家" in text
    assert "零报告：田心街道" in text
    assert "退回修改：清水塘街道" in text
    missing = text.split("未报送：")[1]
    assert "区统计局" in missing
    assert "区卫计局" not in missing
    pdf = await office.get("/api/summary-report", params={"kind": "week", "period": this_week(), "form": "pdf"})
    assert pdf.content.startswith(b"%PDF-")


async def test_r93_words_to_chase_name_who_has_not_handed_in(crew: Crew) -> None:
    await put(crew, body())
    asked = {"kind": "week", "period": this_week()}
    found = await crew.get("office", "/api/summaries/chase", **asked)
    assert "区统计局" in found["text"]
    assert "区卫计局" not in found["text"]
    assert found["units"] == 14


@pytest.mark.parametrize("form", ["doc", ""])
async def test_a_form_that_is_none_is_refused(crew: Crew, form: str) -> None:
    assert await crew.status("office", f"/api/summary-report?kind=week&period=2026-W47&form={form}") == 400
