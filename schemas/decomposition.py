"""The monthly decomposition of key indicators (每月逐项分解, R19) as it travels."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from schemas.wire import Day, Input, Instant, Month, Output, Uuid

IndicatorCode = Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
Phrase = Annotated[str, msgspec.Meta(max_length=400)]
GapOf = Literal["no_focus", "no_line", "no_contact"]
"""Nothing is marked 重点 this month; a marked indicator has no line; a line has no record of contact."""


class FocusIn(Input):
    """Which indicators are 重点 in a month, all of them."""

    month: Month
    indicator_codes: Annotated[list[IndicatorCode], msgspec.Meta(max_length=60)]


class MonthLineIn(Input):
    """What one unit does for one indicator this month: by when, when it was contacted, what is hard, what came."""

    month: Month
    indicator_code: IndicatorCode
    unit_id: Uuid
    what: Annotated[str, msgspec.Meta(min_length=1, max_length=400)]
    due_on: Day
    contact_on: Day | None = None
    contact: Phrase = ""
    problem: Phrase = ""
    result: Phrase = ""


class MonthLineOut(Output):
    """A line in its newest version. `late_days` are working days past its day, 0 where it is done or ahead."""

    unit_id: str
    unit_name: str
    number: int
    what: str
    due_on: Day
    contact_on: Day | None
    contact: str
    problem: str
    result: str
    done_on: Day | None
    done_note: str
    late_days: int
    entered_at: Instant
    entered_by: str


class UnitWithoutLine(Output):
    """A unit by name."""

    id: str
    name: str


class FocusOut(Output):
    """An indicator that is 重点, with its lines, and its responsible units that have none yet."""

    code: str
    name: str
    lines: list[MonthLineOut]
    without_line: list[UnitWithoutLine]


class DecompositionGap(Output):
    """What the month still lacks; `indicator` and `unit` are names, empty where the gap has none."""

    kind: GapOf
    indicator: str
    unit: str


class OfferedIndicator(Output):
    """An indicator of the notice that may be marked."""

    code: str
    name: str


class Decomposition(Output):
    """A month's decomposition. `complete` and `gaps` are R19's; `late` where the month ended without it."""

    month: str
    may_edit: bool
    complete: bool
    late: bool
    focus: list[FocusOut]
    gaps: list[DecompositionGap]
    offered: list[OfferedIndicator]
