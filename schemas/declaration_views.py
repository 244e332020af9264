"""Rounds and materials of the declaration as they are read (R21–R35)."""

from __future__ import annotations

from schemas.declaration import (
    DocumentKind,
    EditionState,
    Gravity,
    MaterialAction,
    MaterialFormat,
    PageTag,
    Part,
    PictureKind,
    RoundAction,
    SourceKind,
    Standing,
)
from schemas.tasks import FlagOut
from schemas.wire import Day, Instant, Output


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
