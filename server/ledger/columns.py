"""The columns of 整改台账 and of its further sheets. The words stand in `words.json`. Pure."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Any, Final

from server.ledger.cells import Link
from server.ledger.entries import Entry, Paper

Cell = str | int | float | date | datetime | Link | None
_SHANGHAI: Final = timezone(timedelta(hours=8))


@cache
def words() -> dict[str, Any]:
    """The words of the workbook. It is an official document, so they are Chinese for every reader."""
    known: dict[str, Any] = json.loads(Path(__file__).with_name("words.json").read_text(encoding="utf-8"))
    return known


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key in the words, its width in characters, what stands in it."""

    key: str
    width: float
    cell: Callable[[Entry, str], Cell]


def _wall(at: datetime | None) -> datetime | None:
    """An instant as the wall clock in Shanghai shows it: a cell has no zone."""
    return at.astimezone(_SHANGHAI).replace(tzinfo=None, microsecond=0) if at else None


def _number(paper: Paper | None) -> str:
    return paper.number if paper else ""


def _photos(hashes: list[str], public_url: str, absence: str) -> Cell:
    if not hashes:
        return absence
    return Link(f"{public_url}/api/photos/{hashes[0]}/screen", words()["photos"].format(n=len(hashes)))


def _checker(entry: Entry) -> str:
    if entry.check is None:
        return ""
    return entry.check.by + str(words()["checker"].get(entry.closed_kind, ""))


def _replied_on(entry: Entry) -> Cell:
    if entry.replied_at is not None:
        return _wall(entry.replied_at)
    return entry.assignment.replied_on if entry.assignment else None


def _remarks(entry: Entry) -> str:
    notes = words()["remarks"]
    said = [notes[name] for name in ("provisional", "is_relapse", "asks_extension") if getattr(entry, name)]
    if entry.status == "void":
        said.append(notes["void"].format(reason=entry.void_reason))
    return "；".join(said)


def lamp_words(entry: Entry) -> str:
    """The lamp as a word: a printed page has no colour."""
    lamps: dict[str, str] = words()["lamp"]
    return lamps[entry.lamp] if entry.lamp != "none" else str(words()["status"][entry.status])


COLUMNS: Final = (
    Column("number", 12, lambda e, _: e.number),
    Column("origin", 10, lambda e, _: words()["origin"].get(e.origin, e.origin)),
    Column("found_at", 17, lambda e, _: _wall(e.found_at)),
    Column("site", 22, lambda e, _: e.site),
    Column("problem", 40, lambda e, _: e.problem),
    Column("item", 10, lambda e, _: e.item_code),
    Column("severity", 10, lambda e, _: words()["severity"].get(e.severity, e.severity)),
    Column("unit", 14, lambda e, _: e.unit),
    Column("institution", 18, lambda e, _: e.institution),
    Column("leaders", 10, lambda e, _: e.leaders),
    Column("responsible", 12, lambda e, _: e.responsible),
    Column("requirement", 30, lambda e, _: e.requirement),
    Column("measure", 30, lambda e, _: e.measure),
    Column("due_on", 12, lambda e, _: e.due_on),
    Column("assignment", 20, lambda e, _: _number(e.assignment)),
    Column("reply_due_on", 12, lambda e, _: e.assignment.reply_due_on if e.assignment else None),
    Column("replied_on", 17, lambda e, _: _replied_on(e)),
    Column("supervision", 20, lambda e, _: _number(e.supervision)),
    Column("done", 40, lambda e, _: e.done),
    Column("checker", 14, lambda e, _: _checker(e)),
    Column("checked_at", 17, lambda e, _: _wall(e.check.at) if e.check else None),
    Column("check_result", 10, lambda e, _: words()["check"][e.check.result] if e.check else ""),
    Column("return_count", 10, lambda e, _: e.return_count),
    Column("is_closed", 10, lambda e, _: words()["yes" if e.status == "closed" else "no"]),
    Column("closed_by", 10, lambda e, _: e.closed_by if e.status == "closed" else ""),
    Column("closed_at", 17, lambda e, _: _wall(e.closed_at) if e.status == "closed" else None),
    Column("days_late", 12, lambda e, _: e.days_late or None),
    Column("before", 18, lambda e, url: _photos(e.before, url, e.no_photo_reason)),
    Column("after", 18, lambda e, url: _photos(e.after, url, "")),
    Column("remarks", 20, lambda e, _: _remarks(e)),
    Column("lamp", 10, lambda e, _: lamp_words(e)),
)


def cells_of(entry: Entry, public_url: str) -> list[Cell]:
    """What stands in a row after its serial number."""
    return [column.cell(entry, public_url) for column in COLUMNS]


def record_cells(entry: Entry) -> list[list[Cell]]:
    """The rows of 整改记录: every accepted step."""
    actions = words()["action"]
    return [
        [entry.number, entry.site, _wall(s.at), s.by, s.unit, actions.get(s.action, s.action), s.text]
        for s in entry.steps
    ]


def return_cells(entry: Entry) -> list[list[Cell]]:
    """The rows of 退回记录."""
    return [
        [entry.number, entry.site, entry.unit, _wall(s.at), s.by, s.text, s.due_on]
        for s in entry.steps
        if s.action == "return"
    ]
