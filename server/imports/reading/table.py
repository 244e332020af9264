"""What a file of any format comes down to: tables of plain text, and which picture lies on which row."""

from __future__ import annotations

from typing import Final, Literal

import msgspec

MOST_ROWS: Final = 5_000 + 30
"""Rows of entries, and what may stand above them."""
MOST_COLUMNS: Final = 100
LONGEST_CELL: Final = 32_767
MOST_PICTURES: Final = 3_000

Format = Literal["xlsx", "docx", "csv"]


class Line(msgspec.Struct, frozen=True):
    """A row with its number as the reader of the file sees it (from 1), and its texts from the first column on."""

    number: int
    cells: list[str]


class Picture(msgspec.Struct, frozen=True):
    """A picture on a row (its number) and a column (from 0); `part` names its bytes inside the file."""

    row: int
    column: int
    part: str


class Table(msgspec.Struct, frozen=True):
    """One sheet of a workbook, one table of a document, or the whole of a CSV file, without its empty rows."""

    name: str
    lines: list[Line]
    pictures: list[Picture] = []


class Book(msgspec.Struct, frozen=True):
    """A file that was read."""

    format: Format
    tables: list[Table]


class UnreadableError(Exception):
    """The file is not taken; `code` names the refusal."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def line_of(number: int, texts: dict[int, str]) -> Line | None:
    """A line of the texts by column; None where all are blank."""
    filled = {place: text for place, text in texts.items() if text and place < MOST_COLUMNS}
    if not filled:
        return None
    return Line(number, [filled.get(place, "")[:LONGEST_CELL] for place in range(max(filled) + 1)])


def spread_down(lines: list[Line], merges: list[tuple[int, int, int]]) -> list[Line]:
    """Give the text of a merged cell to every row that it stands beside: (first row, last row, column)."""
    texts = {line.number: list(line.cells) for line in lines}
    for first, last, place in merges:
        above = texts.get(first, [])
        value = above[place] if place < len(above) else ""
        if not value:
            continue
        for number in range(first + 1, min(last, first + MOST_ROWS) + 1):
            cells = texts.get(number)
            if cells is None:
                continue
            cells.extend([""] * (place + 1 - len(cells)))
            cells[place] = cells[place] or value
    return [Line(number, cells) for number, cells in texts.items()]
