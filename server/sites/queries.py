"""Reads of all sites, closed ones too, for whoever keeps them."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from schemas.sites import SiteKept
from schemas.wire import Position
from server.errors import NotFound
from server.sites.rows import Known
from storage.database.models import Site, Unit

COLUMNS = ("code", "name", "kind", "unit_id", "street_id", "institution", "address", "lat", "lon", "radius_m",
           "keeper_post", "keeper_phone")  # fmt: skip
"""What may be changed of a site, beside the residents among its facts."""


async def list_kept(session: AsyncSession, site_id: str | None = None) -> list[SiteKept]:
    """All sites by code, or one."""
    street = aliased(Unit)
    query = (
        select(Site, Unit.name, street.name)
        .join(Unit, Unit.id == Site.unit_id)
        .join(street, street.id == Site.street_id)
        .order_by(Site.code)
    )
    if site_id is not None:
        query = query.where(Site.id == site_id)
    return [_kept(site, unit, in_street) for site, unit, in_street in await session.execute(query)]


def _kept(site: Site, unit_name: str, street_name: str) -> SiteKept:
    return SiteKept(
        id=site.id,
        code=site.code,
        name=site.name,
        kind=site.kind,
        unit_id=site.unit_id,
        unit_name=unit_name,
        street_id=site.street_id,
        street_name=street_name,
        institution=site.institution,
        address=site.address,
        position=Position(lat=site.lat, lon=site.lon),
        radius_m=site.radius_m,
        keeper_post=site.keeper_post,
        keeper_phone=site.keeper_phone,
        residents=site.facts.get("residents"),
        closed_on=site.closed_on,
    )


async def get_kept(session: AsyncSession, site_id: str) -> SiteKept:
    """One site. Raises NotFound."""
    found = await list_kept(session, site_id)
    if not found:
        raise NotFound
    return found[0]


async def known_sites(session: AsyncSession) -> list[Known]:
    """All sites as lists are compared with them."""
    return [
        Known(
            site.id,
            {name: getattr(site, name) for name in COLUMNS} | {"residents": site.facts.get("residents")},
            site.closed_on is not None,
        )
        for site in await session.scalars(select(Site).order_by(Site.code))
    ]
