"""Writes the workbook row by row: what has been written is on disk, so memory stays flat at any number of rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final

import xlsxwriter

from server.ledger.cells import Link, safe_text
from server.ledger.columns import COLUMNS, Cell, cells_of, record_cells, return_cells, words
from server.ledger.entries import Entry
from server.ledger.standing import Standing

LARGEST_SHEET: Final = 1_000_000
"""Rows of a sheet below its head; the format ends at 1,048,576."""
_A3: Final = 8
_LAMPS: Final = {"green": "#C6EFCE", "amber": "#FFEB9C", "red": "#FFC7CE"}
_FACE: Final = {"font_name": "仿宋", "font_size": 12}
_BODY: Final = _FACE | {"border": 1, "valign": "vcenter", "text_wrap": True}


@dataclass(frozen=True, slots=True)
class Imprint:
    """Who made the ledger, when, and where its photos are read."""

    unit: str
    person: str
    on: date
    public_url: str

    @property
    def footer(self) -> str:
        """The page's footer; an ampersand is a command there, and 255 characters are all that fit."""
        unit, person = (part.replace("&", "&&")[:60] for part in (self.unit, self.person))
        day = f"{self.on.year}年{self.on.month}月{self.on.day}日"
        return str(words()["footer"]).format(unit=unit, person=person, day=day)


class Sheet:
    """A numbered list that goes on in a further sheet where one is full."""

    def __init__(self, book: Book, name: str, titles: Sequence[str], widths: Sequence[float]) -> None:
        self._book, self._name, self._titles, self._widths = book, name, titles, widths
        self._count = 0
        self._part = 0
        self._open()

    def _open(self) -> None:
        self._part += 1
        name = self._name if self._part == 1 else words()["more"].format(name=self._name, n=self._part)
        self._sheet = self._book.add_sheet(name, self._titles, self._widths)
        self._row = 0

    def write(self, cells: Iterable[Cell], lamp: str = "none") -> None:
        """Append a row; its last cell has the lamp's colour."""
        if self._row == self._book.largest_sheet:
            self._open()
        self._count += 1
        self._row += 1
        row: list[Cell] = [self._count, *cells]
        for place, cell in enumerate(row):
            shown = lamp if place == len(row) - 1 else "none"
            self._book.put(self._sheet, self._row, place, cell, shown)


class Book:
    """The workbook. Every method blocks, so callers use a thread; `path`'s folder holds the temporary files too."""

    def __init__(self, path: Path, imprint: Imprint, *, largest_sheet: int = LARGEST_SHEET) -> None:
        self.largest_sheet = largest_sheet
        self._imprint = imprint
        self._book: Any = xlsxwriter.Workbook(
            str(path),
            {
                "constant_memory": True,
                "tmpdir": str(path.parent),
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "use_zip64": True,
                "default_format_properties": dict(_FACE),  # the library changes what it is given
            },
        )
        # Made twice on a day of the same rows, it is the same file, so that a broken download can go on.
        made = datetime.combine(imprint.on, time())
        self._book.set_properties({"title": words()["title"], "author": imprint.unit, "created": made})
        self._head = self._book.add_format(_BODY | {"bold": True, "align": "center", "bg_color": "#D9E1F2"})
        self._formats = {
            "text": self._book.add_format(_BODY),
            "day": self._book.add_format(_BODY | {"num_format": "yyyy-mm-dd"}),
            "instant": self._book.add_format(_BODY | {"num_format": "yyyy-mm-dd hh:mm"}),
            "share": self._book.add_format(_BODY | {"num_format": "0.0%"}),
            "link": self._book.add_format(_BODY | {"font_color": "#0563C1", "underline": 1}),
            **{lamp: self._book.add_format(_BODY | {"bg_color": colour}) for lamp, colour in _LAMPS.items()},
        }
        names, titles = words()["sheets"], words()["columns"]
        heads = [titles["serial"], *(titles[column.key] for column in COLUMNS)]
        self._ledger = Sheet(self, names["ledger"], heads, [6, *(column.width for column in COLUMNS)])
        self._records = Sheet(self, names["records"], words()["records"], [6, 12, 22, 17, 12, 14, 12, 60])
        self._returns = Sheet(self, names["returns"], words()["returns"], [6, 12, 22, 14, 17, 12, 60, 14])
        self._standing = Standing()

    def add_sheet(self, name: str, titles: Sequence[str], widths: Sequence[float]) -> Any:
        """A sheet with a frozen head that repeats on each page, A3 landscape, one page wide, with the footer."""
        sheet = self._book.add_worksheet(name)
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)
        sheet.set_landscape()
        sheet.set_paper(_A3)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.freeze_panes(1, 0)
        sheet.set_header(f"&C{name}")
        sheet.set_footer(self._imprint.footer)
        for place, title in enumerate(titles):
            sheet.write_string(0, place, title, self._head)
        return sheet

    def put(self, sheet: Any, row: int, place: int, cell: Cell, lamp: str = "none") -> None:
        """Write one cell, text always as text (R88)."""
        formats = self._formats
        if cell is None or cell == "":
            sheet.write_blank(row, place, None, formats["text"])
        elif isinstance(cell, str):
            sheet.write_string(row, place, safe_text(cell), formats[lamp if lamp in _LAMPS else "text"])
        elif isinstance(cell, Link):
            sheet.write_formula(row, place, cell.formula(), formats["link"], cell.text)
        elif isinstance(cell, datetime):
            sheet.write_datetime(row, place, cell, formats["instant"])
        elif isinstance(cell, date):
            sheet.write_datetime(row, place, cell, formats["day"])
        else:
            sheet.write_number(row, place, cell, formats["share" if isinstance(cell, float) else "text"])

    def write(self, entries: Iterable[Entry]) -> None:
        """Append tasks, in the order given, each with its history on the further sheets."""
        for entry in entries:
            self._ledger.write(cells_of(entry, self._imprint.public_url), entry.lamp)
            for cells in record_cells(entry):
                self._records.write(cells)
            for cells in return_cells(entry):
                self._returns.write(cells)
            self._standing.add(entry)

    def close(self) -> None:
        """Write how the units stand and pack the file."""
        sheet = self.add_sheet(words()["sheets"]["standing"], words()["standing"], [24, 10, 10, 12, 14, 12])
        for row, (unit, count) in enumerate(self._standing.rows(), 1):
            cells = (unit or words()["sum"], count.total, count.closed, count.on_time, count.overdue, count.rate)
            for place, cell in enumerate(cells):
                self.put(sheet, row, place, cell)
        self._book.close()
