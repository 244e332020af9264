"""HTTP of the ledger."""

from __future__ import annotations

from typing import Annotated, Literal

from litestar import Router
from litestar.di import NamedDependency, Provide
from litestar.params import FromQuery, QueryParameter
from litestar.response import Stream

from server import clock
from server.auth import roles
from server.auth.actor import Actor
from server.auth.guards import allow
from server.district import District
from server.ledger import service
from server.ledger.columns import words
from server.resuming import Asking, described, whole_or_rest
from server.routes import MonthQuery, SearchText, get
from server.tasks.queries import Wanted

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


async def wanted_tasks(  # noqa: PLR0913, PLR0917  one argument for each filter of the contract
    month: FromQuery[str | None] = None,
    unit: FromQuery[str | None] = None,
    site: FromQuery[str | None] = None,
    status: FromQuery[str | None] = None,
    rung: FromQuery[str | None] = None,
    severity: FromQuery[str | None] = None,
    q: SearchText = None,
    origin: FromQuery[str | None] = None,
    item: FromQuery[str | None] = None,
    first: MonthQuery = None,
    last: MonthQuery = None,
    dated: FromQuery[Literal["closed", "created"] | None] = None,
    on_time: Annotated[bool | None, QueryParameter(name="onTime")] = None,
    overdue: FromQuery[bool] = False,
    relapse: FromQuery[bool] = False,
    sort: FromQuery[str | None] = None,
) -> Wanted:
    """The filters of the task list, without its pages."""
    return Wanted(
        month=month,
        unit=unit,
        site=site,
        status=status,
        rung=rung,
        severity=severity,
        q=q,
        origin=origin,
        item=item,
        first=first,
        last=last,
        dated=dated,
        on_time=on_time,
        overdue=overdue,
        relapse=relapse,
        sort=sort,
    )


@get(
    "/ledger.xlsx",
    guards=[allow(roles.DISTRICT, roles.UNIT)],
    dependencies={"wanted": Provide(wanted_tasks)},
    responses=described(MEDIA_TYPE),
)
async def ledger(
    wanted: NamedDependency[Wanted], me: NamedDependency[Actor], district: NamedDependency[District], request: Asking
) -> Stream:
    """整改台账 of the tasks that fit, the oldest first unless sorted otherwise."""
    file = await service.write_ledger(district, wanted, me=me)
    name = f"{words()['title']} {clock.today().isoformat()}.xlsx"
    return await whole_or_rest(request, file, name=name, media_type=MEDIA_TYPE)


router = Router("/api", route_handlers=[ledger], tags=["ledger"])
