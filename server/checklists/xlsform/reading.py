"""Reads a workbook as pyxform does, and asks pyxform whether it is a form. Blocks: it runs in the worker."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from io import BytesIO
from typing import Any, Final

import openpyxl
import xlrd
from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from server.checklists.xlsform.sheets import Answer, Form, Row, Sheet

_MOST_ROWS: Final = 5_000
_MOST_COLUMNS: Final = 200
_LONGEST_CELL: Final = 5_000
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_form(content: bytes) -> Answer:
    """The form in a workbook, or why it is none."""
    if content.startswith(_ZIP):
        kind, sheets = ".xlsx", list(_sheets_of_xlsx(content))
    elif content.startswith(_OLE):
        kind, sheets = ".xls", list(_sheets_of_xls(content))
    else:
        return Answer(refusal="form-unreadable")
    try:
        convert(BytesIO(content), file_type=kind, validate=False)
    except PyXFormError as error:
        return Answer(refusal="form-invalid", told=str(error)[:1000])
    return Answer(form=Form(sheets=sheets))


def _sheets_of_xlsx(content: bytes) -> Iterator[Sheet]:
    book = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True)
    for sheet in book.worksheets:
        yield _sheet(sheet.title, sheet.iter_rows(max_row=_MOST_ROWS, max_col=_MOST_COLUMNS, values_only=True))


def _sheets_of_xls(content: bytes) -> Iterator[Sheet]:
    book = xlrd.open_workbook(file_contents=content, on_demand=True)
    for sheet in book.sheets():
        rows = ([_of_xls(cell, book.datemode) for cell in sheet.row(at)] for at in range(min(sheet.nrows, _MOST_ROWS)))
        yield _sheet(sheet.name, rows)


def _of_xls(cell: Any, datemode: int) -> object:
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_DATE:
        return xlrd.xldate_as_datetime(cell.value, datemode)
    return None if cell.ctype in (xlrd.XL_CELL_ERROR, xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK) else cell.value


def _sheet(name: str, lines: Iterable[Iterable[object]]) -> Sheet:
    headings: list[str] | None = None
    rows = []
    for number, line in enumerate(lines, 1):
        texts = [_text(value) for value in line][:_MOST_COLUMNS]
        if headings is None:
            headings = texts if any(texts) else None
            continue
        cells = {_heading(headings, place): text for place, text in enumerate(texts) if text}
        if cells:
            rows.append(Row(number, cells))
    return Sheet(name, [heading for heading in headings or [] if heading], rows)


def _heading(headings: list[str], place: int) -> str:
    """A column without a heading is called by its place: what stands in it is told of, not lost."""
    own = headings[place] if place < len(headings) else ""
    return own or f"#{place + 1}"


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date | time):
        return value.isoformat(sep=" ") if isinstance(value, datetime) else value.isoformat()
    return str(value).replace("\0", "").strip()[:_LONGEST_CELL]
