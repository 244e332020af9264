"""A finding as a line of CSV and as a GeoJSON feature (RFC 7946)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

import msgspec

from schemas.tasks import FindingOut
from schemas.wire import Position
from server import clock
from server.ledger.cells import safe_text

BOM: Final = "\ufeff"
"""Without it Excel reads UTF-8 as the machine's own code page."""


@cache
def words(language: str) -> Mapping[str, Any]:
    """Titles and values of the exports in the reader's language."""
    known: Mapping[str, Any] = json.loads(Path(__file__).with_name(f"words.{language}.json").read_text("utf-8"))
    return known


def wall_text(at: datetime | None) -> str:
    """An instant as the wall clock in Shanghai shows it, to the second."""
    return at.astimezone(clock.SHANGHAI).strftime("%Y-%m-%d %H:%M:%S") if at else ""


Cell = Callable[[FindingOut, Mapping[str, Any]], str]

_CELLS: Final[Mapping[str, Cell]] = {
    "task": lambda one, _: one.task_number or "",
    "seen_at": lambda one, _: wall_text(one.seen_at),
    "site": lambda one, _: one.site_name,
    "item": lambda one, _: one.item,
    "standard": lambda one, _: one.item_label,
    "problem": lambda one, _: one.problem,
    "note": lambda one, _: one.note,
    "severity": lambda one, said: said["severity"][one.severity],
    "unit": lambda one, _: one.unit_name,
    "status": lambda one, said: said["finding"][one.status],
    "task_status": lambda one, said: said["task"][one.task_status],
    "due_on": lambda one, _: one.due_on.isoformat(),
    "finder": lambda one, _: one.finder,
    "flags": lambda one, said: said["and"].join(flag.message for flag in one.flags),
    "photos": lambda one, _: " ".join(photo.sha256 for photo in one.photos if photo.state == "received"),
}


def csv_head(language: str) -> str:
    """The first line, after the mark that says UTF-8."""
    return BOM + _line(words(language)["columns"][key] for key in _CELLS)


def csv_lines(findings: Iterable[FindingOut], language: str) -> str:
    """A line for each finding. No cell is read as a formula (R88)."""
    said = words(language)
    return "".join(_line(safe_text(cell(one, said)) for cell in _CELLS.values()) for one in findings)


def _line(cells: Iterable[str]) -> str:
    text = io.StringIO()
    csv.writer(text).writerow(cells)
    return text.getvalue()


def feature(finding: FindingOut, position: Position | None) -> bytes:
    """A finding at its site, as a feature; longitude first. Names of people stay out: maps are passed on."""
    place = None if position is None else {"type": "Point", "coordinates": [position.lon, position.lat]}
    properties = {
        "task": finding.task_number,
        "site": finding.site_name,
        "item": finding.item,
        "problem": finding.problem,
        "severity": finding.severity,
        "unit": finding.unit_name,
        "status": finding.status,
        "taskStatus": finding.task_status,
        "dueOn": finding.due_on,
        "seenAt": finding.seen_at,
    }
    return msgspec.json.encode({"type": "Feature", "id": finding.id, "geometry": place, "properties": properties})
