"""Sites as the administrator keeps them, singly and as lists that an office brings along."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

import msgspec

from schemas.wire import Day, Input, Output, Position, Uuid

Datum = Literal["wgs84", "gcj02", "bd09"]
SiteKind = Literal["hospital", "health_centre", "health_station", "science_room"]
KINDS: tuple[SiteKind, ...] = get_args(SiteKind)
SiteField = Literal[
    "code",
    "name",
    "kind",
    "institution",
    "address",
    "street",
    "unit",
    "lat",
    "lon",
    "position",
    "radius",
    "keeper_post",
    "keeper_phone",
    "residents",
]
"""What a column of a list of sites may hold; `position` is longitude and latitude in one cell."""

Code = Annotated[str, msgspec.Meta(pattern="^[A-Za-z0-9][A-Za-z0-9-]*$", max_length=40)]
Named = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
Text100 = Annotated[str, msgspec.Meta(max_length=100)]
Address = Annotated[str, msgspec.Meta(max_length=200)]
Radius = Annotated[int, msgspec.Meta(ge=10, le=2000)]
Keeper = Annotated[str, msgspec.Meta(max_length=60)]
Phone = Annotated[str, msgspec.Meta(max_length=30)]
Residents = Annotated[int, msgspec.Meta(ge=0, le=10_000_000)]
Cells = Annotated[dict[SiteField, Annotated[str, msgspec.Meta(max_length=400)]], msgspec.Meta(max_length=14)]


class Place(Input):
    """A position in degrees, and by which datum it was read; it is kept in WGS-84."""

    lat: Annotated[float, msgspec.Meta(ge=-90, le=90)]
    lon: Annotated[float, msgspec.Meta(ge=-180, le=180)]
    datum: Datum = "wgs84"


class SiteIn(Input):
    """A new site; the radius of its fence in metres."""

    code: Code
    name: Named
    kind: SiteKind
    unit_id: Uuid
    street_id: Uuid
    place: Place
    institution: Text100 = ""
    address: Address = ""
    radius_m: Radius = 150
    keeper_post: Keeper = ""
    keeper_phone: Phone = ""
    residents: Residents | None = None


class SitePatch(Input):
    """What is to be corrected; what is absent stays."""

    code: Code | msgspec.UnsetType = msgspec.UNSET
    name: Named | msgspec.UnsetType = msgspec.UNSET
    kind: SiteKind | msgspec.UnsetType = msgspec.UNSET
    unit_id: Uuid | msgspec.UnsetType = msgspec.UNSET
    street_id: Uuid | msgspec.UnsetType = msgspec.UNSET
    place: Place | msgspec.UnsetType = msgspec.UNSET
    institution: Text100 | msgspec.UnsetType = msgspec.UNSET
    address: Address | msgspec.UnsetType = msgspec.UNSET
    radius_m: Radius | msgspec.UnsetType = msgspec.UNSET
    keeper_post: Keeper | msgspec.UnsetType = msgspec.UNSET
    keeper_phone: Phone | msgspec.UnsetType = msgspec.UNSET
    residents: Residents | msgspec.UnsetType | None = msgspec.UNSET


class SiteClose(Input):
    """The last day of a site, and why."""

    closed_on: Day
    reason: Annotated[str, msgspec.Meta(min_length=1, max_length=400)]


class SiteKept(Output):
    """A site as it is kept, open or closed."""

    id: str
    code: str
    name: str
    kind: str
    unit_id: str
    unit_name: str
    street_id: str
    street_name: str
    institution: str
    address: str
    position: Position
    radius_m: int
    keeper_post: str
    keeper_phone: str
    residents: int | None
    closed_on: Day | None


class SheetTable(Output):
    """One table of a file: its headings, what each column is taken to hold, the rows below with their numbers."""

    name: str
    titles: list[str]
    fields: list[SiteField | None]
    numbers: list[int]
    rows: list[list[str]]


class SheetRead(Output):
    """What stands in a file. Nothing is kept of it."""

    tables: list[SheetTable]
    best: int


class ListRow(Input):
    """A row by its number in the file, with its cells by what they hold."""

    number: Annotated[int, msgspec.Meta(ge=1, le=1_048_576)]
    cells: Cells


class SiteList(Input):
    """Rows to look at: how positions were measured, and the rows."""

    datum: Datum
    rows: Annotated[list[ListRow], msgspec.Meta(min_length=1, max_length=5000)]


class SiteListTaken(Input):
    """Rows to take over: those with these numbers, all or none."""

    datum: Datum
    rows: Annotated[list[ListRow], msgspec.Meta(min_length=1, max_length=5000)]
    chosen: Annotated[list[int], msgspec.Meta(min_length=1, max_length=5000)]


class SiteRowFault(Output):
    """What is wrong with a cell, or worth a look."""

    field: str | None
    code: str
    level: Literal["error", "doubt"]
    message: str


class RowChange(Output):
    """What a row would change in a site that is there."""

    field: str
    before: str
    after: str


class RowShown(Output):
    """How a row stands: new, changed, the same as what is there, or not to be taken."""

    number: int
    state: Literal["new", "changed", "same", "error"]
    code: str
    name: str
    position: Position | None
    changes: list[RowChange]
    faults: list[SiteRowFault]


class SiteListShown(Output):
    """The preview of a list."""

    rows: list[RowShown]
    counts: dict[str, int]


class SiteListDone(Output):
    """What came of a list."""

    added: int
    changed: int
    same: int
