"""What the calendar does: inspections confirm themselves, and a year's notice moves what was only expected."""

from __future__ import annotations

import asyncio
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from server import clock
from server.district import District
from server.inspections import sweeping
from server.inspections.sweeping import DIGEST_HOUR, confirm_overdue, confirms_at
from server.org import calendar
from storage.database.engine import Database
from tests.factories.crew import Crew, pointers
from tests.factories.inspections import new_id
from tests.integration.conftest import Travel

STATUTORY_2027 = {"daysOff": ["2027-01-01"], "daysWorked": []}


async def due_at(district: District) -> datetime:
    """When an inspection that was received just now confirms itself."""
    async with district.database.reading() as session:
        return confirms_at(clock.today(), days=1, work_calendar=await calendar.load(session))


async def test_r37_an_inspection_confirms_itself_after_one_working_day_at_the_digest_hour(
    crew: Crew, district: District
) -> None:
    clean, faulty = await crew.submit("YL-04"), await crew.submit(failing=["YL-B01", "YL-G01"])
    at = await due_at(district)
    assert at.astimezone(clock.SHANGHAI).time() == time(DIGEST_HOUR)
    assert await confirm_overdue(district.database, at - timedelta(seconds=1)) == 0
    assert await confirm_overdue(district.database, at) == 2
    for receipt in (clean, faulty):
        shown = await crew.get("office", f"/api/inspections/{receipt['id']}")
        assert (shown["state"], datetime.fromisoformat(shown["confirmedAt"])) == ("confirmed", at)
    task = await crew.task(faulty["findings"][0]["taskId"])
    assert (task["status"], task["findings"][0]["status"], task["dueProvisional"]) == ("open", "confirmed", False)
    assert [(entry["action"], entry["role"], entry["actor"]) for entry in task["timeline"]] == [
        ("confirm", "system", "")
    ]
    assert await confirm_overdue(district.database, at + timedelta(days=1)) == 0


async def test_two_sweeps_at_once_confirm_once(crew: Crew, district: District) -> None:
    receipts = [await crew.submit(site, failing=["YL-B01", "YL-B02"]) for site in ("YL-03", "YL-04", "YL-05")]
    at = await due_at(district)
    assert sum(await asyncio.gather(*(confirm_overdue(district.database, at) for _ in range(3)))) == 3
    for receipt in receipts:
        for finding in receipt["findings"]:
            task = await crew.task(finding["taskId"])
            assert [entry["action"] for entry in task["timeline"]] == ["confirm"]


async def test_a_sweep_and_a_reviewer_at_once_do_not_stop_each_other(crew: Crew, district: District) -> None:
    await crew.of("office")
    for _ in range(6):
        receipt = await crew.submit(failing=["YL-B01", "YL-B02"])
        tasks = [finding["taskId"] for finding in receipt["findings"]]
        sweep = asyncio.create_task(confirm_overdue(district.database, await due_at(district)))
        steps = await asyncio.gather(*(crew.step("office", task, "confirm") for task in reversed(tasks)))
        assert await sweep in (0, 1)
        assert {step.status_code for step in steps} <= {200, 409}
        for task in tasks:
            assert (await crew.task(task))["status"] == "open"
            await crew.did("office", task, "void", reason="本轮结束")
        assert (await crew.get("office", f"/api/inspections/{receipt['id']}"))["state"] == "confirmed"


async def test_r37_an_inspection_is_confirmed_with_its_last_finding(crew: Crew) -> None:
    receipt = await crew.submit(failing=["YL-B01", "YL-B02"])
    first, second = (finding["taskId"] for finding in receipt["findings"])
    await crew.did("supervisor", first, "confirm")
    assert (await crew.get("office", f"/api/inspections/{receipt['id']}"))["state"] == "submitted"
    await crew.did("office", second, "void", reason="误判")
    assert (await crew.get("office", f"/api/inspections/{receipt['id']}"))["state"] == "confirmed"


async def test_r37_confirming_an_inspection_as_a_whole_forgets_no_finding(crew: Crew) -> None:
    receipt = await crew.submit(failing=["YL-B01", "YL-B02"])
    supervisor = await crew.of("supervisor")
    url = f"/api/inspections/{receipt['id']}/confirm"
    assert (await supervisor.post(url)).status_code == 204
    assert (await crew.get("office", f"/api/inspections/{receipt['id']}"))["state"] == "confirmed"
    for finding in receipt["findings"]:
        task = await crew.task(finding["taskId"])
        assert (task["status"], task["timeline"][0]["role"]) == ("open", "supervisor")
    assert (await supervisor.post(url)).status_code == 404
    assert (await supervisor.post(f"/api/inspections/{new_id()}/confirm")).status_code == 404


async def enter(crew: Crew, who: str, year: int, **table: Any) -> Any:
    body = {"notice": "国务院办公厅通知", **STATUTORY_2027, **table}
    return await (await crew.of(who)).put(f"/api/calendar/{year}", json=body)


async def test_entering_a_year_recounts_the_deadlines_that_were_only_expected(crew: Crew, travel: Travel) -> None:
    travel(timedelta(days=(date(2026, 12, 15) - clock.today()).days))
    reaches_2027 = await crew.opened("YL-D02")
    stays = await crew.opened("YL-G01", "YL-04")
    chosen = await crew.opened("YL-B06", "YL-05")
    fixed = (date(clock.today().year + 1, 3, 1)).isoformat()
    await crew.did("office", chosen, "extend", until=fixed, reason="跨年工程")
    before = await crew.task(reaches_2027)
    year = int(before["dueOn"][:4])
    assert year == 2027
    assert before["dueProvisional"] is True
    days_off = [date(year, 1, 1) + timedelta(days=n) for n in range(14)]
    answer = await enter(crew, "admin", year, daysOff=[on.isoformat() for on in days_off if on.weekday() < 5])
    assert answer.status_code == 204, answer.text
    after = await crew.task(reaches_2027)
    assert (after["dueOn"] > before["dueOn"], after["dueProvisional"]) == (True, False)
    assert after["version"] == before["version"] + 1
    assert (await crew.task(chosen))["dueOn"] == fixed
    assert (await crew.task(stays))["dueProvisional"] is False
    shown = await crew.get("health", f"/api/calendar/{year}")
    assert (shown["provisional"], shown["notice"]) == (False, "国务院办公厅通知")


async def test_a_year_outside_the_table_is_not_found_and_a_stray_date_is_refused(crew: Crew) -> None:
    for year, status in ((1999, 404), (2100, 404), (10**12, 400), (10**30, 400)):
        assert await crew.status("office", f"/api/calendar/{year}") == status
        assert (await enter(crew, "office", year)).status_code == status
    assert pointers(await enter(crew, "office", 2027, daysOff=["2026-12-31"])) == ["/days"]
    assert (await crew.get("office", "/api/calendar/2027"))["provisional"] is True


async def test_one_inspection_that_fails_holds_up_none_of_the_others(
    crew: Crew, district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, sound = await crew.submit("YL-03"), await crew.submit("YL-04")
    at = await due_at(district)
    real = sweeping._confirm

    async def confirm(database: Database, inspection_id: str, now: datetime) -> bool:
        if inspection_id == broken["id"]:
            raise RuntimeError("a row that cannot be read")
        return await real(database, inspection_id, now)

    with monkeypatch.context() as patched:
        patched.setattr(sweeping, "_confirm", confirm)
        assert await confirm_overdue(district.database, at) == 1
    assert (await crew.get("office", f"/api/inspections/{sound['id']}"))["state"] == "confirmed"
    assert await confirm_overdue(district.database, at) == 1, "it is tried again"
