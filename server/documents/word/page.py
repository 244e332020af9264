"""The page, the styles and the page numbers of a DOCX."""

from __future__ import annotations

from datetime import UTC, datetime, time

import docx
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import _Footer
from docx.shared import Mm, Twips

from schemas.documents import Document
from server.documents import measures
from server.documents.layout import format_of
from server.documents.word.elements import (
    ALTERNATIVES,
    FACES,
    LATIN,
    add_page_field,
    add_text,
    put_paragraph,
    size,
    twips,
)

# Tried with LibreOffice: an exact line of 28.95 pt and -0.25 pt between characters give 22 lines of 28 characters.
LINE_TWIPS = 579
_TRACKING_TWIPS = -5
# So that the dashes of the page number lie 7 mm under the type area: its line is 14 pt and they run through its middle.
_FOOTER_MM = measures.BOTTOM_MM - measures.DASH_BELOW_AREA_MM - 2.3
BODY, TITLE, SECTION, SMALL, CELL = "GongwenBody", "GongwenTitle", "GongwenSection", "GongwenSmall", "GongwenCell"

_STYLES = f"""<w:styles {nsdecls("w")}><w:docDefaults><w:rPrDefault><w:rPr>
<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{FACES["fang"]}" w:cs="{LATIN}"/>
<w:spacing w:val="{_TRACKING_TWIPS}"/><w:sz w:val="32"/><w:szCs w:val="32"/>
<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>
<w:pPrDefault/></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/><w:pPr>
<w:widowControl w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:snapToGrid w:val="0"/>
<w:spacing w:before="0" w:after="0" w:line="{LINE_TWIPS}" w:lineRule="exact"/><w:jc w:val="both"/></w:pPr></w:style>
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/>
<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="50" w:type="dxa"/>
<w:bottom w:w="0" w:type="dxa"/><w:right w:w="50" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="{BODY}"><w:name w:val="公文正文"/><w:basedOn w:val="Normal"/>
<w:qFormat/><w:pPr><w:ind w:firstLineChars="200" w:firstLine="630"/></w:pPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="{TITLE}"><w:name w:val="公文标题"/><w:basedOn w:val="Normal"/>
<w:next w:val="{BODY}"/><w:qFormat/><w:pPr><w:keepNext/><w:spacing w:line="700" w:lineRule="exact"/>
<w:jc w:val="center"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr>
<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{FACES["head"]}" w:cs="{LATIN}"/>
<w:spacing w:val="0"/><w:sz w:val="44"/><w:szCs w:val="44"/></w:rPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="{SECTION}"><w:name w:val="公文一级标题"/>
<w:basedOn w:val="{BODY}"/><w:next w:val="{BODY}"/><w:qFormat/><w:pPr><w:keepNext/><w:outlineLvl w:val="1"/></w:pPr>
<w:rPr><w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{FACES["hei"]}" w:cs="{LATIN}"/></w:rPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="{SMALL}"><w:name w:val="公文四号"/><w:basedOn w:val="Normal"/>
<w:qFormat/><w:pPr><w:spacing w:line="480" w:lineRule="exact"/></w:pPr>
<w:rPr><w:spacing w:val="0"/><w:sz w:val="28"/><w:szCs w:val="28"/></w:rPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="{CELL}"><w:name w:val="公文表格"/><w:basedOn w:val="Normal"/>
<w:qFormat/><w:pPr><w:spacing w:line="300" w:lineRule="atLeast"/><w:jc w:val="left"/></w:pPr>
<w:rPr><w:spacing w:val="0"/><w:sz w:val="21"/><w:szCs w:val="21"/></w:rPr></w:style></w:styles>"""

_UNUSED_PARTS = ("stylesWithEffects", "customXml", "numbering", "webSettings")


def new_document(content: Document) -> WordDocument:
    """An empty document with page, styles, page numbers and properties. No macros, nothing of a template's author."""
    word = docx.Document()
    _drop_template(word)
    section = word.sections[0]
    section.page_width, section.page_height = Mm(measures.PAGE_MM[0]), Mm(measures.PAGE_MM[1])
    section.top_margin, section.bottom_margin = Twips(2098), Twips(1984)
    section.left_margin, section.right_margin = Twips(1587), Twips(1474)
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is not None:
        section._sectPr.remove(grid)
    section.footer_distance = Mm(_FOOTER_MM)
    section.header_distance = Mm(measures.LETTER_MASTHEAD_TOP_MM if format_of(content) == "letter" else 15)
    word.settings.odd_and_even_pages_header_footer = True
    if format_of(content) != "sheet":
        section.different_first_page_header_footer = format_of(content) == "letter"
        _page_number(section.footer, odd=True)
        _page_number(section.even_page_footer, odd=False)
    _properties(word, content)
    return word


def _drop_template(word: WordDocument) -> None:
    """Put the styles in place of the template's, and leave out its parts that nothing refers to."""
    styles = word.styles.element
    for child in list(styles):
        styles.remove(child)
    styles.extend(list(parse_xml(_STYLES.replace("\n", ""))))
    relations = word.part.rels
    for key in [key for key, found in relations.items() if found.reltype.rsplit("/", 1)[1] in _UNUSED_PARTS]:
        del relations[key]
    table = next(found.target_part for found in relations.values() if found.reltype.endswith("/fontTable"))
    table._blob = _font_table()
    settings = word.settings.element
    settings.find(qn("w:zoom")).set(qn("w:percent"), "100")
    settings.find(qn("w:themeFontLang")).set(qn("w:eastAsia"), "zh-CN")
    settings.find(qn("w:compat")).find(qn("w:compatSetting")).set(qn("w:val"), "15")


def _font_table() -> bytes:
    """The named faces with what Windows and WPS bring instead of them."""
    listed = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/><w:family w:val="auto"/>'
        '<w:pitch w:val="variable"/></w:font>'
        for name, other in ALTERNATIVES.items()
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><w:fonts {nsdecls("w")}>{listed}</w:fonts>'.encode()


def _page_number(footer: _Footer, *, odd: bool) -> None:
    """— 1 — in 4号: odd pages right, even pages left, one character in."""
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.style = None
    put_paragraph(paragraph, "spacing", before=0, after=0, line=twips(measures.SMALL_PT), lineRule="exact")
    one = twips(measures.BODY_PT)
    put_paragraph(paragraph, "ind", **{"right" if odd else "left": one})
    put_paragraph(paragraph, "jc", val="right" if odd else "left")
    style = size(measures.SMALL_PT)
    add_text(paragraph, "— ", "song", style)
    add_page_field(paragraph, style)
    add_text(paragraph, " —", "song", style)


def _properties(word: WordDocument, content: Document) -> None:
    properties = word.core_properties
    dated = content.signature.dated if content.signature else content.signed
    on = dated.on if dated else None
    moment = datetime.combine(on, time(), tzinfo=UTC) if on else datetime(1970, 1, 1, tzinfo=UTC)
    properties.author = properties.last_modified_by = content.issuer
    properties.title = content.title
    properties.language = "zh-CN"
    properties.comments = properties.keywords = properties.subject = ""
    properties.identifier = content.number.text if content.number else ""
    properties.revision = 1
    properties.created = properties.modified = moment
