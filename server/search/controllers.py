"""HTTP of the search over everything."""

from __future__ import annotations

from typing import Annotated

from litestar import Router
from litestar.di import NamedDependency
from litestar.params import QueryParameter
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.search import Found
from server.auth import roles
from server.auth.actor import Actor
from server.auth.guards import allow
from server.routes import get
from server.search import queries


@get("/search", guards=[allow(roles.DISTRICT, roles.UNIT)])
async def search(
    q: Annotated[str, QueryParameter(min_length=1, max_length=60)],
    me: NamedDependency[Actor],
    reader: NamedDependency[AsyncSession],
    language: NamedDependency[str],
) -> Found:
    """Sites, findings, tasks and letters that hold every run of characters asked for, the newest of each first."""
    return await queries.search(reader, me, q, language)


router = Router("/api", route_handlers=[search], tags=["search"])
