"""Units' plans of a year with their milestones (R15). A further version never overwrites one before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.workplans import MilestoneDone, MilestoneOut, PersonOf, PlanIn, PlanList, PlanOut, UnitPlan
from server import clock, ids
from server.audit import service as audit
from server.audit.chain import digest
from server.auth.actor import Actor
from server.errors import FieldError, NotAllowed, NotFound, Unprocessable
from server.matrix.notice import indicators
from server.matrix.queries import edition_on, notice_on, owners
from server.org import calendar
from server.org.settings import current_rules
from server.org.working_days import WorkCalendar
from server.workplans.errors import MilestoneSaid, PlanDiffers
from server.workplans.periods import Span
from server.workplans.planning import plan_due_on, plan_faults
from server.workplans.queries import units_owing
from storage.database.models import MilestoneReached, Person, PlanMilestone, Unit, WorkPlan


async def hand_in_plan(session: AsyncSession, plan_id: str, asked: PlanIn, *, me: Actor) -> bool:
    """Hand in a plan as the year's next version; whether it is new. The same again changes nothing.

    Raises PlanDiffers, NotAllowed, Unprocessable.
    """
    if me.unit_id is None:
        raise NotAllowed
    if not ids.is_uuid(plan_id):
        raise Unprocessable(errors=[FieldError("/id", "bad-id")])
    await session.execute(select(Unit.id).where(Unit.id == me.unit_id).with_for_update())
    known, told = await session.get(WorkPlan, plan_id), digest(asked)
    if known is not None:
        if (known.unit_id, known.body_sha256) != (me.unit_id, told):
            raise PlanDiffers
        return False
    before = (await current_plans(session, asked.year, me.unit_id)).get(me.unit_id)
    await _check(session, asked, me.unit_id, is_correction=before is not None)
    plan = WorkPlan(
        id=plan_id,
        unit_id=me.unit_id,
        year=asked.year,
        number=before.number + 1 if before else 1,
        deployed_by=asked.deployed_by,
        deployed_on=asked.deployed_on,
        deployment=asked.deployment.strip(),
        persons=msgspec.to_builtins(asked.persons),
        correction=asked.correction.strip(),
        body_sha256=told,
        sent_at=clock.now(),
        sent_by=me.person_id,
    )
    session.add(plan)
    await session.flush()
    session.add_all(
        PlanMilestone(
            plan_id=plan_id,
            position=place,
            key=step.id,
            indicator_code=step.indicator_code,
            content=step.content.strip(),
            demand=step.demand.strip(),
            due_on=step.due_on,
        )
        for place, step in enumerate(asked.milestones)
    )
    detail = {"year": asked.year, "number": plan.number, "body": told}
    audit.record(session, actor=me, action="hand_in_plan", subject=("work_plan", plan_id), detail=detail)
    return True


async def _check(session: AsyncSession, asked: PlanIn, unit_id: str, *, is_correction: bool) -> None:
    held = await owners(session, clock.today())
    own = {code for code, units in held.items() if any(one.unit_id == unit_id for one in units)}
    errors = plan_faults(asked, own, clock.today())
    if is_correction and not asked.correction.strip():
        errors.append(FieldError("/correction", "required"))
    keys = [step.id for step in asked.milestones]
    foreign = select(PlanMilestone.key).join(WorkPlan, WorkPlan.id == PlanMilestone.plan_id)
    if await session.scalar(foreign.where(PlanMilestone.key.in_(keys), WorkPlan.unit_id != unit_id).limit(1)):
        errors.append(FieldError("/milestones", "milestone-twice"))
    if errors:
        raise Unprocessable(errors=errors)


async def reach(session: AsyncSession, key: str, asked: MilestoneDone, *, me: Actor) -> None:
    """Say that a step of one's unit was reached; once. Raises NotFound, MilestoneSaid, Unprocessable."""
    await session.execute(select(Unit.id).where(Unit.id == me.unit_id).with_for_update())
    own = select(PlanMilestone.key).join(WorkPlan, WorkPlan.id == PlanMilestone.plan_id)
    if not await session.scalar(own.where(PlanMilestone.key == key, WorkPlan.unit_id == me.unit_id).limit(1)):
        raise NotFound
    known = await session.get(MilestoneReached, key)
    if known is not None:
        if (known.done_on, known.note) == (asked.done_on, asked.note.strip()):
            return
        raise MilestoneSaid
    errors = [FieldError("/doneOn", "day-ahead")] if asked.done_on > clock.today() else []
    if not asked.note.strip():
        errors.append(FieldError("/note", "required"))
    if errors:
        raise Unprocessable(errors=errors)
    said = MilestoneReached(
        key=key,
        unit_id=me.unit_id,
        done_on=asked.done_on,
        note=asked.note.strip(),
        said_at=clock.now(),
        said_by=me.person_id,
    )
    session.add(said)
    detail = {"doneOn": asked.done_on.isoformat()}
    audit.record(session, actor=me, action="reach_milestone", subject=("milestone", key), detail=detail)


