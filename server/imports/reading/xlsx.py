"""Reads a workbook row by row: the values as they were saved, never a formula reckoned anew."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from lxml import etree

from server.imports.reading.archive import Archive, R
from server.imports.reading.cells import clean, number_text, place_of, shows_a_date
from server.imports.reading.drawings import Grid, anchored, cell_images, placed_images
from server.imports.reading.table import (
    MOST_COLUMNS,
    MOST_PICTURES,
    MOST_ROWS,
    Line,
    Picture,
    Table,
    UnreadableError,
    line_of,
    spread_down,
)

S: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
WORKBOOK: Final = "xl/workbook.xml"
_MOST_MERGES: Final = 20_000
_LAST_ROW: Final = 1_048_576
_DISPIMG: Final = re.compile(r'DISPIMG\(\s*"([^"]{1,80})"')
_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"


@dataclass(slots=True)
class Ground:
    """What all sheets of a workbook share."""

    strings: list[str]
    date_styles: frozenset[int]
    from_1904: bool
    images: Mapping[str, str]
    placed: Sequence[str | None]


@dataclass(slots=True)
class _Sheet:
    """What has been read of a sheet so far."""

    lines: list[Line] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    merges: list[tuple[int, int, int]] = field(default_factory=list)
    grid: Grid = field(default_factory=Grid)
    drawing: str | None = None


def read_xlsx(archive: Archive) -> list[Table]:
    """The visible sheets that hold anything. Raises UnreadableError."""
    if _STRICT in archive.read(WORKBOOK)[:2000]:
        raise UnreadableError("import-strict-format")
    workbook = archive.tree(WORKBOOK)
    properties = workbook.find(f"{S}workbookPr")
    ground = Ground(
        strings=list(_strings(archive)),
        date_styles=_date_styles(archive),
        from_1904=properties is not None and properties.get("date1904") in ("1", "true"),
        images=cell_images(archive),
        placed=placed_images(archive),
    )
    tables = [_table(archive, name, part, ground) for name, part in sheets_of(archive, workbook)]
    return [table for table in tables if table.lines]


def sheets_of(archive: Archive, workbook: Any) -> list[tuple[str, str]]:
    """The visible sheets: name and part."""
    targets = archive.targets(WORKBOOK)
    found = []
    for sheet in workbook.iterfind(f"{S}sheets/{S}sheet"):
        part = targets.get(sheet.get(f"{R}id", ""), "")
        if sheet.get("state", "visible") == "visible" and part in archive.names:
            found.append((clean(sheet.get("name", "")), part))
    return found


def _strings(archive: Archive) -> Iterator[str]:
    part = archive.target_of_type(WORKBOOK, "/sharedStrings")
    if part is None or part not in archive.names:
        return
    with archive.opened(part) as stream:
        for _, element in _events(stream, f"{S}si"):
            yield _rich_text(element)
            _forget(element)


def _rich_text(element: Any) -> str:
    """The runs of a text joined, without the readings that stand above it."""
    texts = [t.text or "" for t in element.iter(f"{S}t") if t.getparent().tag != f"{S}rPh"]
    return clean("".join(texts))


def _events(stream: Any, *tags: str) -> Any:
    return etree.iterparse(
        stream, events=("end",), tag=tags, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )


def _forget(element: Any) -> None:
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


def _date_styles(archive: Archive) -> frozenset[int]:
    part = archive.target_of_type(WORKBOOK, "/styles")
    root = archive.tree_or_none(part) if part else None
    if root is None:
        return frozenset()
    codes = {int(f.get("numFmtId")): f.get("formatCode", "") for f in root.iterfind(f"{S}numFmts/{S}numFmt")}
    formats = [int(xf.get("numFmtId", "0")) for xf in root.iterfind(f"{S}cellXfs/{S}xf")]
    return frozenset(place for place, id_ in enumerate(formats) if shows_a_date(id_, codes.get(id_)))


def _table(archive: Archive, name: str, part: str, ground: Ground) -> Table:
    sheet = _Sheet()
    tags = (f"{S}sheetFormatPr", f"{S}col", f"{S}row", f"{S}mergeCell", f"{S}drawing")
    with archive.opened(part) as stream:
        for _, element in _events(stream, *tags):
            _take(element, sheet, ground)
            if element.tag == f"{S}row":
                _forget(element)
    lines = spread_down(sheet.lines, sheet.merges)
    drawing = archive.targets(part).get(sheet.drawing or "", "")
    pictures = [*sheet.pictures, *anchored(archive, drawing, sheet.grid)]
    if len(pictures) > MOST_PICTURES:
        raise UnreadableError("import-too-many-pictures")
    return Table(name, lines, pictures)


def _take(element: Any, sheet: _Sheet, ground: Ground) -> None:
    if element.tag == f"{S}row":
        _take_row(element, sheet, ground)
    elif element.tag == f"{S}mergeCell":
        _take_merge(element.get("ref", ""), sheet)
    elif element.tag == f"{S}drawing":
        sheet.drawing = element.get(f"{R}id")
    else:
        sheet.grid.take(element.attrib, is_column=element.tag == f"{S}col")


def _take_row(row: Any, sheet: _Sheet, ground: Ground) -> None:
    last = sheet.lines[-1].number if sheet.lines else 0
    number = int(row.get("r") or last + 1)
    if not 0 < number <= _LAST_ROW:
        raise UnreadableError("import-damaged")
    if row.get("ht"):
        sheet.grid.heights[number] = float(row.get("ht"))
    texts: dict[int, str] = {}
    place = -1
    for cell in row.iterchildren(f"{S}c"):
        found = place_of(cell.get("r", ""))
        place = found[1] if found else place + 1
        if place >= MOST_COLUMNS:
            break
        text, image = _cell(cell, ground)
        if image is not None:
            sheet.pictures.append(Picture(number, place, image))
        texts[place] = text
    line = line_of(number, texts)
    if line is not None:
        sheet.lines.append(line)
    if len(sheet.lines) > MOST_ROWS:
        raise UnreadableError("import-too-many-rows")


def _cell(cell: Any, ground: Ground) -> tuple[str, str | None]:
    """The text of a cell, and the part of the picture that stands in it."""
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _rich_text(cell), None
    value = cell.findtext(f"{S}v") or ""
    shown = _DISPIMG.search(cell.findtext(f"{S}f") or "") or _DISPIMG.search(value if kind == "str" else "")
    if shown:
        return "", ground.images.get(shown[1])
    if kind == "e" and cell.get("vm", "").isdecimal():
        place = int(cell.get("vm")) - 1
        if 0 <= place < len(ground.placed):
            return "", ground.placed[place]
    if kind == "s":
        place = int(value) if value.isdecimal() else -1
        return (ground.strings[place] if 0 <= place < len(ground.strings) else ""), None
    if kind in ("str", "e", "d"):
        return clean(value), None
    if kind == "b":
        return ("TRUE" if value == "1" else "FALSE"), None
    style = int(cell.get("s", "0"))
    return number_text(value, is_date=style in ground.date_styles, from_1904=ground.from_1904), None


def _take_merge(reference: str, sheet: _Sheet) -> None:
    first, _, last = reference.partition(":")
    start, end = place_of(first), place_of(last)
    if start and end and end[0] > start[0] and len(sheet.merges) < _MOST_MERGES:
        sheet.merges.append((start[0], end[0], start[1]))
