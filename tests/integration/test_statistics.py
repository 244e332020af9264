"""Figures over HTTP against the rows that the test made."""

from __future__ import annotations

from datetime import timedelta

from server import clock
from tests.factories.crew import Crew, pointers
from tests.factories.inspections import Json
from tests.integration.conftest import Travel


async def of_unit(crew: Crew, name: str) -> Json:
    told = await crew.get("office", "/api/statistics")
    found: Json = next(unit for unit in told["units"] if unit["unitName"] == name)
    return found


async def test_a_strike_off_counts_with_its_days_and_whether_its_answer_was_in_time(crew: Crew, travel: Travel) -> None:
    task_id = await crew.opened("YL-B01")
    travel(timedelta(days=3))
    crew.sign_out()
    await crew.did("health", task_id, "reply", text="已整改到位", measure="补贴标识")
    photo = await crew.photo("inspector2", seed=31)
    await crew.did("inspector2", task_id, "strike_off", note="已复查", photos=[photo])
    told = await of_unit(crew, "区卫计局")
    assert told["spread"] == {"count": 1, "medianDays": 3.0, "p90Days": 3.0}
    assert (told["closed"], told["closedOnTime"], told["findings"], told["open"]) == (1, 1, 1, 0)


async def test_an_answer_after_the_limit_is_closed_and_not_in_time(crew: Crew, travel: Travel) -> None:
    task_id = await crew.opened("YL-B01")
    travel(timedelta(days=40))
    crew.sign_out()
    assert (await of_unit(crew, "区卫计局"))["overdue"] == 1
    await crew.did("health", task_id, "reply", text="已整改到位", measure="补贴标识")
    await crew.did("inspector2", task_id, "strike_off", note="已复查", photos=[await crew.photo("inspector2", seed=32)])
    told = await of_unit(crew, "区卫计局")
    assert (told["closed"], told["closedOnTime"], told["overdue"]) == (1, 0, 0)


async def test_a_month_an_item_and_a_severity_count_their_findings_and_a_void_one_does_not(crew: Crew) -> None:
    task_id = await crew.found("YL-B01")
    month = clock.month_of(clock.today())

    async def counts() -> tuple[int, int, int]:
        told = await crew.get("office", "/api/statistics")
        of_month = next(one for one in told["months"] if one["month"] == month)
        items = {one["item"]: one["findings"] for one in told["items"]}
        return of_month["findings"], items.get("YL-B01", 0), sum(one["findings"] for one in told["severities"])

    assert await counts() == (1, 1, 1)
    await crew.did("office", task_id, "void", reason="重复登记")
    assert await counts() == (0, 0, 0)


async def test_a_unit_alone_has_its_own_figures_only(crew: Crew) -> None:
    await crew.found("YL-B01")
    street = await crew.unit("田心街道")
    told = await crew.get("office", "/api/statistics", unit=street)
    assert [one["findings"] for one in told["months"]] == [0] * 12
    assert all(unit["unitName"] == "田心街道" for unit in told["units"])


async def test_a_span_backwards_or_over_three_years_is_refused(crew: Crew) -> None:
    office = await crew.of("office")
    for first, last in (("2026-11", "2026-10"), ("2023-01", "2026-11")):
        answer = await office.get("/api/statistics", params={"first": first, "last": last})
        assert (answer.status_code, pointers(answer)) == (422, ["/first"])


async def test_a_year_back_never_begins_before_the_first_month_there_is(crew: Crew) -> None:
    told = await crew.get("office", "/api/statistics", last="2000-03")
    assert [row["month"] for row in told["months"]] == ["2000-01", "2000-02", "2000-03"]


async def test_every_figure_opens_exactly_its_rows(crew: Crew, travel: Travel) -> None:
    closed = await crew.opened("YL-B01")
    late = await crew.opened("YL-B02")
    relapsing = await crew.found("YL-B03")
    await crew.did("office", relapsing, "void", reason="现场误判")
    await crew.did("health", closed, "reply", text="已整改到位", measure="补贴标识")
    await crew.did("inspector2", closed, "strike_off", note="已复查", photos=[await crew.photo("inspector2", seed=41)])
    travel(timedelta(days=70))
    crew.sign_out()
    await crew.did("health", late, "reply", text="已整改到位", measure="已清理")
    await crew.did("inspector2", late, "strike_off", note="已复查", photos=[await crew.photo("inspector2", seed=42)])
    again = await crew.found("YL-B01")
    told = await crew.get("office", "/api/statistics")
    span = {"first": told["firstMonth"], "last": told["lastMonth"]}
    unit = next(one for one in told["units"] if one["unitName"] == "区卫计局")
    here = {**span, "unit": unit["unitId"]}

    async def rows(url: str, **params: str) -> list[str]:
        return [row["id"] for row in (await crew.get("office", url, limit=200, **params))["items"]]

    shut = {"status": "closed", "dated": "closed"}
    assert len(await rows("/api/findings", status="draft,confirmed", **here)) == unit["findings"] == 3
    assert set(await rows("/api/tasks", **shut, **here)) == {closed, late}
    assert await rows("/api/tasks", onTime="true", **shut, **here) == [closed]
    assert await rows("/api/tasks", onTime="false", **shut, **here) == [late]
    assert await rows("/api/tasks", relapse="true", dated="created", **here) == [again]
    for month in told["months"]:
        only = {"first": month["month"], "last": month["month"]}
        assert len(await rows("/api/inspections", gotIn="true", **only)) == month["inspections"]
        assert len(await rows("/api/findings", status="draft,confirmed", **only)) == month["findings"]
        assert len(await rows("/api/tasks", **shut, **only)) == month["closed"]
        assert len(await rows("/api/tasks", relapse="true", dated="created", **only)) == month["relapses"]
    for item in told["items"]:
        assert len(await rows("/api/findings", status="draft,confirmed", item=item["item"], **span)) == item["findings"]


async def test_a_figure_changes_with_the_rows_that_it_counts(crew: Crew) -> None:
    before = (await crew.get("office", "/api/overview"))["drafts"]
    assert (await crew.get("office", "/api/overview"))["drafts"] == before
    task_id = await crew.found("YL-B01")
    assert (await crew.get("office", "/api/overview"))["drafts"] == before + 1
    await crew.did("office", task_id, "confirm")
    assert (await crew.get("office", "/api/overview"))["drafts"] == before
    assert (await crew.get("health", "/api/overview"))["open"] == 1
    assert (await crew.get("street", "/api/overview"))["open"] == 0