async def list_plans(session: AsyncSession, me: Actor, *, year: int) -> PlanList:
    """The plans of a year: the district's people see all units, a unit's people their own (R8)."""
    rules, today, days = await current_rules(session), clock.today(), await calendar.load(session)
    edition = await edition_on(session, date(year, 12, 31))
    due_on = plan_due_on(year, edition.year, edition.from_on, rules.workplan_days)
    span = Span("month", f"{year:04}-12", date(year, 1, 1), date(year, 12, 31))
    units = [unit for unit in await units_owing(session, span) if not me.is_unit or unit.id == me.unit_id]
    plans = await _shown(session, year, days, today)
    listed = []
    for unit in units:
        plan = plans.get(unit.id)
        late = 0 if plan else max((today - max(due_on, unit.member_from)).days, 0)
        listed.append(UnitPlan(unit_id=unit.id, unit_name=unit.name, late_days=late, plan=plan))
    return PlanList(year=year, due_on=due_on, units=listed)


async def current_plans(session: AsyncSession, year: int, unit_id: str | None = None) -> dict[str, WorkPlan]:
    """The newest plan of a year, by unit."""
    query = select(WorkPlan).where(WorkPlan.year == year).order_by(WorkPlan.number)
    if unit_id is not None:
        query = query.where(WorkPlan.unit_id == unit_id)
    return {plan.unit_id: plan for plan in await session.scalars(query)}


async def _shown(session: AsyncSession, year: int, days: WorkCalendar, today: date) -> dict[str, PlanOut]:
    plans = await current_plans(session, year)
    steps: dict[str, list[PlanMilestone]] = defaultdict(list)
    listed = select(PlanMilestone).where(PlanMilestone.plan_id.in_([plan.id for plan in plans.values()]))
    for step in await session.scalars(listed.order_by(PlanMilestone.due_on, PlanMilestone.position)):
        steps[step.plan_id].append(step)
    keys = [step.key for group in steps.values() for step in group]
    said = await session.scalars(select(MilestoneReached).where(MilestoneReached.key.in_(keys)))
    reached = {one.key: one for one in said}
    names = {row.code: row.name for row in indicators(await notice_on(session, min(today, date(year, 12, 31))))}
    senders = {plan.sent_by for plan in plans.values()}
    who = dict((await session.execute(select(Person.id, Person.name).where(Person.id.in_(senders)))).all())
    held = await owners(session, min(today, date(year, 12, 31)))
    found = {}
    for unit_id, plan in plans.items():
        shown = [_step(step, reached.get(step.key), names, days, today) for step in steps[plan.id]]
        own = [code for code in names if any(one.unit_id == unit_id for one in held.get(code, ()))]
        found[unit_id] = _out(plan, shown, names, own, who.get(plan.sent_by, ""))
    return found


def _step(
    step: PlanMilestone, said: MilestoneReached | None, names: Mapping[str, str], days: WorkCalendar, today: date
) -> MilestoneOut:
    return MilestoneOut(
        id=step.key,
        indicator_code=step.indicator_code,
        indicator=names.get(step.indicator_code, step.indicator_code),
        content=step.content,
        demand=step.demand,
        due_on=step.due_on,
        done_on=said.done_on if said else None,
        note=said.note if said else "",
        late_days=0 if said else max(days.working_days_between(step.due_on, today), 0),
    )


def _out(
    plan: WorkPlan, steps: Sequence[MilestoneOut], names: Mapping[str, str], own: Sequence[str], by_name: str
) -> PlanOut:
    persons: list[dict[str, Any]] = plan.persons
    named = {one["indicatorCode"] for one in persons}
    deployed_by: Any = plan.deployed_by
    return PlanOut(
        id=plan.id,
        unit_id=plan.unit_id,
        year=plan.year,
        number=plan.number,
        deployed_by=deployed_by,
        deployed_on=plan.deployed_on,
        deployment=plan.deployment,
        persons=[
            PersonOf(
                indicator_code=one["indicatorCode"],
                indicator=names.get(one["indicatorCode"], one["indicatorCode"]),
                name=one["name"],
            )
            for one in persons
        ],
        missing_persons=[names[code] for code in own if code not in named],
        milestones=list(steps),
        correction=plan.correction,
        sent_at=plan.sent_at,
        sent_by=by_name,
    )
