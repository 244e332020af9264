"""The declaration (网上申报) as it travels: rounds, what they ask for, what comes, what is decided (R21–R35)."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from schemas.tasks import FlagOut
from schemas.wire import Day, Input, Instant, Output, Sha256, Uuid

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


class FaultOut(Output):
    """Something that is wrong with a material: where, how grave, and how to mend it."""

    pointer: str
    code: str
    gravity: Gravity
    message: str


class CheckOut(Output):
    """What the checks say of a material that is not handed in yet; `characters` is the report's length."""

    faults: list[FaultOut]
    characters: int | None


class DeclarationFileOut(Output):
    """A document that was received: what it is, its title and how many characters it counts (R28)."""

    sha256: str
    kind: DocumentKind
    size_bytes: int
    title: str
    characters: int | None


class JudgementsOut(Output):
    """What a person answered about a report (R27)."""

    focused: bool
    logical: bool
    concise: bool
    substantial: bool


class DocumentOut(Output):
    """What a normative document says of itself."""

    title: str
    issuer: str
    number: str
    issued_on: Day | None


class PageOut(Output):
    """A scanned page."""

    sha256: str
    file_name: str
    tag: PageTag


class SourceOut(Output):
    """Where a statement comes from."""

    kind: SourceKind
    statement: str
    source: str
    published_on: Day | None


class ReportOut(Output):
    """A report with its sources."""

    sha256: str
    file_name: str
    sources: list[SourceOut]
    kind: DocumentKind
    size_bytes: int
    characters: int | None


class PictureOut(Output):
    """A picture as it stands in an edition; `size_bytes` is that of the file that is declared."""

    sha256: str
    file_name: str
    kind: PictureKind
    caption: str
    place: str
    taken_on: Day | None
    shrink: bool
    use_id: str | None
    size_bytes: int
    flags: list[FlagOut]


class SealOut(Output):
    """The seal on a table."""

    department: str
    sealed_on: Day


class FigureOut(Output):
    """A figure of a table."""

    label: str
    value: str


class EditionOut(Output):
    """One version of a material. `late` holds while the round is closed and was when it came."""

    id: str
    number: int
    state: EditionState
    late: bool
    handed_in_at: Instant
    handed_in_by: str
    entered_for: bool
    entered_note: str
    note: str
    decided_at: Instant | None
    decided_by: str | None
    reason: str
    override: str
    judgements: JudgementsOut | None
    document: DocumentOut | None
    pages: list[PageOut]
    report: ReportOut | None
    pictures: list[PictureOut]
    template_version: str
    figures: list[FigureOut]
    seal: SealOut | None
    faults: list[FaultOut]


class PaperOut(Output):
    """A paper copy that was handed over; `late` as for an edition."""

    id: str
    received_on: Day
    receiver: str
    note: str
    edition: int
    late: bool


class MaterialRow(Output):
    """What one unit owes for one ask, and how it stands."""

    id: str
    unit_id: str
    unit_name: str
    part: Part
    standing: Standing
    edition: int
    handed_in_at: Instant | None
    paper_on: Day | None
    wants_paper: bool


class AskOut(Output):
    """One thing that a round asks for in one format, with the units that owe it.

    `counted` is how many pictures have been accepted over all units.
    """

    id: str
    indicator: str
    indicator_name: str
    material: str
    no: str
    text: str
    format: MaterialFormat
    provincial_opinion: bool
    length_exempt: bool
    required_count: int | None
    template_version: str
    counted: int
    complete: bool
    materials: list[MaterialRow]


class RoundRow(Output):
    """A round in a list. `until_on` is the last day, reopening included; `days_left` counts calendar days."""

    id: str
    year: int
    title: str
    opens_on: Day
    closes_on: Day
    until_on: Day
    locked: bool
    days_left: int
    owed: int
    complete: int
    version: int


class ReopeningOut(Output):
    """A round was opened again."""

    until_on: Day
    reason: str
    at: Instant
    by: str


class RoundOut(RoundRow):
    """A round with everything that it asks of whom (for a unit: of itself, and what it compiles)."""

    site_url: str
    account_holder: str
    reopenings: list[ReopeningOut]
    asks: list[AskOut]
    actions: list[RoundAction]


class MaterialOut(MaterialRow):
    """One material with its ask, its versions, the newest first, and what this person may do."""

    round_id: str
    round_title: str
    until_on: Day
    locked: bool
    ask: AskOut
    editions: list[EditionOut]
    papers: list[PaperOut]
    actions: list[MaterialAction]
    least_characters: int
    most_characters: int


class CandidateOut(Output):
    """A photo of an inspection or of a reply that the unit may take over."""

    use_id: str
    sha256: str
    purpose: str
    site: str
    item: str
    task_number: str
    taken_at: Instant | None
    struck_off: bool


class GapOut(Output):
    """What a package lacks still."""

    indicator: str
    indicator_name: str
    material: str
    format: MaterialFormat
    material_id: str
    unit_name: str
    standing: Standing


class DeclarationPackagePlan(Output):
    """What the package holds now, and what it lacks."""

    files: int
    size_bytes: int
    gaps: list[GapOut]
    url: str


class Reminded(Output):
    """How many people were told now of what is missing."""

    told: int
