"""How the milestones of plans stand on the wall chart (R13, R15), as it travels."""

from __future__ import annotations

from typing import Literal

from schemas.wire import Day, Output

StepsState = Literal["not_started", "under_way", "done", "overdue"]
"""How a unit's milestones for an indicator stand, as the wall chart says it (R13)."""


class MilestoneStanding(Output):
    """A unit's milestones for an indicator, counted; `due_on` is the nearest day of what is not reached."""

    indicator_code: str
    unit_id: str
    state: StepsState
    steps: int
    done: int
    late: int
    due_on: Day | None
