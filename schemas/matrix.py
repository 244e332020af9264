"""Responsibility for indicators (责任分工) as it travels."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from schemas.wire import Day, Input, Instant, Output

Part = Literal["responsible", "supporting"]
"""责任 or 配合 (R12)."""
GapKind = Literal["nobody", "holder_unknown", "several", "twice"]
"""No unit answers; a named holder is no unit here; several answer and one compiles (R11); a unit has both parts."""
Code = Annotated[str, msgspec.Meta(min_length=1, max_length=40, pattern=r"^[A-Za-z0-9_-]+$")]


class MatrixUnit(Output):
    """A column: a unit of the group."""

    id: str
    code: str
    name: str


class DutyOut(Output):
    """A share as it was entered. `holder_name` is the unit or the group of units as the notice calls it."""

    id: str
    indicator_code: str
    requirement_code: str
    holder: str
    holder_name: str
    part: Part
    compiles: bool
    from_on: Day
    until_on: Day | None
    reason: str
    from_notice: bool


class MatrixOwner(Output):
    """A unit's part in one requirement today; `compiles` where it puts the parts of all together (R11)."""

    unit_id: str
    part: Part
    compiles: bool


class MatrixRequirement(Output):
    """What is asked for in an indicator, by which method and in which formats (R10, R23), and who answers for it."""

    code: str
    no: str
    text: str
    method: str
    formats: list[str]
    provincial_opinion: bool
    owners: list[MatrixOwner]


class MatrixIndicator(Output):
    """A row of the notice's table: board, aspect, indicator, content, standards, and the units' parts in the whole."""

    code: str
    board: Literal["routine", "key_work"]
    aspect: str
    group: str
    name: str
    standards: list[str]
    items: list[str]
    basis: str
    footnote: str
    requirements: list[MatrixRequirement]
    owners: list[MatrixOwner]


class MatrixGap(Output):
    """Something in the matrix that a person should look at."""

    kind: GapKind
    indicator_code: str
    requirement_code: str
    name: str
    holders: list[str]


class MatrixCounts(Output):
    """How much the notice holds (R9)."""

    boards: int
    aspects: int
    indicators: int
    contents: int
    key_works: int


class Holder(Output):
    """Whoever can be given a share: a unit, or a group that the notice names."""

    code: str
    name: str


class Matrix(Output):
    """The matrix on a day. `may_edit` says whether this person may change it."""

    on: Day
    year: int
    title: str
    edition_from_on: Day
    counts: MatrixCounts
    units: list[MatrixUnit]
    indicators: list[MatrixIndicator]
    duties: list[DutyOut]
    gaps: list[MatrixGap]
    holders: list[Holder]
    may_edit: bool


class DutyIn(Input):
    """A share that begins on a day. Without a requirement it is in the whole indicator."""

    indicator_code: Code
    holder: Code
    part: Part
    from_on: Day
    reason: Annotated[str, msgspec.Meta(min_length=1, max_length=400)]
    requirement_code: Annotated[str, msgspec.Meta(max_length=40)] = ""
    compiles: bool = False


class DutyEnd(Input):
    """The last day of a share, and why."""

    until_on: Day
    reason: Annotated[str, msgspec.Meta(min_length=1, max_length=400)]


class CatalogueIn(Input):
    """A year's notice as data, of the shape of the one that came with the system, and the day it is to hold from."""

    content: dict[str, Any]
    from_on: Day


class CatalogueTake(Input):
    """A catalogue that was looked over: from which day it holds, and the hash that the preview gave."""

    content: dict[str, Any]
    content_sha256: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
    from_on: Day


class CatalogueChange(Output):
    """One difference between two catalogues: `before` is empty for what is new, `after` for what is gone."""

    kind: Literal["indicator", "requirement", "duty", "text"]
    code: str
    name: str
    before: str
    after: str


class CataloguePreview(Output):
    """What taking a catalogue would change, before anything is taken."""

    year: int
    title: str
    content_sha256: str
    known: bool
    counts: MatrixCounts
    changes: list[CatalogueChange]


class CatalogueEditionOut(Output):
    """A catalogue that was taken."""

    id: str
    year: int
    title: str
    from_on: Day
    taken_at: Instant
    by_name: str
