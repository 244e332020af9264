"""The DOCX: its measures in the file, the schema's order, and what LibreOffice makes of it."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import time
import zipfile
from datetime import UTC, datetime
from typing import Any

import docx
import msgspec
import pytest
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from lxml import etree

from schemas.documents import Document, Paragraph
from server.documents.docx import render_docx
from server.documents.layout import heading_lines
from server.documents.word.elements import PARAGRAPH_ORDER, RUN_ORDER
from tests.contract.documents import measuring
from tests.factories import documents as sample

KINDS = list(sample.of_each_kind())
MM_TO_PT = 72 / 25.4
# The faces that the office has, by what this machine has instead of them.
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include>
<alias binding="same"><family>仿宋_GB2312</family><prefer><family>FandolFang R</family></prefer></alias>
<alias binding="same"><family>楷体_GB2312</family><prefer><family>FandolKai</family></prefer></alias>
<alias binding="same"><family>黑体</family><prefer><family>FandolHei</family></prefer></alias>
<alias binding="same"><family>宋体</family><prefer><family>FandolSong</family></prefer></alias>
<alias binding="same"><family>方正小标宋简体</family><prefer><family>FandolSong</family></prefer></alias>
</fontconfig>"""


def rendered(document: Document) -> bytes:
    return render_docx(document, sample.PHOTOS)


def read(data: bytes) -> WordDocument:
    return docx.Document(io.BytesIO(data))


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def full_page() -> Document:
    return msgspec.structs.replace(
        sample.assignment(), body=(Paragraph(text="文明创建" * 400),), annexes=(), attachments=()
    )


def test_a_text_with_characters_that_no_xml_can_hold_is_written_without_them() -> None:
    pasted = msgspec.structs.replace(full_page(), body=(Paragraph(text="地面\x0b破损\x00\uffff，限期整改"),))
    assert "地面破损，限期整改" in "".join(paragraph.text for paragraph in read(rendered(pasted)).paragraphs)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What LibreOffice prints of one document of each kind, and of a full page, by name."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed: make .make/office")
    folder = tmp_path_factory.mktemp("office")
    documents = {str(kind): document for kind, document in sample.of_each_kind().items()}
    for name, document in {**documents, "full_page": full_page()}.items():
        (folder / f"{name}.docx").write_bytes(rendered(document))
    (folder / "fonts.conf").write_text(FONTS, encoding="utf-8")
    subprocess.run(
        [office, "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf",
         "--outdir", str(folder), *map(str, sorted(folder.glob("*.docx")))],
        check=True, capture_output=True, timeout=240, env={**os.environ, "FONTCONFIG_FILE": str(folder / "fonts.conf")},
    )  # fmt: skip
    return {path.stem: path.read_bytes() for path in folder.glob("*.pdf")}


@pytest.mark.parametrize("kind", KINDS)
def test_page_and_styles_are_the_tried_ones(kind: Any) -> None:
    word = read(rendered(sample.of_each_kind()[kind]))
    section = word.sections[0]
    edges = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [edge.twips if edge is not None else 0 for edge in edges] == [2098, 1984, 1587, 1474]
    assert section.page_width is not None and round(section.page_width.mm) == 210
    assert section.page_height is not None and round(section.page_height.mm) == 297
    styles = etree.tostring(word.styles.element, encoding="unicode")
    assert 'w:line="579"' in styles and 'w:lineRule="exact"' in styles
    assert '<w:spacing w:val="-5"/><w:sz w:val="32"/>' in styles
    assert word.settings.odd_and_even_pages_header_footer


def test_the_faces_are_the_named_ones_with_what_other_machines_have() -> None:
    files = parts(rendered(sample.situation_report()))
    body = files["word/document.xml"].decode()
    for face in ("方正小标宋简体", "楷体_GB2312"):
        assert f'w:eastAsia="{face}"' in body
    styles = files["word/styles.xml"].decode()
    for face in ("仿宋_GB2312", "黑体", "方正小标宋简体"):
        assert f'w:eastAsia="{face}"' in styles
    table = files["word/fontTable.xml"].decode()
    for face, other in {"仿宋_GB2312": "FangSong", "楷体_GB2312": "KaiTi", "黑体": "SimHei"}.items():
        assert f'w:name="{face}"><w:altName w:val="{other}"/>' in table


@pytest.mark.parametrize("kind", KINDS)
def test_properties_stand_in_the_schemas_order(kind: Any) -> None:
    for name, data in parts(rendered(sample.of_each_kind()[kind])).items():
        if not re.fullmatch(r"word/(document|styles|header\d|footer\d)\.xml", name):
            continue
        tree = etree.fromstring(data)
        for tag, order in (("pPr", PARAGRAPH_ORDER), ("rPr", RUN_ORDER)):
            for properties in tree.iter(qn(f"w:{tag}")):
                places = [order.index(etree.QName(child).localname) for child in properties]
                assert places == sorted(set(places)), (name, etree.tostring(properties))


