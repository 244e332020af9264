"""Sessions and people as they travel."""

from __future__ import annotations

from typing import Annotated

import msgspec

from schemas.wire import Day, Input, Instant, Output

Password = Annotated[str, msgspec.Meta(min_length=1, max_length=128)]


class SignIn(Input):
    """`device` is the name a person gives the browser; `phone` asks for the long session of an own phone."""

    login: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
    password: Password
    device: Annotated[str, msgspec.Meta(max_length=120)] = ""
    phone: bool = False


class Me(Output):
    """Who is signed in, in which of their roles (R8)."""

    id: str
    login: str
    name: str
    roles: list[str]
    role: str
    unit_id: str | None
    unit_name: str | None
    must_change_password: bool


class ChooseRole(Input):
    role: str


class ChangePassword(Input):
    current: Password
    new: Annotated[str, msgspec.Meta(min_length=1, max_length=128)]


class SessionOut(Output):
    """One signed-in browser, for the list of sessions."""

    id: str
    device: str
    address: str
    role: str
    is_phone: bool
    created_at: Instant
    last_seen_at: Instant
    is_current: bool


class PostOut(Output):
    """A post that a person holds today."""

    role: str
    unit_id: str
    unit_name: str
    valid_from: Day


class PersonOut(Output):
    """A person as the administrator sees them."""

    id: str
    login: str
    name: str
    roles: list[str]
    unit_id: str | None
    unit_name: str | None
    posts: list[PostOut]
    disabled: bool
    sessions: int


class OneTimePassword(Output):
    """Shown once to the administrator; good for one sign-in until `ends_at`."""

    password: str
    ends_at: Instant
