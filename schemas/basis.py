"""The basis library (依据库): the papers that the work rests on, as they travel (R90)."""

from __future__ import annotations

from typing import Annotated

import msgspec

from schemas.wire import Day, Input, Instant, Output, Sha256


class BasisIn(Input):
    """A paper as the office enters it. The same code again is its next version; `scan` is a PDF that was kept."""

    code: Annotated[str, msgspec.Meta(min_length=1, max_length=40, pattern=r"^[A-Za-z0-9_-]+$")]
    title: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    number: Annotated[str, msgspec.Meta(max_length=60)] = ""
    issuer: Annotated[str, msgspec.Meta(max_length=100)] = ""
    issued_on: Day | None = None
    url: Annotated[str, msgspec.Meta(max_length=400)] = ""
    scan: Sha256 | None = None
    indicators: Annotated[list[Annotated[str, msgspec.Meta(max_length=40)]], msgspec.Meta(max_length=40)] = (
        msgspec.field(default_factory=list)
    )


class Citing(Output):
    """A row of the matrix that rests on a paper."""

    code: str
    name: str


class BasisOut(Output):
    """A paper in its newest version. `missing`: nobody has entered its scan or its address; `named` by the notice."""

    id: str | None
    code: str
    title: str
    number: str
    issuer: str
    issued_on: Day | None
    url: str
    has_scan: bool
    missing: bool
    named: bool
    version: int
    cited_by: list[Citing]
    entered_at: Instant | None
    entered_by: str
