"""Tables of fixed width: ruled ones for lists, plain ones to set things side by side."""

from __future__ import annotations

from collections.abc import Sequence

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.table import Table, _Cell

from server.documents import measures
from server.documents.measures import MM_TO_PT
from server.documents.word.elements import Attributes, element, put_paragraph, twips

_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_CELL_MARGINS = {"top": 50, "left": 45, "bottom": 50, "right": 45}
_AREA_PT = measures.AREA_MM[0] * MM_TO_PT


def _rule(points: float) -> Attributes:
    return {"val": "single", "sz": round(points * 8), "space": 0, "color": "000000"}


def ruled_table(word: WordDocument, widths: Sequence[float], rows: int) -> Table:
    """A table with thin black rules; `widths` are shares of the type area."""
    return _table(word, widths, rows, _rule(0.5), 0.0)


def plain_table(word: WordDocument, widths: Sequence[float], rows: int, *, indent_pt: float = 0.0) -> Table:
    """A table without rules, its shares taken of what the indent leaves."""
    return _table(word, widths, rows, {"val": "nil"}, indent_pt)


def foot_table(word: WordDocument, rows: int, *, ruled: bool) -> Table:
    """One column that floats at the foot of the type area; ruled thick above and below, thin between."""
    table = _table(word, (1.0,), rows, {"val": "nil"}, 0.0)
    properties = table._tbl.tblPr
    place: Attributes = {
        "leftFromText": 0, "rightFromText": 0, "vertAnchor": "margin", "horzAnchor": "page",
        "tblpX": twips(measures.LEFT_MM * MM_TO_PT), "tblpYSpec": "bottom",
    }  # fmt: skip
    properties.insert(0, element("tblpPr", place))
    if ruled:
        thick, thin = (_rule(points) for points in measures.IMPRINT_RULE_PT)
        borders = properties.find(qn("w:tblBorders"))
        for side, rule in (("top", thick), ("bottom", thick), ("insideH", thin)):
            old = borders.find(qn(f"w:{side}"))
            borders.replace(old, element(side, rule))
    margins = properties.find(qn("w:tblCellMar"))
    for margin in margins:
        margin.set(qn("w:w"), "0")
    return table


def behind_table(word: WordDocument) -> None:
    """A paragraph of 1 pt where a table stands last: one must follow it, and a floating one hangs on it."""
    body = word.element.body
    elements = [child for child in body if child.tag != qn("w:sectPr")]
    if elements and elements[-1].tag == qn("w:tbl"):
        last = word.add_paragraph()
        put_paragraph(last, "spacing", before=0, after=0, line=20, lineRule="exact")


def _table(word: WordDocument, widths: Sequence[float], rows: int, border: Attributes, indent_pt: float) -> Table:
    table: Table = word.add_table(rows=rows, cols=len(widths))
    room = twips(_AREA_PT - indent_pt)
    columns = [round(width * room) for width in widths]
    properties = table._tbl.tblPr
    for child in list(properties):
        properties.remove(child)
    properties.extend(
        [
            element("tblW", {"w": sum(columns), "type": "dxa"}),
            element("tblInd", {"w": twips(indent_pt), "type": "dxa"}),
            element("tblBorders", None, *(element(side, border) for side in _SIDES)),
            element("tblLayout", {"type": "fixed"}),
            element("tblCellMar", None, *(element(side, {"w": w, "type": "dxa"}) for side, w in _CELL_MARGINS.items())),
        ]
    )
    for grid, width in zip(table._tbl.tblGrid.findall(qn("w:gridCol")), columns, strict=True):
        grid.set(qn("w:w"), str(width))
    for row in table.rows:
        for cell, width in zip(row.cells, columns, strict=True):
            cell.width = width * 635
    return table


def row_properties(table: Table, index: int, *properties: tuple[str, Attributes]) -> None:
    """Set row properties, given in the schema's order (cantSplit, trHeight, tblHeader)."""
    settings = table.rows[index]._tr.get_or_add_trPr()
    settings.extend([element(tag, attributes) for tag, attributes in properties])


def centred_in_height(cell: _Cell) -> None:
    settings = cell._tc.get_or_add_tcPr()
    settings.append(element("vAlign", {"val": "center"}))
