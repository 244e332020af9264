"""The checks of R23–R34 on a material, each a function of plain values that says what is wrong. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from schemas.declaration import (
    EditionIn,
    Judgements,
    MaterialFormat,
    PageIn,
    PictureIn,
    ReportIn,
)
from server.declaration.counting import unsourced
from server.declaration.faults import Fault, Picture, Report, Terms

LARGEST_PICTURE_BYTES: Final = 2_097_152
"""2M read as 2 MiB (R32): exactly this passes, a byte more does not."""

# 市卫健委, 株洲市统计局; not 株洲市石峰区统计局, not 区市场监管局.
_OF_THE_CITY: Final = re.compile("^[^区县]*市[^区县]*$")
_JPEG_SUFFIXES: Final = (".jpg", ".jpeg")
_MOST_NAMED: Final = 5
_EXCERPT: Final = 24

PARTS: Final[dict[MaterialFormat, frozenset[str]]] = {
    "GFWJ": frozenset({"document", "pages", "report"}),
    "SMBG": frozenset({"report"}),
    "SJTP": frozenset({"pictures"}),
    "TJBG": frozenset({"pages", "figures", "seal", "template_version"}),
}
"""Which parts a format is made of (R23–R25, R31, R34)."""


def check_parts(terms: Terms, material: EditionIn) -> list[Fault]:
    """R23: what belongs to another format is refused, what the format needs must be there."""
    filled = {name for name in EditionIn.__struct_fields__ if getattr(material, name)}
    known = frozenset().union(*PARTS.values())
    strange = sorted(filled & known - PARTS[terms.format])
    return [Fault(f"/{_camel(name)}", "material-part-strange") for name in strange]


def check_document(material: EditionIn) -> list[Fault]:
    """R24: a normative document names its title, its issuer, its number and its date."""
    if material.document is None:
        return [Fault("/document", "document-facts-needed")]
    faults = []
    if not material.document.number.strip():
        faults.append(Fault("/document/number", "document-number-missing", "warning"))
    if material.document.issued_on is None:
        faults.append(Fault("/document/issuedOn", "document-date-missing", "incomplete"))
    return faults


def check_pages(pages: Sequence[PageIn]) -> list[Fault]:
    """R24: the page with the red head or the one with the seal must be among the scans."""
    tags = {page.tag for page in pages}
    return [] if tags & {"red_head", "seal"} else [Fault("/pages", "page-tag-needed")]


def check_opinion_pages(terms: Terms, pages: Sequence[PageIn]) -> list[Fault]:
    """R26: where the province gives its opinion, both pages are needed; the missing one is named."""
    if not terms.provincial_opinion:
        return []
    tags = {page.tag for page in pages}
    return [
        Fault("/pages", code, "incomplete")
        for tag, code in (("red_head", "red-head-page-missing"), ("seal", "seal-page-missing"))
        if tag not in tags
    ]


def check_page_pictures(pages: Sequence[PageIn], known: dict[str, Picture]) -> list[Fault]:
    """R24, R34: a scanned page is a picture that was received: no PDF, document or spreadsheet ever becomes one."""
    return [Fault(f"/pages/{at}", "page-unknown") for at, page in enumerate(pages) if page.sha256 not in known]


def check_sources(report: ReportIn) -> list[Fault]:
    """R30: what is said of rules, measures and figures names its source; without any it is refused."""
    return [] if report.sources else [Fault("/report/sources", "sources-needed")]


def check_figures_sourced(report: ReportIn, file: Report) -> list[Fault]:
    """R30: paragraphs that hold a figure which no source speaks of."""
    loose = unsourced(file.with_figures, [one.statement for one in report.sources])
    if not loose:
        return []
    named = "；".join(f"{text[:_EXCERPT]}{'…' if len(text) > _EXCERPT else ''}" for text in loose[:_MOST_NAMED])
    return [Fault("/report/sources", "figures-unsourced", "warning", {"count": len(loose), "named": named})]


def check_length(terms: Terms, file: Report) -> list[Fault]:
    """R28: 800 字左右, read as a band; outside it a person lets it pass with a reason."""
    if terms.length_exempt:
        return []
    if file.characters is None:
        return [Fault("/report", "length-unknown", "warning")]
    if terms.least_characters <= file.characters <= terms.most_characters:
        return []
    code = "report-short" if file.characters < terms.least_characters else "report-long"
    params = {"count": file.characters, "least": terms.least_characters, "most": terms.most_characters}
    return [Fault("/report", code, "warning", params)]


def check_kind(file: Report) -> list[Fault]:
    """R29: a Yozo file cannot be looked into: it is taken, and marked."""
    return [Fault("/report", "report-yozo", "warning")] if file.kind == "eio" else []


def check_pictures(pictures: Sequence[PictureIn], known: dict[str, Picture]) -> list[Fault]:
    """R31, R32: each picture is here, fits, and says what it shows."""
    if not pictures:
        return [Fault("/pictures", "pictures-needed")]
    faults = _twice(pictures)
    for at, one in enumerate(pictures):
        if one.sha256 not in known:
            faults.append(Fault(f"/pictures/{at}", "picture-unknown"))
        elif not one.shrink:
            faults += check_jpeg(f"/pictures/{at}", one.file_name, known[one.sha256])
        faults += _caption(f"/pictures/{at}", one)
    return faults


def _twice(pictures: Sequence[PictureIn]) -> list[Fault]:
    hashes = [one.sha256 for one in pictures]
    return [Fault(f"/pictures/{at}", "picture-twice") for at, sha256 in enumerate(hashes) if sha256 in hashes[:at]]


def _caption(pointer: str, one: PictureIn) -> list[Fault]:
    faults = []
    if not one.caption.strip():
        faults.append(Fault(f"{pointer}/caption", "caption-missing", "incomplete"))
    if one.taken_on is None:
        faults.append(Fault(f"{pointer}/takenOn", "picture-date-missing", "incomplete"))
    if one.kind == "scene" and not one.place.strip():
        faults.append(Fault(f"{pointer}/place", "picture-place-missing", "incomplete"))
    return faults


def check_jpeg(pointer: str, file_name: str, picture: Picture) -> list[Fault]:
    """R32: a JPEG by name and by its bytes, of at most 2,097,152 bytes."""
    if picture.kind != "jpeg":
        return [Fault(pointer, "picture-not-jpeg", params={"kind": picture.kind.upper(), "name": file_name})]
    if not file_name.lower().endswith(_JPEG_SUFFIXES):
        return [Fault(pointer, "picture-name", params={"name": file_name})]
    if picture.size_bytes > LARGEST_PICTURE_BYTES:
        over = f"{picture.size_bytes / 1024 / 1024:.2f}"
        return [Fault(pointer, "picture-too-large", params={"name": file_name, "size": over})]
    return []


def check_count(required: int | None, there_are: int) -> list[Fault]:
    """R33: as many pictures as were published, over all units; as long as nothing is, it cannot be complete."""
    if required is None:
        return [Fault("/pictures", "count-unpublished", "incomplete")]
    if there_are < required:
        params = {"count": there_are, "required": required, "lacking": required - there_are}
        return [Fault("/pictures", "pictures-too-few", "incomplete", params)]
    return []


def check_table(terms: Terms, material: EditionIn) -> list[Fault]:
    """R34: the scan, the seal of the city's department, the round's own template, and the figures filled in."""
    faults = []
    if not material.pages:
        faults.append(Fault("/pages", "table-scan-needed"))
    if material.seal is None:
        faults.append(Fault("/seal", "table-seal-needed"))
    elif not _OF_THE_CITY.search(material.seal.department):
        faults.append(Fault("/seal/department", "table-seal-level", "warning", {"name": material.seal.department}))
    if not material.figures:
        faults.append(Fault("/figures", "table-figures-needed"))
    return faults + check_template(terms, material.template_version)


def check_template(terms: Terms, version: str) -> list[Fault]:
    """R34: the template of this round; before it is published nobody can say that it is the right one."""
    if not terms.template_version:
        return [Fault("/templateVersion", "template-unpublished", "incomplete")]
    if version.strip() != terms.template_version:
        params = {"used": version.strip() or "—", "wanted": terms.template_version}
        return [Fault("/templateVersion", "template-differs", params=params)]
    return []


def check_judgements(judgements: Judgements | None, *, has_report: bool) -> list[Fault]:
    """R25, R27: a person answers four questions on a report, be it a document's body; a "no" keeps it from being
    accepted.
    """
    if not has_report:
        return []
    if judgements is None:
        return [Fault("/judgements", "judgements-needed")]
    return [
        Fault(f"/judgements/{name}", "judgement-no")
        for name in Judgements.__struct_fields__
        if not getattr(judgements, name)
    ]


def check_material(
    terms: Terms, material: EditionIn, *, pictures: dict[str, Picture], report: Report | None
) -> list[Fault]:
    """Every check that the format asks for, in the order of the form."""
    faults = check_parts(terms, material)
    if terms.format == "GFWJ":
        faults += [*check_document(material), *check_pages(material.pages)]
        faults += check_opinion_pages(terms, material.pages)
    if terms.format == "TJBG":
        faults += check_table(terms, material)
    if terms.format == "SJTP":
        faults += [
            *check_pictures(material.pictures, pictures),
            *check_count(terms.required_count, len(material.pictures) + terms.counted_elsewhere),
        ]
    faults += check_page_pictures(material.pages, pictures)
    return faults + _check_report(terms, material.report, report)


def _check_report(terms: Terms, told: ReportIn | None, file: Report | None) -> list[Fault]:
    """R25: the body of a normative document may be a report; all but its length counts for it too."""
    if told is None:
        return [Fault("/report", "report-needed")] if terms.format == "SMBG" else []
    if file is None:
        return [Fault("/report", "report-unknown")]
    faults = [*check_sources(told), *check_figures_sourced(told, file), *check_kind(file)]
    return faults + (check_length(terms, file) if terms.format == "SMBG" else [])


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.title() for part in rest)
