"""The declaration (网上申报) as it travels: rounds, what they ask for, what comes, what is decided (R21–R35)."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from schemas.wire import Day, Input, Sha256, Uuid

MaterialFormat = Literal["GFWJ", "SMBG", "SJTP", "TJBG"]
"""规范文件, 说明报告, 实景图片, 统计表格 (R23), by the catalogue's codes."""
Part = Literal["compiles", "contributes"]
PageTag = Literal["red_head", "seal", "page"]
PictureKind = Literal["scene", "newspaper", "television"]
SourceKind = Literal["system", "measure", "figure"]
DocumentKind = Literal["docx", "doc", "wps", "eio"]
EditionState = Literal["submitted", "accepted", "returned"]
Decision = Literal["accept", "return"]
Standing = Literal["missing", "late", "submitted", "returned", "paper", "unpublished", "lacking", "complete"]
"""未报送, 逾期报送, 待审核, 已退回, 待纸质版, 数量要求未发布, 需补充, 齐备."""
Gravity = Literal["refused", "incomplete", "warning"]
MaterialAction = Literal["hand_in", "decide", "paper"]
RoundAction = Literal["edit", "reopen", "remind"]

Title = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
Line = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Reason = Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
Remark = Annotated[str, msgspec.Meta(max_length=500)]
FileName = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class RoundIn(Input):
    """A round as the office opens or changes it. `version` None opens it.

    `account_holder` is who holds the outside system's account; its password is asked for nowhere (R21).
    """

    year: Annotated[int, msgspec.Meta(ge=2000, le=2199)]
    title: Title
    opens_on: Day
    closes_on: Day
    site_url: Annotated[str, msgspec.Meta(max_length=300)] = ""
    account_holder: Annotated[str, msgspec.Meta(max_length=60)] = ""
    version: int | None = None


class AskIn(Input):
    """What of one ask the office sets once the outside system has published it; the whole of it (R28, R33, R34)."""

    version: int
    required_count: Annotated[int, msgspec.Meta(ge=1, le=500)] | None = None
    template_version: Annotated[str, msgspec.Meta(max_length=60)] = ""
    length_exempt: bool = False
    compiler_unit_id: Uuid | None = None


class ReopenIn(Input):
    """A closed round is opened again until a date, with a reason."""

    id: Uuid
    until_on: Day
    reason: Reason


class DocumentIn(Input):
    """What a normative document says of itself (R24)."""

    title: Line
    issuer: Line
    number: Annotated[str, msgspec.Meta(max_length=60)] = ""
    issued_on: Day | None = None


class PageIn(Input):
    """A scanned page: a picture that was received, and whether it shows the red head or the seal (R24, R26)."""

    sha256: Sha256
    file_name: FileName
    tag: PageTag


class SourceIn(Input):
    """Where something that the report says of a rule, a measure or a figure comes from (R30)."""

    kind: SourceKind
    statement: Line
    source: Line
    published_on: Day | None = None


class ReportIn(Input):
    """A report, or the body of a normative document: a file that was received, and its sources (R25, R29, R30)."""

    sha256: Sha256
    file_name: FileName
    sources: Annotated[list[SourceIn], msgspec.Meta(max_length=100)] = msgspec.field(default_factory=list)


class PictureIn(Input):
    """A picture (R31, R32). `shrink` hands in a copy that fits; the original stays.

    `use_id` names the use of a photo of an inspection or a reply that is taken over.
    """

    sha256: Sha256
    file_name: FileName
    kind: PictureKind
    caption: Annotated[str, msgspec.Meta(max_length=200)] = ""
    place: Annotated[str, msgspec.Meta(max_length=100)] = ""
    taken_on: Day | None = None
    shrink: bool = False
    use_id: Uuid | None = None


class SealIn(Input):
    """The seal of the city's department on a table (R34)."""

    department: Line
    sealed_on: Day


class FigureIn(Input):
    """A figure that was filled into the table (R34)."""

    label: Line
    value: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]


class EditionIn(Input):
    """A material as it is handed in, whole. Which parts it needs depends on the format.

    `entered_note` is the office's word on what it enters for a unit (R95).
    """

    document: DocumentIn | None = None
    pages: Annotated[list[PageIn], msgspec.Meta(max_length=60)] = msgspec.field(default_factory=list)
    report: ReportIn | None = None
    pictures: Annotated[list[PictureIn], msgspec.Meta(max_length=60)] = msgspec.field(default_factory=list)
    template_version: Annotated[str, msgspec.Meta(max_length=60)] = ""
    figures: Annotated[list[FigureIn], msgspec.Meta(max_length=60)] = msgspec.field(default_factory=list)
    seal: SealIn | None = None
    note: Remark = ""
    entered_note: Remark = ""


class Judgements(Input):
    """主题突出、逻辑清楚、文字精炼、内容充实: what a person answers about a report (R27)."""

    focused: bool
    logical: bool
    concise: bool
    substantial: bool


class DecisionIn(Input):
    """The office accepts an edition, or returns it with a reason. `override` is why a warning is let pass (R28)."""

    decision: Decision
    reason: Remark = ""
    judgements: Judgements | None = None
    override: Remark = ""


class PaperIn(Input):
    """The paper copy was handed over (R22)."""

    id: Uuid
    received_on: Day
    receiver: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
    note: Remark = ""
