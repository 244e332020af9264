"""A superior's list becomes tasks, each a trigger of its own, and goes back in its own form by its deadline (R91)."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, timedelta
from typing import Any

import docx
import openpyxl
import pytest

from server import clock
from tests.factories.crew import Crew
from tests.factories.inspections import Json
from tests.fixtures import lists
from tests.fixtures.photos import jpeg
from tests.integration.conftest import Travel
from tests.integration.test_imports import brought, codes, post, rows, taken_over

DUE = date(2027, 6, 1)
SOURCE = {"sourceName": "市文明办", "sourceNumber": "株文明办〔2026〕31号"}


def line(number: int = 1, **cells: str) -> list[Any]:
    told = {"site": "东门菜市场", "problem": f"问题{number}", "unit": "区卫计局", "due": "2027年6月1日", "done": ""}
    told |= cells
    return [str(number), told["site"], told["problem"], "", told["unit"], told["due"], told["done"]]


async def superior(crew: Crew, data: bytes, *, name: str = "交办清单.xlsx", **source: Any) -> Json:
    """A superior's list that was brought, named and taken over."""
    imported = await brought(crew, data, kind="superior", name=name)
    body = SOURCE | {"dueOn": (clock.today() + timedelta(days=10)).isoformat(), "wantsLetter": False} | source
    named = await (await crew.of("office")).patch(f"/api/imports/{imported['id']}", json=body)
    assert named.status_code == 200, named.text
    return await taken_over(crew, imported["id"])


async def returned(crew: Crew, import_id: str) -> bytes:
    answer = await (await crew.of("office")).get(f"/api/imports/{import_id}/return/file")
    assert answer.status_code == 200, answer.text
    return answer.content


async def task_ids(crew: Crew, import_id: str) -> dict[int, str]:
    return {found["number"]: found["taskId"] for found in await rows(crew, import_id) if found["taskId"]}


async def answered(crew: Crew, task_id: str, *, seed: int) -> None:
    proof = await crew.photo("health", seed=seed)
    await crew.did("health", task_id, "reply", text="已更换破损标识", measure="每周巡查一次", photos=[proof])


async def test_r91_each_row_is_a_task_of_the_superior_and_a_trigger_of_an_assignment_letter(crew: Crew) -> None:
    imported = await superior(crew, lists.workbook([line(1)], titles=lists.SUPERIOR_TITLES))
    task = await crew.task((await task_ids(crew, imported["id"]))[2])
    assert (task["origin"], task["source"]["name"], task["source"]["number"]) == (
        "superior",
        "市文明办",
        "株文明办〔2026〕31号",
    )
    assert task["siteName"] == "东门菜市场"
    proposals = await crew.get("office", "/api/proposals")
    named = {one["taskId"]: one["trigger"] for unit in proposals["assignments"] for one in unit["tasks"]}
    assert named[task["id"]] == "added"


async def test_r91_rows_without_a_date_take_the_one_of_the_list(crew: Crew) -> None:
    imported = await superior(crew, lists.workbook([line(1, due="")], titles=lists.SUPERIOR_TITLES), dueOn="2027-03-01")
    assert (await crew.task((await task_ids(crew, imported["id"]))[2]))["dueOn"] == "2027-03-01"


async def test_r91_without_its_source_a_list_is_not_taken_over(crew: Crew) -> None:
    data = lists.workbook([line(1)], titles=lists.SUPERIOR_TITLES)
    imported = await brought(crew, data, kind="superior")
    answer = await post(crew, f"/api/imports/{imported['id']}/takeover", {"version": imported["version"]})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/sourceName")


async def test_r91_a_deadline_that_has_passed_is_an_error_of_its_row(crew: Crew) -> None:
    data = lists.workbook([line(1, due="2026年1月5日")], titles=lists.SUPERIOR_TITLES)
    imported = await brought(crew, data, kind="superior")
    assert codes((await rows(crew, imported["id"]))[0]) == ["site-unknown", "due-passed"]


async def test_r91_the_return_fills_the_superiors_own_workbook_and_leaves_the_rest_as_it_was(crew: Crew) -> None:
    before = jpeg(seed=51)
    made = lists.workbook(
        [line(1), line(2), line(3, done="")],
        titles=lists.SUPERIOR_TITLES,
        above=["实地测评发现问题交办清单"],
        pictures=[(2, 3, before)],
        name="交办",
    )
    strange = {"xl/cellimages.xml": "<x/>", "customXml/item1.xml": "<kept/>"}
    data = lists.with_parts(made, strange)
    imported = await superior(crew, data)
    tasks = await task_ids(crew, imported["id"])
    await answered(crew, tasks[3], seed=52)
    await crew.did("office", tasks[3], "strike_off", note="已复查")
    await answered(crew, tasks[4], seed=53)

    content = await returned(crew, imported["id"])
    sheet = openpyxl.load_workbook(io.BytesIO(content))["交办"]
    titles = [cell.value for cell in sheet[2]]
    assert titles == [*lists.SUPERIOR_TITLES, "整改措施", "整改后照片"]
    told = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    assert [row[6] for row in told] == ["已完成整改。已更换破损标识", "已整改，待复查。已更换破损标识", "正在整改"]
    assert [row[7] for row in told] == ["每周巡查一次", "每周巡查一次", None]
    assert [row[5] for row in told] == ["2027年6月1日"] * 3
    places = sorted((picture.anchor._from.row, picture.anchor._from.col) for picture in sheet._images)
    assert places == [(2, 3), (2, 8), (3, 8)]
    assert sheet.cell(3, 7).font.name == sheet.cell(3, 2).font.name == "仿宋"
    assert sheet.cell(2, 9).font.bold
    assert "A1:G1" in [str(area) for area in sheet.merged_cells.ranges]

    changed = {"xl/worksheets/sheet1.xml", "xl/drawings/drawing1.xml", "xl/drawings/_rels/drawing1.xml.rels"}
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(io.BytesIO(content)) as new:
        same = {name for name in old.namelist() if new.read(name) == old.read(name)}
    assert set(zipfile.ZipFile(io.BytesIO(data)).namelist()) - same <= {*changed, "[Content_Types].xml"}


