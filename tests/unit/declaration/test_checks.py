"""The checks of R23–R34, just below, at and above each threshold."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from schemas.declaration import (
    DocumentIn,
    EditionIn,
    FigureIn,
    Judgements,
    PageIn,
    PictureIn,
    ReportIn,
    SealIn,
    SourceIn,
)
from server.declaration import checks
from server.declaration.faults import (
    Fault,
    Picture,
    Report,
    Terms,
    holding_back,
    is_sound,
    needs_override,
    refused,
)

SOURCE = SourceIn(kind="figure", statement="活动 120 场", source="区科协统计")
GOOD = Report("docx", 800, ["开展活动 120 场。"])


def picture(name: str = "现场.jpg", sha256: str = "a" * 64, **more: Any) -> PictureIn:
    told: dict[str, Any] = {"kind": "scene", "caption": "科普讲座", "place": "田心街道", "taken_on": date(2026, 9, 20)}
    return PictureIn(sha256=sha256, file_name=name, **(told | more))


def pages(*tags: str) -> list[PageIn]:
    return [PageIn(sha256=f"{at:064x}", file_name=f"{at}.jpg", tag=tag) for at, tag in enumerate(tags)]  # type: ignore[arg-type]


def scanned(count: int) -> dict[str, Picture]:
    return {f"{at:064x}": Picture("jpeg", 1000) for at in range(count)}


def codes(faults: list[Fault]) -> list[str]:
    return [one.code for one in faults]


def written(*tags: str, **more: Any) -> EditionIn:
    document = DocumentIn(title="规划", issuer="区卫计局", number="株石卫〔2017〕1号", issued_on=date(2017, 3, 1))
    return EditionIn(document=document, pages=pages(*tags), **more)


def everything(terms: Terms, material: EditionIn, report: Report | None = None) -> list[str]:
    known = scanned(len(material.pages)) | {one.sha256: Picture("jpeg", 1000) for one in material.pictures}
    return codes(checks.check_material(terms, material, pictures=known, report=report))


def test_r23_what_belongs_to_another_format_is_refused() -> None:
    wrong = EditionIn(pictures=[picture()], report=ReportIn(sha256="b" * 64, file_name="a.docx", sources=[SOURCE]))
    faults = checks.check_parts(Terms(format="SMBG"), wrong)
    assert [(one.pointer, one.code) for one in refused(faults)] == [("/pictures", "material-part-strange")]
    assert checks.check_parts(Terms(format="SMBG"), EditionIn(report=wrong.report)) == []


@pytest.mark.parametrize("tag", ["red_head", "seal"])
def test_r24_one_page_with_the_red_head_or_the_seal_is_enough(tag: str) -> None:
    assert everything(Terms(format="GFWJ"), written(tag)) == []


def test_r24_without_either_page_it_is_refused_and_an_unknown_picture_too() -> None:
    assert everything(Terms(format="GFWJ"), written("page")) == ["page-tag-needed"]
    assert everything(Terms(format="GFWJ"), EditionIn(pages=pages("seal"))) == ["document-facts-needed"]
    assert codes(checks.check_page_pictures(pages("seal"), {})) == ["page-unknown"]


def test_r25_the_body_of_a_document_is_a_report_of_any_length_with_its_sources() -> None:
    body = ReportIn(sha256="b" * 64, file_name="主体.docx", sources=[SOURCE])
    assert everything(Terms(format="GFWJ"), written("seal", report=body), Report("docx", 12_000)) == []
    unsourced = ReportIn(sha256="b" * 64, file_name="主体.docx")
    assert everything(Terms(format="GFWJ"), written("seal", report=unsourced), GOOD) == [
        "sources-needed",
        "figures-unsourced",
    ]


def test_r26_where_the_province_speaks_both_pages_are_needed_and_the_missing_one_is_named() -> None:
    terms = Terms(format="GFWJ", provincial_opinion=True)
    assert everything(terms, written("red_head")) == ["seal-page-missing"]
    assert everything(terms, written("seal")) == ["red-head-page-missing"]
    assert everything(terms, written("red_head", "seal")) == []
    missing = checks.check_opinion_pages(terms, pages("seal"))
    assert not refused(missing) and holding_back(missing) == missing


def test_r27_a_no_keeps_a_report_from_being_accepted() -> None:
    assert codes(checks.check_judgements(None, has_report=True)) == ["judgements-needed"]
    no = Judgements(focused=True, logical=True, concise=False, substantial=True)
    assert [one.pointer for one in checks.check_judgements(no, has_report=True)] == ["/judgements/concise"]
    yes = Judgements(focused=True, logical=True, concise=True, substantial=True)
    assert checks.check_judgements(yes, has_report=True) == []
    assert checks.check_judgements(None, has_report=False) == []


@pytest.mark.parametrize(
    ("characters", "code"),
    [(639, "report-short"), (640, None), (800, None), (960, None), (961, "report-long"), (None, "length-unknown")],
)
def test_r28_a_length_outside_the_band_is_a_warning_that_takes_a_reason(characters: int | None, code: str) -> None:
    faults = checks.check_length(Terms(format="SMBG"), Report("docx", characters))
    assert codes(faults) == ([code] if code else [])
    assert not refused(faults) and needs_override(faults) is bool(code)
    assert checks.check_length(Terms(format="SMBG", length_exempt=True), Report("docx", characters)) == []


def test_r29_a_yozo_file_is_taken_and_marked() -> None:
    (fault,) = checks.check_kind(Report("eio", None))
    assert (fault.code, fault.gravity) == ("report-yozo", "warning")
    assert checks.check_kind(GOOD) == []


def test_r30_no_source_is_refused_and_a_figure_without_one_is_named() -> None:
    none = ReportIn(sha256="b" * 64, file_name="a.docx")
    assert codes(refused(checks.check_sources(none))) == ["sources-needed"]
    one = ReportIn(sha256="b" * 64, file_name="a.docx", sources=[SOURCE])
    assert checks.check_sources(one) == []
    (fault,) = checks.check_figures_sourced(one, Report("docx", 800, ["活动 120 场。", "经费 80 万元。"]))
    assert (fault.gravity, fault.params) == ("warning", {"count": 1, "named": "经费 80 万元。"})


def test_r31_a_picture_says_what_it_shows_and_only_a_scene_needs_a_place() -> None:
    known = {"a" * 64: Picture("jpeg", 1000)}
    bare = picture(caption=" ", place="", taken_on=None)
    assert codes(checks.check_pictures([bare], known)) == [
        "caption-missing",
        "picture-date-missing",
        "picture-place-missing",
    ]
    assert checks.check_pictures([picture(kind="newspaper", place="")], known) == []
    assert codes(checks.check_pictures([picture(), picture()], known)) == ["picture-twice"]
    assert codes(checks.check_pictures([], known)) == ["pictures-needed"]
    assert codes(checks.check_pictures([picture(sha256="c" * 64)], known)) == ["picture-unknown"]


@pytest.mark.parametrize(
    ("name", "kind", "size", "code"),
    [
        ("a.jpg", "jpeg", 2_097_152, None),
        ("a.JPEG", "jpeg", 1, None),
        ("a.jpg", "jpeg", 2_097_153, "picture-too-large"),
        ("a.png", "jpeg", 1000, "picture-name"),
        ("a.jpg", "png", 1000, "picture-not-jpeg"),
        ("a.jpg", "heic", 1000, "picture-not-jpeg"),
        ("a.jpeg", "webp", 1000, "picture-not-jpeg"),
    ],
)
def test_r32_a_jpeg_by_name_and_bytes_of_at_most_two_megabytes(
    name: str, kind: str, size: int, code: str | None
) -> None:
    assert codes(checks.check_jpeg("/pictures/0", name, Picture(kind, size))) == ([code] if code else [])
    known = {"a" * 64: Picture(kind, size)}
    assert checks.check_pictures([picture(name, shrink=True)], known) == []


def test_r33_the_number_of_pictures_is_that_which_was_published_and_none_is_a_state_of_its_own() -> None:
    (unpublished,) = checks.check_count(None, 30)
    assert unpublished.code == "count-unpublished" and is_sound([unpublished])
    (few,) = checks.check_count(6, 5)
    assert (few.code, few.params["lacking"]) == ("pictures-too-few", 1)
    assert not is_sound([few]) and holding_back([few]) == []
    assert checks.check_count(6, 6) == checks.check_count(6, 7) == []


def test_r33_the_number_is_met_by_all_units_together() -> None:
    one = EditionIn(pictures=[picture()])
    assert everything(Terms(format="SJTP", required_count=3, counted_elsewhere=1), one) == ["pictures-too-few"]
    assert everything(Terms(format="SJTP", required_count=3, counted_elsewhere=2), one) == []


def test_r34_a_table_is_a_sealed_scan_of_this_rounds_template() -> None:
    terms = Terms(format="TJBG", template_version="2017-1")
    good = EditionIn(
        pages=pages("seal"),
        seal=SealIn(department="市卫计委", sealed_on=date(2017, 5, 1)),
        figures=[FigureIn(label="每千名常住人口公共卫生人员数", value="0.84")],
        template_version="2017-1",
    )
    assert everything(terms, good) == []
    assert everything(terms, EditionIn(template_version="2017-1")) == [
        "table-scan-needed",
        "table-seal-needed",
        "table-figures-needed",
    ]
    (differs,) = checks.check_template(terms, "2016-3")
    assert (differs.gravity, differs.params) == ("refused", {"used": "2016-3", "wanted": "2017-1"})
    (unknown,) = checks.check_template(Terms(format="TJBG"), "2016-3")
    assert (unknown.code, is_sound([unknown])) == ("template-unpublished", True)


@pytest.mark.parametrize(
    ("department", "is_city"),
    [
        ("市卫健委", True),
        ("株洲市统计局", True),
        ("区卫计局", False),
        ("株洲市石峰区统计局", False),
        ("区市场监管局", False),
        ("湖南省统计局", False),
    ],
)
def test_r34_the_seal_is_of_a_department_of_the_city(department: str, is_city: bool) -> None:
    sealed = EditionIn(seal=SealIn(department=department, sealed_on=date(2017, 5, 1)))
    found = codes(checks.check_table(Terms(format="TJBG", template_version="2017-1"), sealed))
    assert ("table-seal-level" in found) is not is_city
