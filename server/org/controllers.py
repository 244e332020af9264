"""HTTP of units, sites and people."""

from __future__ import annotations

from litestar import Response, Router
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.auth import PersonOut
from schemas.org import Pulse, RuleOut, RulesIn, SiteOut, UnitIn, UnitOut, UnitPatch, UnitRename
from server import clock
from server.audit import service as audit
from server.auth import roles
from server.auth.actor import Actor
from server.auth.guards import allow, signed_in
from server.errors import NotFound
from server.ids import is_uuid
from server.org import queries, ruling, service
from server.routes import get, patch, post, put

Me = NamedDependency[Actor]
Writer = NamedDependency[AsyncSession]


@get("/units", guards=[signed_in])
async def list_units(reader: NamedDependency[AsyncSession]) -> list[UnitOut]:
    """The units of the group."""
    return await queries.list_units(reader, clock.today())


@put("/units/{unit_id:str}", guards=[allow(roles.ADMIN)])
async def enter_unit(unit_id: FromPath[str], data: JSONBody[UnitIn], me: Me, writer: Writer) -> Response[UnitOut]:
    """Enter a unit: 201 when new, 200 for the same one sent again."""
    if not is_uuid(unit_id):
        raise NotFound
    is_new = await service.enter_unit(writer, data, me=me, unit_id=unit_id)
    return Response(await _shown(writer, unit_id), status_code=201 if is_new else 200)


async def _shown(session: AsyncSession, unit_id: str) -> UnitOut:
    await session.flush()
    return await queries.get_unit(session, unit_id, clock.today())


@patch("/units/{unit_id:str}", guards=[allow(roles.ADMIN)])
async def correct_unit(unit_id: FromPath[str], data: JSONBody[UnitPatch], me: Me, writer: Writer) -> UnitOut:
    """Correct a unit's code, kind or days."""
    await service.correct_unit(writer, data, me=me, unit_id=unit_id)
    return await _shown(writer, unit_id)


@post("/units/{unit_id:str}/name", guards=[allow(roles.ADMIN)], status_code=200)
async def rename_unit(unit_id: FromPath[str], data: JSONBody[UnitRename], me: Me, writer: Writer) -> UnitOut:
    """Give a unit another name from a day on."""
    await service.rename_unit(writer, data, me=me, unit_id=unit_id)
    return await _shown(writer, unit_id)


@get("/sites", guards=[allow(roles.DISTRICT, roles.ADMIN)])
async def list_sites(reader: NamedDependency[AsyncSession]) -> list[SiteOut]:
    """Every open site."""
    return await queries.list_sites(reader)


@get("/people", guards=[allow(roles.ADMIN, roles.OFFICE)])
async def list_people(reader: NamedDependency[AsyncSession]) -> list[PersonOut]:
    """Everybody who can sign in."""
    return await queries.list_people(reader, clock.today(), clock.now())


@get("/pulse", guards=[allow(roles.DISTRICT, roles.ADMIN, roles.UNIT)])
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
    route_handlers=[
        list_units,
        enter_unit,
        correct_unit,
        rename_unit,
        list_sites,
        list_people,
        pulse,
        list_rules,
        change_rules,
    ],
    tags=["organisation"],
)
