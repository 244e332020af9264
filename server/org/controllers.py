"""HTTP of units, sites and people."""

from __future__ import annotations

from litestar import Router
from litestar.di import NamedDependency
from litestar.params import JSONBody
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.auth import PersonOut
from schemas.org import Pulse, RuleOut, RulesIn, SiteOut, UnitOut
from server import clock
from server.audit import service as audit
from server.auth import roles
from server.auth.actor import Actor
from server.auth.guards import allow, signed_in
from server.org import queries, ruling
from server.routes import get, patch


@get("/units", guards=[signed_in])
async def list_units(reader: NamedDependency[AsyncSession]) -> list[UnitOut]:
    """The units of the group."""
    return await queries.list_units(reader, clock.today())


@get("/sites", guards=[allow(roles.DISTRICT, roles.ADMIN)])
async def list_sites(reader: NamedDependency[AsyncSession]) -> list[SiteOut]:
    """Every open site."""
    return await queries.list_sites(reader)


@get("/people", guards=[allow(roles.ADMIN, roles.OFFICE)])
async def list_people(reader: NamedDependency[AsyncSession]) -> list[PersonOut]:
    """Everybody who can sign in."""
    return await queries.list_people(reader, clock.today(), clock.now())


@get("/pulse", guards=[allow(roles.DISTRICT, roles.ADMIN)])
async def pulse(reader: NamedDependency[AsyncSession]) -> Pulse:
    """A number that rises with every change, so that a page can ask cheaply whether anything is new."""
    return Pulse(seq=await audit.latest_seq(reader))


@get("/rules", guards=[allow(roles.ADMIN, roles.OFFICE)])
async def list_rules(reader: NamedDependency[AsyncSession]) -> list[RuleOut]:
    """What the notice leaves open, as this district has it."""
    return await ruling.list_rules(reader)


@patch("/rules", guards=[allow(roles.ADMIN)])
async def change_rules(
    data: JSONBody[RulesIn], me: NamedDependency[Actor], writer: NamedDependency[AsyncSession]
) -> list[RuleOut]:
    """Change settings, from the next decision on."""
    return await ruling.change_rules(writer, data, me=me)


router = Router(
    "/api",
    route_handlers=[list_units, list_sites, list_people, pulse, list_rules, change_rules],
    tags=["organisation"],
)
