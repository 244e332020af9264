"""What an inspection saw failing, before it becomes a finding with a task. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from server.tasks.responsibility import Responsibility


@dataclass(frozen=True, slots=True)
class Sighting:
    """One failing item of one inspection, with what the template and the site say about it."""

    item_code: str
    problem: str
    requirement: str
    note: str
    answer: Any
    severity: str
    working_days: int
    closing: str
    responsibility: Responsibility
    flag_codes: tuple[str, ...] = ()
    on_spot: bool = False
    guidance: dict[str, Any] | None = None
