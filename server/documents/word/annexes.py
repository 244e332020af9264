"""附件 on pages of their own, and the 呈批 sheet: what is set in tables."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from itertools import zip_longest

from docx.document import Document as WordDocument
from docx.shared import Mm
from docx.table import Table, _Cell
from PIL import Image

from schemas.documents import Annex, Document, FormBox, PhotoPair, Picture
from server.documents import measures
from server.documents.layout import PROBLEM_COLUMNS, Column, columns_of
from server.documents.title_lines import title_lines
from server.documents.word.elements import add_text, put_paragraph, size, twips
from server.documents.word.heads import styled
from server.documents.word.page import BODY, CELL, LINE_TWIPS, SMALL, TITLE
from server.documents.word.tables import centred_in_height, plain_table, row_properties, ruled_table
from server.documents.word.text import paragraphs

_PICTURE_MM = (75.0, 58.0)
_CAPTION_PT = 12.0
_BOX_MM = {"half": 12.0, "line": 12.0, "text": 20.0, "room": 52.0}
_LABEL_SHARE = 1 / 6


def annex(word: WordDocument, given: Annex, copies: Mapping[str, bytes]) -> None:
    """One annex: its label in 黑体 on the first line, its title on the third, then what it holds."""
    label = word.add_paragraph()
    put_paragraph(label, "pageBreakBefore")
    add_text(label, given.label, "hei")
    heading = styled(word, TITLE)
    put_paragraph(heading, "spacing", before=LINE_TWIPS, after=LINE_TWIPS // 2, line=700, lineRule="exact")
    put_paragraph(heading, "outlineLvl", val=1)
    add_text(heading, "\n".join(title_lines(given.title)))
    paragraphs(word, given.paragraphs)
    if given.problems:
        fields = ("serial", "site", "problem", "basis", "severity", "reason", "due", "photos")
        rows = [[str(getattr(row, field)) for field in fields] for row in given.problems.rows]
        _listing(word, given.problems.headings, rows, PROBLEM_COLUMNS)
    if given.table:
        _listing(word, given.table.headings, given.table.rows, columns_of(given.table))
    for pair in given.photos:
        _pair(word, pair, copies)
    if given.footnote:
        paragraph = styled(word, CELL)
        put_paragraph(paragraph, "spacing", before=twips(4), after=0, line=twips(18), lineRule="exact")
        add_text(paragraph, given.footnote)


def form(word: WordDocument, content: Document) -> None:
    """The 呈批 sheet: short boxes two in a row, the last one blank for the leader's hand."""
    rows: list[list[FormBox]] = []
    for box in content.form:
        beside = box.size == "half" and rows and rows[-1][0].size == "half" and len(rows[-1]) == 1
        if beside:
            rows[-1].append(box)
        else:
            rows.append([box])
    table = ruled_table(word, (_LABEL_SHARE, 0.5 - _LABEL_SHARE) * 2, len(rows))
    for index, boxes in enumerate(rows):
        height = twips(_BOX_MM[boxes[0].size] * measures.MM_TO_PT)
        row_properties(table, index, ("cantSplit", {}), ("trHeight", {"val": height, "hRule": "atLeast"}))
        cells = table.rows[index].cells
        for place, box in enumerate(boxes):
            wide = cells[1].merge(cells[3]) if len(boxes) == 1 else cells[place * 2 + 1]
            _box(cells[place * 2], wide, box)


def _box(label: _Cell, filling: _Cell, box: FormBox) -> None:
    centred_in_height(label)
    centred_in_height(filling)
    first = label.paragraphs[0]
    put_paragraph(first, "pStyle", val=SMALL)
    put_paragraph(first, "jc", val="center")
    add_text(first, box.label, "hei")
    text = filling.paragraphs[0]
    put_paragraph(text, "pStyle", val=SMALL)
    put_paragraph(text, "jc", val="left")
    add_text(text, box.text)
    for index, given in enumerate(box.paragraphs):
        paragraph = text if index == 0 and not box.text else styled(filling, SMALL)
        put_paragraph(paragraph, "ind", firstLineChars=200, firstLine=twips(2 * measures.SMALL_PT))
        add_text(paragraph, given.heading + given.text)


def _listing(
    word: WordDocument, headings: Sequence[str], rows: Sequence[Sequence[str]], columns: Sequence[Column]
) -> None:
    table = ruled_table(word, [column.width for column in columns], len(rows) + 1)
    row_properties(table, 0, ("cantSplit", {}), ("tblHeader", {}))
    _fill(table, 0, headings, columns, heading=True)
    for index, row in enumerate(rows, 1):
        row_properties(table, index, ("cantSplit", {}))
        _fill(table, index, row, columns)


def _fill(table: Table, index: int, texts: Sequence[str], columns: Sequence[Column], *, heading: bool = False) -> None:
    for cell, text, column in zip(table.rows[index].cells, texts, columns, strict=True):
        centred_in_height(cell)
        paragraph = cell.paragraphs[0]
        put_paragraph(paragraph, "pStyle", val=CELL)
        put_paragraph(paragraph, "jc", val="center" if heading else column.align)
        add_text(paragraph, text, "hei" if heading else None)


def _pair(word: WordDocument, pair: PhotoPair, copies: Mapping[str, bytes]) -> None:
    """Before beside after where something was repaired, two in a row where not."""
    caption = styled(word, BODY)
    put_paragraph(caption, "keepNext")
    put_paragraph(caption, "ind", firstLineChars=0, firstLine=0)
    put_paragraph(caption, "spacing", before=twips(8), after=0, line=twips(20), lineRule="exact")
    add_text(caption, pair.caption, None, size(_CAPTION_PT))
    rows: list[tuple[Picture | None, Picture | None]] = (
        list(zip_longest(pair.before, pair.after))
        if pair.after
        else list(zip_longest(pair.before[::2], pair.before[1::2]))
    )
    table = plain_table(word, (0.5, 0.5), len(rows))
    for index, row in enumerate(rows):
        row_properties(table, index, ("cantSplit", {}))
        for cell, picture in zip(table.rows[index].cells, row, strict=True):
            if picture:
                _picture(cell, picture, copies)


def _picture(cell: _Cell, picture: Picture, copies: Mapping[str, bytes]) -> None:
    place = cell.paragraphs[0]
    put_paragraph(place, "jc", val="center")
    put_paragraph(place, "spacing", before=twips(3), after=0, line=240, lineRule="auto")
    if picture.sha256:
        copy = copies[picture.sha256]
        with Image.open(io.BytesIO(copy)) as image:
            scale = min(_PICTURE_MM[0] / image.width, _PICTURE_MM[1] / image.height)
            width = image.width * scale
        place.add_run().add_picture(io.BytesIO(copy), width=Mm(width))
    else:
        add_text(place, picture.absence, None, size(_CAPTION_PT))
    if picture.caption:
        below = styled(cell, CELL)
        put_paragraph(below, "jc", val="center")
        put_paragraph(below, "spacing", before=0, after=0, line=twips(20), lineRule="exact")
        add_text(below, picture.caption, None, size(_CAPTION_PT))
