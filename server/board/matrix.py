"""The rows of the wall chart, and the shares that make its cells, from the matrix of responsibility (R9–R12)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from schemas.board import BoardRow
from schemas.matrix import Part
from server.matrix.holding import Owner
from server.matrix.notice import Indicator

OTHER = "OTHER"
ROW_OF_SUBJECT = {"SUB-YL": "III-61", "SUB-KPYJ": "III-42", "SUB-KPHD": "III-42"}
"""Which indicator an inspection's subject belongs to (R36): the medical system, and science for all."""


@dataclass(frozen=True, slots=True)
class Share:
    """A unit has a part in a row."""

    row: str
    unit_id: str
    part: Part


def rows(indicators: Collection[Indicator]) -> list[BoardRow]:
    """The contents of the indicators, the key works (R9), and what was assigned beside them."""
    named = [BoardRow(code=row.code, board=row.board, name=row.name) for row in indicators]
    return [*named, BoardRow(code=OTHER, board="other", name="")]


def shares(indicators: Collection[Indicator], owners: Mapping[str, Sequence[Owner]]) -> list[Share]:
    """Every unit's part in a row, 责任 or 配合 (R12)."""
    return [Share(row.code, one.unit_id, one.part) for row in indicators for one in owners.get(row.code, [])]
