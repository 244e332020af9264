"""People, their posts and their sessions, as the administrator keeps them."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from schemas.auth import SessionOut
from schemas.wire import Day, Input, Instant, Output, Uuid

Login = Annotated[
    str,
    msgspec.Meta(pattern="^[a-z0-9][a-z0-9._-]*$", min_length=2, max_length=60, description="Lower case, no spaces"),
]
PersonName = Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
Phone = Annotated[str, msgspec.Meta(max_length=30)]
RoleHeld = Literal[
    "inspector",
    "supervisor",
    "office",
    "unit_leader",
    "liaison",
    "data_officer",
    "group_leader",
    "civility",
    "admin",
]


class PostIn(Input):
    """A role in a unit from a day on, under an id that the page made."""

    id: Uuid
    unit_id: Uuid
    role: RoleHeld
    valid_from: Day


class PersonIn(Input):
    """A new person with at least one post."""

    login: Login
    name: PersonName
    posts: Annotated[list[PostIn], msgspec.Meta(min_length=1, max_length=9)]
    phone: Phone = ""


class PersonPatch(Input):
    """What is to be corrected; what is absent stays."""

    login: Login | msgspec.UnsetType = msgspec.UNSET
    name: PersonName | msgspec.UnsetType = msgspec.UNSET
    phone: Phone | msgspec.UnsetType = msgspec.UNSET


class PostHeld(Output):
    """A post with its days; `withdrawn` is one that was entered by mistake and never held."""

    id: str
    role: str
    unit_id: str
    unit_name: str
    valid_from: Day
    valid_until: Day | None
    state: Literal["held", "coming", "past", "withdrawn"]


class PersonDetail(Output):
    """One person with all posts that they ever held, the newest first, and the browsers they are signed in on.

    `failures` counts the sign-ins that failed lately: they slow further ones down.
    """

    id: str
    login: str
    name: str
    phone: str
    created_at: Instant
    closed_at: Instant | None
    has_password: bool
    failures: int
    posts: list[PostHeld]
    sessions: list[SessionOut]
