"""How the district did over a span of months, as it travels. Every number has rows behind it."""

from __future__ import annotations

from schemas.wire import Month, Output


class Spread(Output):
    """Days from confirmation to 销号 of `count` tasks: the median, and what nine in ten did not exceed."""

    count: int
    median_days: float | None
    p90_days: float | None


class MonthFigures(Output):
    """One month: inspections that got in, findings, tasks struck off and those of them in time, relapses opened."""

    month: str
    inspections: int
    findings: int
    closed: int
    closed_on_time: int
    relapses: int


class UnitFigures(Output):
    """One unit over the span; `open` and `overdue` are as of today."""

    unit_id: str
    unit_name: str
    findings: int
    closed: int
    closed_on_time: int
    relapses: int
    open: int
    overdue: int
    spread: Spread


class ItemFigures(Output):
    """One checklist item that failed: how often, and at how many sites."""

    item: str
    label: str
    findings: int
    sites: int


class CodeCount(Output):
    """A severity or a flag, and how many findings carry it."""

    code: str
    findings: int


class Statistics(Output):
    """The span's figures. Rates are left to the reader: the counts they come from are here."""

    first_month: Month
    last_month: Month
    months: list[MonthFigures]
    units: list[UnitFigures]
    items: list[ItemFigures]
    severities: list[CodeCount]
    flags: list[CodeCount]
    spread: Spread
