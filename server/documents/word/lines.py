"""Red rules as line shapes at a place of the page: they stay there however the text below is edited."""

from __future__ import annotations

from docx.oxml import parse_xml
from docx.text.paragraph import Paragraph as WordParagraph

from server.documents.measures import (
    DOUBLE_RULE_GAP_PT,
    LETTER_RULE_MM,
    MM_TO_PT,
    PAGE_MM,
    RED,
)
from server.documents.word.elements import element, emu

_SHAPE = """<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
 xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><mc:Choice Requires="wps"><w:drawing>
<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="{number}" behindDoc="1" locked="0"
 layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>
<wp:positionH relativeFrom="page"><wp:posOffset>{x}</wp:posOffset></wp:positionH>
<wp:positionV relativeFrom="page"><wp:posOffset>{y}</wp:posOffset></wp:positionV>
<wp:extent cx="{width}" cy="0"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>
<wp:docPr id="{number}" name="Line {number}"/><wp:cNvGraphicFramePr/>
<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>
<wps:cNvCnPr/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="0"/></a:xfrm>
<a:prstGeom prst="line"><a:avLst/></a:prstGeom><a:ln w="{thickness}"><a:solidFill><a:srgbClr val="{red}"/></a:solidFill>
</a:ln></wps:spPr><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>
</mc:AlternateContent>"""


def add_double_rule(paragraph: WordParagraph, top_pt: float, upper_pt: float, lower_pt: float, number: int) -> None:
    """Two lines of 170 mm, centred on the page, the first one's upper edge `top_pt` below the page's."""
    _add_line(paragraph, top_pt + upper_pt / 2, upper_pt, number)
    _add_line(paragraph, top_pt + upper_pt + DOUBLE_RULE_GAP_PT + lower_pt / 2, lower_pt, number + 1)


def _add_line(paragraph: WordParagraph, middle_pt: float, thickness_pt: float, number: int) -> None:
    width = LETTER_RULE_MM * MM_TO_PT
    shape = _SHAPE.format(
        number=number, x=emu((PAGE_MM[0] * MM_TO_PT - width) / 2), y=emu(middle_pt), width=emu(width),
        thickness=emu(thickness_pt), red=RED,
    )  # fmt: skip
    run = element("r")
    run.append(parse_xml(shape.replace("\n", "")))
    paragraph._p.append(run)
