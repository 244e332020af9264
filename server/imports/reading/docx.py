"""Reads the tables of a Word document, with the pictures in their cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from server.imports.reading.archive import Archive, R
from server.imports.reading.cells import clean
from server.imports.reading.table import MOST_ROWS, Line, Picture, Table, UnreadableError, line_of

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A_BLIP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_V_IMAGE: Final = "{urn:schemas-microsoft-com:vml}imagedata"
DOCUMENT: Final = "word/document.xml"


def read_docx(archive: Archive) -> list[Table]:
    """The tables of the document's text, the outermost ones, in their order. Raises UnreadableError."""
    root = archive.tree(DOCUMENT)
    targets = archive.targets(DOCUMENT)
    tables = []
    for place, element in enumerate(outer_tables(root)):
        table = _table(str(place + 1), element, targets, archive)
        if table.lines:
            tables.append(table)
    return tables


def outer_tables(root: Any) -> list[Any]:
    """The tables that stand in no other table."""
    return [table for table in root.iter(f"{W}tbl") if next(table.iterancestors(f"{W}tbl"), None) is None]


def rows_of(table: Any) -> list[Any]:
    """The rows of a table, not those of tables inside it."""
    return [row for row in table.iter(f"{W}tr") if next(row.iterancestors(f"{W}tbl")) is table]


def cells_of(row: Any) -> Iterator[tuple[int, Any]]:
    """The cells of a row, each with the grid column (from 0) that it begins in."""
    place = _value(row.find(f"{W}trPr/{W}gridBefore"), 0)
    for cell in row.iter(f"{W}tc"):
        if next(cell.iterancestors(f"{W}tr")) is row:
            yield place, cell
            place += _value(cell.find(f"{W}tcPr/{W}gridSpan"), 1)


def _value(element: Any, usual: int) -> int:
    text = element.get(f"{W}val", "") if element is not None else ""
    return min(int(text), 1000) if text.isdecimal() else usual


def text_of(cell: Any) -> str:
    """The words of a cell, a line a paragraph."""
    return clean("\n".join(paragraph_text(paragraph) for paragraph in cell.iter(f"{W}p")))


def paragraph_text(paragraph: Any) -> str:
    """The words of a paragraph; what was struck out under revision is not there any more."""
    marks = {f"{W}br": "\n", f"{W}cr": "\n", f"{W}tab": " "}
    return "".join(mark.text or "" if mark.tag == f"{W}t" else marks.get(mark.tag, "") for mark in paragraph.iter())


def _table(name: str, table: Any, targets: Mapping[str, str], archive: Archive) -> Table:
    lines: list[Line] = []
    pictures: list[Picture] = []
    above: dict[int, str] = {}
    for number, row in enumerate(rows_of(table), 1):
        texts: dict[int, str] = {}
        for place, cell in cells_of(row):
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            goes_on = merge is not None and merge.get(f"{W}val", "continue") == "continue"
            texts[place] = above.get(place, "") if goes_on else text_of(cell)
            pictures += [Picture(number, place, part) for part in _parts(cell, targets, archive)]
        above = texts
        line = line_of(number, texts)
        if line is not None:
            lines.append(line)
        if len(lines) > MOST_ROWS:
            raise UnreadableError("import-too-many-rows")
    return Table(name, lines, pictures)


def _parts(cell: Any, targets: Mapping[str, str], archive: Archive) -> list[str]:
    named = [blip.get(f"{R}embed", "") for blip in cell.iter(_A_BLIP)]
    named += [image.get(f"{R}id", "") for image in cell.iter(_V_IMAGE)]
    parts = [targets.get(name, "") for name in named]
    return [part for part in dict.fromkeys(parts) if part in archive.names]
