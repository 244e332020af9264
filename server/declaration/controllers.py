"""HTTP of the declaration's rounds: opened, published for, opened again, and taken away as a package."""

from __future__ import annotations

from litestar import Response, Router
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody
from litestar.response import Stream
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.declaration import AskIn, ReopenIn, RoundIn
from schemas.declaration_views import DeclarationPackagePlan, Reminded, RoundOut, RoundRow
from server.auth import roles
from server.auth.actor import Actor
from server.auth.guards import allow
from server.declaration import packing, queries, reminding, service
from server.declaration.gathering import gather
from server.declaration.material_controllers import handlers
from server.district import District
from server.errors import FieldError, Unprocessable
from server.ids import is_uuid
from server.resuming import Asking, described, made, whole_or_rest
from server.routes import get, post, put

_OFFICE = allow(roles.OFFICE)
_READERS = allow(roles.DISTRICT, roles.UNIT)
Me = NamedDependency[Actor]
Session = NamedDependency[AsyncSession]


@get("/declaration-rounds", guards=[_READERS])
async def list_rounds(me: Me, reader: Session) -> list[RoundRow]:
    """Rounds, the newest first."""
    return await queries.list_rounds(reader, me)


@get("/declaration-rounds/{round_id:str}", guards=[_READERS])
async def get_round(round_id: FromPath[str], me: Me, reader: Session) -> RoundOut:
    """One round: what it asks of whom, and how it stands."""
    return await queries.get_round(reader, me, round_id)


@put("/declaration-rounds/{round_id:str}", guards=[_OFFICE], status_code=200)
async def enter_round(round_id: FromPath[str], data: JSONBody[RoundIn], me: Me, writer: Session) -> Response[RoundOut]:
    """Open a round under an id that the page made (201), or change its words and dates."""
    if not is_uuid(round_id):
        raise Unprocessable(errors=[FieldError("/id", "bad-id")])
    declared = await service.enter_round(writer, round_id, data, me=me)
    await writer.flush()
    status = 201 if declared.version == 1 else 200
    return Response(await queries.get_round(writer, me, round_id), status_code=status)


@put("/declaration-asks/{ask_id:str}", guards=[_OFFICE], status_code=200)
async def set_ask(ask_id: FromPath[str], data: JSONBody[AskIn], me: Me, writer: Session) -> RoundOut:
    """Set what the outside system published for one ask, and who compiles it."""
    round_id = await service.set_ask(writer, ask_id, data, me=me)
    await writer.flush()
    return await queries.get_round(writer, me, round_id)


@post("/declaration-rounds/{round_id:str}/reopenings", guards=[_OFFICE], status_code=200)
async def reopen(round_id: FromPath[str], data: JSONBody[ReopenIn], me: Me, writer: Session) -> RoundOut:
    """Open a closed round again until a date, with a reason."""
    await service.reopen(writer, round_id, data, me=me)
    return await queries.get_round(writer, me, round_id)


@post("/declaration-rounds/{round_id:str}/reminders", guards=[_OFFICE], status_code=200)
async def remind(round_id: FromPath[str], me: Me, writer: Session) -> Reminded:
    """Tell the units what they still owe; once a day."""
    return Reminded(told=await reminding.remind(writer, round_id, me=me))


@get("/declaration-rounds/{round_id:str}/package", guards=[allow(roles.REVIEWERS)])
async def plan_package(
    round_id: FromPath[str], reader: Session, indicator: FromQuery[str | None] = None
) -> DeclarationPackagePlan:
    """What the package holds now, and what it lacks."""
    return await packing.plan(reader, round_id, indicator=indicator)


@get(
    "/declaration-rounds/{round_id:str}/package.zip",
    guards=[allow(roles.REVIEWERS)],
    responses=described("application/zip"),
)
async def package(
    round_id: FromPath[str],
    district: NamedDependency[District],
    request: Asking,
    indicator: FromQuery[str | None] = None,
) -> Stream:
    """The accepted materials as a ZIP with a manifest of their hashes and a list of what is lacking."""
    async with district.database.reading() as session:
        gathered = await gather(session, await service.find_round(session, round_id))
    files, gaps = packing.files_of(gathered, indicator), packing.gaps_of(gathered, indicator)
    name = f"{gathered.round.year} {packing.words()['package']} {indicator or ''}".strip() + ".zip"
    file = await made(district, packing.packed(district.objects, files, gaps))
    return await whole_or_rest(request, file, name=name, media_type="application/zip")


router = Router(
    "/api",
    route_handlers=[
        list_rounds,
        get_round,
        enter_round,
        set_ask,
        reopen,
        remind,
        plan_package,
        package,
        *handlers,
    ],
    tags=["declaration"],
)
