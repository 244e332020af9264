"""Who gets the feedback of an inspection. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from server.auth import roles

Capacity = Literal["unit_leader", "data_officer", "liaison", "paper"]
BOTH_POSTS: Final = (roles.UNIT_LEADER, roles.DATA_OFFICER)


@dataclass(frozen=True, slots=True)
class Addressee:
    """One person, and in which capacity the feedback comes to them."""

    person_id: str
    capacity: Capacity


@dataclass(frozen=True, slots=True)
class Addressing:
    """Everybody who gets a unit's feedback, and the posts that nobody holds."""

    addressees: tuple[Addressee, ...]
    gaps: tuple[str, ...]

    @property
    def on_paper(self) -> bool:
        """Whether the unit has nobody, so that the office goes there with a paper."""
        return all(one.capacity == "paper" for one in self.addressees)


def address(holders: Mapping[str, Sequence[str]], office: Sequence[str]) -> Addressing:
    """Both posts of a responsible unit, 分管领导 and 资料员, get it (R39).

    `holders` are the people of the unit by role, `office` those of the office. With a post empty it goes to the other
    post and the unit's 联络员; where there is nobody at all the office delivers it on paper (R6). Who holds two posts
    gets it once.
    """
    gaps = tuple(role for role in BOTH_POSTS if not holders.get(role))
    ways: list[Capacity] = ["unit_leader", "data_officer"]
    if gaps:
        ways.append("liaison")
    found: dict[str, Capacity] = {}
    for capacity in ways:
        for person_id in holders.get(capacity, ()):
            found.setdefault(person_id, capacity)
    if not found:
        found = dict.fromkeys(office, "paper")
    return Addressing(tuple(Addressee(person, capacity) for person, capacity in found.items()), gaps)
