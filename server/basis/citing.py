"""Which rows of the matrix rest on which paper, from their own words (R90). Pure."""

from __future__ import annotations

from collections.abc import Iterable

from server.matrix.notice import Indicator
from server.matrix.shape import Cite


def rows_citing(cite: Cite, rows: Iterable[Indicator]) -> list[str]:
    """The codes of the rows that name a paper by its number or its title, in the table's order."""
    names = [name for name in (cite.number or "", cite.title.strip("《》")) if name]
    return [row.code for row in rows if any(_plain(name) in _plain(_words(row)) for name in names)]


def _words(row: Indicator) -> str:
    return "".join((*row.standards, row.basis, row.footnote, *(asked.text for asked in row.requirements)))


def _plain(text: str) -> str:
    return "".join(text.split())
