"""How the milestones of the year's plans stand, by indicator and unit: what the wall chart shows of them (R13, R15)."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.milestones import MilestoneStanding
from server.org import calendar
from server.workplans.planning import steps_state
from server.workplans.plans import current_plans
from storage.database.models import MilestoneReached, PlanMilestone


async def milestone_standing(session: AsyncSession, *, year: int, today: date) -> list[MilestoneStanding]:
    """Every unit's steps for every indicator, by its newest plan of the year, counted; nothing behind them (R8)."""
    days, plans = await calendar.load(session), await current_plans(session, year)
    units = {plan.id: plan.unit_id for plan in plans.values()}
    query = (
        select(PlanMilestone.plan_id, PlanMilestone.indicator_code, PlanMilestone.due_on, MilestoneReached.done_on)
        .outerjoin(MilestoneReached, MilestoneReached.key == PlanMilestone.key)
        .where(PlanMilestone.plan_id.in_(units))
        .order_by(PlanMilestone.due_on, PlanMilestone.position)
    )
    steps: dict[tuple[str, str], list[tuple[date, date | None]]] = defaultdict(list)
    for plan_id, code, due_on, done_on in await session.execute(query):
        steps[code, units[plan_id]].append((due_on, done_on))
    found = []
    for (code, unit_id), of in sorted(steps.items()):
        open_days = [due_on for due_on, done_on in of if done_on is None]
        late = sum(days.working_days_between(due_on, today) > 0 for due_on in open_days)
        done = len(of) - len(open_days)
        found.append(
            MilestoneStanding(
                indicator_code=code,
                unit_id=unit_id,
                state=steps_state(steps=len(of), done=done, late=late),
                steps=len(of),
                done=done,
                late=late,
                due_on=min(open_days, default=None),
            )
        )
    return found