async def test_r91_what_the_superior_wrote_is_not_overwritten(crew: Crew) -> None:
    titles = ("序号", "存在问题", "责任单位", "整改措施", "完成时限", "整改情况", "整改后照片")
    data = lists.workbook([["1", "无标识", "区卫计局", "按要求张贴", "2027-06-01", "", ""]], titles=titles)
    imported = await superior(crew, data)
    tasks = await task_ids(crew, imported["id"])
    await answered(crew, tasks[2], seed=54)
    sheet = openpyxl.load_workbook(io.BytesIO(await returned(crew, imported["id"]))).active
    assert [cell.value for cell in sheet[1]] == list(titles)
    assert [cell.value for cell in sheet[2]][3:6] == ["按要求张贴", "2027-06-01", "已整改，待复查。已更换破损标识"]


async def test_r91_the_return_of_a_word_document_is_that_document(crew: Crew) -> None:
    data = lists.document([line(1), line(2)], pictures={(0, 3): jpeg(seed=55)})
    imported = await superior(crew, data, name="交办清单.docx")
    tasks = await task_ids(crew, imported["id"])
    await answered(crew, tasks[2], seed=56)
    made = docx.Document(io.BytesIO(await returned(crew, imported["id"])))
    assert [paragraph.text for paragraph in made.paragraphs][:2] == [
        "关于实地测评发现问题的交办清单",
        "请各区于规定时限内完成整改，并将整改情况报送。",
    ]
    cells = [[cell.text for cell in row.cells] for row in made.tables[0].rows]
    assert cells[0] == [*lists.SUPERIOR_TITLES, "整改措施", "整改后照片"]
    assert (cells[1][6], cells[1][7]) == ("已整改，待复查。已更换破损标识", "每周巡查一次")
    assert cells[2][6] == "正在整改"
    assert [shape.width.mm > 10 for shape in made.inline_shapes] == [True, True]


async def test_r91_the_return_of_a_csv_keeps_its_encoding(crew: Crew) -> None:
    data = lists.text_list([line(1)], titles=lists.SUPERIOR_TITLES, encoding="gb18030")
    imported = await superior(crew, data, name="清单.csv")
    content = (await returned(crew, imported["id"])).decode("gb18030")
    told = list(csv.DictReader(io.StringIO(content)))
    assert (told[0]["整改情况"], told[0]["存在问题"]) == ("正在整改", "问题1")


async def test_r91_the_return_tells_what_is_still_open_first_and_that_it_is_late(crew: Crew, travel: Travel) -> None:
    imported = await superior(crew, lists.workbook([line(1), line(2)], titles=lists.SUPERIOR_TITLES))
    tasks = await task_ids(crew, imported["id"])
    await answered(crew, tasks[2], seed=57)
    await crew.did("office", tasks[2], "strike_off", note="已复查")
    shown = await crew.get("office", f"/api/imports/{imported['id']}/return")
    assert [(row["number"], row["status"]) for row in shown["rows"]] == [(3, "open"), (2, "closed")]
    assert (shown["open"], shown["late"]) == (1, False)
    travel(timedelta(days=11))
    crew.sign_out()
    assert (await crew.get("office", f"/api/imports/{imported['id']}"))["late"] is True
    answer = await post(crew, f"/api/imports/{imported['id']}/returned")
    assert answer.json()["returnedAt"] is not None
    assert answer.json()["late"] is True


async def test_r91_a_list_that_was_given_back_in_time_is_not_late(crew: Crew, travel: Travel) -> None:
    imported = await superior(crew, lists.workbook([line(1)], titles=lists.SUPERIOR_TITLES))
    await post(crew, f"/api/imports/{imported['id']}/returned")
    travel(timedelta(days=30))
    crew.sign_out()
    assert (await crew.get("office", f"/api/imports/{imported['id']}"))["late"] is False


@pytest.mark.parametrize("call", ["return", "return/file"])
async def test_a_ledger_is_not_given_back(crew: Crew, call: str) -> None:
    imported = await brought(crew, lists.workbook([[1, None, "", "无标识", "区卫计局", "", "2027.6.1", ""]]))
    await taken_over(crew, imported["id"])
    assert await crew.status("office", f"/api/imports/{imported['id']}/{call}") == 409
    assert await crew.status("office", f"/api/imports/{imported['id']}/original") == 200
