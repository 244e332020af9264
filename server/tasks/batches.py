"""Many steps of one person at once: each is taken or refused for itself."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from schemas.batches import StepOnTask, StepOutcome
from schemas.tasks import StepTaken
from server.auth.actor import Actor
from server.errors import Refusal, ServerFault, problem_of
from server.tasks import service
from storage.database.engine import Database

log = logging.getLogger(__name__)


async def take_steps(database: Database, steps: Sequence[StepOnTask], *, me: Actor, language: str) -> list[StepOutcome]:
    """Carry out a list of steps in its order, each in a transaction of its own, and tell what became of each.

    A step that is refused, or over which the server stumbles, hides none of the others. Sent again, each step gets
    the answer that it got (R41).
    """
    outcomes = []
    for one in steps:
        outcome = await _taken(database, one, me)
        problem = problem_of(outcome, language) if isinstance(outcome, Refusal) else None
        taken = outcome if isinstance(outcome, StepTaken) else None
        outcomes.append(StepOutcome(id=one.step.id, taken=taken, problem=problem))
    return outcomes


async def _taken(database: Database, one: StepOnTask, me: Actor) -> StepTaken | Refusal:
    try:
        return await service.take_step(database, one.step, me=me, task_id=one.task_id)
    except Refusal as refusal:
        return refusal
    except Exception:
        log.exception("step %s on task %s", one.step.id, one.task_id)
        return ServerFault()
