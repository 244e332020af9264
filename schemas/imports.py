"""Lists that an office brings along, as they travel: today's ledger (R92) and a superior's list of problems (R91)."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from schemas.tasks import Severity
from schemas.wire import Day, Input, Instant, Output, ShortText

ImportKind = Literal["ledger", "superior"]
ImportState = Literal["preview", "taken"]
RowState = Literal["error", "doubtful", "new", "existing", "left_out"]
FaultLevel = Literal["error", "doubt", "left_out", "note"]
PictureState = Literal["waiting", "received", "refused"]
FieldName = Literal[
    "serial", "number", "origin", "found_at", "site", "problem", "item", "severity", "unit", "institution", "leaders",
    "responsible", "requirement", "measure", "due_on", "assignment", "reply_due_on", "replied_on", "supervision",
    "done", "checker", "checked_at", "check_result", "return_count", "is_closed", "closed_by", "closed_at",
    "days_late", "before", "after", "remarks", "lamp",
]  # fmt: skip
CellText = Annotated[str, msgspec.Meta(max_length=8000)]


class ImportSource(Input):
    """Whose list it is: the superior's name, its 文号, the day by which it wants the list back."""

    source_name: ShortText = ""
    source_number: Annotated[str, msgspec.Meta(max_length=60)] = ""
    due_on: Day | None = None
    wants_letter: bool = False


class ImportColumns(Input):
    """Which table of the file is meant, in which row its headings stand, and what each column holds."""

    version: int
    table: Annotated[int, msgspec.Meta(ge=0, le=500)]
    heading_row: Annotated[int, msgspec.Meta(ge=0, le=10_000_000)]
    fields: Annotated[list[FieldName | None], msgspec.Meta(max_length=100)]


class ImportRowEdit(Input):
    """Corrected cells by field (null takes the correction back), and whether the row is to be taken."""

    cells: dict[FieldName, CellText | None] = msgspec.field(default_factory=dict)
    chosen: bool | msgspec.UnsetType = msgspec.UNSET


class ImportChoice(Input):
    """Choose all rows of a state, or none of them."""

    state: Literal["new", "doubtful"]
    chosen: bool


class ImportTakeOver(Input):
    """The version of the preview that the person saw."""

    version: int


class ImportTable(Output):
    """A table of the file, with its number of rows."""

    name: str
    rows: int


class ImportColumn(Output):
    """A column of the chosen table: its letter, its heading, what it holds, and an example."""

    letter: str
    title: str
    field: FieldName | None
    sample: str


class ImportCounts(Output):
    """Rows by state, those that are chosen, and those that have become tasks."""

    error: int
    doubtful: int
    new: int
    existing: int
    left_out: int
    chosen: int
    taken: int


class ImportBrief(Output):
    """An import in the list. `open` tasks are not struck off yet; `late` lists should have been given back."""

    id: str
    kind: ImportKind
    state: ImportState
    file_name: str
    format: Literal["xlsx", "docx", "csv"]
    source_name: str
    source_number: str
    due_on: Day | None
    wants_letter: bool
    received_at: Instant
    received_by: str
    taken_at: Instant | None
    returned_at: Instant | None
    late: bool
    tasks: int
    open: int
    version: int


class ImportOut(ImportBrief):
    """An import with what its file holds and how it was understood."""

    size_bytes: int
    tables: list[ImportTable]
    table: int
    heading_row: int
    columns: list[ImportColumn]
    counts: ImportCounts
    pictures_waiting: int


class RowFault(Output):
    """Something about a row: the field and cell, a code, and a sentence in the reader's language."""

    field: FieldName | None
    cell: str | None
    code: str
    level: FaultLevel
    message: str


class RowPicture(Output):
    """A picture on a row; its hash once its bytes were received, the reason where they were not taken."""

    sha256: str | None
    state: PictureState
    reason: str | None
    is_after: bool


class RowCell(Output):
    """A cell: the text as it stands in the file or was corrected to, and which."""

    field: FieldName
    text: str
    corrected: bool


class RowMeaning(Output):
    """How a row was understood."""

    unit_name: str | None
    site_name: str | None
    item: str | None
    severity: Severity
    found_on: Day | None
    due_on: Day | None
    replied_on: Day | None


class ImportRowOut(Output):
    """A row of the preview."""

    number: int
    state: RowState
    chosen: bool
    cells: list[RowCell]
    meaning: RowMeaning
    faults: list[RowFault]
    pictures: list[RowPicture]
    task_id: str | None
    task_number: str | None


class ImportRows(Output):
    """A stretch of the preview, errors first; `next` goes on after it."""

    items: list[ImportRowOut]
    next: int | None


class ImportList(Output):
    """Imports, the newest first."""

    items: list[ImportBrief]
    next: str | None


class PicturesTaken(Output):
    """How many pictures are still to be received from the file."""

    waiting: int
    refused: int


class ReturnRow(Output):
    """A row of a list that is to be given back: where its task stands, and what will be written."""

    number: int
    problem: str
    unit_name: str
    task_id: str | None
    task_number: str | None
    status: Literal["open", "late", "replied", "closed", "void", "not_taken"]
    done: str
    measure: str
    due_on: Day | None
    photos: list[str]


class ReturnOut(Output):
    """The merged return as it would be written now: what is still open stands first."""

    rows: list[ReturnRow]
    open: int
    late: bool
    due_on: Day | None
    returned_at: Instant | None
