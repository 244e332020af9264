"""What one search over everything answers, as it travels."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from schemas.wire import Instant, Output

HitKind = Literal["site", "finding", "task", "letter"]


class Hit(Output):
    """One row that was found: what it is called, what stands beside it, how it stands."""

    kind: HitKind
    id: str
    title: str
    beside: str
    status: Annotated[str | None, msgspec.Meta(description="of a finding, a task or a letter: its state")]
    at: Instant | None


class Hits(Output):
    """The newest hits of one kind, and whether there are more than these."""

    kind: HitKind
    hits: list[Hit]
    has_more: bool


class Found(Output):
    """Everything found that this person may see, kind by kind; a kind without a hit is missing."""

    kinds: list[Hits]
