"""HTTP of the map."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, Router
from litestar.concurrency import sync_to_thread
from litestar.di import NamedDependency
from litestar.params import FromPath
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.maps import MapGround, MapSites, PhotoPlaces
from server import clock
from server.auth import roles
from server.auth.actor import Actor
from server.auth.guards import allow
from server.district import District
from server.maps import ground, queries
from server.photos.desk import PhotoDesk
from server.routes import PHOTO_PROBLEMS, get

_READERS = allow(roles.DISTRICT, roles.UNIT)
# The administrator points at places of sites on the same ground.
_GROUND = allow(roles.DISTRICT, roles.UNIT, roles.ADMIN)


@get("/map", guards=[_GROUND])
async def map_ground(district: NamedDependency[District]) -> MapGround:
    """What is drawn below the sites."""
    return ground.ground_of(district.settings)


@get("/map/ground.pmtiles", guards=[_GROUND], responses=PHOTO_PROBLEMS, status_code=206)
async def archive(request: Request[Any, Any, Any], district: NamedDependency[District]) -> Response[bytes]:
    """A range of the installation's own map."""
    return await sync_to_thread(ground.piece, request, district.settings.map_archive)


@get("/map/sites", guards=[_READERS])
async def map_sites(me: NamedDependency[Actor], reader: NamedDependency[AsyncSession]) -> MapSites:
    """All sites that this person may see, with all that the map shows of them."""
    return await queries.map_sites(reader, me, clock.today())


@get("/map/sites/{site_id:str}/photos", guards=[_READERS])
async def photo_places(
    site_id: FromPath[str],
    me: NamedDependency[Actor],
    reader: NamedDependency[AsyncSession],
    desk: NamedDependency[PhotoDesk],
) -> PhotoPlaces:
    """Where the photos of one site were taken."""
    return await queries.photo_places(reader, desk, me, site_id)


router = Router("/api", route_handlers=[map_ground, archive, map_sites, photo_places], tags=["map"])
