"""Writes into the sheet of a workbook: single cells and pictures, in place."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from typing import Any, Final

from lxml import etree

from server.imports.reading.cells import letters_of, place_of
from server.imports.reading.drawings import XDR, A, Grid
from server.imports.reading.xlsx import WORKBOOK, S, sheets_of
from server.imports.returning.entries import Entry, Layout, may_write, title_of
from server.imports.returning.patch import Patch

_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_EMU_A_PIXEL: Final = 9_525
_LEAST_POINTS: Final = 78.0
_WIDTHS: Final = {"done": 36.0, "measure": 30.0, "due_on": 16.0, "after": 34.0}
_AFTER_DRAWING: Final = (
    "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems",
    "tableParts", "extLst",
)  # fmt: skip
_EMPTY_DRAWING: Final = f'<xdr:wsDr xmlns:xdr="{XDR[1:-1]}" xmlns:a="{A[1:-1]}"/>'.encode()
_DRAWING_TYPE: Final = "application/vnd.openxmlformats-officedocument.drawing+xml"
Sized = tuple[bytes, int, int]


def fill_sheet(
    patch: Patch, name: str, heading_row: int, layout: Layout, entries: Sequence[Entry], photos: Mapping[str, Sized]
) -> None:
    """Write the entries into the sheet of this name. `photos` holds JPEG, width and height by hash."""
    part = dict(sheets_of(patch.archive, patch.archive.tree(WORKBOOK)))[name]
    sheet = _Sheet(patch, part)
    for added, place in layout.added.items():
        sheet.widen(place, _WIDTHS[added])
        sheet.write(heading_row, place, title_of(added), is_heading=True)
    for entry in entries:
        for column, text in entry.texts.items():
            if text and may_write(column, sheet.text(entry.number, layout.places[column])):
                sheet.write(entry.number, layout.places[column], text)
        shown = [photos[sha256] for sha256 in entry.photos if sha256 in photos]
        if shown:
            sheet.show(entry.number, layout.places["after"], shown)
    sheet.finish()


class _Sheet:
    """A sheet while it is written into."""

    def __init__(self, patch: Patch, part: str) -> None:
        self._patch, self._part = patch, part
        self._root = patch.tree(part)
        self._data = self._root.find(f"{S}sheetData")
        self._rows = {int(row.get("r", "0")): row for row in self._data.iterchildren(f"{S}row")}
        self._tops = self._merged_tops()
        self._written: dict[tuple[int, int], str] = {}
        self._drawing: tuple[str, Any] | None = None
        self._had_formula = False
        self._strings: list[Any] | None = None

    def _merged_tops(self) -> dict[tuple[int, int], tuple[int, int]]:
        """For cells hidden under a merged one, the cell that shows."""
        tops = {}
        for merge in self._root.iterfind(f"{S}mergeCells/{S}mergeCell"):
            first, _, last = merge.get("ref", "").partition(":")
            start, end = place_of(first), place_of(last)
            if start and end and (end[0] - start[0] + 1) * (end[1] - start[1] + 1) <= 20_000:
                covered = ((r, c) for r in range(start[0], end[0] + 1) for c in range(start[1], end[1] + 1))
                tops.update(dict.fromkeys(covered, start))
        return tops

    def text(self, number: int, place: int) -> str:
        """What stands in a cell, only so far as it tells empty from filled."""
        number, place = self._tops.get((number, place), (number, place))
        cell = self._find(number, place)
        if cell is None or (number, place) in self._written:
            return ""
        value = cell.findtext(f"{S}v") or "".join(t.text or "" for t in cell.iter(f"{S}t"))
        return value if cell.get("t") != "s" else self._shared(value)

    def _shared(self, index: str) -> str:
        if self._strings is None:
            part = self._patch.archive.target_of_type(WORKBOOK, "/sharedStrings")
            root = self._patch.archive.tree_or_none(part) if part else None
            self._strings = [] if root is None else list(root.iterchildren(f"{S}si"))
        place = int(index) if index.isdecimal() else len(self._strings)
        found = self._strings[place] if place < len(self._strings) else None
        return "" if found is None else "".join(t.text or "" for t in found.iter(f"{S}t"))

    def _find(self, number: int, place: int) -> Any | None:
        row = self._rows.get(number)
        name = f"{letters_of(place)}{number}"
        cells = [] if row is None else row.iterchildren(f"{S}c")
        return next((cell for cell in cells if cell.get("r") == name), None)

    def write(self, number: int, place: int, text: str, *, is_heading: bool = False) -> None:
        """Put a text into a cell, in its own format, or in that of the cell to its left where it is new.

        Rows that share one merged cell stand in it one under the other.
        """
        number, place = self._tops.get((number, place), (number, place))
        before = self._written.get((number, place))
        text = f"{before}\n{text}" if before and before != text else text
        self._written[number, place] = text
        cell = self._find(number, place)
        if cell is None:
            cell = self._insert(number, place, is_heading=is_heading)
        self._had_formula |= cell.find(f"{S}f") is not None
        for child in list(cell):
            cell.remove(child)
        for name in ("vm", "cm"):
            cell.attrib.pop(name, None)
        cell.set("t", "inlineStr")
        shown = etree.SubElement(etree.SubElement(cell, f"{S}is"), f"{S}t")
        shown.text = text
        shown.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")

    def _insert(self, number: int, place: int, *, is_heading: bool) -> Any:
        row = self._rows.get(number)
        if row is None:
            row = etree.Element(f"{S}row", r=str(number))
            following = [other for other in self._rows if other > number]
            if following:
                self._rows[min(following)].addprevious(row)
            else:
                self._data.append(row)
            self._rows[number] = row
        row.attrib.pop("spans", None)
        cell = etree.Element(f"{S}c", r=f"{letters_of(place)}{number}")
        left = [one for one in row.iterchildren(f"{S}c") if (place_of(one.get("r", "")) or (0, 0))[1] < place]
        if left:
            left[-1].addnext(cell)
            style = left[-1].get("s") or (None if is_heading else row.get("s"))
            if style:
                cell.set("s", style)
        else:
            row.insert(0, cell)
        return cell

    def widen(self, place: int, width: float) -> None:
        """Give a new column its width, unless the sheet says one for it."""
        columns = self._root.find(f"{S}cols")
        if columns is None:
            columns = etree.Element(f"{S}cols")
            self._data.addprevious(columns)
        column = etree.Element(f"{S}col", min=str(place + 1), max=str(place + 1), width=str(width), customWidth="1")
        for known in columns.iterchildren(f"{S}col"):
            first, last = int(known.get("min", "0")), int(known.get("max", "0"))
            if first <= place + 1 <= last:
                _split(known, column, first, last, place + 1)
                return
            if first > place + 1:
                known.addprevious(column)
                return
        columns.append(column)

    def show(self, number: int, place: int, photos: Sequence[Sized]) -> None:
        """Lay pictures over a cell, side by side, as large as it holds; a low row is made higher."""
        number, place = self._tops.get((number, place), (number, place))
        row = self._rows[number]
        if float(row.get("ht", "0")) < _LEAST_POINTS:
            row.set("ht", str(_LEAST_POINTS))
            row.set("customHeight", "1")
        grid = self._grid()
        grid.heights[number] = float(row.get("ht"))
        gap = 4 * _EMU_A_PIXEL
        room = max(grid.width_of(place) - gap * (len(photos) + 1), 40 * _EMU_A_PIXEL) / len(photos)
        left = gap
        for jpeg, width, height in photos:
            scale = min(room / (width * _EMU_A_PIXEL), (grid.height_of(number - 1) - 2 * gap) / (height * _EMU_A_PIXEL))
            size = (int(width * _EMU_A_PIXEL * scale), int(height * _EMU_A_PIXEL * scale))
            self._anchor((number - 1, place), (left, gap), size, jpeg)
            left += int(room) + gap

    def _grid(self) -> Grid:
        grid = Grid()
        for usual in self._root.iterfind(f"{S}sheetFormatPr"):
            grid.take(usual.attrib, is_column=False)
        for column in self._root.iterfind(f"{S}cols/{S}col"):
            grid.take(column.attrib, is_column=True)
        return grid

    def _anchor(self, cell: tuple[int, int], offset: tuple[int, int], size: tuple[int, int], jpeg: bytes) -> None:
        part, root = self._drawing_part()
        picture = self._patch.add_picture(jpeg, "xl/media")
        named = self._patch.relate(part, "image", picture)
        numbers = [int(one.get("id", "0")) for one in root.iter(f"{XDR}cNvPr") if one.get("id", "").isdecimal()]
        xml = _ANCHOR.format(
            xdr=XDR[1:-1], a=A[1:-1], r=_R[1:-1], row=cell[0], column=cell[1], x=offset[0], y=offset[1],
            width=size[0], height=size[1], id=max(numbers, default=0) + 1, named=named,
        )  # fmt: skip
        root.append(etree.fromstring(xml))

    def _drawing_part(self) -> tuple[str, Any]:
        """The sheet's drawing, made where it has none."""
        if self._drawing is not None:
            return self._drawing
        element = self._root.find(f"{S}drawing")
        targets = self._patch.archive.targets(self._part)
        if element is not None and targets.get(element.get(f"{_R}id", "")) in self._patch.archive.names:
            part = targets[element.get(f"{_R}id")]
            self._drawing = part, self._patch.tree(part)
            return self._drawing
        part = self._patch.free_name("xl/drawings/drawingReturned", "xml")
        root = self._patch.add_tree(part, _EMPTY_DRAWING)
        self._patch.set_type(part, _DRAWING_TYPE)
        element = etree.Element(f"{S}drawing")
        element.set(f"{_R}id", self._patch.relate(self._part, "drawing", part))
        behind = [child for child in self._root if etree.QName(child).localname in _AFTER_DRAWING]
        if behind:
            behind[0].addprevious(element)
        else:
            self._root.append(element)
        self._drawing = part, root
        return self._drawing

    def finish(self) -> None:
        """Drop what no longer fits: the stated extent, and the order of reckoning where a formula made room."""
        for extent in self._root.findall(f"{S}dimension"):
            self._root.remove(extent)
        chain = self._patch.archive.target_of_type(WORKBOOK, "/calcChain")
        if self._had_formula and chain in self._patch.archive.names:
            self._patch.drop(chain)
            rels = self._patch.tree("xl/_rels/workbook.xml.rels")
            for entry in list(rels):
                if entry.get("Type", "").endswith("/calcChain"):
                    rels.remove(entry)


