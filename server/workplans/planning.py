"""What is wrong with a unit's plan of a year, and when it is due (R15)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from schemas.milestones import StepsState
from schemas.workplans import PlanIn
from server.errors import FieldError


def plan_due_on(year: int, notice_year: int, notice_on: date, days: int) -> date:
    """Some days after the year's notice; without one of its own, after the year's beginning."""
    begun = notice_on if notice_year == year else date(year, 1, 1)
    return begun + timedelta(days=days)


def plan_faults(asked: PlanIn, own: Collection[str], today: date) -> list[FieldError]:
    """A plan has steps, each with its day in the year; steps and persons are for indicators of the unit (R15)."""
    errors = [] if asked.milestones else [FieldError("/milestones", "milestone-needed")]
    if asked.deployed_on > today:
        errors.append(FieldError("/deployedOn", "day-ahead"))
    if not asked.deployment.strip():
        errors.append(FieldError("/deployment", "required"))
    seen: set[str] = set()
    for place, step in enumerate(asked.milestones):
        if step.due_on is None or step.due_on.year != asked.year:
            errors.append(FieldError(f"/milestones/{place}/dueOn", "milestone-day"))
        if not step.content.strip():
            errors.append(FieldError(f"/milestones/{place}/content", "required"))
        if step.indicator_code not in own:
            errors.append(FieldError(f"/milestones/{place}/indicatorCode", "indicator-foreign"))
        if step.id in seen:
            errors.append(FieldError(f"/milestones/{place}/id", "milestone-twice"))
        seen.add(step.id)
    for place, person in enumerate(asked.persons):
        if person.indicator_code not in own or not person.name.strip():
            errors.append(FieldError(f"/persons/{place}/indicatorCode", "indicator-foreign"))
    return errors


def steps_state(*, steps: int, done: int, late: int) -> StepsState:
    """What the wall chart says of a unit's steps, the worst first (R13, R15)."""
    if late:
        return "overdue"
    if done == steps:
        return "done"
    return "under_way" if done else "not_started"
