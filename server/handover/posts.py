"""Which posts may be handed over, by whom, and what goes with them (R6). Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from schemas.tasks import PersonPart
from server.auth import roles

DONE_BY_OFFICE: Final = roles.UNIT
"""The posts that the office hands over: those of responsible units. All others are the administrator's, so that nobody
makes themselves more than they are."""

_PARTS: Final[dict[str, tuple[PersonPart, ...]]] = {
    roles.UNIT_LEADER: ("overseer",),
    roles.LIAISON: ("implementer", "resolver"),
    roles.DATA_OFFICER: ("implementer", "resolver"),
}
_ALL: Final[tuple[PersonPart, ...]] = ("overseer", "implementer", "resolver")


@dataclass(frozen=True, slots=True)
class Held:
    """A post as its holder has it."""

    role: str
    valid_from: date


def may_hand_over(actor_role: str, asked: Collection[str]) -> bool:
    """Whether somebody in this role may hand these posts over."""
    return actor_role == roles.ADMIN or (actor_role == roles.OFFICE and set(asked) <= DONE_BY_OFFICE)


def faults(
    asked: Sequence[str], held: Collection[Held], *, begins_on: date, today: date, has_heir: bool = True
) -> Iterator[tuple[str, str]]:
    """What is wrong with the posts and the day: (pointer, code). A handover is done when its day has come, so that a
    person and their work never part company; it cannot begin before the one who leaves had the post. Where nobody
    follows it may begin on the very day: a post that was given by mistake was then never held.
    """
    known = {one.role: one for one in held}
    for at, role in enumerate(asked):
        if role not in known:
            yield f"/roles/{at}", "post-not-held"
    began = [known[role].valid_from for role in asked if role in known]
    if any(begins_on < day or (has_heir and begins_on == day) for day in began):
        yield "/beginsOn", "before-the-post"
    if begins_on > today:
        yield "/beginsOn", "handover-later"


def parts_of(asked: Collection[str], *, leaves: bool) -> tuple[PersonPart, ...]:
    """In which parts of open tasks the name changes: those of the posts, or all where no post in the unit is left."""
    if leaves and set(asked) & DONE_BY_OFFICE:
        return _ALL
    return tuple(dict.fromkeys(part for role in asked for part in _PARTS.get(role, ())))
