"""HTTP of the basis library."""

from __future__ import annotations

from litestar import Response, Router
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.basis import BasisIn, BasisOut
from server.auth import roles
from server.auth.actor import Actor
from server.auth.guards import allow
from server.basis import queries, service
from server.district import District
from server.headers import private_file
from server.routes import get, put

_READERS = allow(roles.DISTRICT, roles.UNIT)
Session = NamedDependency[AsyncSession]


@get("/basis", guards=[_READERS])
async def list_basis(reader: Session) -> list[BasisOut]:
    """The papers that the work rests on."""
    return await queries.list_basis(reader)


@put("/basis/{basis_id:str}", guards=[allow(roles.OFFICE)], status_code=200)
async def enter_basis(
    basis_id: FromPath[str], data: JSONBody[BasisIn], me: NamedDependency[Actor], writer: Session
) -> Response[list[BasisOut]]:
    """Enter a paper, or its next version, under an id of the page's own (201); the same again changes nothing."""
    is_new = await service.enter_basis(writer, basis_id, data, me=me)
    await writer.flush()
    return Response(await queries.list_basis(writer), status_code=201 if is_new else 200)


@get("/basis/{basis_id:str}/scan", guards=[_READERS])
async def basis_scan(basis_id: FromPath[str], reader: Session, district: NamedDependency[District]) -> Response[bytes]:
    """A paper's scan."""
    content, name = await service.read_scan(reader, district, basis_id)
    return Response(content, media_type="application/pdf", headers=private_file(name))


router = Router("/api", route_handlers=[list_basis, enter_basis, basis_scan], tags=["basis"])
