"""Who is acting, as every use case and every audit event sees it."""

from __future__ import annotations

from dataclasses import dataclass

from server.auth import roles


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person in the one role that they chose (R8); `unit_id` is the unit of that role,
    `seat_unit_id` the unit that it sits in (the office sits in 区发改局, R2)."""

    person_id: str
    login: str
    name: str
    role: str
    roles: tuple[str, ...]
    unit_id: str | None
    unit_name: str | None
    session_id: str
    client: str
    must_change_password: bool = False
    seat_unit_id: str | None = None

    @property
    def is_unit(self) -> bool:
        """Whether this person acts for a responsible unit."""
        return self.role in roles.UNIT


@dataclass(frozen=True, slots=True)
class System:
    """The product itself, where the calendar and not a person acts."""

    name: str = "system"
    role: str = roles.SYSTEM
    person_id: None = None
    unit_id: None = None
    client: str = "sweep"
