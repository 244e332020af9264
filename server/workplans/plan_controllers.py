"""HTTP of the units' plans of a year."""

from __future__ import annotations

from typing import Annotated

from litestar import Router
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.milestones import MilestoneStanding
from schemas.workplans import MilestoneDone, PlanIn, PlanList
from server import clock
from server.auth import roles
from server.auth.actor import Actor
from server.auth.guards import allow
from server.routes import get, post, put
from server.workplans import plans
from server.workplans.milestones import milestone_standing

_UNIT = allow(roles.UNIT)
_EVERYBODY = allow(roles.DISTRICT, roles.UNIT)
Me = NamedDependency[Actor]
Session = NamedDependency[AsyncSession]
_Year = Annotated[int | None, QueryParameter(ge=2017, le=2199)]


@get("/work-plans", guards=[_EVERYBODY])
async def list_plans(me: Me, reader: Session, year: _Year = None) -> PlanList:
    """The plans of a year, this one where none is named."""
    return await plans.list_plans(reader, me, year=year or clock.today().year)


@get("/milestones", guards=[_EVERYBODY])
async def list_milestones(reader: Session, year: _Year = None) -> list[MilestoneStanding]:
    """How all units' milestones of a year stand. Every unit sees every state (R8), and nothing behind it."""
    today = clock.today()
    return await milestone_standing(reader, year=year or today.year, today=today)


@put("/work-plans/{plan_id:str}", guards=[_UNIT], status_code=204)
async def hand_in_plan(plan_id: FromPath[str], data: JSONBody[PlanIn], me: Me, writer: Session) -> None:
    """Hand in a plan, or its next version, under an id of the page's own; the same again changes nothing."""
    await plans.hand_in_plan(writer, plan_id, data, me=me)


@post("/milestones/{milestone_id:str}/reached", guards=[_UNIT], status_code=204)
async def reach(milestone_id: FromPath[str], data: JSONBody[MilestoneDone], me: Me, writer: Session) -> None:
    """Say that a step of the plan was reached."""
    await plans.reach(writer, milestone_id, data, me=me)


router = Router("/api", route_handlers=[list_plans, list_milestones, hand_in_plan, reach], tags=["work plans"])
