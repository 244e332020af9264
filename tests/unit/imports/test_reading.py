"""Files as they come: what is read from them, and which are not taken."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from server.imports.headings import find_heading
from server.imports.reading.files import read_book
from server.imports.reading.table import Book, Table, UnreadableError
from server.imports.reading.worker import read_apart
from tests.fixtures import lists
from tests.fixtures.photos import jpeg

ROW = (1, date(2026, 3, 5), "田心示范医院", "三楼无禁烟标识", "区卫计局", "张贴标识", date(2026, 12, 1), "否")


def book(tmp_path: Path, data: bytes) -> Book:
    path = tmp_path / "list"
    path.write_bytes(data)
    return read_book(path)


def table(tmp_path: Path, data: bytes) -> Table:
    return book(tmp_path, data).tables[0]


def refused(tmp_path: Path, data: bytes) -> str:
    with pytest.raises(UnreadableError) as told:
        book(tmp_path, data)
    return told.value.code


def test_dates_are_read_as_dates_and_numbers_without_their_padding(tmp_path: Path) -> None:
    lines = table(tmp_path, lists.workbook([ROW])).lines
    assert lines[1].cells == [
        "1", "2026-03-05", "田心示范医院", "三楼无禁烟标识", "区卫计局", "张贴标识", "2026-12-01", "否",
    ]  # fmt: skip


def test_the_titles_above_the_heading_are_passed_over(tmp_path: Path) -> None:
    read = table(tmp_path, lists.workbook([ROW], above=["2026年整改台账", "填报单位：社事办"]))
    heading = find_heading(read)
    assert heading is not None
    assert (heading.row, heading.titles) == (3, lists.LEDGER_TITLES)
    assert [line.number for line in read.lines] == [1, 2, 3, 4]


def test_a_merged_cell_stands_beside_each_of_its_rows(tmp_path: Path) -> None:
    data = lists.workbook([ROW, (2, None, "", "卫生间有烟头", None, "", "", "")], merges=["E2:E3", "C2:C3"])
    lines = table(tmp_path, data).lines
    assert [lines[2].cells[place] for place in (2, 3, 4)] == ["田心示范医院", "卫生间有烟头", "区卫计局"]


def test_a_heading_in_two_rows_is_read_by_its_lower_one(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.append(["序号", "存在问题", "责任单位", "整改情况", None])
    sheet.append([None, None, None, "整改措施", "整改时限"])
    sheet.append([1, "无标识", "区卫计局", "张贴", "2026.12.1"])
    for area in ("A1:A2", "B1:B2", "C1:C2", "D1:E1"):
        sheet.merge_cells(area)
    stream = io.BytesIO()
    made.save(stream)
    heading = find_heading(table(tmp_path, stream.getvalue()))
    assert heading is not None
    assert (heading.row, heading.fields) == (2, ("serial", "problem", "unit", "measure", "due_on"))


def test_a_formula_is_taken_by_its_saved_value_and_never_reckoned(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    made.active.append(["存在问题", "责任单位"])
    made.active.append(['=HYPERLINK("http://example.invalid","看")', "=1+1"])
    made.active.append(["无标识", "区卫计局"])
    stream = io.BytesIO()
    made.save(stream)  # saved without values, as no program ever reckoned it
    assert [line.cells for line in table(tmp_path, stream.getvalue()).lines] == [
        ["存在问题", "责任单位"],
        ["无标识", "区卫计局"],
    ]


def test_a_picture_belongs_to_the_row_that_it_covers_most_of(tmp_path: Path) -> None:
    picture = jpeg(seed=5)
    data = lists.workbook([ROW, ROW], titles=lists.LEDGER_TITLES, pictures=[(2, 7, picture)])
    found = table(tmp_path, data).pictures
    assert [(one.row, one.column) for one in found] == [(3, 7)]
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert file.read(found[0].part) == picture


def test_a_picture_inside_a_cell_is_found_as_wps_keeps_it(tmp_path: Path) -> None:
    picture = jpeg(seed=6)
    row = ["1", "东门", "无标识", lists.dispimg("ID_7F"), "区卫计局", "2026.12.1", ""]
    data = lists.with_cell_images([row], {"ID_7F": picture}, titles=lists.SUPERIOR_TITLES)
    sheet = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml").decode()
    # WPS keeps it as a formula with its own text as the value.
    formula = '<f>_xlfn.DISPIMG("ID_7F",1)</f><v>=DISPIMG("ID_7F",1)</v>'
    cell = sheet.index('r="D2"')
    begin, end = sheet.index(">", cell) + 1, sheet.index("</c>", cell)
    sheet = (sheet[:begin] + formula + sheet[end:]).replace('r="D2" s="2" t="s"', 'r="D2" s="2" t="str"')
    read = table(tmp_path, lists.with_parts(data, {"xl/worksheets/sheet1.xml": sheet}))
    assert [(one.row, one.column, one.part) for one in read.pictures] == [(2, 3, "xl/media/image1.jpeg")]
    assert read.lines[1].cells[3] == ""


def test_a_picture_inside_a_cell_is_found_as_excel_keeps_it(tmp_path: Path) -> None:
    stream = io.BytesIO()
    made = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = made.add_worksheet()
    sheet.write_row(0, 0, ["存在问题", "照片", "责任单位"])
    pictures = [jpeg(seed=8), jpeg(seed=9)]
    for number, picture in enumerate(pictures, 1):
        sheet.write_row(number, 0, [f"无标识{number}", "", "区卫计局"])
        sheet.embed_image(number, 1, "picture.jpg", {"image_data": io.BytesIO(picture)})
    made.close()
    read = table(tmp_path, stream.getvalue())
    assert [(one.row, one.column) for one in read.pictures] == [(2, 1), (3, 1)]
    assert read.lines[1].cells == ["无标识1", "", "区卫计局"]
    with zipfile.ZipFile(io.BytesIO(stream.getvalue())) as file:
        assert [file.read(one.part) for one in read.pictures] == pictures


def test_the_tables_of_a_word_document_are_read_with_their_pictures(tmp_path: Path) -> None:
    row = ["1", "东门", "无标识", "", "区卫计局", "2026年12月1日", ""]
    read = book(tmp_path, lists.document([row], pictures={(0, 3): jpeg(seed=7)}))
    assert read.format == "docx"
    assert read.tables[0].lines[1].cells[:3] == ["1", "东门", "无标识"]
    assert [(one.row, one.column) for one in read.tables[0].pictures] == [(2, 3)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_is_read_in_each_encoding_that_offices_save(tmp_path: Path, encoding: str) -> None:
    row = ["1", "2026.3.5", "东门㙍", "一,二\n三", "区卫计局", "", "12月1日", "否"]
    read = book(tmp_path, lists.text_list([row], encoding=encoding))
    assert read.format == "csv"
    assert read.tables[0].lines[0].cells == list(lists.LEDGER_TITLES)
    assert read.tables[0].lines[1].cells == row


def test_an_old_workbook_is_told_what_to_do(tmp_path: Path) -> None:
    assert refused(tmp_path, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)) == "import-old-format"


def test_an_encrypted_workbook_is_told_apart(tmp_path: Path) -> None:
    named = "EncryptedPackage".encode("utf-16-le")
    assert refused(tmp_path, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + named) == "import-encrypted"


def test_macros_are_not_opened(tmp_path: Path) -> None:
    data = lists.with_parts(lists.workbook([ROW]), {"xl/vbaProject.bin": b"\xcc\x61"})
    assert refused(tmp_path, data) == "import-macros"


def test_a_cut_off_file_is_damaged(tmp_path: Path) -> None:
    data = lists.workbook([ROW])
    assert refused(tmp_path, data[: len(data) // 2]) == "import-damaged"


def test_a_picture_is_no_list(tmp_path: Path) -> None:
    assert refused(tmp_path, jpeg()) == "import-not-recognised"


def test_a_web_page_that_is_named_like_a_workbook_is_no_list(tmp_path: Path) -> None:
    assert refused(tmp_path, "<html><table><tr><td>存在问题</td></tr></table>".encode()) == "import-not-recognised"


def test_an_empty_workbook_holds_no_table(tmp_path: Path) -> None:
    stream = io.BytesIO()
    openpyxl.Workbook().save(stream)
    assert refused(tmp_path, stream.getvalue()) == "import-empty"


def test_more_than_five_thousand_rows_are_too_many(tmp_path: Path) -> None:
    row = ["1", "", "", "无标识", "区卫计局", "", "2026.12.1", "否"]
    assert refused(tmp_path, lists.text_list([row] * 5030)) == "import-too-many-rows"
    assert refused(tmp_path, lists.workbook([row] * 5030)) == "import-too-many-rows"


@pytest.mark.parametrize("made", [lists.bomb, lists.billion_laughs])
def test_a_file_made_to_swell_is_stopped_in_a_process_of_its_own(tmp_path: Path, made: object) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(made())  # type: ignore[operator]
    with pytest.raises(UnreadableError) as told:
        read_apart(path)
    assert told.value.code in ("import-bomb", "import-damaged")


def test_the_worker_gives_what_the_reader_gives(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(lists.workbook([ROW]))
    assert read_apart(path) == read_book(path)
