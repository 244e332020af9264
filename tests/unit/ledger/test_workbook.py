"""The workbook itself: its looks, its sheets, and that it holds nothing of what it wrote."""

from __future__ import annotations

import tracemalloc
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from server.ledger.entries import Step
from server.ledger.workbook import Book, Imprint
from tests.unit.ledger.rows import AT, entry

IMPRINT = Imprint("社事办 & 区发改局", "经办人", date(2026, 11, 24), "https://xungai.test")
HOSTILE = ('=HYPERLINK("http://evil.test")', "+1", "-1", "@SUM(A1)", "\t=1", "\r=1")


def test_the_pages_print_as_an_office_prints_them(tmp_path: Path) -> None:
    book = Book(tmp_path / "ledger.xlsx", IMPRINT)
    book.write([entry(lamp="red", days_late=2), entry(lamp="green", status="closed"), entry(lamp="amber"), entry()])
    book.close()
    read = openpyxl.load_workbook(tmp_path / "ledger.xlsx")
    assert read.sheetnames == ["整改台账", "整改记录", "退回记录", "统计"]
    sheet = read["整改台账"]
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A2", "$1:$1")
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (8, "landscape")
    assert (sheet["B2"].font.name, sheet["B2"].font.sz) == ("仿宋", 12)
    lamps = [(sheet.cell(row, 32).value, sheet.cell(row, 32).fill.fgColor.rgb) for row in range(2, 6)]
    assert lamps == [
        ("红 逾期", "FFFFC7CE"), ("绿 已销号", "FFC6EFCE"), ("黄 临期", "FFFFEB9C"), ("整改中", "00000000"),
    ]  # fmt: skip
    footer = sheet.oddFooter.left.text + sheet.oddFooter.center.text + sheet.oddFooter.right.text
    for word in ("填报单位：社事办 && 区发改局", "填报人：经办人", "审核人：", "2026年11月24日"):
        assert word in footer


@pytest.mark.parametrize("text", HOSTILE)
def test_r88_what_people_wrote_is_never_a_formula(tmp_path: Path, text: str) -> None:
    steps = [Step(at=AT, by=text, unit=text, action="return", text=text)]
    book = Book(tmp_path / "ledger.xlsx", IMPRINT)
    book.write([entry(problem=text, site=text, unit=text, done=text, no_photo_reason=text, steps=steps)])
    book.close()
    cells = [
        cell
        for sheet in openpyxl.load_workbook(tmp_path / "ledger.xlsx")
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str)
    ]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.value.startswith(("=", "+", "-", "@", "\t"))]
    assert sum(cell.value.startswith("'") for cell in cells) >= 10


def test_a_full_sheet_goes_on_in_a_further_one(tmp_path: Path) -> None:
    book = Book(tmp_path / "ledger.xlsx", IMPRINT, largest_sheet=2)
    book.write(entry(number=f"2026-{number:04d}") for number in range(1, 6))
    book.close()
    read = openpyxl.load_workbook(tmp_path / "ledger.xlsx")
    pages = [read[name] for name in read.sheetnames if name.startswith("整改台账")]
    rows = [row[:2] for page in pages for row in page.iter_rows(min_row=2, values_only=True)]
    assert rows == [(number, f"2026-{number:04d}") for number in range(1, 6)]


def test_memory_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    def held(rows: int) -> int:
        book = Book(tmp_path / f"{rows}.xlsx", IMPRINT)
        book.write([entry()])
        tracemalloc.start()
        book.write(entry(number=str(number), before=[f"{number:064x}"]) for number in range(rows))
        size = tracemalloc.get_traced_memory()[0]
        tracemalloc.stop()
        book.close()
        return size

    few, many = held(200), held(2000)
    assert many < few + 200_000, "a few buffers, and no row of the ones before"
