"""Today's ledger becomes tasks (R92): previewed, corrected, taken over once, whatever is sent twice."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import httpx
from sqlalchemy import event, func, select

from server import clock
from server.district import District
from storage.database.models import ImportRow, Photo, PhotoUse, Task
from tests.factories.crew import Crew
from tests.factories.inspections import Json, new_id
from tests.fixtures import lists
from tests.fixtures.photos import jpeg, picture, saved

FOUND, DUE = date(2026, 3, 5), date(2026, 12, 1)


def row(number: int = 1, **cells: Any) -> list[Any]:
    """A row of a ledger that is in order."""
    told = {
        "found": FOUND, "site": "田心示范医院", "problem": f"三楼候诊区无禁烟标识{number}", "unit": "区卫计局",
        "measure": "", "due": DUE, "closed": "否",
    } | cells  # fmt: skip
    return [number, *(told[name] for name in ("found", "site", "problem", "unit", "measure", "due", "closed"))]


async def bring(
    crew: Crew, data: bytes, *, kind: str = "ledger", name: str = "台账.xlsx", id_: str | None = None
) -> httpx.Response:
    office = await crew.of("office")
    params = {"kind": kind, "fileName": name}
    return await office.put(f"/api/imports/{id_ or new_id()}", params=params, content=data)


async def brought(crew: Crew, data: bytes, **options: Any) -> Json:
    answer = await bring(crew, data, **options)
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


async def rows(crew: Crew, import_id: str, **params: Any) -> list[Json]:
    found: list[Json] = (await crew.get("office", f"/api/imports/{import_id}/rows", **params))["items"]
    return found


async def post(crew: Crew, url: str, body: Json | None = None) -> httpx.Response:
    return await (await crew.of("office")).post(url, json=body)


async def taken_over(crew: Crew, import_id: str) -> Json:
    version = (await crew.get("office", f"/api/imports/{import_id}"))["version"]
    answer = await post(crew, f"/api/imports/{import_id}/takeover", {"version": version})
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


def codes(found: Json) -> list[str]:
    return [fault["code"] for fault in found["faults"]]


async def counted(district: District, table: Any) -> int:
    async with district.database.reading() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


async def test_r92_the_open_rows_become_tasks_that_keep_their_dates(crew: Crew) -> None:
    imported = await brought(crew, lists.workbook([row(1), row(2, closed="是")], above=["石峰区2026年整改台账"]))
    assert imported["counts"] == {
        "error": 0, "doubtful": 0, "new": 1, "existing": 0, "leftOut": 1, "chosen": 1, "taken": 0,
    }  # fmt: skip
    left = (await rows(crew, imported["id"]))[1]
    assert (left["state"], codes(left)) == ("left_out", ["is-closed"])
    assert (await taken_over(crew, imported["id"]))["counts"]["taken"] == 1
    task_id = (await rows(crew, imported["id"]))[0]["taskId"]
    task = await crew.task(task_id)
    assert (task["origin"], task["status"], task["dueOn"]) == ("ledger", "open", DUE.isoformat())
    assert (task["source"]["givenOn"], task["source"]["number"]) == (FOUND.isoformat(), "1")
    assert (task["siteName"], task["unitName"]) == ("田心示范医院", "区卫计局")


async def test_r92_the_same_file_twice_makes_nothing_twice(crew: Crew, district: District) -> None:
    data = lists.workbook([row(1), row(2), row(2)])
    first = await brought(crew, data)
    assert (await taken_over(crew, first["id"]))["counts"]["taken"] == 3
    before = await counted(district, Task)
    second = await brought(crew, data)
    assert second["counts"]["existing"] == 3
    await taken_over(crew, second["id"])
    assert await counted(district, Task) == before


async def test_r92_a_row_that_was_pushed_down_is_known_again(crew: Crew) -> None:
    await taken_over(crew, (await brought(crew, lists.workbook([row(1)])))["id"])
    later = await brought(crew, lists.workbook([row(9, problem="新问题"), row(1)]))
    assert {found["number"]: found["state"] for found in await rows(crew, later["id"])} == {2: "new", 3: "existing"}


async def test_r92_each_error_names_its_cell_and_what_is_expected_and_can_be_corrected(crew: Crew) -> None:
    bad = row(1, unit="区水务局", due="尽快", problem="")
    imported = await brought(crew, lists.workbook([row(2), bad]))
    first = (await rows(crew, imported["id"]))[0]
    assert first["number"] == 3
    assert first["state"] == "error"
    told = {fault["code"]: (fault["cell"], fault["message"]) for fault in first["faults"]}
    assert told["unit-unknown"] == ("E3", "找不到责任单位“区水务局”，请写成员单位或街道的名称")
    assert told["no-date"] == ("G3", "“尽快”不是日期，应写成 2026-12-01 或 2026年12月1日")
    assert told["problem-missing"][0] == "D3"

    office = await crew.of("office")
    edit = {"cells": {"unit": "区卫健局", "due_on": "2026.12.1", "problem": "门口无标识"}}
    answer = await office.patch(f"/api/imports/{imported['id']}/rows/3", json=edit)
    assert answer.status_code == 200, answer.text
    assert (answer.json()["state"], answer.json()["meaning"]["unitName"]) == ("new", "区卫计局")
    assert (await taken_over(crew, imported["id"]))["counts"]["taken"] == 2


async def test_r92_a_reader_of_english_is_told_in_english(crew: Crew) -> None:
    imported = await brought(crew, lists.workbook([row(1, due="尽快")]))
    office = await crew.of("office")
    answer = await office.get(f"/api/imports/{imported['id']}/rows", headers={"Accept-Language": "en"})
    assert answer.json()["items"][0]["faults"][0]["message"] == '"尽快" is no date; write 2026-12-01'


async def test_r92_a_doubtful_row_is_taken_only_when_a_person_chose_it(crew: Crew) -> None:
    imported = await brought(crew, lists.workbook([row(1, site="示范医院（田心）田心示范医院南楼")]))
    assert imported["counts"]["doubtful"] == 1
    version = imported["version"]
    answer = await post(crew, f"/api/imports/{imported['id']}/takeover", {"version": version})
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/import-nothing-chosen")
    await post(crew, f"/api/imports/{imported['id']}/choice", {"state": "doubtful", "chosen": True})
    assert (await taken_over(crew, imported["id"]))["counts"]["taken"] == 1


async def test_r92_a_reply_that_the_ledger_holds_stays_a_reply_of_its_unit(crew: Crew) -> None:
    titles = ("序号", "发现时间", "存在的问题", "责任单位", "整改时限", "完成情况", "回复时间", "整改后照片")
    line = [1, FOUND, "无标识", "区卫计局", DUE, "已张贴标识", date(2026, 3, 12), ""]
    data = lists.workbook([line], titles=titles, pictures=[(1, 7, jpeg(seed=31))])
    imported = await brought(crew, data)
    await taken_over(crew, imported["id"])
    task = await crew.task((await rows(crew, imported["id"]))[0]["taskId"])
    assert (task["status"], task["repliedAt"][:10] in ("2026-03-11", "2026-03-12")) == ("replied", True)
    reply = task["timeline"][-1]
    assert (reply["action"], reply["text"], reply["unit"]) == ("reply", "已张贴标识", "区卫计局")
    assert [photo["state"] for photo in reply["photos"]] == ["received"]
    assert "strike_off" in task["actions"]


async def test_r92_embedded_pictures_become_photos_of_their_tasks(crew: Crew, district: District) -> None:
    pictures = [(1, 8, jpeg(seed=41)), (2, 8, saved(picture(seed=42), "PNG"))]
    titles = (*lists.LEDGER_TITLES, "问题照片")
    data = lists.workbook([[*row(1), ""], [*row(2), ""]], titles=titles, pictures=pictures)
    imported = await brought(crew, data)
    assert imported["picturesWaiting"] == 2
    while (await post(crew, f"/api/imports/{imported['id']}/pictures")).json()["waiting"]:
        pass
    shown = (await rows(crew, imported["id"]))[0]["pictures"][0]
    assert await crew.status("office", f"/api/photos/{shown['sha256']}/thumbnail") == 200
    await taken_over(crew, imported["id"])
    task = await crew.task((await rows(crew, imported["id"]))[0]["taskId"])
    assert task["timeline"][0]["photos"][0]["sha256"] == shown["sha256"]
    case = await crew.get("office", f"/api/photos/{shown['sha256']}")
    assert case["shots"][0]["source"] == "gallery"
    assert case["flags"] == []
    async with district.database.reading() as session:
        uses = list(await session.scalars(select(PhotoUse).where(PhotoUse.task_id == task["id"])))
    assert [(use.purpose, use.state) for use in uses] == [("order", "received")]


async def test_what_is_no_photo_is_told_and_holds_nothing_up(crew: Crew, district: District) -> None:
    titles = (*lists.LEDGER_TITLES, "问题照片")
    data = lists.workbook([[*row(1), ""]], titles=titles, pictures=[(1, 8, jpeg(seed=43))])
    broken = lists.with_parts(data, {"xl/media/image1.jpeg": b"\xff\xd8\xff\xe0 no picture"})
    before = await counted(district, Photo)
    imported = await brought(crew, broken)
    await taken_over(crew, imported["id"])
    found = (await rows(crew, imported["id"]))[0]
    assert found["pictures"][0]["state"] == "refused"
    assert "picture-refused" in codes(found)
    assert found["taskId"] is not None
    assert await counted(district, Photo) == before


async def test_one_fault_has_one_task_though_the_ledger_names_it_again(crew: Crew) -> None:
    task_id = await crew.opened()
    task = await crew.task(task_id)
    titles = (*lists.LEDGER_TITLES, "依据（检查项编码）")
    line = [*row(1, site=task["siteName"], problem="无标识"), task["item"]]
    imported = await brought(crew, lists.workbook([line], titles=titles))
    found = (await rows(crew, imported["id"]))[0]
    assert (found["state"], found["taskId"], found["taskNumber"]) == ("existing", task_id, task["number"])


async def test_columns_can_be_told_by_hand(crew: Crew) -> None:
    titles = ("甲", "乙", "丙", "丁")
    imported = await brought(crew, lists.workbook([["无标识", "区卫计局", DUE, "x"]], titles=titles))
    body = {
        "version": imported["version"], "table": 0, "headingRow": 1, "fields": ["problem", "unit", "due_on", None],
    }  # fmt: skip
    changed = (await post(crew, f"/api/imports/{imported['id']}/columns", body)).json()
    assert (changed["counts"]["new"], [column["field"] for column in changed["columns"]]) == (
        1,
        ["problem", "unit", "due_on", None],
    )
    twice = body | {"version": changed["version"], "fields": ["problem", "unit", "unit", None]}
    answer = await post(crew, f"/api/imports/{imported['id']}/columns", twice)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/fields/2")


async def test_another_heading_row_begins_the_preview_anew(crew: Crew) -> None:
    imported = await brought(crew, lists.workbook([row(1), row(2)], above=["整改台账"]))
    body = {"version": imported["version"], "table": 0, "headingRow": 1, "fields": []}
    changed = (await post(crew, f"/api/imports/{imported['id']}/columns", body)).json()
    assert (changed["headingRow"], sum(changed["counts"].values()) > 0) == (1, True)
    back = body | {"version": changed["version"], "headingRow": 2}
    assert (await post(crew, f"/api/imports/{imported['id']}/columns", back)).json()["counts"]["new"] == 2
    nowhere = body | {"version": changed["version"] + 1, "headingRow": 999}
    assert (await post(crew, f"/api/imports/{imported['id']}/columns", nowhere)).status_code == 422


async def test_a_file_sent_twice_is_one_import_and_another_under_its_id_is_refused(crew: Crew) -> None:
    id_ = new_id()
    data = lists.workbook([row(1)])
    answers = await asyncio.gather(*(bring(crew, data, id_=id_) for _ in range(3)))
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    other = await bring(crew, lists.workbook([row(2)]), id_=id_)
    assert (other.status_code, other.json()["type"]) == (409, "/problems/import-differs")
    assert len((await crew.get("office", "/api/imports"))["items"]) == 1


async def test_two_who_take_over_at_once_make_one_task_a_row(crew: Crew, district: District) -> None:
    data = lists.workbook([row(number) for number in range(1, 6)])
    imports = [await brought(crew, data) for _ in range(2)]
    before = await counted(district, Task)
    calls = [
        post(crew, f"/api/imports/{one['id']}/takeover", {"version": one["version"]}) for one in (*imports, imports[0])
    ]
    statuses = sorted(answer.status_code for answer in await asyncio.gather(*calls))
    assert statuses in ([200, 200, 409], [200, 409, 409])
    assert await counted(district, Task) == before + 5


async def test_what_no_database_keeps_never_gets_there(crew: Crew) -> None:
    imported = await brought(crew, lists.workbook([row(1)]), name="台\x01账.xlsx")
    assert imported["fileName"] == "台账.xlsx"
    office = await crew.of("office")
    edit = {"cells": {"problem": "无\0标识"}}
    answer = await office.patch(f"/api/imports/{imported['id']}/rows/2", json=edit)
    assert next(cell["text"] for cell in answer.json()["cells"] if cell["field"] == "problem") == "无标识"
    for path in ("rows/999999999999", "rows/0"):
        assert (await office.patch(f"/api/imports/{imported['id']}/{path}", json={})).status_code in (400, 404)
    assert await crew.status("office", f"/api/imports/{imported['id']}/rows?after=99999999999") == 400
    far = lists.with_parts(
        lists.workbook([row(1)]),
        {"xl/worksheets/sheet1.xml": (
            '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
            '<row r="99999999999"><c t="inlineStr"><is><t>x</t></is></c></row></sheetData></worksheet>'
        )},
    )  # fmt: skip
    assert (await bring(crew, far)).json()["type"] == "/problems/import-damaged"


async def test_a_preview_that_somebody_changed_is_not_taken_over(crew: Crew) -> None:
    imported = await brought(crew, lists.workbook([row(1)]))
    await (await crew.of("office")).patch(f"/api/imports/{imported['id']}/rows/2", json={"chosen": True})
    answer = await post(crew, f"/api/imports/{imported['id']}/takeover", {"version": imported["version"]})
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/import-changed")


async def test_a_list_can_be_taken_over_in_portions(crew: Crew) -> None:
    imported = await brought(crew, lists.workbook([row(1), row(2)]))
    office = await crew.of("office")
    await office.patch(f"/api/imports/{imported['id']}/rows/3", json={"chosen": False})
    assert (await taken_over(crew, imported["id"]))["counts"] | {"chosen": 0} == {
        "error": 0, "doubtful": 0, "new": 1, "existing": 0, "leftOut": 0, "chosen": 0, "taken": 1,
    }  # fmt: skip
    await office.patch(f"/api/imports/{imported['id']}/rows/3", json={"chosen": True})
    assert (await taken_over(crew, imported["id"]))["counts"]["taken"] == 2
    late = await office.patch(f"/api/imports/{imported['id']}/rows/3", json={"cells": {"problem": "x"}})
    assert (late.status_code, late.json()["type"]) == (409, "/problems/import-taken")


async def test_the_calendar_and_the_rules_are_read_once_however_many_rows_become_tasks(
    crew: Crew, district: District
) -> None:
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.extend(table for table in ("calendar_year", "setting") if f"FROM {table}" in statement)

    imported = await brought(crew, lists.workbook([row(1), row(2), row(3)]))
    event.listen(district.database.engine.sync_engine, "before_cursor_execute", note)
    try:
        assert (await taken_over(crew, imported["id"]))["counts"]["taken"] == 3
    finally:
        event.remove(district.database.engine.sync_engine, "before_cursor_execute", note)
    assert sorted(asked) == ["calendar_year", "setting"]


async def test_a_preview_can_be_thrown_away_but_nothing_that_became_tasks(crew: Crew, district: District) -> None:
    office = await crew.of("office")
    dropped = await brought(crew, lists.workbook([row(1)]))
    assert (await office.delete(f"/api/imports/{dropped['id']}")).status_code == 204
    assert (await office.delete(f"/api/imports/{dropped['id']}")).status_code == 204
    assert await counted(district, ImportRow) == 0
    kept = await brought(crew, lists.workbook([row(1)]))
    await taken_over(crew, kept["id"])
    assert (await office.delete(f"/api/imports/{kept['id']}")).status_code == 409


async def test_files_that_are_not_taken_leave_nothing_behind(crew: Crew, district: District) -> None:
    async def told(data: bytes) -> Sequence[Any]:
        answer = await bring(crew, data)
        return answer.status_code, answer.json()["type"].removeprefix("/problems/")

    assert await told(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)) == (422, "import-old-format")
    assert await told(lists.bomb()) == (422, "import-bomb")
    assert await told(b"x" * (20 * 1024 * 1024 + 1)) == (413, "import-too-large")
    assert await told(b"") == (422, "import-empty")
    assert (await crew.get("office", "/api/imports"))["items"] == []
    assert [info.key async for info in district.objects.list("imports/")] == []


async def test_r92_a_task_of_the_ledger_that_is_late_is_late_from_the_first_day(crew: Crew) -> None:
    passed = clock.today() - timedelta(days=20)
    imported = await brought(crew, lists.workbook([row(1, due=passed)]))
    await taken_over(crew, imported["id"])
    task = await crew.task((await rows(crew, imported["id"]))[0]["taskId"])
    assert (task["dueOn"], task["overdue"]) == (passed.isoformat(), True)


async def test_r3_a_list_that_names_a_unit_as_it_was_called_before_is_understood_and_told(crew: Crew) -> None:
    unit_id = await crew.unit("区卫计局")
    renamed = {"name": "区卫生健康和体育局", "beginsOn": clock.today().isoformat()}
    answer = await (await crew.of("admin")).post(f"/api/units/{unit_id}/name", json=renamed)
    assert answer.status_code == 200, answer.text
    imported = await brought(crew, lists.workbook([row(1)]))
    (read,) = await rows(crew, imported["id"])
    assert (read["state"], read["meaning"]["unitName"]) == ("new", "区卫生健康和体育局")
    told = {fault["code"]: (fault["level"], fault["message"]) for fault in read["faults"]}
    assert told["unit-former"] == ("note", "“区卫计局”为曾用名，按现名“区卫生健康和体育局”处理")
