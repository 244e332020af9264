"""What both renderers decide alike for a content: its format, its titles' lines, its tables' columns. Pure."""

from __future__ import annotations

from typing import Literal

import msgspec

from schemas.documents import Document, DocumentKind, Table
from server.documents.measures import AREA_MM, CELL_PT, MM_TO_PT, characters
from server.documents.title_lines import title_lines

Format = Literal["letter", "file", "sheet"]
_FORMATS: dict[DocumentKind, Format] = {
    "assignment": "letter",
    "supervision": "letter",
    "reply": "letter",
    "approval": "sheet",
    "circular": "file",
    "situation_report": "file",
    "notice": "file",
    "minutes": "file",
    "work_summary": "file",
}


class Column(msgspec.Struct, frozen=True):
    """A column's share of the type area's width, and how its cells stand."""

    width: float
    align: Literal["center", "left"]


PROBLEM_COLUMNS = (
    Column(0.05, "center"),
    Column(0.14, "left"),
    Column(0.21, "left"),
    Column(0.095, "center"),
    Column(0.065, "center"),
    Column(0.15, "left"),
    Column(0.18, "center"),
    Column(0.11, "center"),
)
_LONGEST_COUNTED, _LEAST_WIDE, _CELL_INSETS_PT = 14.0, 0.12, 8.0


def format_of(document: Document) -> Format:
    """信函格式, 文件格式 (纪要 among it) or the 呈批 sheet."""
    return _FORMATS[document.kind]


def heading_lines(document: Document) -> tuple[str, ...]:
    """The title in lines."""
    return title_lines(document.title, document.title_words)


def columns_of(table: Table) -> tuple[Column, ...]:
    """Narrow columns as wide as their longest text, and the wide ones, set left, share the room that is left."""
    wide = [column for column in range(len(table.headings)) if column in table.wide]
    natural = [_natural_width(table, column) for column in range(len(table.headings))]
    room = 1.0 - sum(width for column, width in enumerate(natural) if column not in wide)
    if not wide or room < _LEAST_WIDE * len(wide):
        total = sum(natural)
        shares = [width / total for width in natural]
    else:
        wanted = sum(natural[column] for column in wide)
        shares = [natural[c] * room / wanted if c in wide else natural[c] for c in range(len(natural))]
    return tuple(Column(share, "left" if column in wide else "center") for column, share in enumerate(shares))


def _natural_width(table: Table, column: int) -> float:
    """The share of the width for the longest cell on one line and the heading on two."""
    cells = max((characters(row[column]) for row in table.rows), default=0.0)
    longest = min(_LONGEST_COUNTED, max(cells, characters(table.headings[column]) / 2 + 0.5, 2.0))
    return (longest * CELL_PT + _CELL_INSETS_PT) / (AREA_MM[0] * MM_TO_PT)
