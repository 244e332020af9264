"""The circumstances of photos that a step on a task brings along."""

from __future__ import annotations

from typing import Literal

import msgspec

from schemas.marks import Marks
from schemas.wire import Input, Instant, Sha256, ShortText


class StepFix(Input):
    """A position fix of the phone; metres for accuracy."""

    lat: float
    lon: float
    accuracy_m: float | None = None
    at: Instant | None = None


class StepShot(Input):
    """Circumstances of a photo that a step brings, and what was marked on it."""

    sha256: Sha256
    taken_at: Instant | None = None
    source: Literal["camera", "gallery"] = "camera"
    fix: StepFix | None = None
    marks: Marks = msgspec.field(default_factory=list)
    note: ShortText = ""
