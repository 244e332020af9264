"""Whether the process runs, and whether all that it stands on answers."""

from __future__ import annotations

from litestar import Response
from litestar.di import NamedDependency

from server.auth.guards import anyone
from server.district import District
from server.errors import Refusal
from server.routes import get
from storage.database.schema import is_current


class NotReady(Refusal):
    """Database, migrations or object store do not answer."""

    status = 503
    code = "not-ready"


@get("/health/live", guards=[anyone])
async def live() -> Response[str]:
    """The process runs."""
    return Response("ok", media_type="text/plain")


@get("/health/ready", guards=[anyone])
async def ready(district: NamedDependency[District]) -> Response[str]:
    """Database, migrations and object store answer; else 503 `not-ready` with what does not."""
    part = "database"
    try:
        await district.database.ready()
        part = "migrations"
        if not await is_current(district.database.engine):
            raise NotReady(part=part)
        part = "objects"
        await district.objects.ready()
    except Refusal:
        raise
    except Exception as error:
        raise NotReady(part=part) from error
    return Response("ok", media_type="text/plain")
