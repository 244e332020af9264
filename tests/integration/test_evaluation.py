"""The evaluation over HTTP: values and verdicts, honours, complaints, yearly scores, checklist scores of past days."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx
import pytest

from server import clock
from tests.factories.crew import Crew, pointers, problem
from tests.factories.inspections import new_id
from tests.integration.conftest import Travel

Json = dict[str, Any]
YEAR = clock.today().year


def day(ago: int = 0) -> str:
    return (clock.today() - timedelta(days=ago)).isoformat()


def entry(**own: Any) -> Json:
    return {"year": YEAR, "level": "city", "source": "市统计局 2026 年统计公报", **own}


def a_value(measure: str = "insured_institutions", **changes: Any) -> Json:
    figures = {"designated": "19", "all": "20"}
    return entry(measure=measure, state="published", figures=figures, publishedOn=day(3)) | changes


async def put(crew: Crew, what: str, body: Json, *, entry_id: str | None = None) -> httpx.Response:
    return await (await crew.of("office")).put(f"/api/evaluation/{what}/{entry_id or new_id()}", json=body)


async def entered(crew: Crew, what: str, body: Json, *, entry_id: str | None = None) -> Json:
    answer = await put(crew, what, body, entry_id=entry_id)
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


def values_of(page: Json, measure: str) -> list[Json]:
    found: list[Json] = next(one["values"] for one in page["measures"] if one["name"] == measure)
    return found


async def test_r57_a_value_has_its_verdict_its_source_and_its_versions(crew: Crew) -> None:
    entry_id = new_id()
    (value,) = values_of(await entered(crew, "values", a_value(), entry_id=entry_id), "insured_institutions")
    assert (value["verdict"]["outcome"], value["verdict"]["shown"], value["decides"]) == ("met", "95.00", True)
    assert (await entered(crew, "values", a_value(), entry_id=entry_id))["measures"]
    worse = a_value(figures={"designated": "949999", "all": "1000000"}, version=1)
    assert pointers(await put(crew, "values", worse, entry_id=entry_id)) == ["/reason"]
    page = await entered(crew, "values", {**worse, "reason": "市人社局更正"}, entry_id=entry_id)
    (value,) = values_of(page, "insured_institutions")
    assert (value["verdict"]["outcome"], value["verdict"]["shown"], value["version"]) == ("not_met", "95.00", 2)
    stale = await put(crew, "values", {**a_value(), "reason": "x", "version": 1}, entry_id=entry_id)
    assert (stale.status_code, problem(stale)) == (409, "evaluation-entry-differs")
    versions = await crew.get("civility", f"/api/evaluation/entries/{entry_id}")
    assert [(one["version"], one["reason"]) for one in versions] == [(2, "市人社局更正"), (1, "")]
    assert versions[1]["body"]["figures.designated"] == "19"


async def test_only_the_citys_value_decides_and_each_level_has_its_own(crew: Crew) -> None:
    await entered(crew, "values", a_value())
    page = await entered(crew, "values", a_value(level="district", figures={"designated": "1", "all": "2"}))
    told = {
        one["level"]: (one["decides"], one["verdict"]["outcome"]) for one in values_of(page, "insured_institutions")
    }
    assert told == {"city": (True, "met"), "district": (False, "not_met")}
    assert pointers(await put(crew, "values", a_value())) == ["/year"]


async def test_what_is_not_published_yet_is_a_state(crew: Crew) -> None:
    body = a_value("health_staff", state="not_published", figures={}, publishedOn=None)
    (value,) = values_of(await entered(crew, "values", body), "health_staff")
    assert (value["verdict"]["outcome"], value["figures"]) == ("not_published", {})
    guessed = {**body, "figures": {"staff": "1", "population": "1000"}, "year": YEAR - 1}
    assert pointers(await put(crew, "values", guessed)) == ["/figures/population", "/figures/staff"]


async def test_r52_the_year_before_is_looked_up(crew: Crew) -> None:
    await entered(crew, "values", a_value("elderly_funds", figures={"amount": "1200.5"}, year=YEAR - 1))
    page = await entered(crew, "values", a_value("elderly_funds", figures={"amount": "1200.50"}))
    (value,) = values_of(page, "elderly_funds")
    assert (value["verdict"]["outcome"], value["verdict"]["exact"]["difference"]) == ("equal", "0")


async def test_r55_the_provinces_opinion_is_shown_beside_what_is_computed(crew: Crew) -> None:
    body = a_value("energy_per_gdp", figures={"own": "0.52", "comparison": "0.53"}, opinion=2)
    (value,) = values_of(await entered(crew, "values", body), "energy_per_gdp")
    assert (value["verdict"]["outcome"], value["verdict"]["differs"], value["verdict"]["score"]) == (
        "level_2",
        True,
        None,
    )
    admin = await crew.of("admin")
    changes = {"changes": {"three_level_scores": "3/2/1"}, "reason": "市文明办明确"}
    assert (await admin.patch("/api/rules", json=changes)).status_code == 200
    page = await crew.get("leader", f"/api/evaluation/{YEAR}")
    assert values_of(page, "energy_per_gdp")[0]["verdict"]["score"] == "2"


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"figures": {"designated": "21", "all": "20"}}, "/figures/designated"),
        ({"figures": {"designated": "0", "all": "0"}}, "/figures/all"),
        ({"figures": {"all": "20"}}, "/figures/designated"),
        ({"opinion": 1}, "/opinion"),
        ({"publishedOn": None}, "/publishedOn"),
        ({"publishedOn": "2199-01-01"}, "/publishedOn"),
    ],
)
async def test_r57_figures_that_cannot_be_are_refused(crew: Crew, changes: Json, pointer: str) -> None:
    assert pointers(await put(crew, "values", a_value(**changes))) == [pointer]


async def test_r60_an_honour_counts_with_its_photo_and_the_offices_approval(crew: Crew) -> None:
    body = entry(name="全国卫生城市", issuedOn="2021-03-01", issuer="全国爱卫办", issuerLevel="national")
    entry_id = new_id()
    page = await entered(crew, "honours", body, entry_id=entry_id)
    assert page["honours"][0]["honours"][0]["faults"] == ["no_photo", "not_approved"]
    assert pointers(await put(crew, "honours", {**body, "photo": "0" * 64})) == ["/photo"]
    photo = await crew.photo("office")
    whole = {**body, "photo": photo, "approved": True, "reason": "核对牌匾", "version": 1}
    page = await entered(crew, "honours", whole, entry_id=entry_id)
    assert [(one["level"], one["valid"], one["score"]) for one in page["honours"]] == [
        ("city", 1, 1),
        ("district", 0, 0),
    ]
    for number in range(6):
        more = {**body, "name": f"荣誉{number}", "photo": photo, "approved": True}
        page = await entered(crew, "honours", more)
    assert (page["honours"][0]["valid"], page["honours"][0]["score"]) == (7, 6)


async def test_r61_the_ten_actions_are_rated_by_six_criteria(crew: Crew) -> None:
    page = await crew.get("office", f"/api/evaluation/{YEAR}")
    assert len(page["actions"]) == 10
    action, unit = page["actions"][0], await crew.unit("区卫计局")
    body = entry(
        action=action["code"],
        unitId=unit,
        criterion="plan",
        method="papers",
        rating="good",
        ratedOn=day(1),
        level="district",
    )
    page = await entered(crew, "ratings", body)
    assert [one["rating"] for one in page["actions"][0]["ratings"]] == ["good"]
    assert pointers(await put(crew, "ratings", body)) == ["/year"]
    assert (await put(crew, "ratings", {**body, "method": "hearing"})).status_code == 200
    assert pointers(await put(crew, "ratings", {**body, "action": "XD99", "criterion": "work"})) == ["/action"]


async def test_r62_a_force_of_supervision_and_the_months_without_a_circular(crew: Crew) -> None:
    body = entry(fromOn=day(30), names=["甲"], vehicle="公务用车 1 辆", funds="工作经费 5 万元", level="district")
    page = await entered(crew, "forces", body)
    (force,) = page["forces"]
    assert force["running"]
    assert force["faults"] == ["people", "states_people", "states_vehicle", "states_funds"]
    months = page["circulars"]
    assert [one["enough"] for one in months] == [False] * (len(months) - 1) + [None]


async def a_complaint(crew: Crew, **changes: Any) -> Json:
    unit = await crew.unit("区卫计局")
    received = clock.today() - timedelta(days=30)
    body = {"number": "12345-0001", "text": "候诊区有人吸烟", "complainant": "王某 138", "unitId": unit}
    return entry(**body, receivedOn=received.isoformat(), level="district", year=received.year) | changes


async def test_r63_r64_complaints_are_counted_by_day_and_the_complainant_is_hidden(crew: Crew) -> None:
    received = clock.today() - timedelta(days=30)
    replied = received + timedelta(days=2)
    done = {
        "readOn": received.isoformat(),
        "repliedOn": replied.isoformat(),
        "reply": "已劝阻",
        "satisfaction": "satisfied",
    }
    shown = await entered(crew, "complaints", await a_complaint(crew, **done))
    assert (shown["rates"][0]["inTime"], shown["rates"][0]["satisfiedEnough"]) == (1, True)
    assert shown["complaints"][0]["complainant"] == "王某 138"
    late = await a_complaint(crew, number="12345-0002", readOn=day(1))
    shown = await entered(crew, "complaints", late)
    assert [(one["complaints"], one["due"], one["inTime"]) for one in shown["rates"]] == [(2, 2, 1), (2, 2, 1)]
    url = f"/api/evaluation/{received.year}/complaints"
    before = await crew.get("civility", url, on=(received + timedelta(days=1)).isoformat())
    assert [one["complainant"] for one in before["complaints"]] == [None, None]
    assert (before["rates"][0]["due"], before["rates"][0]["rated"]) == (0, 0)
    assert (await crew.get("office", url, on=(received - timedelta(days=1)).isoformat()))["complaints"] == []
    for changes, pointer in (
        ({"readOn": (received - timedelta(days=1)).isoformat()}, "/readOn"),
        ({"repliedOn": day(1)}, "/reply"),
        ({"satisfaction": "satisfied"}, "/satisfaction"),
    ):
        assert pointers(await put(crew, "complaints", await a_complaint(crew, number="3", **changes))) == [pointer]


async def test_r65_r66_only_an_official_score_has_consequences(crew: Crew) -> None:
    unit = await crew.unit("区卫计局")
    await entered(crew, "complaints", await a_complaint(crew, year=YEAR))
    page = await crew.get("office", f"/api/evaluation/{YEAR}")
    assert (page["scores"], page["estimates"]) == ([], [])
    admin = await crew.of("admin")
    changes = {"changes": {"estimated_score": True}, "reason": "内部预警"}
    assert (await admin.patch("/api/rules", json=changes)).status_code == 200
    page = await crew.get("office", f"/api/evaluation/{YEAR}")
    assert [(one["estimate"], one["unitId"]) for one in page["estimates"]] == [("0.00", unit)]
    assert page["scores"] == []  # an estimate of nothing disqualifies nobody
    entry_id, body = new_id(), entry(subject="unit", unitId=unit, score="79.99", scoredOn=day(1), level="district")
    (score,) = (await entered(crew, "scores", body, entry_id=entry_id))["scores"]
    assert (score["eligible"], score["deduction"]) == (False, "10.005")
    half = {**body, "overrideBy": "组长", "version": 1, "reason": "组长批示"}
    assert pointers(await put(crew, "scores", half, entry_id=entry_id)) == ["/overrideReason"]
    page = await entered(crew, "scores", {**half, "overrideReason": "年内整改到位"}, entry_id=entry_id)
    assert page["scores"][0]["eligible"]
    other = entry(subject="group", score="80.00", scoredOn=day(1), level="district")
    page = await entered(crew, "scores", other)
    assert [(one["subject"], one["eligible"], one["deduction"]) for one in page["scores"]][-1] == ("group", True, None)
    assert pointers(await put(crew, "scores", {**other, "subject": "unit"})) == ["/unitId"]
    assert pointers(await put(crew, "scores", {**other, "subject": "district", "score": "100.01"})) == ["/score"]


async def test_r67_a_score_is_counted_again_for_any_past_day_and_each_lost_point_opens_its_finding(
    crew: Crew, travel: Travel
) -> None:
    first = await crew.submit("YL-03", failing=["YL-B01"])
    before = clock.today()
    (one,) = [site for site in (await crew.get("office", "/api/checklist-scores"))["sites"] if site["lost"]]
    assert one["inspectionId"] == first["id"]
    (lost,) = one["lost"]
    assert (lost["itemCode"], lost["taskId"]) == ("YL-B01", first["findings"][0]["taskId"])
    kept = await crew.get("office", f"/api/inspections/{first['id']}")
    assert (await crew.get("office", f"/api/findings/{lost['findingId']}"))["id"] == lost["findingId"]
    assert abs(float(one["score"]) - kept["score"]) < 0.01
    assert one["scoredWeight"] - one["passedWeight"] == lost["weight"]
    travel(timedelta(days=20))
    crew = crew.again()
    second = await crew.submit("YL-03")
    now = await crew.get("office", "/api/checklist-scores")
    assert second["id"] in {site["inspectionId"] for site in now["sites"]}
    then = await crew.get("office", "/api/checklist-scores", on=before.isoformat())
    assert [site for site in then["sites"] if site["siteId"] == one["siteId"]] == [one]
    assert (await crew.get("office", "/api/checklist-scores", on="2015-01-01"))["sites"] == []
