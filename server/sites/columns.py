"""Which column of a list of sites holds what. Pure but for its word list."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final, get_args

from schemas.sites import KINDS, SiteField, SiteKind
from server.imports.reading.table import Line, Table
from server.imports.words import bare, plain

FIELDS: Final[tuple[SiteField, ...]] = get_args(SiteField)
_LOOKED_AT: Final = 30
_LEAST_RECOGNISED: Final = 2


@cache
def _words() -> dict[str, Any]:
    known: dict[str, Any] = json.loads(Path(__file__).with_name("words.json").read_text(encoding="utf-8"))
    return known


@cache
def _titles() -> dict[str, SiteField]:
    return {plain(title): field for field in FIELDS for title in _words()["headers"][field]}


@cache
def _kinds() -> dict[str, SiteKind]:
    return {plain(word): kind for kind in KINDS for word in _words()["kinds"][kind]}


def kind_of(text: str) -> SiteKind | None:
    """The kind that an office's word for it means."""
    return _kinds().get(plain(text))


def fields_of(titles: Sequence[str]) -> list[SiteField | None]:
    """What each column is taken to hold; the first of two that claim the same."""
    fields: list[SiteField | None] = []
    for title in titles:
        field = _titles().get(plain(title)) or _titles().get(bare(title))
        fields.append(field if field not in fields else None)
    return fields


def heading_of(table: Table) -> Line:
    """The line that names most columns among the first ones; the first line where none names two."""
    scored = [(sum(field is not None for field in fields_of(line.cells)), line) for line in table.lines[:_LOOKED_AT]]
    best = max(scored, key=lambda one: (one[0], -one[1].number))
    return best[1] if best[0] >= _LEAST_RECOGNISED else table.lines[0]
