"""The text and what stands below it: attachments, signature, note, reply code, lists, imprint."""

from __future__ import annotations

import io
from collections.abc import Sequence

import segno
from docx.document import Document as WordDocument
from docx.shared import Mm
from docx.text.paragraph import Paragraph as WordParagraph

from schemas.documents import Document, Paragraph, Signature
from server.documents import measures
from server.documents.measures import CHARACTER_PT, LINE_PT, MM_TO_PT, characters
from server.documents.word.elements import Container, add_tab, add_text, element, put_paragraph, twips
from server.documents.word.heads import styled
from server.documents.word.page import BODY, CELL, LINE_TWIPS, SECTION, SMALL
from server.documents.word.tables import behind_table, foot_table, plain_table

_LEVEL_FACES = (None, "hei", "kai", None, None)
_AREA_PT = measures.AREA_MM[0] * MM_TO_PT
_ROOMY_IMPRINT = 26
_HELD_LINES = 8


def paragraphs(container: Container, texts: Sequence[Paragraph], *, hold_last: bool = False) -> None:
    """The body. The last paragraph holds on to what follows: no page may bear the seal and no text.

    A long one does not, for it would go to the next page whole.
    """
    for index, text in enumerate(texts):
        paragraph = styled(container, SECTION if text.level == 1 and not text.text else BODY)
        short = characters(text.heading + text.text) <= _HELD_LINES * measures.CHARACTERS
        if hold_last and short and index == len(texts) - 1:
            put_paragraph(paragraph, "keepNext")
        if text.heading:
            add_text(paragraph, text.heading, _LEVEL_FACES[text.level])
        if text.text:
            add_text(paragraph, text.text)


def attachments(word: WordDocument, content: Document) -> None:
    """附件：1. 名称 — a wrapped name goes on under the name."""
    label = content.attachments_label
    for index, name in enumerate(content.attachments):
        paragraph = word.add_paragraph()
        put_paragraph(paragraph, "keepNext")
        put_paragraph(paragraph, "jc", val="left")
        number = f"{index + 1}. "
        lead = characters(label) + (characters(number) if name.startswith(number) else 0.0)
        hanging = lead if index == 0 else lead - characters(label)
        _spaced(paragraph, LINE_PT if index == 0 else 0)
        put_paragraph(paragraph, "ind", left=twips((2 + lead) * CHARACTER_PT), hanging=twips(hanging * CHARACTER_PT))
        add_text(paragraph, (label if index == 0 else "") + name)


def signature(word: WordDocument, signed: Signature, *, held: bool) -> None:
    """The issuing body and the date: centred on each other for a seal, else stepped from the right.

    `held`: what follows stays on the page of the date.
    """
    body_pt, date_pt = (characters(text) * CHARACTER_PT for text in (signed.body, signed.dated.text))
    if signed.sealed:
        middle = _AREA_PT - 4 * CHARACTER_PT - date_pt / 2
        body_left = max(0.0, min(middle - body_pt / 2, _AREA_PT - body_pt))
        date_left = body_left + (body_pt - date_pt) / 2
        gap = 2 * LINE_PT
    else:
        edge = _AREA_PT - 2 * CHARACTER_PT
        body_left = max(0.0, edge - body_pt)
        date_left = body_left + 2 * CHARACTER_PT
        if date_left + date_pt > edge:
            date_left = edge - date_pt
            body_left = date_left - 2 * CHARACTER_PT
        gap = LINE_PT
    for text, left, before in ((signed.body, body_left, gap), (signed.dated.text, date_left, 0.0)):
        paragraph = word.add_paragraph()
        if before or held:
            put_paragraph(paragraph, "keepNext")
        _spaced(paragraph, before)
        put_paragraph(paragraph, "ind", left=twips(left))
        put_paragraph(paragraph, "jc", val="left")
        add_text(paragraph, text)


def note(word: WordDocument, content: Document) -> None:
    if content.note:
        paragraph = styled(word, BODY)
        if content.reply_code:
            put_paragraph(paragraph, "keepNext")
        put_paragraph(paragraph, "jc", val="left")
        add_text(paragraph, content.note)


def reply_code(word: WordDocument, content: Document) -> None:
    """The code and its words, side by side."""
    if content.reply_code is None:
        return
    stream = io.BytesIO()
    segno.make(content.reply_code.url, error="m", micro=False).save(stream, kind="png", scale=8, border=2)
    stream.seek(0)
    table = plain_table(word, (0.24, 0.76), 1, indent_pt=2 * CHARACTER_PT)
    left, right = table.rows[0].cells
    picture = left.paragraphs[0]
    put_paragraph(picture, "spacing", before=twips(8), after=0, line=240, lineRule="auto")
    picture.add_run().add_picture(stream, width=Mm(24))
    first = right.paragraphs[0]
    put_paragraph(first, "pStyle", val=CELL)
    put_paragraph(first, "spacing", before=twips(24), after=0, line=twips(18), lineRule="exact")
    add_text(first, "\n".join(content.reply_code.captions))


def lists(word: WordDocument, content: Document) -> None:
    """出席：… with names going on under the first name."""
    for index, entry in enumerate(content.lists):
        paragraph = word.add_paragraph()
        width = characters(entry.label)
        _spaced(paragraph, LINE_PT if index == 0 else 0)
        put_paragraph(paragraph, "ind", left=twips((2 + width) * CHARACTER_PT), hanging=twips(width * CHARACTER_PT))
        put_paragraph(paragraph, "jc", val="left")
        add_text(paragraph, entry.label, "hei")
        add_text(paragraph, entry.text)


def imprint(word: WordDocument, content: Document) -> None:
    """版记 at the lower edge of the last page's type area; a letter has only its copies there."""
    if not content.copied_to and not content.imprint:
        return
    behind_table(word)
    table = foot_table(word, bool(content.copied_to) + bool(content.imprint), ruled=content.imprint is not None)
    one = measures.SMALL_PT
    if content.copied_to:
        label = characters(content.copied_to.split("：")[0]) + 1
        paragraph = table.rows[0].cells[0].paragraphs[0]
        put_paragraph(paragraph, "pStyle", val=SMALL)
        put_paragraph(paragraph, "ind", left=twips(one * (1 + label)), right=twips(one), hanging=twips(one * label))
        add_text(paragraph, content.copied_to)
    if content.imprint:
        paragraph = table.rows[-1].cells[0].paragraphs[0]
        put_paragraph(paragraph, "pStyle", val=SMALL)
        put_paragraph(paragraph, "ind", left=twips(one), right=twips(one))
        put_paragraph(paragraph, "tabs", element("tab", {"val": "right", "pos": twips(_AREA_PT - one)}))
        tight = characters(content.imprint.office + content.imprint.printed) > _ROOMY_IMPRINT
        close = {"spacing": {"val": twips(-0.5) if tight else 0}}
        add_text(paragraph, content.imprint.office, None, close)
        add_tab(paragraph)
        add_text(paragraph, content.imprint.printed, None, close)


def _spaced(paragraph: WordParagraph, before: float) -> None:
    put_paragraph(paragraph, "spacing", before=twips(before), after=0, line=LINE_TWIPS, lineRule="exact")
