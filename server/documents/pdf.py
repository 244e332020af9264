"""A document's content as PDF, set by Typst. The content reaches the templates as a data file: none of it is markup."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import typst

from schemas.documents import Document
from server.documents import measures
from server.documents.beside import code_svg, lay_photos
from server.documents.checks import characters_of
from server.documents.glyphs import unprintable
from server.documents.layout import PROBLEM_COLUMNS, columns_of, format_of, heading_lines
from server.documents.print_copies import print_copies
from server.documents.title_lines import title_lines
from server.documents.typefaces import WELL_KNOWN, Faces, faces

_TEMPLATES = Path(__file__).parent / "templates"


def render_pdf(
    document: Document,
    photos: Mapping[str, bytes],
    *,
    archival: bool = True,
    font_folders: Sequence[Path] = WELL_KNOWN,
) -> bytes:
    """The PDF (PDF/A-2b where `archival` and the content is complete): same content, photos, fonts, same bytes.

    `photos` holds the picture for each hash of the content: KeyError where one is missing, OSError where one is no
    picture. It blocks for some 50 ms: call it from a thread.
    """
    chosen = faces(tuple(font_folders))
    with tempfile.TemporaryDirectory(prefix="xungai-letter-") as folder:
        root = Path(folder)
        for template in _TEMPLATES.glob("*.typ"):
            (root / template.name).write_bytes(template.read_bytes())
        files = lay_photos(root, print_copies(document, photos))
        if document.reply_code:
            (root / "reply-code.svg").write_bytes(code_svg(document.reply_code.url))
        given = {"document": document, "layout": _layout(document, chosen, files)}
        (root / "content.json").write_bytes(msgspec.json.encode(given))
        # The archival form wants a date and every glyph: a draft has no day yet, and a box is shown, not refused.
        complete = _day(document) is not None and not unprintable(characters_of(document))
        return _compile(root, document, chosen, archival and complete)


def _compile(root: Path, document: Document, chosen: Faces, archival: bool) -> bytes:
    on = _day(document)
    compiled = typst.compile(
        str(root / "main.typ"),
        root=str(root),
        font_paths=chosen.fonts,
        pdf_standards=["a-2b"] if archival else [],
        timestamp=datetime(on.year, on.month, on.day, tzinfo=UTC) if on else datetime(1970, 1, 1, tzinfo=UTC),
    )
    return compiled


def _day(document: Document) -> Any:
    dated = document.signature.dated if document.signature else document.signed
    return dated.on if dated else None


def _layout(document: Document, chosen: Faces, files: Mapping[str, str]) -> dict[str, Any]:
    """What the templates need beside the words."""
    size, scale = measures.masthead_size(document.masthead)
    on = _day(document)
    return {
        "format": format_of(document),
        "measures": _measures(),
        "faces": chosen.lists,
        "fauxBold": chosen.faux_bold,
        "masthead": {"sizePt": size, "scale": scale},
        "titleLines": heading_lines(document),
        "annexTitleLines": [title_lines(annex.title) for annex in document.annexes],
        "problemColumns": PROBLEM_COLUMNS,
        "tableColumns": [columns_of(annex.table) if annex.table else () for annex in document.annexes],
        "photos": files,
        "date": (on.year, on.month, on.day) if on else None,
    }


def _measures() -> dict[str, Any]:
    return {
        "pageWidthMm": measures.PAGE_MM[0],
        "pageHeightMm": measures.PAGE_MM[1],
        "topMm": measures.TOP_MM,
        "rightMm": measures.RIGHT_MM,
        "bottomMm": measures.BOTTOM_MM,
        "leftMm": measures.LEFT_MM,
        "areaWidthMm": measures.AREA_MM[0],
        "areaHeightMm": measures.AREA_MM[1],
        "bodyPt": measures.BODY_PT,
        "titlePt": measures.TITLE_PT,
        "smallPt": measures.SMALL_PT,
        "cellPt": measures.CELL_PT,
        # A hair less than a 22nd and a 28th: sums of floats must push no line and no character over.
        "linePt": measures.LINE_PT - 0.005,
        "titleLinePt": measures.TITLE_LINE_PT,
        "characterPt": measures.CHARACTER_PT - 0.015,
        "red": measures.RED,
        "redRulePt": measures.RED_RULE_PT,
        "doubleRulePt": measures.DOUBLE_RULE_PT,
        "doubleRuleGapPt": measures.DOUBLE_RULE_GAP_PT,
        "imprintRulePt": measures.IMPRINT_RULE_PT,
        "letterRuleMm": measures.LETTER_RULE_MM,
        "letterMastheadTopMm": measures.LETTER_MASTHEAD_TOP_MM,
        "letterFootRuleMm": measures.LETTER_FOOT_RULE_MM,
        "fileMastheadTopMm": measures.FILE_MASTHEAD_TOP_MM,
        "ruleGapMm": measures.RULE_GAP_MM,
        "sevenEighthsPt": measures.SEVEN_EIGHTHS_PT,
        "dashBelowAreaMm": measures.DASH_BELOW_AREA_MM,
    }
