"""Which posts a person may be given, and how a post stands on a day (R1–R6). Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from server.auth import roles
from server.org.units import OF_THE_GROUP

_EARLIEST: Final = date(2017, 1, 1)
_OF_A_UNIT: Final = frozenset({roles.UNIT_LEADER, roles.LIAISON, roles.DATA_OFFICER})
_KINDS: Final = {roles.OFFICE: frozenset({"office"}), roles.CIVILITY: frozenset({"external"})}
"""Only the office's own unit has office users (R2, R4); 区文明办 stands outside the group (R7)."""

State = Literal["held", "coming", "past", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Place:
    """The unit of a post, with the days on which it belongs to the group."""

    kind: str
    member_from: date
    member_until: date | None


@dataclass(frozen=True, slots=True)
class Spell:
    """A post that somebody has: for whom, what, and from when to when (None: open)."""

    person_id: str
    role: str
    unit_id: str
    valid_from: date
    valid_until: date | None


def state_on(valid_from: date, valid_until: date | None, today: date) -> State:
    """How a post stands; the last day is a day of the post."""
    if valid_until is not None and valid_until < valid_from:
        return "withdrawn"
    if valid_from > today:
        return "coming"
    return "held" if valid_until is None or valid_until >= today else "past"


def faults(asked: Spell, place: Place | None, others: Collection[Spell]) -> Iterator[tuple[str, str]]:
    """What is wrong with a new post: (pointer, code). `others` are the posts of anybody that may stand in its way."""
    if place is None:
        yield "/unitId", "post-unit-unknown"
        return
    kinds = OF_THE_GROUP if asked.role in _OF_A_UNIT else _KINDS.get(asked.role)
    if kinds is not None and place.kind not in kinds:
        yield "/role", "role-not-there"
    if asked.valid_from < _EARLIEST:
        yield "/validFrom", "before-the-notice"
    if place.member_until is not None and asked.valid_from > place.member_until:
        yield "/unitId", "unit-ended"
    meeting = [one for one in others if one.role == asked.role and _meet(one, asked)]
    if any(one.person_id == asked.person_id and one.unit_id == asked.unit_id for one in meeting):
        yield "/role", "post-held-already"
    elif asked.role == roles.GROUP_LEADER and meeting:
        yield "/role", "one-group-leader"


def _meet(one: Spell, other: Spell) -> bool:
    """Whether two posts have a day in common. One that was withdrawn has none."""
    if state_on(one.valid_from, one.valid_until, one.valid_from) == "withdrawn":
        return False
    starts_before_end = other.valid_until is None or one.valid_from <= other.valid_until
    return starts_before_end and (one.valid_until is None or other.valid_from <= one.valid_until)
