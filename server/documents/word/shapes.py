"""Shapes at a place of the page: red rules, and the box that marks an unfinished copy. Editing moves neither."""

from __future__ import annotations

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run

from server.documents.measures import (
    DOUBLE_RULE_GAP_PT,
    LETTER_RULE_MM,
    MM_TO_PT,
    PAGE_MM,
    RED,
    RIGHT_MM,
    characters,
)
from server.documents.word.elements import add_text, element, emu, put_paragraph, size, twips

_SHAPE = """<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
 xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><mc:Choice Requires="wps"><w:drawing>
<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="{number}" behindDoc="1" locked="0"
 layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>
<wp:positionH relativeFrom="page"><wp:posOffset>{x}</wp:posOffset></wp:positionH>
<wp:positionV relativeFrom="page"><wp:posOffset>{y}</wp:posOffset></wp:positionV>
<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>
<wp:docPr id="{number}" name="Shape {number}"/><wp:cNvGraphicFramePr/>
<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>
{kind}<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>
<a:prstGeom prst="{shape}"><a:avLst/></a:prstGeom>{fill}<a:ln w="{thickness}"><a:solidFill><a:srgbClr val="{colour}"/>
</a:solidFill></a:ln></wps:spPr>{inside}</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>
</mc:AlternateContent>"""
_GREY = "5A5A5A"
_MARK_PT, _MARK_TOP_MM, _MARK_LINE_PT = 10.5, 18.0, 15.0


def add_double_rule(paragraph: WordParagraph, top_pt: float, upper_pt: float, lower_pt: float, number: int) -> None:
    """Two lines of 170 mm, centred on the page, the first one's upper edge `top_pt` below the page's."""
    _add_line(paragraph, top_pt + upper_pt / 2, upper_pt, number)
    _add_line(paragraph, top_pt + upper_pt + DOUBLE_RULE_GAP_PT + lower_pt / 2, lower_pt, number + 1)


def add_mark(paragraph: WordParagraph, text: str, number: int) -> None:
    """A word in a grey frame, at the right above the type area."""
    width = characters(text) * _MARK_PT + 8
    inner = parse_xml(f"<w:p {nsdecls('w')}/>")
    words = WordParagraph(inner, paragraph._parent)
    put_paragraph(words, "spacing", before=0, after=0, line=twips(_MARK_LINE_PT - 1), lineRule="exact")
    put_paragraph(words, "jc", val="center")
    add_text(words, text, "hei", {"color": {"val": _GREY}, **size(_MARK_PT)})
    run = _add_shape(
        paragraph, number=number, x=emu((PAGE_MM[0] - RIGHT_MM) * MM_TO_PT - width), y=emu(_MARK_TOP_MM * MM_TO_PT),
        width=emu(width), height=emu(_MARK_LINE_PT), shape="rect", thickness=emu(0.5), colour=_GREY,
        kind='<wps:cNvSpPr txBox="1"/>', fill="<a:noFill/>",
        inside="<wps:txbx><w:txbxContent/></wps:txbx>"
        '<wps:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/>',
    )  # fmt: skip
    run._r.xpath(".//w:txbxContent")[0].append(inner)


def _add_line(paragraph: WordParagraph, middle_pt: float, thickness_pt: float, number: int) -> None:
    width = LETTER_RULE_MM * MM_TO_PT
    _add_shape(
        paragraph, number=number, x=emu((PAGE_MM[0] * MM_TO_PT - width) / 2), y=emu(middle_pt), width=emu(width),
        height=0, shape="line", thickness=emu(thickness_pt), colour=RED, kind="<wps:cNvCnPr/>", fill="",
        inside="<wps:bodyPr/>",
    )  # fmt: skip


def _add_shape(paragraph: WordParagraph, **values: str | int) -> Run:
    run = element("r")
    run.append(parse_xml(_SHAPE.format(**values).replace("\n", "")))
    paragraph._p.append(run)
    return Run(run, paragraph)
