"""The register of science rooms (科普活动室): their facts, materials, activities and updates (R20), as it travels."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from schemas.wire import Day, Input, Instant, Output, Uuid

EntryKind = Literal["stock", "activity", "update"]
"""科普资料 as counted on a day, 科普活动, and an update of what a room shows."""
ScienceNode = Literal["science_week", "science_day", "science_month"]
"""科技活动周, 全国科普日, and since 2025 全国科普月 in September (R53)."""
Line = Annotated[str, msgspec.Meta(max_length=200)]
Number = Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]


class RoomIn(Input):
    """A room's facts, whole: its community, area, opening hours, keeper and equipment."""

    community: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
    area_m2: Annotated[int, msgspec.Meta(ge=1, le=100_000)]
    opening_hours: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    keeper: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
    equipment: Annotated[str, msgspec.Meta(max_length=1000)] = ""


class EntryIn(Input):
    """Something for a room's register. `count` are copies of a material or people at an activity."""

    site_id: Uuid
    kind: EntryKind
    on: Day
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
    count: Number | None = None
    node: ScienceNode | None = None
    note: Annotated[str, msgspec.Meta(max_length=1000)] = ""


class EntryWithdrawal(Input):
    """An entry was wrong, and why."""

    reason: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class RoomRecordOut(Output):
    """A room's facts in their newest version."""

    number: int
    community: str
    area_m2: int
    opening_hours: str
    keeper: str
    equipment: str
    entered_at: Instant
    entered_by: str


class RoomOut(Output):
    """How a room stands. `overdue`: what it shows was not updated within the days that are set (R20)."""

    site_id: str
    code: str
    name: str
    street: str
    unit: str
    may_edit: bool
    record: RoomRecordOut | None
    stock_kinds: int
    stock_count: int
    activities: int
    last_update_on: Day | None
    overdue: bool
    last_inspected_on: Day | None


class NodeOut(Output):
    """What a year's node has on record: activities, and in how many rooms (R53)."""

    node: ScienceNode
    activities: int
    rooms: int


class ScienceRooms(Output):
    """The register of a year; `update_days` is how long what a room shows may stay."""

    year: int
    update_days: int
    rooms: list[RoomOut]
    nodes: list[NodeOut]


class EntryOut(Output):
    """An entry of a room's register; one that was wrong stays, with the reason."""

    id: str
    kind: EntryKind
    on: Day
    name: str
    count: int | None
    node: ScienceNode | None
    note: str
    entered_at: Instant
    entered_by: str
    withdrawn: str


class RoomDetail(Output):
    """A room with its entries, the latest day first, and its stock: a material's newest count."""

    room: RoomOut
    entries: list[EntryOut]
