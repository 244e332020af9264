"""Reads a CSV file as Chinese offices save it: UTF-8, GB18030 or UTF-16, with or without a mark at its head."""

from __future__ import annotations

import codecs
import csv
import io
from typing import Final

from server.imports.reading.cells import clean
from server.imports.reading.table import MOST_ROWS, Line, Table, UnreadableError, line_of

_DELIMITERS: Final = (",", "\t", ";", "，")
_LONGEST_FIELD: Final = 200_000


def encoding_of(data: bytes) -> str:
    """The encoding of a text. Raises UnreadableError where it is none."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\0" in data:
        raise UnreadableError("import-not-recognised")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    raise UnreadableError("import-not-recognised")


def delimiter_of(text: str) -> str:
    """The mark that parts the fields: the one that the first lines hold most of."""
    head = text[:4000]
    return max(_DELIMITERS, key=lambda mark: (head.count(mark), -_DELIMITERS.index(mark)))


def rows_of(data: bytes) -> list[list[str]]:
    """The records of a CSV file. Raises UnreadableError."""
    try:
        text = data.decode(encoding_of(data))
    except UnicodeDecodeError as error:
        raise UnreadableError("import-not-recognised") from error
    if text.lstrip()[:200].lower().startswith(("<html", "<!doctype", "<?xml", "<table")):
        raise UnreadableError("import-not-recognised")
    csv.field_size_limit(_LONGEST_FIELD)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text)):
            rows.append(row)
            if len(rows) > MOST_ROWS * 4:
                raise UnreadableError("import-too-many-rows")
    except csv.Error as error:
        raise UnreadableError("import-damaged") from error
    return rows


def read_csv(data: bytes) -> list[Table]:
    """The one table of the file; its rows are numbered as a spreadsheet would show them."""
    lines: list[Line] = []
    for number, row in enumerate(rows_of(data), 1):
        line = line_of(number, {place: clean(text) for place, text in enumerate(row)})
        if line is not None:
            lines.append(line)
    if len(lines) > MOST_ROWS:
        raise UnreadableError("import-too-many-rows")
    return [Table("1", lines)] if lines else []
