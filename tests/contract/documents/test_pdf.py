"""The PDF, measured against GB/T 9704-2012, with the Fandol faces and with the fallback alone."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from schemas.documents import Document, Paragraph
from server.documents.composing.circular import compose_circular
from server.documents.pdf import render_pdf
from server.documents.print_copies import print_copy
from server.documents.typefaces import WELL_KNOWN
from tests.contract.documents import measuring
from tests.factories import documents as sample

MM_TO_PT = 72 / 25.4
KINDS = list(sample.of_each_kind())
AREA = (28.0, 37.0, 184.0, 262.0)


@pytest.fixture(scope="session", params=["fandol", "noto"])
def folders(request: pytest.FixtureRequest) -> tuple[Path, ...]:
    """The faces that an installation has, or nothing but the package that is always there."""
    if request.param == "noto":
        return ()
    if not any(folder.is_dir() for folder in WELL_KNOWN):
        pytest.skip("the Fandol faces are not installed: make .make/office")
    return WELL_KNOWN


def rendered(document: Document, folders: tuple[Path, ...], **options: Any) -> bytes:
    return render_pdf(document, sample.PHOTOS, font_folders=folders, **options)


def full_page() -> Document:
    """A letter whose second page is one paragraph without a mark of punctuation."""
    return msgspec.structs.replace(
        sample.assignment(), body=(Paragraph(text="文明创建" * 400),), annexes=(), attachments=()
    )


def inside(box: tuple[float, float, float, float], tolerance: float = 1.0) -> bool:
    left, top, right, bottom = box
    return (
        left >= AREA[0] - tolerance
        and top >= AREA[1] - tolerance
        and right <= AREA[2] + tolerance
        and bottom <= AREA[3] + tolerance
    )


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_stands_on_a4_inside_the_type_area(kind: Any, folders: tuple[Path, ...]) -> None:
    with measuring.opened(rendered(sample.of_each_kind()[kind], folders)) as pdf:
        for page in pdf.pages:
            assert (page.width / MM_TO_PT, page.height / MM_TO_PT) == pytest.approx((210, 297), abs=0.5)
            for size in (22.0, 16.0, 12.0, 10.5):
                if any(abs(char["size"] - size) < 0.1 for char in page.chars):
                    assert inside(measuring.type_area(page, size_pt=size)), (kind, page.page_number, size)


def test_a_full_page_has_22_lines_of_28_characters_that_fill_the_type_area(folders: tuple[Path, ...]) -> None:
    with measuring.opened(rendered(full_page(), folders)) as pdf:
        page = pdf.pages[1]
        lines = measuring.lines_of(page)
        left, top, right, bottom = measuring.type_area(page)
    assert [len(line) for line in lines] == [28] * 22
    assert (left, right) == pytest.approx((28, 184), abs=1)
    # The line is higher than its character: what it has to spare lies half above and half below.
    spare = (225 / 22 - 16 / MM_TO_PT) / 2
    assert (top - spare, bottom + spare) == pytest.approx((37, 262), abs=1)


def test_a_letter_has_its_head_its_rules_and_no_number_on_page_one(folders: tuple[Path, ...]) -> None:
    with measuring.opened(rendered(sample.assignment(), folders)) as pdf:
        first, second = pdf.pages[:2]
        rules = measuring.rules_of(first, red=True)
        assert len(rules) == 4
        for left, right, _ in rules:
            assert (left, right) == pytest.approx((20, 190), abs=0.5)
        # The upper pair is thick above thin and 4 mm below the name; the lower one ends 20 mm above the page's edge.
        assert rules[3][2] == pytest.approx(277 - 2 * measuring.MM / 2, abs=0.1)
        heads = [char for char in first.chars if measuring.is_red(char["non_stroking_color"])]
        assert "".join(char["text"] for char in heads) == sample.OFFICE.name
        assert not [line for line in measuring.lines_of(first, size_pt=14.0) if "—" in line]
        assert measuring.rules_of(second, red=True) == []
        (number,) = [line for line in measuring.lines_of(second, size_pt=14.0) if "—" in line]
        assert number.replace(" ", "") == "—2—"


def test_thick_lies_above_thin_at_the_head_and_below_it_at_the_foot(folders: tuple[Path, ...]) -> None:
    with measuring.opened(rendered(sample.assignment(), folders)) as pdf:
        drawn = [rule for rule in pdf.pages[0].rects if measuring.is_red(rule["non_stroking_color"])]
    widths = [rule["bottom"] - rule["top"] for rule in sorted(drawn, key=lambda rule: rule["top"])]
    assert widths == pytest.approx([2.0, 0.7, 0.7, 2.0], abs=0.01)


def test_pages_are_numbered_outside_odd_right_and_even_left(folders: tuple[Path, ...]) -> None:
    with measuring.opened(rendered(sample.circular(), folders)) as pdf:
        places = []
        for page in pdf.pages:
            dashes = [
                c for c in page.chars if abs(c["size"] - 14) < 0.1 and c["text"] == "—" and c["top"] > 262 * MM_TO_PT
            ]
            assert len(dashes) == 2
            places.append((dashes[0]["x0"] * measuring.MM, dashes[-1]["x1"] * measuring.MM))
            # The dash runs through the middle of its character, 7 mm below the type area.
            assert (dashes[0]["top"] + dashes[0]["bottom"]) / 2 * measuring.MM == pytest.approx(269, abs=0.8)
    one = 16 / MM_TO_PT
    for index, (left, right) in enumerate(places):
        if index % 2 == 0:
            assert right == pytest.approx(184 - one, abs=0.6)
        else:
            assert left == pytest.approx(28 + one, abs=0.6)


def test_a_file_has_its_rule_below_the_number_and_its_imprint_at_the_foot(folders: tuple[Path, ...]) -> None:
    with measuring.opened(rendered(sample.situation_report(), folders)) as pdf:
        first, last = pdf.pages[0], pdf.pages[-1]
        ((left, right, middle),) = measuring.rules_of(first, red=True)
        assert (left, right) == pytest.approx((28, 184), abs=0.3)
        row = next(c for c in first.chars if c["text"] == "〔")
        assert middle - row["bottom"] * measuring.MM == pytest.approx(4, abs=1.2)
        imprint = measuring.rules_of(last, red=False)
        assert len(imprint) == 3
        assert imprint[2][2] == pytest.approx(262, abs=0.5)


@pytest.mark.parametrize("kind", ["circular", "notice", "minutes"])
def test_what_goes_round_has_the_head_of_a_file_its_number_and_its_title(kind: Any, folders: tuple[Path, ...]) -> None:
    document = sample.of_each_kind()[kind]
    with measuring.opened(rendered(document, folders)) as pdf:
        first, last = pdf.pages[0], pdf.pages[-1]
        heads = [char for char in first.chars if measuring.is_red(char["non_stroking_color"])]
        assert "".join(char["text"] for char in heads) == document.masthead
        ((left, right, middle),) = measuring.rules_of(first, red=True)
        assert (left, right) == pytest.approx((28, 184), abs=0.3)
        title = "".join(measuring.lines_of(first, size_pt=22.0))
        assert title == document.title
        top = min(char["top"] for char in first.chars if abs(char["size"] - 22.0) < 0.1) * measuring.MM
        assert top > middle
        assert "".join(measuring.lines_of(first)).count(document.number.text if document.number else "-") == 1
        # P2 of page 1: text of the body stands on the first page, or the addressees move to the 版记.
        assert len(measuring.lines_of(first)) > 3
        assert measuring.rules_of(last, red=False)[-1][2] == pytest.approx(262, abs=0.5)


def test_each_annex_of_a_circular_begins_a_page_with_its_label_and_no_table_leaves_the_type_area(
    folders: tuple[Path, ...],
) -> None:
    many = compose_circular(msgspec.structs.replace(sample.circular_facts(), open_problems=sample.open_problems(60)))
    with measuring.opened(rendered(many, folders)) as pdf:
        starts = []
        headed = 0
        for page in pdf.pages:
            lines = measuring.lines_of(page)
            if lines and lines[0].startswith("附件") and "：" not in lines[0]:
                starts.append(lines[0])
                label = next(char for char in page.chars if char["text"] == "附")
                assert label["x0"] * measuring.MM == pytest.approx(28, abs=0.5)
                assert label["top"] * measuring.MM == pytest.approx(37, abs=2.5)
            cells = "".join(line for size in (9.0, 10.5, 12.0) for line in measuring.lines_of(page, size_pt=size))
            headed += "责任单位" in cells and "整改时限" in cells
            ruled = [edge for rule in page.rects + page.lines for edge in (rule["x0"], rule["x1"])]
            assert all(28 - 0.5 <= edge * measuring.MM <= 184 + 0.5 for edge in ruled)
        assert starts == ["附件1", "附件2", "附件3"]
        assert headed > 2, "a list over several pages bears its headings on each"


@pytest.mark.parametrize("kind", KINDS)
def test_fonts_are_embedded_and_no_box_is_printed(kind: Any, folders: tuple[Path, ...]) -> None:
    data = rendered(sample.of_each_kind()[kind], folders)
    fonts = measuring.fonts_of(data)
    assert fonts
    assert all(fonts.values()), fonts
    assert measuring.missing_glyphs(data) == 0


def test_rare_characters_fall_back_and_the_empty_box_would_be_seen(folders: tuple[Path, ...]) -> None:
    rare = "珺玥镕㛃㎡𬭎"
    body = (Paragraph(text=f"联系人王{rare}。"),)
    data = rendered(msgspec.structs.replace(sample.notice(), body=body), folders)
    assert measuring.missing_glyphs(data) == 0
    assert rare in measuring.text_of(data)
    unknown = msgspec.structs.replace(sample.notice(), body=(Paragraph(text="王\U000f0000"),))
    assert measuring.missing_glyphs(rendered(unknown, folders)) == 1


def test_the_text_can_be_searched_with_its_brackets(folders: tuple[Path, ...]) -> None:
    text = measuring.text_of(rendered(sample.supervision(), folders))
    assert "株石创社函〔2026〕15号" in text
    assert "《关于医疗卫生服务体系督查发现问题的交办函》（株石创社函〔2026〕12号）" in text
    assert "督办仍无进展的，将情况报告组长和区文明办，取消该单位评优评选资格。" in text


def test_title_author_and_language_are_set(folders: tuple[Path, ...]) -> None:
    document = sample.assignment()
    data = rendered(document, folders)
    with measuring.opened(data) as pdf:
        assert pdf.metadata["Title"] == document.title
        assert pdf.metadata["Author"] == document.issuer
    assert measuring.language_of(data).lower() == "zh-cn"


def test_an_archival_copy_says_that_it_is_one() -> None:
    assert b"pdfaid:part>2<" in rendered(sample.notice(), ())
    assert b"pdfaid" not in rendered(sample.notice(), (), archival=False)


def test_the_same_content_makes_the_same_bytes() -> None:
    assert rendered(sample.supervision(), ()) == rendered(sample.supervision(), ())


def test_what_a_person_writes_is_never_markup() -> None:
    text = '#panic("x") $x$ *b* _i_ `r` <l> @l \\ [c] = h // c /* c */ #read("main.typ") "q" \' ~ --- ...'
    problem = msgspec.structs.replace(sample.problems()[0], description=text, site=text)
    data = rendered(sample.assignment((problem,)), ())
    shown = measuring.text_of(data).replace(" ", "")
    assert shown.count('#read("main.typ")') >= 2
    assert shown.count("*b*_i_`r`<l>@l\\[c]") >= 2


def test_the_seal_never_stands_on_a_page_without_text() -> None:
    for count in range(560, 700, 14):
        body = (Paragraph(text="前" * count), Paragraph(text="末段文字" * 5))
        letter = msgspec.structs.replace(sample.assignment(), body=body, annexes=(), attachments=(), copied_to="")
        with measuring.opened(rendered(letter, ())) as pdf:
            (page,) = [page for page in pdf.pages if "代章" in "".join(measuring.lines_of(page))]
            assert "末段文字" in "".join(measuring.lines_of(page)), count


def test_photos_lie_in_the_sheet_before_beside_after() -> None:
    with measuring.opened(rendered(sample.reply(), ())) as pdf:
        page = next(page for page in pdf.pages if "整改前后对比照片" in "".join(measuring.lines_of(page, size_pt=22.0)))
        images = sorted(page.images, key=lambda image: (round(image["top"]), image["x0"]))
    before, after = images[:2]
    assert before["x1"] < after["x0"]
    assert before["bottom"] - before["top"] <= 58.5 * MM_TO_PT


def test_a_missing_photo_is_an_error_and_a_broken_one_too() -> None:
    with pytest.raises(KeyError):
        render_pdf(sample.assignment(), {})
    with pytest.raises(OSError, match="cannot identify"):
        render_pdf(sample.assignment(), dict.fromkeys(sample.HASHES, b"no picture"))


def test_a_print_copy_is_small_upright_and_tells_no_place() -> None:
    import io

    from PIL import Image

    image = Image.new("RGB", (3000, 2000), "white")
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[2] = (27.0, 50.0, 0.0)
    stream = io.BytesIO()
    image.save(stream, "JPEG", exif=exif)
    with Image.open(io.BytesIO(print_copy(stream.getvalue()))) as copy:
        assert copy.size == (600, 900)
        assert not copy.getexif()


def test_two_hundred_letters_in_one_go() -> None:
    letters = sample.two_hundred()
    start = time.perf_counter()
    sizes = [len(render_pdf(letter, sample.PHOTOS)) for letter in letters]
    each = (time.perf_counter() - start) / len(letters) * 1000
    print(f"\n200 letters as PDF: {each:.0f} ms each, {sum(sizes) / len(sizes) / 1024:.0f} kB each")
    assert all(sizes)


def test_a_sheet_for_the_leader_is_one_page_with_room_to_write() -> None:
    with measuring.opened(rendered(sample.approval(), ())) as pdf:
        assert len(pdf.pages) == 1
        edges = [edge["top"] for edge in pdf.pages[0].edges if edge["orientation"] == "h"]
    heights = sorted({round(edge) for edge in edges})
    assert heights[-1] - heights[-2] >= 45 * MM_TO_PT


def test_a_draft_prints_without_date(folders: tuple[Path, ...]) -> None:
    draft = sample.assignment(frame=sample.office_frame(None, None))
    assert "2026年" in measuring.text_of(rendered(draft, folders))
    assert draft.signature is not None and draft.signature.dated.on is None
    assert date(2026, 11, 17) == (draft.reply_by.on if draft.reply_by else None)


def test_a_long_last_paragraph_is_parted_without_a_seam() -> None:
    for count in (300, 560, 580, 600, 612, 640):
        text = "".join(chr(0x4E00 + number % 900) for number in range(count))
        letter = msgspec.structs.replace(
            sample.assignment(), body=(Paragraph(text=text),), annexes=(), attachments=(), reply_code=None
        )
        with measuring.opened(rendered(letter, ())) as pdf:
            bodies = [[line for line in measuring.lines_of(page) if line[0] in text] for page in pdf.pages]
            (sealed,) = [index for index, page in enumerate(pdf.pages) if "代章" in "".join(measuring.lines_of(page))]
        lines = [line for page in bodies for line in page if not line.startswith("株")]
        assert text in "".join(line.strip() for line in lines), count
        assert {len(line.strip()) for line in lines[2:-2]} <= {28}, count
        assert len(bodies[0]) > 3
        assert len(bodies[sealed]) >= 2
