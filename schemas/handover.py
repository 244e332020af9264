"""Handing posts over, with the open work that goes with them, as it travels (R6)."""

from __future__ import annotations

from typing import Annotated

import msgspec

from schemas.tasks import PersonPart
from schemas.wire import Day, Input, Instant, Output, Uuid

RoleName = Annotated[str, msgspec.Meta(min_length=1, max_length=20)]


class HandoverIn(Input):
    """These posts of a person in one unit go to another from a day on, under an id that the page made.

    To nobody (null): the posts stay empty and the unit's leader is told what was not read. `closes_account` lets the
    person sign in no more, when no other post is left.
    """

    id: Uuid
    from_person_id: Uuid
    to_person_id: Uuid | None
    unit_id: Uuid
    roles: Annotated[list[RoleName], msgspec.Meta(min_length=1, max_length=9)]
    begins_on: Day
    reason: Annotated[str, msgspec.Meta(max_length=500)]
    closes_account: bool = False


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
    there is one, what is unread stays with them. `heir` is the leader who looks after the unit's work while nobody
    follows; `alone` counts the visits to which nobody else goes.
    """

    tasks: list[HandedTask]
    letters: list[HandedLetter]
    visits: list[HandedVisit]
    unread: int
    stays: list[str]
    heir: str | None
    alone: int


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
    to_name: str | None
    roles: list[str]
    begins_on: Day
    reason: str
    moved: Moved
    at: Instant
    by: str


class EndingTask(Output):
    """An open task of a unit that is to end; its deadline stays."""

    id: str
    number: str | None
    place: str
    problem: str
    due_on: Day
    overdue: bool


class EndingLetter(Output):
    """A letter that the unit has to answer. One that is not signed yet is called off and proposed anew (`goes_on`)."""

    id: str
    title: str
    number: str | None
    goes_on: bool


class EndingPost(Output):
    """A post that goes along, and who holds it."""

    person: str
    role: str


class UnitEnding(Output):
    """What is open at a unit and would go to its successor. `tasks` are the first by their deadlines, `task_count` how
    many there are; `materials` are those of declarations that are not closed.
    """

    tasks: list[EndingTask]
    task_count: int
    overdue: int
    letters: list[EndingLetter]
    posts: list[EndingPost]
    sites: int
    watched: int
    materials: int
    meetings: int
