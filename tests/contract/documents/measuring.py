"""A PDF as a ruler and a magnifying glass see it. Millimetres from the page's upper left corner."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pdfplumber
from pdfminer.pdfdevice import PDFDevice, PDFTextSeq
from pdfminer.pdffont import PDFFont
from pdfminer.pdfinterp import PDFGraphicState, PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import resolve1
from pdfplumber.page import Page
from pdfplumber.pdf import PDF

MM = 25.4 / 72
MARKS = "（）《》〔〕“”、，。：；"


def opened(data: bytes) -> PDF:
    return pdfplumber.open(io.BytesIO(data))


def text_of(data: bytes) -> str:
    """The text of all pages without white space, as a search would see it."""
    with opened(data) as pdf:
        return "".join("".join(char["text"] for char in page.chars) for page in pdf.pages)


def type_area(page: Page, *, size_pt: float = 16.0) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of the characters of a size. A mark's blank half may stand outside: it is no ink."""
    chars = [char for char in page.chars if abs(char["size"] - size_pt) < 0.1 and char["text"].strip()]
    inked = [char for char in chars if char["text"] not in MARKS] or chars
    return (
        min(char["x0"] for char in inked) * MM,
        min(char["top"] for char in chars) * MM,
        max(char["x1"] for char in inked) * MM,
        max(char["bottom"] for char in chars) * MM,
    )


def lines_of(page: Page, *, size_pt: float = 16.0) -> list[str]:
    """The lines of characters of a size, from above."""
    rows: dict[int, list[dict[str, Any]]] = {}
    for char in page.chars:
        if abs(char["size"] - size_pt) < 0.1:
            rows.setdefault(-round(char["matrix"][5]), []).append(char)
    return ["".join(c["text"] for c in sorted(rows[top], key=lambda c: c["x0"])) for top in sorted(rows)]


def rules_of(page: Page, *, red: bool) -> list[tuple[float, float, float]]:
    """Horizontal rules as (left, right, middle), from above. One that is drawn twice in its place counts once."""
    found = set()
    for rule in [*page.lines, *page.rects]:
        colour = rule["stroking_color"] if rule["stroke"] else rule["non_stroking_color"]
        if rule["x1"] - rule["x0"] > 300 and rule["bottom"] - rule["top"] < 5 and is_red(colour) == red:
            middle = (rule["top"] + rule["bottom"]) / 2
            found.add((round(rule["x0"] * MM, 3), round(rule["x1"] * MM, 3), round(middle * MM, 3)))
    return sorted(found, key=lambda rule: rule[2])


def is_red(colour: Any) -> bool:
    return isinstance(colour, tuple | list) and [round(float(part), 2) for part in colour] == [1.0, 0.0, 0.0]


def language_of(data: bytes) -> str:
    with opened(data) as pdf:
        value = resolve1(pdf.doc.catalog["Lang"])
    return value.decode() if isinstance(value, bytes) else str(value)


def fonts_of(data: bytes) -> dict[str, bool]:
    """Each font's name, and whether its program is in the file."""
    found: dict[str, bool] = {}
    with opened(data) as pdf:
        for page in PDFPage.create_pages(pdf.doc):
            for reference in resolve1(resolve1(page.resources).get("Font", {})).values():
                for font in _descendants(resolve1(reference)):
                    descriptor = resolve1(font["FontDescriptor"])
                    embedded = any(key in descriptor for key in ("FontFile", "FontFile2", "FontFile3"))
                    found[str(resolve1(descriptor["FontName"]).name)] = embedded
    return found


def _descendants(font: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if "DescendantFonts" in font:
        yield from (resolve1(inner) for inner in resolve1(font["DescendantFonts"]))
    else:
        yield font


class _Glyphs(PDFDevice):
    """Counts the glyphs that are drawn, by number: 0 is the empty box of a font that lacks the character."""

    def __init__(self, manager: PDFResourceManager) -> None:
        super().__init__(manager)
        self.drawn: Counter[int] = Counter()

    def render_string(self, textstate: Any, seq: PDFTextSeq, ncs: Any, graphicstate: PDFGraphicState) -> None:
        font: PDFFont = textstate.font
        for part in seq:
            if isinstance(part, bytes):
                self.drawn.update(font.decode(part))


def missing_glyphs(data: bytes) -> int:
    """How many empty boxes are drawn."""
    manager = PDFResourceManager()
    device = _Glyphs(manager)
    interpreter = PDFPageInterpreter(manager, device)
    for page in PDFPage.get_pages(io.BytesIO(data)):
        interpreter.process_page(page)
    return device.drawn[0]
