"""The head of each format, down to the title."""

from __future__ import annotations

import math

from docx.document import Document as WordDocument
from docx.text.paragraph import Paragraph as WordParagraph

from schemas.documents import Document
from server.documents import measures
from server.documents.layout import heading_lines
from server.documents.measures import LINE_PT, MM_TO_PT
from server.documents.word.elements import (
    Attributes,
    Container,
    add_tab,
    add_text,
    element,
    put_paragraph,
    size,
    twips,
)
from server.documents.word.page import LINE_TWIPS, TITLE
from server.documents.word.shapes import add_double_rule, add_mark

# Where an exact line puts its characters: this part of what it has to spare lies above them.
_ABOVE = 0.65
_SLACK_BELOW_PT = (LINE_PT - measures.BODY_PT) * (1 - _ABOVE)
_SLACK_ABOVE_PT = (LINE_PT - measures.BODY_PT) * _ABOVE
_AREA_TWIPS = twips(measures.AREA_MM[0] * MM_TO_PT)
_MASTHEAD_ROOM = 0.99


def styled(container: Container, style: str) -> WordParagraph:
    """An empty paragraph of one of our styles."""
    paragraph = container.add_paragraph()
    put_paragraph(paragraph, "pStyle", val=style)
    return paragraph


def letter_head(word: WordDocument, content: Document) -> None:
    """信函格式: the name and both double rules in the first page's header, the number as the text's first line."""
    section = word.sections[0]
    header, footer = section.first_page_header, section.first_page_footer
    header.is_linked_to_previous = footer.is_linked_to_previous = False
    name = header.paragraphs[0]
    name.style = footer.paragraphs[0].style = None
    height = _masthead(name, content.masthead)
    thick, thin = measures.DOUBLE_RULE_PT
    rules = thick + thin + measures.DOUBLE_RULE_GAP_PT
    top = measures.LETTER_MASTHEAD_TOP_MM * MM_TO_PT + height + measures.RULE_GAP_MM * MM_TO_PT
    add_double_rule(name, top, thick, thin, 1)
    foot = (measures.PAGE_MM[1] - measures.LETTER_FOOT_RULE_MM) * MM_TO_PT - rules
    add_double_rule(name, foot, thin, thick, 3)
    _spacing(name, 0, measures.RULE_GAP_MM * MM_TO_PT + rules, height)
    lines = _marks(content) or [("", "fang")]
    for index, (mark, face) in enumerate(lines):
        paragraph = word.add_paragraph()
        before = measures.SEVEN_EIGHTHS_PT - _SLACK_ABOVE_PT if index == 0 else 0.0
        _spacing(paragraph, before, 0, LINE_PT)
        _tabs(paragraph, ("right", _AREA_TWIPS))
        add_text(paragraph, mark, face)
        if index == 0 and content.status_mark:
            # Hung on the text: in the first page's header LibreOffice draws its word at the page's corner.
            add_mark(paragraph, content.status_mark, 9)
        if index == 0 and content.number:
            add_tab(paragraph)
            add_text(paragraph, content.number.text)


def file_head(word: WordDocument, content: Document) -> None:
    """文件格式 and 纪要格式: the name 35 mm into the type area, the number, a red rule under it."""
    marks = _marks(content)
    for mark, face in marks:
        add_text(word.add_paragraph(), mark, face)
    name = word.add_paragraph()
    height = _masthead(name, content.masthead)
    above = (measures.FILE_MASTHEAD_TOP_MM - measures.TOP_MM) * MM_TO_PT - len(marks) * LINE_PT
    _spacing(name, above, 2 * LINE_PT, height)
    _red_rule(_number_row(word, content))


def mark_pages(word: WordDocument, content: Document) -> None:
    """The status of an unfinished copy on every page; a letter's first page has it from its head."""
    if not content.status_mark:
        return
    for number, header in enumerate((word.sections[0].header, word.sections[0].even_page_header)):
        header.is_linked_to_previous = False
        header.paragraphs[0].style = None
        _spacing(header.paragraphs[0], 0, 0, 1)
        add_mark(header.paragraphs[0], content.status_mark, 10 + number)


