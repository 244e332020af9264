"""The wall chart (挂图作战) as it travels: indicators by units, and subjects by months."""

from __future__ import annotations

from typing import Literal

from schemas.matrix import Part
from schemas.wire import Day, Output

CellState = Literal["not_started", "under_way", "done", "overdue", "supervised"]
"""未启动 · 进行中 · 已完成 · 逾期 · 督办 (R13)."""
Coverage = Literal["done", "due", "missed", "ahead"]
"""A subject's month: inspected; this month and not yet; over without one (R36); still to come."""


class BoardUnit(Output):
    """A column. `posts_missing` lists the posts that nobody holds today (R6)."""

    id: str
    name: str
    posts_missing: list[str]


class BoardRow(Output):
    """A row: an indicator or a key work of the notice, or what was assigned beside it (code OTHER)."""

    code: str
    board: Literal["routine", "key_work", "other"]
    name: str


class BoardCell(Output):
    """Where a row and a unit meet. Counts are tasks; `supervised` and `overdue` are parts of `open`.

    `due_on` is the nearest deadline of what is open, `done_on` the last strike-off; `part` is None where the unit has
    tasks of the indicator without a share in it.
    """

    row: str
    unit_id: str
    part: Part | None
    state: CellState
    open: int
    overdue: int
    supervised: int
    replied: int
    closed: int
    due_on: Day | None
    done_on: Day | None


class CoverageCell(Output):
    """A subject in a month: how many inspections got in (R36)."""

    month: str
    state: Coverage
    inspections: int


class CoverageRow(Output):
    """A subject of inspection with the year's twelve months."""

    subject: str
    name: str
    months: list[CoverageCell]


class Board(Output):
    """The wall chart of one year as of today; cells without a share and without tasks are left out."""

    year: int
    as_of: Day
    units: list[BoardUnit]
    rows: list[BoardRow]
    cells: list[BoardCell]
    coverage: list[CoverageRow]
