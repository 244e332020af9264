"""Whether a re-check can be planned: these tasks, this day, these people (R41). Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from server.tasks.workflow import ActorFacts, TaskFacts, denial_of


@dataclass(frozen=True, slots=True)
class Candidate:
    """A task as planning sees it. `waits_in` is the re-check that already waits for it."""

    site_id: str | None
    facts: TaskFacts
    waits_in: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked for: a site, a day, the day on which it was asked, tasks and people by id, in their order."""

    site_id: str
    planned_on: date
    asked_on: date
    task_ids: Sequence[str]
    assignees: Sequence[str]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a plan, and where."""

    pointer: str
    code: str


def faults_of(
    plan: Plan, tasks: Mapping[str, Candidate], inspectors: Mapping[str, ActorFacts], *, strict: bool
) -> list[Fault]:
    """Everything that speaks against a plan. The day is not before the one on which it was asked (R87); who is sent
    can verify each of the tasks: never who fixed it or whose unit owes it, in strict mode not who found it (R41).
    """
    faults = [Fault("/plannedOn", "date-passed")] if plan.planned_on < plan.asked_on else []
    if len(set(plan.task_ids)) < len(plan.task_ids):
        faults.append(Fault("/taskIds", "named-twice"))
    if len(set(plan.assignees)) < len(plan.assignees):
        faults.append(Fault("/assignees", "named-twice"))
    for at, task_id in enumerate(plan.task_ids):
        code = _task_fault(tasks.get(task_id), plan.site_id)
        if code:
            faults.append(Fault(f"/taskIds/{at}", code))
    replied = [task.facts for task in tasks.values() if task.facts.status == "replied"]
    for at, person_id in enumerate(plan.assignees):
        code = _person_fault(inspectors.get(person_id), replied, strict=strict)
        if code:
            faults.append(Fault(f"/assignees/{at}", code))
    return faults


def _task_fault(task: Candidate | None, site_id: str) -> str | None:
    if task is None:
        return "task-unknown"
    if task.site_id != site_id:
        return "task-elsewhere"
    if task.facts.status != "replied":
        return "task-not-replied"
    return "recheck-planned" if task.waits_in else None


_CODES = {"own_work": "fixed-it", "own_unit": "fixed-it", "finder": "found-it"}


def _person_fault(person: ActorFacts | None, tasks: Sequence[TaskFacts], *, strict: bool) -> str | None:
    if person is None:
        return "no-inspector"
    for task in tasks:
        denial = denial_of("strike_off", task, person, strict=strict)
        if denial is not None:
            return _CODES.get(denial, "no-inspector")
    return None
