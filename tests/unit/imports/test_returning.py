"""What is written into a file that goes back, and that nothing else of it changes."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import docx
import openpyxl
import pytest

from server.imports.returning.entries import Entry, layout_of, may_write
from server.imports.returning.patch import Patch
from server.imports.returning.sheet import Sized, fill_sheet
from server.imports.returning.text import fill_text
from server.imports.returning.word import fill_table
from tests.fixtures import lists
from tests.fixtures.photos import jpeg

PHOTOS: dict[str, Sized] = {"a": (jpeg(seed=1), 800, 600), "b": (jpeg(seed=2), 800, 600)}
FIELDS = ("serial", "site", "problem", "before", "unit", "due_on", "done")
ROWS = [["1", "东门", "甲", "", "区卫计局", "", ""], ["2", "东门", "乙", "", "区卫计局", "12月1日", "待办"]]
ENTRIES = [
    Entry(number=2, status="closed", text="已更换", measure="巡查", due_on=date(2026, 12, 1), photos=("a", "b")),
    Entry(number=3, status="late"),
]


def filled(data: bytes, entries: list[Entry], fields: tuple[str | None, ...] = FIELDS, name: str = "Sheet1") -> bytes:
    patch = Patch(data)
    fill_sheet(patch, name, 1, layout_of(fields), entries, PHOTOS)
    return patch.written()


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def test_r91_each_state_is_told_in_words() -> None:
    assert Entry(number=1, status="open").done == "正在整改"
    assert Entry(number=1, status="late", text="已联系").done == "正在整改（已逾期）。已联系"
    assert Entry(number=1, status="void", reason="不属本区").done == "经核实不作为问题办理：不属本区"
    assert Entry(number=1, status="void").done == "经核实不作为问题办理"
    assert Entry(number=1, status="not_taken").done == ""


def test_r91_columns_that_the_list_lacks_go_behind_its_last_one() -> None:
    layout = layout_of(FIELDS)
    assert dict(layout.places) == {"done": 6, "due_on": 5, "measure": 7, "after": 8}
    assert dict(layout.added) == {"measure": 7, "after": 8}


@pytest.mark.parametrize(
    ("name", "present", "may"),
    [
        ("done", "待办", True),
        ("after", "x", True),
        ("measure", "x", False),
        ("due_on", "", True),
        ("due_on", " ", True),
    ],
)
def test_r91_only_how_it_stands_replaces_what_was_there(name: str, present: str, may: bool) -> None:
    assert may_write(name, present) is may


def test_r91_a_workbook_without_a_drawing_gets_one_that_opens() -> None:
    sheet = opened(filled(lists.workbook(ROWS, titles=lists.SUPERIOR_TITLES), ENTRIES)).active
    assert sheet is not None
    assert [cell.value for cell in sheet[2]][5:8] == ["2026年12月1日", "已完成整改。已更换", "巡查"]
    assert [cell.value for cell in sheet[3]][5:7] == ["12月1日", "正在整改（已逾期）"]
    assert len(sheet._images) == 2
    assert sheet.row_dimensions[2].height >= 78
    assert sheet.column_dimensions["I"].width > 30


def test_r91_rows_that_share_a_merged_cell_stand_in_it_one_under_the_other() -> None:
    data = lists.workbook(ROWS, titles=lists.SUPERIOR_TITLES, merges=["G2:G3"])
    sheet = opened(filled(data, ENTRIES, name="Sheet1")).active
    assert sheet is not None
    assert sheet["G2"].value == "已完成整改。已更换\n正在整改（已逾期）"


def test_r91_a_cell_that_begins_like_a_formula_is_text() -> None:
    data = lists.workbook(ROWS, titles=lists.SUPERIOR_TITLES)
    sheet = opened(filled(data, [Entry(number=2, status="open", measure="=1+1")])).active
    assert sheet is not None
    assert (sheet["H2"].value, sheet["H2"].data_type != "f") == ("=1+1", True)
    data = lists.text_list(ROWS, titles=lists.SUPERIOR_TITLES)
    told = fill_text(data, 1, layout_of(FIELDS), [Entry(number=2, status="open", measure="=1+1")]).decode()
    assert "'=1+1" in told


def test_r91_a_formula_that_made_room_is_reckoned_no_more() -> None:
    made = openpyxl.Workbook()
    made.active.append(["序号", "存在问题", "整改情况"])
    made.active.append([1, "甲", "=1+1"])
    stream = io.BytesIO()
    made.save(stream)
    chain = (
        b'<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><c r="C2" i="1"/></calcChain>'
    )
    with zipfile.ZipFile(io.BytesIO(stream.getvalue())) as file:
        rels = file.read("xl/_rels/workbook.xml.rels").decode()
        types = file.read("[Content_Types].xml").decode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"
    parts: dict[str, bytes | str] = {
        "xl/calcChain.xml": chain,
        "xl/_rels/workbook.xml.rels": rels.replace(
            "</Relationships>", f'<Relationship Id="rId99" Type="{kind}" Target="calcChain.xml"/></Relationships>'
        ),
        "[Content_Types].xml": types.replace(
            "</Types>", '<Override PartName="/xl/calcChain.xml" ContentType="application/xml"/></Types>'
        ),
    }
    data = lists.with_parts(stream.getvalue(), parts)
    written = filled(data, [Entry(number=2, status="open")], ("serial", "problem", "done"), name="Sheet")
    with zipfile.ZipFile(io.BytesIO(written)) as file:
        assert "xl/calcChain.xml" not in file.namelist()
        assert b"calcChain" not in file.read("[Content_Types].xml") + file.read("xl/_rels/workbook.xml.rels")
    assert opened(written)["Sheet"]["C2"].value == "正在整改"


def test_r91_every_other_part_of_the_file_stays_byte_for_byte() -> None:
    strange = {"xl/cellimages.xml": "<x/>", "xl/drawings/vmlDrawing1.vml": "<xml/>", "docProps/custom.xml": "<y/>"}
    data = lists.with_parts(lists.workbook(ROWS, titles=lists.SUPERIOR_TITLES), strange)
    written = filled(data, ENTRIES)
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(io.BytesIO(written)) as new:
        changed = {name for name in old.namelist() if old.read(name) != new.read(name)}
    assert changed == {"xl/worksheets/sheet1.xml", "[Content_Types].xml"}


def test_r91_a_word_table_keeps_its_width_and_the_look_of_its_words() -> None:
    data = lists.document(ROWS)
    patch = Patch(data)
    fill_table(patch, "1", 1, layout_of(FIELDS), ENTRIES, PHOTOS)
    before, after = docx.Document(io.BytesIO(data)), docx.Document(io.BytesIO(patch.written()))
    assert [p.text for p in after.paragraphs] == [p.text for p in before.paragraphs]
    assert [cell.text for cell in after.tables[0].rows[1].cells][5:8] == ["2026年12月1日", "已完成整改。已更换", "巡查"]
    assert len(after.inline_shapes) == 2

    wide = [sum(int(column.width or 0) for column in made.tables[0].columns) for made in (before, after)]
    assert wide[0] * 0.97 < wide[1] <= wide[0]
