"""Finds the heading of a table and what each column holds (R91, R92). Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from server.imports.reading.table import Line, Table
from server.imports.words import bare, plain, words

_LOOKED_AT: Final = 30
_LEAST_RECOGNISED: Final = 2
_SHORTEST_PART: Final = 3


@dataclass(frozen=True, slots=True)
class Heading:
    """The row of the headings (its number), their texts, and the field of each column or None."""

    row: int
    titles: tuple[str, ...]
    fields: tuple[str | None, ...]

    @property
    def recognised(self) -> int:
        return sum(field is not None for field in self.fields)


@cache
def _known_titles() -> dict[str, str]:
    """Each heading that offices use, with its field; where two fields share one the first holds."""
    known: dict[str, str] = {}
    for field, titles in words()["headers"].items():
        for title in titles:
            known.setdefault(plain(title), field)
    return known


def field_of(title: str) -> str | None:
    """What a column with this heading holds: by its words, else by the longest known heading inside it."""
    return next(iter(_candidates(title)), None)


def _candidates(title: str) -> list[str]:
    """What a heading may mean, the likeliest first; of two known headings inside it the last one."""
    known = _known_titles()
    name = bare(title)
    if name in known:
        return [known[name]]
    parts = [part for part in known if len(part) >= _SHORTEST_PART and part in name]
    return [known[part] for part in sorted(parts, key=lambda part: (len(part), name.endswith(part)), reverse=True)]


def fields_of(titles: Sequence[str]) -> tuple[str | None, ...]:
    """The field of each column; the first column of two that claim one gets it, an exact heading before all."""
    known = _known_titles()
    fields: list[str | None] = [None] * len(titles)
    taken: set[str] = set()
    exact_first = sorted(range(len(titles)), key=lambda place: bare(titles[place]) not in known)
    for place in exact_first:
        free = [field for field in _candidates(titles[place]) if field not in taken or field == "before"]
        if free:
            fields[place] = free[0]
            taken.add(free[0])
    return tuple(fields)


def find_heading(table: Table) -> Heading | None:
    """The row that names most columns among the first ones; of a heading in several rows the lowest.

    None where no row names the problem and one more column.
    """
    best: Heading | None = None
    for line in table.lines[:_LOOKED_AT]:
        heading = heading_at(line)
        if "problem" not in heading.fields or heading.recognised < _LEAST_RECOGNISED:
            continue
        stacked = best is not None and line.number == best.row + 1 and _goes_on(best, heading)
        if best is None or heading.recognised > best.recognised or (stacked and heading.recognised == best.recognised):
            best = heading
    return best


def _goes_on(above: Heading, below: Heading) -> bool:
    """Whether the row below repeats a heading that is merged over both."""
    return any(
        field is not None and title == above.titles[place]
        for place, (title, field) in enumerate(zip(below.titles, below.fields, strict=True))
        if place < len(above.titles)
    )


def heading_at(line: Line) -> Heading:
    """A row read as a heading."""
    return Heading(line.number, tuple(line.cells), fields_of(line.cells))


def best_table(tables: Sequence[Table]) -> int:
    """The table whose heading names most columns; the first where none has one."""
    found = [find_heading(table) for table in tables]
    return max(range(len(tables)), key=lambda place: ((h.recognised if (h := found[place]) else 0), -place), default=0)
