"""Handing posts over, with the open work that goes with them, as it travels (R6)."""

from __future__ import annotations

from typing import Annotated

import msgspec

from schemas.tasks import PersonPart
from schemas.wire import Day, Input, Instant, Output, Uuid

RoleName = Annotated[str, msgspec.Meta(min_length=1, max_length=20)]


class HandoverIn(Input):
    """These posts of a person in one unit go to another from a day on, under an id that the page made."""

    id: Uuid
    from_person_id: Uuid
    to_person_id: Uuid
    unit_id: Uuid
    roles: Annotated[list[RoleName], msgspec.Meta(min_length=1, max_length=9)]
    begins_on: Day
    reason: Annotated[str, msgspec.Meta(max_length=500)]


class HandedTask(Output):
    """An open task and the parts in which the one who leaves is named."""

    id: str
    number: str | None
    place: str
    problem: str
    parts: list[PersonPart]


class HandedLetter(Output):
    """A letter that the one who leaves drafted and that is not signed yet."""

    id: str
    title: str
    state: str


class HandedVisit(Output):
    """A planned visit or re-check that the one who leaves is to make."""

    id: str
    kind: str
    site_name: str
    due_on: Day


class HandoverPreview(Output):
    """What would move, before anything does. `stays` are the posts that the one who leaves keeps in the unit: while
    there is one, what is unread stays with them.
    """

    tasks: list[HandedTask]
    letters: list[HandedLetter]
    visits: list[HandedVisit]
    unread: int
    stays: list[str]


class Moved(Output):
    """How much moved."""

    tasks: int
    letters: int
    visits: int
    unread: int


class HandoverOut(Output):
    """A handover that was done."""

    id: str
    unit_name: str
    from_name: str
    to_name: str
    roles: list[str]
    begins_on: Day
    reason: str
    moved: Moved
    at: Instant
    by: str
