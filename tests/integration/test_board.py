"""The wall chart over HTTP: what a task does to its cell, and who reads it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from server import clock
from tests.factories.crew import Crew
from tests.factories.inspections import Json
from tests.integration.conftest import Travel


async def cell(crew: Crew, row: str, unit: str, login: str = "office") -> Json:
    chart = await crew.get(login, "/api/board")
    unit_id = next(one["id"] for one in chart["units"] if one["name"] == unit)
    found: Json = next(one for one in chart["cells"] if (one["row"], one["unitId"]) == (row, unit_id))
    return found


async def test_r13_a_cell_follows_its_task_from_the_finding_to_the_strike_off(crew: Crew) -> None:
    before = await cell(crew, "III-61", "区卫计局")
    assert (before["state"], before["part"], before["open"]) == ("not_started", "responsible", 0)
    task_id = await crew.found()
    assert (await cell(crew, "III-61", "区卫计局"))["open"] == 0  # a draft is nobody's duty yet
    await crew.did("office", task_id, "confirm")
    opened = await cell(crew, "III-61", "区卫计局")
    assert (opened["state"], opened["open"]) == ("not_started", 1)
    assert opened["dueOn"] == (await crew.task(task_id))["dueOn"]
    await crew.did("health", task_id, "acknowledge", resolver="院感科")
    assert (await cell(crew, "III-61", "区卫计局"))["state"] == "under_way"
    await crew.did("health", task_id, "reply", text="已整改到位", measure="补贴标识")
    await crew.did("inspector2", task_id, "strike_off", note="已复查", photos=[await crew.photo("inspector2")])
    done = await cell(crew, "III-61", "区卫计局")
    assert (done["state"], done["closed"], done["doneOn"]) == ("done", 1, clock.today().isoformat())


async def test_r13_what_is_late_is_red_on_the_day_after_its_deadline(crew: Crew, travel: Travel) -> None:
    task_id = await crew.opened()
    due_on = (await crew.task(task_id))["dueOn"]
    while clock.today().isoformat() < due_on:
        travel(timedelta(days=1))
    crew.sign_out()
    assert (await cell(crew, "III-61", "区卫计局"))["overdue"] == 0
    travel(timedelta(days=1))
    crew.sign_out()
    assert (await cell(crew, "III-61", "区卫计局"))["state"] == "overdue"


async def test_r8_a_unit_sees_the_states_of_all(crew: Crew) -> None:
    await crew.opened()
    assert (await cell(crew, "III-61", "区卫计局", "street"))["open"] == 1


async def test_r36_the_month_of_an_inspection_that_got_in_is_done(crew: Crew) -> None:
    await crew.submit()
    chart = await crew.get("office", "/api/board")
    month = clock.month_of(clock.today())
    medical = next(row for row in chart["coverage"] if row["subject"] == "SUB-YL")
    assert next(one["state"] for one in medical["months"] if one["month"] == month) == "done"
    assert medical["name"]


@pytest.mark.parametrize("year", ["1", "2200", "x"])
async def test_a_year_that_is_none_is_refused(crew: Crew, year: str) -> None:
    assert await crew.status("office", f"/api/board?year={year}") == 400
