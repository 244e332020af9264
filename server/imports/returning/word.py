"""Writes into a table of a Word document: cells and pictures, in place."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from typing import Any, Final

from lxml import etree

from server.imports.reading.docx import DOCUMENT, W, cells_of, outer_tables, rows_of, text_of
from server.imports.returning.entries import Entry, Layout, may_write, title_of
from server.imports.returning.patch import Patch

_EMU_A_PIXEL: Final = 9_525
_PHOTO_EMU: Final = 800_000
_TWIPS: Final = "1700"
_WP: Final = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_A: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PIC: Final = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
Sized = tuple[bytes, int, int]


def fill_table(
    patch: Patch, name: str, heading_row: int, layout: Layout, entries: Sequence[Entry], photos: Mapping[str, Sized]
) -> None:
    """Write the entries into the table of this number. `photos` holds JPEG, width and height by hash."""
    table = outer_tables(patch.tree(DOCUMENT))[int(name) - 1]
    rows = rows_of(table)
    before = _width(table)
    for added in layout.added:
        _add_column(table, rows, heading_row, title_of(added))
    _fit(table, rows, before)
    grid = [_by_place(row, layout) for row in rows]
    written: dict[Any, str] = {}
    for entry in entries:
        for column, text in entry.texts.items():
            cell = _cell(grid, entry.number - 1, layout.places[column])
            if cell is not None and text and (cell in written or may_write(column, text_of(cell))):
                above = written.get(cell)
                written[cell] = f"{above}\n{text}" if above and above != text else text
                _write(cell, written[cell])
        cell = _cell(grid, entry.number - 1, layout.places["after"])
        shown = [photos[sha256] for sha256 in entry.photos if sha256 in photos]
        if cell is not None and shown:
            _show(patch, cell, shown)


def _by_place(row: Any, layout: Layout) -> dict[int, Any]:
    """The cells of a row by grid column; a column that was added is found from the row's end."""
    cells = list(cells_of(row))
    placed = dict(cells)
    for back, (_, cell) in enumerate(reversed(cells[-len(layout.added) :] if layout.added else [])):
        placed[max(layout.added.values()) - back] = cell
    return placed


def _cell(grid: Sequence[Mapping[int, Any]], row: int, place: int) -> Any | None:
    """The cell that shows at a place: of merged ones the topmost."""
    while row >= 0:
        cell = grid[row].get(place) if row < len(grid) else None
        merge = None if cell is None else cell.find(f"{W}tcPr/{W}vMerge")
        if cell is None or merge is None or merge.get(f"{W}val", "continue") != "continue":
            return cell
        row -= 1
    return None


def _add_column(table: Any, rows: Sequence[Any], heading_row: int, title: str) -> None:
    columns = table.find(f"{W}tblGrid")
    if columns is not None:
        etree.SubElement(columns, f"{W}gridCol").set(f"{W}w", _TWIPS)
    for number, row in enumerate(rows, 1):
        cells = [cell for _, cell in cells_of(row)]
        if not cells:
            continue
        cell = copy.deepcopy(cells[-1])
        for name in ("gridSpan", "vMerge", "hMerge"):
            for mark in cell.findall(f"{W}tcPr/{W}{name}"):
                mark.getparent().remove(mark)
        for width in cell.findall(f"{W}tcPr/{W}tcW"):
            width.set(f"{W}w", _TWIPS)
            width.set(f"{W}type", "dxa")
        cells[-1].addnext(cell)
        _write(cell, title if number == heading_row else "")


def _width(table: Any) -> int:
    """The width of a table in twentieths of a point; 0 where it does not say."""
    return sum(_twips(column) for column in table.iterfind(f"{W}tblGrid/{W}gridCol"))


def _twips(element: Any) -> int:
    text = element.get(f"{W}w", "")
    return int(text) if text.isdecimal() else 0


def _fit(table: Any, rows: Sequence[Any], before: int) -> None:
    """Make a table that got columns as wide as it was: beyond the page nobody reads it."""
    now = _width(table)
    if not before or now <= before:
        return
    widths = [width for row in rows for _, cell in cells_of(row) for width in cell.findall(f"{W}tcPr/{W}tcW")]
    stated = [width for width in widths if width.get(f"{W}type") == "dxa"]
    for element in (*table.iterfind(f"{W}tblGrid/{W}gridCol"), *stated):
        element.set(f"{W}w", str(_twips(element) * before // now))


def _write(cell: Any, text: str) -> None:
    """Put a text into a cell in the format of its first words."""
    paragraphs = cell.findall(f"{W}p")
    first = paragraphs[0] if paragraphs else etree.SubElement(cell, f"{W}p")
    look = next(iter(cell.iter(f"{W}rPr")), None)
    if look is not None and look.getparent().tag == f"{W}pPr":  # the look of the paragraph's mark
        look = copy.deepcopy(look)
    for child in list(cell):
        if child is not first and child.tag != f"{W}tcPr":
            cell.remove(child)
    for child in list(first):
        if child.tag != f"{W}pPr":
            first.remove(child)
    run = etree.SubElement(first, f"{W}r")
    if look is not None:
        run.append(copy.deepcopy(look))
    for place, line in enumerate(text.split("\n")):
        if place:
            etree.SubElement(run, f"{W}br")
        shown = etree.SubElement(run, f"{W}t")
        shown.text = line
        shown.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _show(patch: Patch, cell: Any, photos: Sequence[Sized]) -> None:
    paragraph = etree.SubElement(cell, f"{W}p")
    numbers = [int(one.get("id", "0")) for one in patch.tree(DOCUMENT).iter(f"{{{_WP}}}docPr") if one.get("id")]
    number = max(numbers, default=0)
    for jpeg, width, height in photos:
        number += 1
        scale = min(_PHOTO_EMU / (width * _EMU_A_PIXEL), _PHOTO_EMU / (height * _EMU_A_PIXEL))
        named = patch.relate(DOCUMENT, "image", patch.add_picture(jpeg, "word/media"))
        xml = _INLINE.format(
            w=W[1:-1], wp=_WP, a=_A, pic=_PIC, r=_R, id=number, named=named,
            width=int(width * _EMU_A_PIXEL * scale), height=int(height * _EMU_A_PIXEL * scale),
        )  # fmt: skip
        paragraph.append(etree.fromstring(xml))


_INLINE: Final = (
    '<w:r xmlns:w="{w}" xmlns:wp="{wp}" xmlns:a="{a}" xmlns:pic="{pic}" xmlns:r="{r}"><w:drawing>'
    '<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
    '<wp:docPr id="{id}" name="Picture {id}"/><a:graphic><a:graphicData uri="{pic}"><pic:pic><pic:nvPicPr>'
    '<pic:cNvPr id="{id}" name="Picture {id}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
    '<a:blip r:embed="{named}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>'
    '<a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
    "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
)
