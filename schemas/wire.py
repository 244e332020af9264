"""Bases and scalar types that every wire module shares. JSON is camelCase; inputs refuse unknown fields."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Generic, TypeVar

import msgspec

Uuid = Annotated[
    str,
    msgspec.Meta(
        pattern="^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
        max_length=36,
        description="UUID, lower case",
    ),
]
Sha256 = Annotated[
    str, msgspec.Meta(pattern="^[0-9a-f]{64}$", max_length=64, description="SHA-256 in lower-case hexadecimal")
]
Instant = Annotated[datetime, msgspec.Meta(tz=True, description="RFC 3339 instant with offset")]
Day = date
Month = Annotated[
    str,
    msgspec.Meta(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$", max_length=7, description="YYYY-MM in Asia/Shanghai"),
]
ShortText = Annotated[str, msgspec.Meta(max_length=200)]
LongText = Annotated[str, msgspec.Meta(max_length=4000)]
Amount = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^[0-9]{1,12}(\.[0-9]{1,6})?$", max_length=20, description="A decimal number as text, never rounded"
    ),
]
Latitude = Annotated[float, msgspec.Meta(ge=-90, le=90, description="WGS-84 degrees")]
Longitude = Annotated[float, msgspec.Meta(ge=-180, le=180, description="WGS-84 degrees")]

T = TypeVar("T")


_FIRST_YEAR, _LAST_YEAR = 1970, 2199


class Input(msgspec.Struct, rename="camel", forbid_unknown_fields=True, kw_only=True):
    """What a client sends. A NUL and a date outside 1970–2199 are of the wrong shape: no database keeps the one, and
    arithmetic leaves the calendar with the other.
    """

    def __post_init__(self) -> None:
        for name, encoded in zip(self.__struct_fields__, self.__struct_encode_fields__, strict=True):
            value = getattr(self, name)
            if isinstance(value, str) and "\0" in value:
                raise ValueError(f"NUL in `{encoded}`")
            if isinstance(value, date) and not _FIRST_YEAR <= value.year <= _LAST_YEAR:
                raise ValueError(f"The year of `{encoded}` is out of range")


class Output(msgspec.Struct, rename="camel", kw_only=True):
    """What the server answers. No defaults, so that no field is optional for the reader."""


class Position(Output):
    """A WGS-84 position in degrees."""

    lat: float
    lon: float


class Page(Output, Generic[T]):
    """One page of a list, newest receipt first unless sorted otherwise; `next` is the cursor of the page after."""

    items: list[T]
    next: str | None


class FieldProblem(Output):
    """One wrong place in a body: an RFC 6901 pointer, a stable code, a sentence in the reader's language."""

    pointer: str
    code: str
    message: str


class Problem(msgspec.Struct, rename="camel", kw_only=True, omit_defaults=True):
    """An RFC 9457 problem: `type` is `/problems/<code>`; `detail` says what is wrong and what is safe."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] | msgspec.UnsetType = msgspec.UNSET
