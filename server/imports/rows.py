"""One row of a list, understood: the task that it would become, and everything that a person should look at. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import msgspec

from schemas.imports import FaultLevel, ImportKind
from schemas.tasks import Severity
from server.imports.dates import DayRead, Lean, read_day
from server.imports.names import Directory
from server.imports.words import plain, plain_set, words

LONGEST_TEXT: Final = 4000
LONGEST_NAME: Final = 100
_KEPT_FROM_FORMULAS: Final = ("'=", "'+", "'-", "'@")


class Fault(msgspec.Struct, frozen=True):
    """Something about a row: at which field, what, how grave, and the numbers or words that its text needs.

    A note tells how something was understood and holds nothing up.
    """

    field: str | None
    code: str
    level: FaultLevel
    params: dict[str, Any] = {}


class Draft(msgspec.Struct):
    """The task that a row would become. Dates are Shanghai dates; `done` is what was said to be done."""

    problem: str = ""
    requirement: str = ""
    measure: str = ""
    unit_id: str | None = None
    watcher_ids: list[str] = []
    severity: Severity = "minor"
    site_id: str | None = None
    item_code: str | None = None
    institution: str = ""
    found_on: date | None = None
    due_on: date | None = None
    replied_on: date | None = None
    done: str = ""
    number: str = ""
    origin: str = ""


class Reading(msgspec.Struct):
    """A row as it was understood."""

    draft: Draft
    faults: list[Fault]


@dataclass(frozen=True, slots=True)
class Ground:
    """What rows are understood by: whose list it is, who and what can be named, the day, the deadline of the list."""

    kind: ImportKind
    directory: Directory
    today: date
    list_due_on: date | None = None


@dataclass(slots=True)
class _Row:
    """A row while it is read."""

    texts: Mapping[str, str]
    ground: Ground
    draft: Draft
    faults: list[Fault]

    def text(self, name: str) -> str:
        """The words of a cell, without the apostrophe that our ledger puts before what could be a formula (R88)."""
        text = self.texts.get(name, "").strip()
        return text[1:] if text.startswith(_KEPT_FROM_FORMULAS) else text

    def fault(self, name: str | None, code: str, level: FaultLevel, /, **params: Any) -> None:
        self.faults.append(Fault(name, code, level, params))


def read_row(texts: Mapping[str, str], ground: Ground) -> Reading:
    """Understand one row; `texts` are its cells by field. Only open rows of a list are taken (R92)."""
    row = _Row(texts, ground, Draft(), [])
    if _is_no_entry(row):
        row.fault(None, "no-entry", "left_out")
        return Reading(row.draft, row.faults)
    for step in _STEPS:
        step(row)
    return Reading(row.draft, row.faults)


def _is_no_entry(row: _Row) -> bool:
    """A line between the entries: the title of a section, a sum, a heading that is repeated on each page."""
    filled = [name for name in row.texts if row.text(name)]
    if len(filled) <= 1 and not row.text("problem"):
        return True
    first = plain(row.text("serial") or row.text(filled[0]))
    titles = words()["headers"]
    repeated = sum(plain(row.text(name)) in map(plain, titles[name]) for name in filled)
    return first in ("合计", "总计", "小计") or repeated * 2 > len(filled)


def _state(row: _Row) -> None:
    """Closed, void and unconfirmed rows are left out."""
    said = {name: plain(row.text(name)) for name in ("is_closed", "lamp", "remarks")}
    if said["is_closed"] in plain_set("void") or said["lamp"] in plain_set("void"):
        row.fault("is_closed", "is-void", "left_out")
    elif said["is_closed"] in plain_set("waiting") or said["lamp"] in plain_set("waiting"):
        row.fault("lamp", "is-unconfirmed", "left_out")
    elif said["is_closed"] in plain_set("closed") or said["lamp"] in plain_set("closed"):
        row.fault("is_closed" if said["is_closed"] in plain_set("closed") else "lamp", "is-closed", "left_out")
    elif row.text("closed_at"):
        row.fault("closed_at", "is-closed", "left_out")


def _texts(row: _Row) -> None:
    draft = row.draft
    draft.problem = _long(row, "problem")
    draft.requirement = _long(row, "requirement")
    draft.measure = _long(row, "measure")
    draft.done = _long(row, "done")
    draft.institution = row.text("institution")[:LONGEST_NAME]
    draft.number = (row.text("number") or row.text("serial"))[:40]
    draft.origin = row.text("origin")[:LONGEST_NAME]
    if not draft.problem:
        row.fault("problem", "problem-missing", "error")


def _long(row: _Row, name: str) -> str:
    text = row.text(name)
    if len(text) > LONGEST_TEXT:
        row.fault(name, "text-too-long", "error", most=LONGEST_TEXT)
    return text[:LONGEST_TEXT]


def _site(row: _Row) -> None:
    text = row.text("site")
    if not text:
        return
    found = row.ground.directory.site(text)
    if found is None:
        row.fault("site", "site-unknown", "note", text=text[:60])
        row.draft.institution = row.draft.institution or text[:LONGEST_NAME]
        return
    row.draft.site_id = found.id
    if found.how == "guess":
        row.fault("site", "site-guessed", "doubt", text=text[:60], name=row.ground.directory.sites[found.id].name)


def _item(row: _Row) -> None:
    text = row.text("item")
    if not text:
        return
    directory = row.ground.directory
    found = directory.item(text)
    if found is None:
        row.fault("item", "item-unknown", "note", text=text[:60])
        return
    item, site = directory.items[found.id], directory.sites.get(row.draft.site_id or "")
    if site is None:
        row.fault("item", "item-without-site", "note", code=found.id)
    elif item.kinds and site.kind not in item.kinds:
        row.fault("item", "item-not-there", "note", code=found.id, name=site.name)
    else:
        row.draft.item_code = found.id


def _severity(row: _Row) -> None:
    text = plain(row.text("severity"))
    item = row.ground.directory.items.get(row.draft.item_code or "")
    row.draft.severity = _severity_of(item.severity) if item else "minor"
    if not text:
        return
    for severity, names in words()["severity"].items():
        if text in map(plain, names):
            row.draft.severity = _severity_of(severity)
            return
    row.fault("severity", "severity-unknown", "doubt", text=row.text("severity")[:20])


def _severity_of(text: str) -> Severity:
    return "severe" if text == "severe" else "major" if text == "major" else "minor"


def _unit(row: _Row) -> None:
    text, directory = row.text("unit"), row.ground.directory
    if not text:
        row.fault("unit", "unit-missing", "error")
        return
    found = directory.unit(text)
    if found is None:
        row.fault("unit", "unit-unknown", "error", text=text[:60])
        return
    unit = directory.units[found.id]
    if not unit.owes:
        row.fault("unit", "unit-not-member", "error", name=unit.name)
        return
    row.draft.unit_id = unit.id
    row.draft.watcher_ids = [id_ for id_ in found.others if directory.units[id_].owes and id_ != unit.id]
    if row.draft.watcher_ids:
        others = "、".join(directory.units[id_].name for id_ in row.draft.watcher_ids)
        row.fault("unit", "units-several", "doubt", name=unit.name, others=others)
    elif found.how == "guess":
        row.fault("unit", "unit-guessed", "doubt", text=text[:60], name=unit.name)
    elif found.how in ("former", "heir"):
        row.fault("unit", f"unit-{found.how}", "note", text=text[:60], name=unit.name)


def _dates(row: _Row) -> None:
    draft, today = row.draft, row.ground.today
    draft.found_on = _day(row, "found_at", "past")
    draft.due_on = _day(row, "due_on", "future", draft.found_on)
    draft.replied_on = _day(row, "replied_on", "past")
    for name, day in (("found_at", draft.found_on), ("replied_on", draft.replied_on)):
        if day is not None and day > today:
            row.fault(name, "day-to-come", "error", on=day.isoformat())
    if not row.text("due_on"):
        draft.due_on = row.ground.list_due_on
        if draft.due_on is None:
            row.fault("due_on", "due-missing", "error")
    if draft.due_on and draft.found_on and draft.due_on < draft.found_on:
        row.fault("due_on", "due-before-found", "error", due=draft.due_on.isoformat(), found=draft.found_on.isoformat())
    if draft.due_on and draft.due_on < today and row.ground.kind == "superior" and row.text("due_on"):
        row.fault("due_on", "due-passed", "error", due=draft.due_on.isoformat())
    if draft.replied_on and draft.found_on and draft.replied_on < draft.found_on:
        row.fault("replied_on", "replied-before-found", "doubt", replied=draft.replied_on.isoformat())


def _day(row: _Row, name: str, lean: Lean, after: date | None = None) -> date | None:
    text = row.text(name)
    if not text:
        return None
    read: DayRead = read_day(text, today=row.ground.today, lean=lean, after=after)
    if read.on is None:
        # Only what a task stands on must be right; an unreadable day of a reply is asked about.
        row.fault(name, "no-date", "doubt" if name == "replied_on" else "error", text=text[:40])
    elif read.doubt:
        row.fault(name, read.doubt, "note", text=text[:40], on=read.on.isoformat())
    return read.on


_STEPS: Final[tuple[Callable[[_Row], None], ...]] = (_state, _texts, _site, _item, _severity, _unit, _dates)
