"""HTTP of findings and tasks."""

from __future__ import annotations

from typing import Annotated, Literal

from litestar import Response, Router
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.batches import StepsIn, StepsTaken
from schemas.tasks import AssignmentIn, FindingOut, StepTaken, TaskDetail, TaskOut, TaskStep
from schemas.wire import Page
from server.auth import roles
from server.auth.actor import Actor
from server.auth.guards import allow
from server.district import District
from server.paging import PageSize
from server.routes import MonthQuery, SearchText, get, post
from server.tasks import assigning, batches, queries, service
from server.tasks.queries import Wanted

_READERS = allow(roles.DISTRICT, roles.UNIT)
_DOERS = allow(roles.REVIEWERS, roles.INSPECTOR, roles.UNIT)


async def wanted_rows(  # noqa: PLR0913, PLR0917  one argument for each filter of the contract
    month: FromQuery[str | None] = None,
    origin: FromQuery[str | None] = None,
    unit: FromQuery[str | None] = None,
    site: FromQuery[str | None] = None,
    status: FromQuery[str | None] = None,
    rung: FromQuery[str | None] = None,
    severity: FromQuery[str | None] = None,
    flag: FromQuery[str | None] = None,
    q: SearchText = None,
    item: FromQuery[str | None] = None,
    first: MonthQuery = None,
    last: MonthQuery = None,
    dated: FromQuery[Literal["closed", "created"] | None] = None,
    on_time: Annotated[bool | None, QueryParameter(name="onTime")] = None,
    overdue: FromQuery[bool] = False,
    relapse: FromQuery[bool] = False,
    sort: FromQuery[str | None] = None,
    cursor: FromQuery[str | None] = None,
    limit: PageSize = 50,
) -> Wanted:
    """The filters of a list, as the query string has them."""
    return Wanted(
        month=month,
        origin=origin,
        unit=unit,
        site=site,
        status=status,
        rung=rung,
        severity=severity,
        flag=flag,
        q=q,
        item=item,
        first=first,
        last=last,
        dated=dated,
        on_time=on_time,
        overdue=overdue,
        relapse=relapse,
        sort=sort,
        cursor=cursor,
        limit=limit,
    )


@get("/findings", guards=[_READERS], dependencies={"wanted": Provide(wanted_rows)})
async def list_findings(
    wanted: NamedDependency[Wanted],
    me: NamedDependency[Actor],
    reader: NamedDependency[AsyncSession],
    language: NamedDependency[str],
) -> Page[FindingOut]:
    """Findings, newest receipt first."""
    return await queries.list_findings(reader, me, wanted, language)


@get("/findings/{finding_id:str}", guards=[_READERS])
async def get_finding(
    finding_id: FromPath[str],
    me: NamedDependency[Actor],
    reader: NamedDependency[AsyncSession],
    language: NamedDependency[str],
) -> FindingOut:
    """One finding."""
    return await queries.get_finding(reader, me, finding_id, language)


@get("/tasks", guards=[_READERS], dependencies={"wanted": Provide(wanted_rows)})
async def list_tasks(
    wanted: NamedDependency[Wanted],
    me: NamedDependency[Actor],
    reader: NamedDependency[AsyncSession],
    language: NamedDependency[str],
) -> Page[TaskOut]:
    """Rectification tasks, newest first unless sorted by deadline."""
    return await queries.list_tasks(reader, me, wanted, language)


@post("/tasks", guards=[allow(roles.OFFICE)])
async def enter_task(
    data: JSONBody[AssignmentIn],
    me: NamedDependency[Actor],
    writer: NamedDependency[AsyncSession],
    language: NamedDependency[str],
) -> Response[TaskDetail]:
    """Assign a task that no inspection found: 201 when new, 200 for the same one sent again."""
    task, is_new = await assigning.enter_task(writer, data, me=me, language=language)
    return Response(task, status_code=201 if is_new else 200)


@get("/tasks/{task_id:str}", guards=[_READERS])
async def get_task(
    task_id: FromPath[str],
    me: NamedDependency[Actor],
    reader: NamedDependency[AsyncSession],
    language: NamedDependency[str],
) -> TaskDetail:
    """Everything about one task, and what this person may do now."""
    return await service.get_task(reader, me, task_id, language)


@post("/tasks/{task_id:str}/actions", guards=[_DOERS], status_code=200)
async def take_step(
    task_id: FromPath[str],
    data: JSONBody[TaskStep],
    me: NamedDependency[Actor],
    district: NamedDependency[District],
) -> StepTaken:
    """Take one step; the same step sent again gets the same answer."""
    return await service.take_step(district.database, data, me=me, task_id=task_id)


@post("/steps", guards=[allow(roles.REVIEWERS)], status_code=200)
async def take_steps(
    data: JSONBody[StepsIn],
    me: NamedDependency[Actor],
    district: NamedDependency[District],
    language: NamedDependency[str],
) -> StepsTaken:
    """Take many steps; each is taken or refused for itself, and sent again gets its answer again."""
    return StepsTaken(outcomes=await batches.take_steps(district.database, data.steps, me=me, language=language))


router = Router(
    "/api",
    route_handlers=[list_findings, get_finding, list_tasks, enter_task, get_task, take_step, take_steps],
    tags=["findings and tasks"],
)
