"""Writes into a CSV file, in its own encoding and with its own mark between the fields."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from server.imports.reading.delimited import delimiter_of, encoding_of, rows_of
from server.imports.returning.entries import Entry, Layout, may_write, title_of
from server.ledger.cells import safe_text


def fill_text(data: bytes, heading_row: int, layout: Layout, entries: Sequence[Entry]) -> bytes:
    """The file with the entries written in; a CSV file holds no photos."""
    rows = rows_of(data)
    for name, place in layout.added.items():
        if name != "after":
            _put(rows[heading_row - 1], place, title_of(name))
    for entry in entries:
        row = rows[entry.number - 1]
        for name, text in entry.texts.items():
            place = layout.places[name]
            if text and may_write(name, row[place] if place < len(row) else ""):
                _put(row, place, safe_text(text))
    encoding = encoding_of(data)
    has_mark = encoding == "utf-8-sig" and data.startswith(b"\xef\xbb\xbf")
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter_of(data.decode(encoding)), lineterminator="\r\n").writerows(rows)
    return stream.getvalue().encode("utf-8" if encoding == "utf-8-sig" and not has_mark else encoding)


def _put(row: list[str], place: int, text: str) -> None:
    row.extend([""] * (place + 1 - len(row)))
    row[place] = text
