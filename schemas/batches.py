"""Many steps on tasks in one call, each for itself."""

from __future__ import annotations

from typing import Annotated

import msgspec

from schemas.tasks import StepTaken, TaskStep
from schemas.wire import Input, Output, Problem, Uuid


class StepOnTask(Input):
    """One step of a list, with the task that it is for."""

    task_id: Uuid
    step: TaskStep


class StepsIn(Input):
    """Many steps at once, in the order in which they were decided."""

    steps: Annotated[list[StepOnTask], msgspec.Meta(min_length=1, max_length=100)]


class StepOutcome(Output):
    """What became of one step of a list: taken, or the problem that it alone would have been answered with."""

    id: str
    taken: StepTaken | None
    problem: Problem | None


class StepsTaken(Output):
    """One outcome a step, in the order of the list."""

    outcomes: list[StepOutcome]
