"""How a science room stands by its register, and what is wrong with an entry (R20, R53). Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final, Protocol

from schemas.science import EntryIn, ScienceNode
from server.errors import FieldError

NODES: Final[tuple[ScienceNode, ...]] = ("science_week", "science_day", "science_month")
_MONTH_SINCE, _SEPTEMBER = 2025, 9


class Counted(Protocol):
    """An entry as far as the stock asks for it."""

    name: str
    count: int | None


def is_overdue(updated_on: date | None, today: date, days: int) -> bool:
    """Whether what a room shows is older than the days that are set, or was never updated (R20)."""
    return updated_on is None or (today - updated_on).days > days


def stock_of(in_order: Iterable[Counted]) -> dict[str, int]:
    """Copies of each material by its newest count, the oldest entry first; what has run out is left out."""
    newest = {entry.name: entry.count or 0 for entry in in_order}
    return {name: count for name, count in newest.items() if count}


def nodes_of(year: int) -> list[ScienceNode]:
    """The nodes of a year: 全国科普月 is one since 2025 (R53)."""
    return [node for node in NODES if node != "science_month" or year >= _MONTH_SINCE]


def entry_faults(asked: EntryIn, today: date) -> list[FieldError]:
    """Stock and activities are counted, only an activity has a node, 全国科普月 is September since 2025."""
    errors = [FieldError("/on", "day-ahead")] if asked.on > today else []
    if not asked.name.strip():
        errors.append(FieldError("/name", "required"))
    if asked.count is None and asked.kind != "update":
        errors.append(FieldError("/count", "required"))
    if asked.count is not None and asked.kind == "update":
        errors.append(FieldError("/count", "science-count"))
    if asked.node is not None and asked.kind != "activity":
        errors.append(FieldError("/node", "science-node"))
    if asked.node == "science_month" and (asked.on.month != _SEPTEMBER or asked.on.year < _MONTH_SINCE):
        errors.append(FieldError("/node", "science-month"))
    return errors
