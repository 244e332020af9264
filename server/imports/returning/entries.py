"""What is written into a list that is given back: text for each row, and where it goes. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

from server.imports.words import words

Status = Literal["open", "late", "replied", "closed", "void", "not_taken"]
RETURNED: Final = ("done", "measure", "due_on", "after")
"""整改情况, 整改措施, 完成时限, 整改后照片: the columns that a superior wants filled."""
_OURS: Final = frozenset({"done", "after"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Where the task of a row stands. `photos` are hashes of photos after it was put right, the newest last."""

    number: int
    status: Status
    text: str = ""
    measure: str = ""
    due_on: date | None = None
    reason: str = ""
    photos: tuple[str, ...] = ()

    @property
    def done(self) -> str:
        """The words under 整改情况: where it stands, and what the unit wrote."""
        stands = str(words()["statuses"][self.status]).format(reason=self.reason).rstrip("：")
        if not stands:
            return ""
        return str(words()["done_with_text"]).format(status=stands, text=self.text) if self.text else stands

    @property
    def texts(self) -> dict[str, str]:
        """The words by column."""
        due = f"{self.due_on.year}年{self.due_on.month}月{self.due_on.day}日" if self.due_on else ""
        return {"done": self.done, "measure": self.measure, "due_on": due}


@dataclass(frozen=True, slots=True)
class Layout:
    """In which column (from 0) each of the four stands, and which of them are new to the file."""

    places: Mapping[str, int]
    added: Mapping[str, int] = field(default_factory=dict)


def layout_of(fields: Sequence[str | None]) -> Layout:
    """The columns of a list by what they hold; those that it lacks go behind its last one."""
    places = {name: fields.index(name) for name in RETURNED if name in fields}
    added = {name: len(fields) + n for n, name in enumerate(name for name in RETURNED if name not in places)}
    return Layout({**places, **added}, added)


def may_write(name: str, present: str) -> bool:
    """What the superior wrote stays; how it stands and its photos are ours to say."""
    return name in _OURS or not present.strip()


def title_of(name: str) -> str:
    """The heading of a column that is added."""
    return str(words()["return_titles"][name])