def _number_row(word: WordDocument, content: Document) -> WordParagraph:
    """The line over the red rule: the number, beside it the signer of an 上行文; minutes name body and date there."""
    row = word.add_paragraph()
    number = content.number.text if content.number else ""
    if content.kind == "minutes":
        _centred(row, number)
        _spacing(row, 0, LINE_PT, LINE_PT)
        row = word.add_paragraph()
        _both_ends(row, content.issuer)
        add_text(row, content.signed.text if content.signed else "")
    elif content.signer:
        _both_ends(row, number)
        add_text(row, content.signer.label)
        add_text(row, content.signer.text, "kai")
    else:
        _centred(row, number)
    return row


def _centred(paragraph: WordParagraph, text: str) -> None:
    put_paragraph(paragraph, "jc", val="center")
    add_text(paragraph, text)


def _both_ends(paragraph: WordParagraph, left: str) -> None:
    """Text one character in from the left; what is added then ends one character in from the right."""
    inset = twips(measures.CHARACTER_PT)
    _tabs(paragraph, ("left", inset), ("right", _AREA_TWIPS - inset))
    add_tab(paragraph)
    add_text(paragraph, left)
    add_tab(paragraph)


def title(word: WordDocument, content: Document) -> None:
    """Two lines below the last element above; the lines are broken by hand."""
    paragraph = styled(word, TITLE)
    _spacing(paragraph, 2 * LINE_PT, LINE_PT, measures.TITLE_LINE_PT)
    add_text(paragraph, "\n".join(heading_lines(content)))


def salutation(word: WordDocument, content: Document) -> None:
    if content.salutation:
        add_text(word.add_paragraph(), content.salutation)


def masthead_line(word: WordDocument, text: str) -> None:
    """The red name above a 呈批 sheet."""
    paragraph = word.add_paragraph()
    height = _masthead(paragraph, text)
    _spacing(paragraph, 0, 14, height)


def _masthead(paragraph: WordParagraph, text: str) -> float:
    """Set the name; the height of its line in points, which is that of its characters."""
    wanted, scale = measures.masthead_size(text)
    # Half points and whole per cents, rounded down: a name that is a hair too wide would break.
    points = math.floor(wanted * 2 * _MASTHEAD_ROOM) / 2
    put_paragraph(paragraph, "jc", val="center")
    shown: dict[str, Attributes] = {
        "color": {"val": measures.RED},
        "w": {"val": math.floor(scale * 100)},
        **size(points),
    }
    add_text(paragraph, text, "head", shown)
    return points


def _marks(content: Document) -> list[tuple[str, str]]:
    marks = content.markings
    listed = [(marks.copy, "fang"), (marks.secrecy, "hei"), (marks.urgency, "hei")]
    return [(mark, face) for mark, face in listed if mark]


def _spacing(paragraph: WordParagraph, before: float, after: float, line: float) -> None:
    height = LINE_TWIPS if line == LINE_PT else twips(line)
    put_paragraph(paragraph, "spacing", before=twips(max(before, 0)), after=twips(after), line=height, lineRule="exact")


def _tabs(paragraph: WordParagraph, *stops: tuple[str, int]) -> None:
    put_paragraph(paragraph, "tabs", *(element("tab", {"val": kind, "pos": place}) for kind, place in stops))


def _red_rule(paragraph: WordParagraph) -> None:
    """A red border 4 mm below the characters, as wide as the type area."""
    gap = round(measures.RULE_GAP_MM * MM_TO_PT - _SLACK_BELOW_PT)
    rule: Attributes = {"val": "single", "sz": round(measures.RED_RULE_PT * 8), "space": gap, "color": measures.RED}
    put_paragraph(paragraph, "pBdr", element("bottom", rule))