def _split(known: Any, column: Any, first: int, last: int, number: int) -> None:
    """Take one column out of a stretch of columns and give it its own width."""
    if known.get("customWidth") in ("1", "true") and last - first < 100:
        return  # the superior set this width
    for name, value in known.attrib.items():
        if name not in ("min", "max", "width", "customWidth"):
            column.set(name, value)
    rest = copy.copy(known)
    known.addnext(column)
    if number < last:
        rest.set("min", str(number + 1))
        column.addnext(rest)
    if first < number:
        known.set("max", str(number - 1))
    else:
        known.getparent().remove(known)


_ANCHOR: Final = (
    '<xdr:oneCellAnchor xmlns:xdr="{xdr}" xmlns:a="{a}" xmlns:r="{r}"><xdr:from><xdr:col>{column}</xdr:col>'
    "<xdr:colOff>{x}</xdr:colOff><xdr:row>{row}</xdr:row><xdr:rowOff>{y}</xdr:rowOff></xdr:from>"
    '<xdr:ext cx="{width}" cy="{height}"/><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="{id}" name="Picture {id}"/>'
    '<xdr:cNvPicPr><a:picLocks noChangeAspect="1"/></xdr:cNvPicPr></xdr:nvPicPr><xdr:blipFill>'
    '<a:blip r:embed="{named}"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill><xdr:spPr><a:xfrm>'
    '<a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
    "</a:prstGeom></xdr:spPr></xdr:pic><xdr:clientData/></xdr:oneCellAnchor>"
)
