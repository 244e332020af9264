"""What a cell and a month of the wall chart say, from counts (R13, R36). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from schemas.board import BoardCell, CellState, Coverage, CoverageCell
from server.board.matrix import Share
from server.months import months_between


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The tasks of one unit in one row. `begun` are open ones that somebody signed for or reported on.

    `overdue` and `supervised` are parts of `open`, which holds what nobody has replied to.
    """

    open: int = 0
    begun: int = 0
    overdue: int = 0
    supervised: int = 0
    replied: int = 0
    closed: int = 0
    due_on: date | None = None
    done_on: date | None = None


NOTHING = Tally()


def state_of(tally: Tally) -> CellState:
    """The five states of R13, the worst first. What is done counts once nothing is live any more."""
    if tally.supervised:
        return "supervised"
    if tally.overdue:
        return "overdue"
    if tally.open or tally.replied:
        return "under_way" if tally.begun or tally.replied or tally.closed else "not_started"
    return "done" if tally.closed else "not_started"


def cells(shares: Iterable[Share], tallies: Mapping[tuple[str, str], Tally]) -> Iterator[BoardCell]:
    """A cell for each share and for each unit that has tasks of a row without one, in no promised order."""
    parts = {(share.row, share.unit_id): share.part for share in shares}
    for key in parts.keys() | tallies.keys():
        tally = tallies.get(key, NOTHING)
        yield BoardCell(
            row=key[0],
            unit_id=key[1],
            part=parts.get(key),
            state=state_of(tally),
            open=tally.open,
            overdue=tally.overdue,
            supervised=tally.supervised,
            replied=tally.replied,
            closed=tally.closed,
            due_on=tally.due_on,
            done_on=tally.done_on,
        )


def months_of(year: int, counts: Mapping[str, int], today: date) -> list[CoverageCell]:
    """A subject's twelve months; `counts` holds inspections that got in, by month (YYYY-MM)."""
    names = months_between(f"{year:04}-01", f"{year:04}-12")
    return [
        CoverageCell(month=name, state=_coverage(name, counts, today), inspections=counts.get(name, 0))
        for name in names
    ]


def _coverage(month: str, counts: Mapping[str, int], today: date) -> Coverage:
    if counts.get(month):
        return "done"
    this_month = f"{today.year:04}-{today.month:02}"
    if month == this_month:
        return "due"
    return "missed" if month < this_month else "ahead"
