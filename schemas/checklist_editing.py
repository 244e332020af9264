"""Drafts and versions of the checklists, and forms that are brought in or given away, as they travel."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from schemas.checklists import SiteKind, TemplateDocument, Words
from schemas.wire import Day, Input, Instant, Output, Uuid

DraftVersion = Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]
ChangeKind = Literal["added", "removed", "changed"]
RemarkKind = Literal["changed", "lost", "system"]
"""What became of a cell of a form: taken in another shape, not taken, or not asked because the system knows it."""


class ChecklistVersionOut(Output):
    """One version of a checklist. `published_by_name` is empty for those that came with a release."""

    id: str
    version: int
    published_on: Day
    published_by_name: str
    holds_from: Day
    superseded_on: Day | None
    is_current: bool
    note: str
    item_count: int


class ChecklistDraftMark(Output):
    """That a draft of the next version exists, and who wrote at it last."""

    version: int
    updated_at: Instant
    updated_by_name: str
    is_new: bool


class ChecklistOut(Output):
    """One checklist with its versions, the newest first; a new one has a draft only."""

    code: str
    subject: str
    name: Words
    site_kinds: list[SiteKind]
    versions: list[ChecklistVersionOut]
    draft: ChecklistDraftMark | None


class ChecklistFault(Output):
    """What keeps a draft from being published: an RFC 6901 pointer into it, a code, a sentence."""

    pointer: str
    code: str
    message: str


class FieldChange(Output):
    """One field that says something else, both sides as they stand in the document."""

    field: str
    before: Any
    after: Any


class ItemChange(Output):
    """What became of one item."""

    code: str
    label: Words
    kind: ChangeKind
    fields: list[FieldChange]


class ChecklistDifferences(Output):
    """What one version says otherwise than the one before."""

    frame: list[FieldChange]
    items: list[ItemChange]
    moved: list[str]


class ItemOwed(Output):
    """An item that is left out while tasks of it are still to be struck off."""

    code: str
    label: Words
    tasks: int


class ChecklistDraftOut(Output):
    """A draft with everything that is wrong with it, what it changes, and which tasks it would leave behind."""

    code: str
    base_version_id: str | None
    document: TemplateDocument
    version: int
    updated_at: Instant
    updated_by_name: str
    faults: list[ChecklistFault]
    differences: ChecklistDifferences
    owed: list[ItemOwed]


class ChecklistDraftIn(Input):
    """A whole draft. `version` is the one that was read, 0 for a draft that is not there yet."""

    version: DraftVersion
    base_version_id: Uuid | None
    document: TemplateDocument

    def __post_init__(self) -> None:
        super().__post_init__()
        if b"\\u0000" in msgspec.json.encode(self.document):
            raise ValueError("NUL in `document`")


class ChecklistPublish(Input):
    """From when the draft holds. `accepted`: items left out although tasks of them are open, as the person was told."""

    version: DraftVersion
    holds_from: Day
    renews_visits: bool
    note: Annotated[str, msgspec.Meta(max_length=500)]
    accepted: Annotated[list[str], msgspec.Meta(max_length=300)]


class FormRemark(Output):
    """What became of one cell of a form, and why. Rows count from 1 as in the sheet; 0 is the whole sheet."""

    sheet: str
    row: int
    column: str
    value: str
    kind: RemarkKind
    code: str
    message: str


class FormReading(Output):
    """A form that was read and not saved: the checklist it comes to, and everything that it did not come to."""

    document: TemplateDocument
    questions: int
    taken: int
    remarks: list[FormRemark]