@pytest.mark.parametrize("kind", KINDS)
def test_the_package_is_whole_and_holds_no_macro(kind: Any) -> None:
    files = parts(rendered(sample.of_each_kind()[kind]))
    assert not [name for name in files if "vba" in name.lower() or name.endswith(".bin")]
    for name, data in files.items():
        if not name.endswith(".rels"):
            continue
        folder = "" if name == "_rels/.rels" else "word/"
        for relation in etree.fromstring(data):
            target = relation.get("Target") or ""
            assert relation.get("TargetMode") != "External"
            assert (target.lstrip("/") if target.startswith("/") else folder + target) in files, target
    identities = re.findall(r'<wp:docPr[^>]* id="(\d+)"', files["word/document.xml"].decode())
    assert len(identities) == len(set(identities))
    body = etree.fromstring(files["word/document.xml"])[0]
    assert [etree.QName(child).localname for child in body][-2:] == ["p", "sectPr"]


def test_properties_name_the_issuing_body() -> None:
    document = sample.assignment()
    properties = read(rendered(document)).core_properties
    assert properties.author == properties.last_modified_by == document.issuer
    assert properties.title == document.title
    assert properties.language == "zh-CN"
    assert properties.created == datetime(2026, 11, 10, tzinfo=UTC)


def test_the_same_content_makes_the_same_bytes() -> None:
    assert rendered(sample.reply()) == rendered(sample.reply())


@pytest.mark.parametrize("kind", KINDS)
def test_every_word_of_the_content_is_in_the_file(kind: Any) -> None:
    document = sample.of_each_kind()[kind]
    files = parts(rendered(document))
    text = "".join(
        re.sub(r"<[^>]+>", "", data.decode())
        for name, data in files.items()
        if re.match(r"word/(document|header)", name)
    )
    words = [document.masthead, *heading_lines(document)] if kind != "approval" else [document.masthead, document.title]
    words += [paragraph.heading + paragraph.text for paragraph in document.body]
    words += [document.note, document.copied_to, *(annex.title for annex in document.annexes)]
    for word in words:
        assert word in text, word


def test_libreoffice_prints_a_full_page_of_22_lines_of_28_characters(printed: dict[str, bytes]) -> None:
    with measuring.opened(printed["full_page"]) as pdf:
        lines = [line for line in measuring.lines_of(pdf.pages[1]) if line.strip()]
        left, top, right, bottom = measuring.type_area(pdf.pages[1])
    assert [len(line) for line in lines] == [28] * 22
    assert (left, right) == pytest.approx((28, 184), abs=1)
    assert top >= 36
    assert bottom <= 263


@pytest.mark.parametrize("kind", KINDS)
def test_libreoffice_opens_every_kind_and_prints_it_on_a4(kind: Any, printed: dict[str, bytes]) -> None:
    document = sample.of_each_kind()[kind]
    with measuring.opened(printed[str(kind)]) as pdf:
        for page in pdf.pages:
            assert (page.width / MM_TO_PT, page.height / MM_TO_PT) == pytest.approx((210, 297), abs=0.5)
        assert 1 <= len(pdf.pages) <= 6
    assert measuring.missing_glyphs(printed[str(kind)]) == 0
    assert document.masthead in measuring.text_of(printed[str(kind)])


def test_libreoffice_prints_the_rules_where_they_belong(printed: dict[str, bytes]) -> None:
    with measuring.opened(printed["assignment"]) as pdf:
        rules = measuring.rules_of(pdf.pages[0], red=True)
        later = [rule for page in pdf.pages[1:] for rule in measuring.rules_of(page, red=True)]
    assert len(rules) == 4
    for left, right, _ in rules:
        assert (left, right) == pytest.approx((20, 190), abs=0.5)
    assert rules[3][2] == pytest.approx(277, abs=0.7)
    assert later == []
    with measuring.opened(printed["situation_report"]) as pdf:
        ((left, right, _),) = measuring.rules_of(pdf.pages[0], red=True)
        imprint = measuring.rules_of(pdf.pages[-1], red=False)
    assert (left, right) == pytest.approx((28, 184), abs=0.5)
    assert len(imprint) == 3
    assert imprint[2][2] == pytest.approx(262, abs=0.7)


def test_libreoffice_numbers_the_pages_but_not_a_letters_first(printed: dict[str, bytes]) -> None:
    with measuring.opened(printed["assignment"]) as pdf:
        feet = [
            "".join(c["text"] for c in page.chars if c["top"] > 264 * MM_TO_PT).replace(" ", "") for page in pdf.pages
        ]
    assert feet[0] == ""
    assert feet[1:4] == ["—2—", "—3—", "—4—"]


def test_a_sheet_for_the_leader_stays_one_page(printed: dict[str, bytes]) -> None:
    with measuring.opened(printed["approval"]) as pdf:
        assert len(pdf.pages) == 1


def test_two_hundred_letters_in_one_go() -> None:
    letters = sample.two_hundred()
    start = time.perf_counter()
    sizes = [len(render_docx(letter, sample.PHOTOS)) for letter in letters]
    each = (time.perf_counter() - start) / len(letters) * 1000
    print(f"\n200 letters as DOCX: {each:.0f} ms each, {sum(sizes) / len(sizes) / 1024:.0f} kB each")
    assert all(sizes)


def test_a_mark_of_an_unfinished_copy_is_on_every_page() -> None:
    unsealed = msgspec.structs.replace(sample.supervision(), status_mark="未用印")
    files = parts(rendered(unsealed))
    marked = [name for name, data in files.items() if "未用印" in data.decode(errors="ignore")]
    assert "word/document.xml" in marked
    assert len([name for name in marked if name.startswith("word/header")]) == 2
