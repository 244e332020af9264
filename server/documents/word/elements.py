"""WordprocessingML elements. Word repairs a file whose properties stand in another order than the schema's: so one
function puts them in, by that order. Lengths are points; twips, half-points and EMU are made here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph as WordParagraph

Attributes = Mapping[str, str | int]
NOTHING: Mapping[str, Attributes] = {}
# XML 1.0 has no way to write these: a text that was pasted with one must not keep a letter from being written.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

PARAGRAPH_ORDER = [
    "pStyle",
    "keepNext",
    "keepLines",
    "pageBreakBefore",
    "framePr",
    "widowControl",
    "numPr",
    "suppressLineNumbers",
    "pBdr",
    "shd",
    "tabs",
    "suppressAutoHyphens",
    "kinsoku",
    "wordWrap",
    "overflowPunct",
    "topLinePunct",
    "autoSpaceDE",
    "autoSpaceDN",
    "bidi",
    "adjustRightInd",
    "snapToGrid",
    "spacing",
    "ind",
    "contextualSpacing",
    "mirrorIndents",
    "suppressOverlap",
    "jc",
    "textDirection",
    "textAlignment",
    "textboxTightWrap",
    "outlineLvl",
    "divId",
    "cnfStyle",
    "rPr",
    "sectPr",
    "pPrChange",
]
RUN_ORDER = [
    "rStyle",
    "rFonts",
    "b",
    "bCs",
    "i",
    "iCs",
    "caps",
    "smallCaps",
    "strike",
    "dstrike",
    "outline",
    "shadow",
    "emboss",
    "imprint",
    "noProof",
    "snapToGrid",
    "vanish",
    "webHidden",
    "color",
    "spacing",
    "w",
    "kern",
    "position",
    "sz",
    "szCs",
    "highlight",
    "u",
    "effect",
    "bdr",
    "shd",
    "fitText",
    "vertAlign",
    "rtl",
    "cs",
    "em",
    "lang",
    "eastAsianLayout",
    "specVanish",
    "oMath",
]

# The named faces of the standard: none is free, and every office of this kind has them.
FACES = {"head": "方正小标宋简体", "fang": "仿宋_GB2312", "kai": "楷体_GB2312", "hei": "黑体", "song": "宋体"}
ALTERNATIVES = {
    "方正小标宋简体": "FZXiaoBiaoSong-B05S",
    "仿宋_GB2312": "FangSong",
    "楷体_GB2312": "KaiTi",
    "黑体": "SimHei",
    "宋体": "SimSun",
}
LATIN = "Times New Roman"


class Container(Protocol):
    """What paragraphs can be added to: a document, a header, a cell."""

    def add_paragraph(self, text: str = "", style: Any = None) -> WordParagraph: ...


def twips(points: float) -> int:
    return round(points * 20)


def emu(points: float) -> int:
    return round(points * 12700)


def element(tag: str, attributes: Attributes | None = None, *children: BaseOxmlElement) -> BaseOxmlElement:
    """An element of the `w:` name space with `w:` attributes."""
    made: BaseOxmlElement = OxmlElement(f"w:{tag}")
    for name, value in (attributes or {}).items():
        made.set(qn(f"w:{name}"), str(value))
    made.extend(children)
    return made


def put(
    properties: BaseOxmlElement, order: Sequence[str], tag: str, *children: BaseOxmlElement, **attributes: str | int
) -> None:
    """Set one property, in its place."""
    for old in properties.findall(qn(f"w:{tag}")):
        properties.remove(old)
    place = order.index(tag)
    later = [index for index, child in enumerate(properties) if order.index(child.tag.split("}")[1]) > place]
    properties.insert(later[0] if later else len(properties), element(tag, attributes, *children))


def put_paragraph(paragraph: WordParagraph, tag: str, *children: BaseOxmlElement, **attributes: str | int) -> None:
    """Set a property of a paragraph."""
    put(paragraph._p.get_or_add_pPr(), PARAGRAPH_ORDER, tag, *children, **attributes)


def fonts(face: str) -> dict[str, str]:
    """The `w:rFonts` of a role: Chinese in its face, Latin letters and digits in Times New Roman."""
    latin = FACES[face] if face == "song" else LATIN
    return {"ascii": latin, "hAnsi": latin, "eastAsia": FACES[face], "cs": LATIN}


def add_text(
    paragraph: WordParagraph, text: str, face: str | None = None, properties: Mapping[str, Attributes] = NOTHING
) -> BaseOxmlElement:
    """Add a run; `properties` are run properties by tag. Line feeds in the text become breaks."""
    run = element("r", None, element("rPr"))
    settings = run[0]
    if face:
        put(settings, RUN_ORDER, "rFonts", **fonts(face))
    for tag, attributes in properties.items():
        put(settings, RUN_ORDER, tag, **attributes)
    if len(settings) == 0:
        run.remove(settings)
    for index, line in enumerate(text.split("\n")):
        if index:
            run.append(element("br"))
        run.append(_text(line))
    paragraph._p.append(run)
    return run


def _text(text: str) -> BaseOxmlElement:
    made = element("t")
    made.text = _UNWRITABLE.sub("", text)
    made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made


def add_tab(paragraph: WordParagraph) -> None:
    paragraph._p.append(element("r", None, element("tab")))


def add_page_field(paragraph: WordParagraph, properties: Mapping[str, Attributes]) -> None:
    """The PAGE field, with a first value for viewers that do not count."""
    for kind in ("begin", None, "separate", "1", "end"):
        run = add_text(paragraph, "", "song", properties)
        run.remove(run[-1])
        if kind is None:
            code = element("instrText")
            code.text = "PAGE"
            run.append(code)
        elif kind == "1":
            run.append(_text(kind))
        else:
            run.append(element("fldChar", {"fldCharType": kind}))


def size(points: float) -> dict[str, Attributes]:
    """Run properties for a size, with no space taken from between the characters."""
    half_points = round(points * 2)
    return {"spacing": {"val": 0}, "sz": {"val": half_points}, "szCs": {"val": half_points}}
