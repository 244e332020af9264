"""Units, people, the working calendar and the district at a glance, as they travel."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from schemas.wire import Day, Input, Output, Position, Uuid

UnitKind = Literal["lead", "office", "member", "street", "external", "institution"]
UnitCode = Annotated[str, msgspec.Meta(pattern="^[A-Za-z0-9][A-Za-z0-9-]*$", max_length=40)]
NameOfUnit = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]


class FormerName(Output):
    """A name that a unit had before, with its last day."""

    name: str
    until_on: Day


class UnitOut(Output):
    """A unit of the group; `posts_missing` lists the roles that nobody holds today (R6). `former` are its earlier
    names, the latest first; a unit that has ended tells who took over from it.
    """

    id: str
    code: str
    name: str
    kind: str
    member_from: Day
    member_until: Day | None
    posts_missing: list[str]
    former: list[FormerName]
    successor_id: str | None


class UnitIn(Input):
    """A new unit; `seated_in_id` names the unit that an office sits in (R2)."""

    code: UnitCode
    name: NameOfUnit
    kind: UnitKind
    member_from: Day
    seated_in_id: Uuid | None = None


class UnitPatch(Input):
    """What is to be corrected; what is absent stays. `member_until` null takes a unit back into the group."""

    code: UnitCode | msgspec.UnsetType = msgspec.UNSET
    kind: UnitKind | msgspec.UnsetType = msgspec.UNSET
    member_from: Day | msgspec.UnsetType = msgspec.UNSET
    member_until: msgspec.UnsetType | None = msgspec.UNSET


class UnitRename(Input):
    """Another name from a day on; the old one is kept."""

    name: NameOfUnit
    begins_on: Day


class UnitEnd(Input):
    """The last day of a unit, why, and who takes over from it."""

    last_on: Day
    reason: Annotated[str, msgspec.Meta(min_length=1, max_length=400)]
    successor_id: Uuid | None = None


class SiteOut(Output):
    """A site with its WGS-84 position and fence in metres."""

    id: str
    code: str
    name: str
    kind: str
    unit_id: str
    unit_name: str
    institution: str
    address: str
    position: Position
    radius_m: int
    keeper_post: str
    keeper_phone: str
    facts: dict[str, Any]


class CalendarYearOut(Output):
    """A year's departures from Monday to Friday; provisional until its notice is entered."""

    year: int
    notice: str
    provisional: bool
    days_off: list[Day]
    days_worked: list[Day]


class CalendarYearIn(Input):
    """A year's official notice (国办发明电): weekdays off and weekend days worked."""

    notice: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    days_off: list[Day]
    days_worked: list[Day]


class UnitStanding(Output):
    """How one unit stands now."""

    unit_id: str
    unit_name: str
    open: int
    overdue: int
    replied: int
    closed: int


class Today(Output):
    """Something that waits for this person, with how many rows."""

    kind: str
    count: int


class Overview(Output):
    """How the district stands. Counts; `coverage` is visited sites of this month over sites planned, 0 to 1."""

    month: str
    planned: int
    done: int
    coverage: float | None
    findings: int
    drafts: int
    open: int
    overdue: int
    replied: int
    relapses: int
    units: list[UnitStanding]
    today: list[Today]


class Pulse(Output):
    """Rises with every change in the district."""

    seq: int


class RuleOut(Output):
    """A setting that the notice leaves open: what holds, our default, and what it may be.

    `low` and `high` bound a number, or the length of a text; `rule` names the rule that leaves it open.
    """

    name: str
    group: str
    kind: Literal["number", "flag", "text", "time", "severity", "weights", "levels"]
    value: int | bool | str
    default: int | bool | str
    low: int
    high: int
    rule: str


class RulesIn(Input):
    """Settings to change, by name, and why."""

    changes: Annotated[dict[str, int | bool | str], msgspec.Meta(min_length=1, max_length=80)]
    reason: Annotated[str, msgspec.Meta(min_length=1, max_length=400)]
