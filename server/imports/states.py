"""In which state a row of a list stands, and which key tells it again (R91, R92). Pure."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import msgspec

from schemas.imports import FaultLevel, ImportKind, RowState
from server.imports.rows import Fault, Reading
from server.imports.words import plain

_TELLING: Final = ("number", "site", "problem", "item", "unit")
RANKS: Final[Mapping[RowState, int]] = {"error": 0, "doubtful": 1, "new": 2, "existing": 3, "left_out": 4}
"""Errors first: what keeps a row from being taken stands at the head of the preview."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A row taken before under the same key: its task, whether that is live, and whether the file was the same."""

    task_id: str
    number: str
    is_live: bool
    same_file: bool


@dataclass(frozen=True, slots=True)
class Live:
    """A live task of ours, as far as a row may name it again; `problem` without its marks, as `plain` makes it."""

    task_id: str
    number: str
    problem: str
    unit_id: str
    site_id: str | None
    item_code: str | None


class Standing(msgspec.Struct):
    """What a row is: its state, the task that it already is, and its faults."""

    state: RowState
    task_id: str | None
    faults: list[Fault]


def keys_of(kind: ImportKind, rows: Sequence[Mapping[str, str]], days: Sequence[date | None]) -> list[str]:
    """One key a row: its content as it stands in the file, and the how-manyth row with that content it is.

    So the same file twice gives the same keys, a row that was pushed down keeps its own, and two equal rows differ.
    """
    seen: Counter[str] = Counter()
    keys = []
    for texts, day in zip(rows, days, strict=True):
        told = [kind, *(plain(texts.get(name, "")) for name in _TELLING), day.isoformat() if day else ""]
        content = hashlib.sha256("\x1f".join(told).encode()).hexdigest()
        seen[content] += 1
        keys.append(f"{content[:56]}-{seen[content]}")
    return keys


def stand(
    reading: Reading, *, earlier: Earlier | None, live: Sequence[Live], already_in_file: int | None = None
) -> Standing:
    """The state of a row: already there, left out, in error, doubtful or new, the first that holds.

    `live` are our live tasks that could be meant; `already_in_file` is the row above that names the same site and
    item: of one fault at one site there is one task (R41).
    """
    faults = list(reading.faults)
    known = _known(reading, earlier, live)
    if known is not None:
        return Standing("existing", known.task_id, [*faults, Fault(None, "known", "note", {"number": known.number})])
    if earlier is not None:
        faults.append(Fault(None, "named-again", "doubt", {"number": earlier.number}))
    if already_in_file is not None:
        faults.append(Fault("item", "item-twice", "doubt", {"row": already_in_file}))
    problem = plain(reading.draft.problem)
    alike = next((task for task in live if _alike(reading, problem, task)), None)
    if alike is not None:
        faults.append(Fault("problem", "looks-like", "doubt", {"number": alike.number}))
    return Standing(_state_of({fault.level for fault in faults}), None, faults)


def _state_of(levels: set[FaultLevel]) -> RowState:
    if "left_out" in levels:
        return "left_out"
    if "error" in levels:
        return "error"
    return "doubtful" if "doubt" in levels else "new"


def _known(reading: Reading, earlier: Earlier | None, live: Sequence[Live]) -> Earlier | Live | None:
    if earlier is not None and (earlier.is_live or earlier.same_file):
        return earlier
    draft = reading.draft
    problem = plain(draft.problem)
    for task in live:
        same_item = draft.item_code is not None and (draft.site_id, draft.item_code) == (task.site_id, task.item_code)
        same_number = draft.number != "" and draft.number == task.number and problem == task.problem
        if same_item or same_number:
            return task
    return None


def _alike(reading: Reading, problem: str, task: Live) -> bool:
    draft = reading.draft
    same_place = draft.site_id == task.site_id and draft.unit_id == task.unit_id
    return same_place and problem != "" and problem == task.problem


def twice_in_file(readings: Iterable[tuple[int, Reading]]) -> dict[int, int]:
    """Rows whose site and item a row above names too: row number → number of that row."""
    first: dict[tuple[str, str], int] = {}
    found = {}
    for number, reading in readings:
        draft = reading.draft
        if draft.site_id is None or draft.item_code is None or any(f.level == "left_out" for f in reading.faults):
            continue
        above = first.setdefault((draft.site_id, draft.item_code), number)
        if above != number:
            found[number] = above
    return found


def is_chosen(state: RowState, chosen: bool | None) -> bool:
    """Whether a row is taken over: new ones unless left aside, doubtful ones only when a person chose them."""
    return state in ("new", "doubtful") and (state == "new" if chosen is None else chosen)
