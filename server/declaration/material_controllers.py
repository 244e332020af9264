"""HTTP of materials: looked at, checked, handed in, decided, their files and paper copies."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.declaration import DecisionIn, EditionIn, PaperIn
from schemas.declaration_views import CandidateOut, CheckOut, DeclarationFileOut, MaterialOut
from server.auth import roles
from server.auth.actor import Actor
from server.auth.guards import allow
from server.declaration import checking, deciding, filing, handing_in, queries, serving
from server.declaration.presenting import fault_out
from server.declaration.reading.documents import LARGEST_BYTES
from server.errors import FieldError, Unprocessable
from server.headers import private_file
from server.photos.desk import PhotoDesk
from server.routes import PHOTO_PROBLEMS, get, post, put

_OFFICE = allow(roles.OFFICE)
_READERS = allow(roles.DISTRICT, roles.UNIT)
_HANDERS_IN = allow(roles.OFFICE, roles.UNIT)
# Somewhat more than a file may have, so that one that is too large is told so in our words.
_BODY_LIMIT = LARGEST_BYTES + 1024 * 1024
Me = NamedDependency[Actor]
Session = NamedDependency[AsyncSession]
Desk = NamedDependency[PhotoDesk]
Language = NamedDependency[str]
_JPEG = {
    "Cache-Control": "private, max-age=86400",
    "Vary": "Cookie",
    "Content-Security-Policy": "sandbox; default-src 'none'",
}


@get("/declaration-materials/{material_id:str}", guards=[_READERS])
async def get_material(material_id: FromPath[str], me: Me, reader: Session, language: Language) -> MaterialOut:
    """One material with its versions."""
    return await queries.get_material(reader, me, material_id, language)


@post("/declaration-materials/{material_id:str}/check", guards=[_HANDERS_IN], status_code=200)
async def check(
    material_id: FromPath[str], data: JSONBody[EditionIn], me: Me, reader: Session, desk: Desk, language: Language
) -> CheckOut:
    """What is wrong with a material before it is handed in; nothing is kept."""
    checked = await checking.check(reader, desk, me=me, material_id=material_id, asked=data)
    return CheckOut(faults=[fault_out(one, language) for one in checked.faults], characters=checked.characters)


@put("/declaration-materials/{material_id:str}/editions/{edition_id:str}", guards=[_HANDERS_IN], status_code=200)
async def hand_in(
    material_id: FromPath[str],
    edition_id: FromPath[str],
    data: JSONBody[EditionIn],
    me: Me,
    desk: Desk,
    language: Language,
) -> Response[MaterialOut]:
    """Hand a version in under an id that the page made (201); the same again changes nothing (200)."""
    new = await handing_in.hand_in(desk, me=me, material_id=material_id, edition_id=edition_id, asked=data)
    async with desk.district.database.reading() as session:
        shown = await queries.get_material(session, me, material_id, language)
    return Response(shown, status_code=201 if new else 200)


@post("/declaration-editions/{edition_id:str}/decision", guards=[_OFFICE], status_code=200)
async def decide(
    edition_id: FromPath[str], data: JSONBody[DecisionIn], me: Me, writer: Session, language: Language
) -> MaterialOut:
    """Accept a version, or return it with a reason."""
    material_id = await deciding.decide(writer, edition_id, data, me=me)
    await writer.flush()
    return await queries.get_material(writer, me, material_id, language)


@post("/declaration-materials/{material_id:str}/papers", guards=[_OFFICE], status_code=200)
async def note_paper(
    material_id: FromPath[str], data: JSONBody[PaperIn], me: Me, writer: Session, language: Language
) -> MaterialOut:
    """Note that the paper copy was handed over, when and to whom."""
    await deciding.note_paper(writer, material_id, data, me=me)
    return await queries.get_material(writer, me, material_id, language)


@get("/declaration-materials/{material_id:str}/candidates", guards=[_HANDERS_IN])
async def list_candidates(material_id: FromPath[str], me: Me, reader: Session) -> list[CandidateOut]:
    """Photos of the unit's own inspections and replies that may be taken over."""
    return await queries.list_candidates(reader, me, material_id)


@get("/declaration-materials/{material_id:str}/pictures/{sha256:str}", guards=[_READERS], responses=PHOTO_PROBLEMS)
async def picture(
    material_id: FromPath[str], sha256: FromPath[str], me: Me, reader: Session, desk: Desk
) -> Response[Any]:
    """A page or a picture to look at, at most 1600 px."""
    content = await serving.picture(reader, desk, me=me, material_id=material_id, sha256=sha256)
    return Response(content, media_type="image/jpeg", headers=_JPEG)


@get("/declaration-materials/{material_id:str}/files/{sha256:str}", guards=[_READERS], responses=PHOTO_PROBLEMS)
async def file(material_id: FromPath[str], sha256: FromPath[str], me: Me, reader: Session, desk: Desk) -> Response[Any]:
    """The file that is declared: a report as it came, a picture as it fits."""
    served = await serving.declared_file(reader, desk, me=me, material_id=material_id, sha256=sha256)
    return Response(served.content, media_type=served.media_type, headers=private_file(served.name))


@put("/declaration-files/{sha256:str}", guards=[_HANDERS_IN], request_max_body_size=_BODY_LIMIT, status_code=200)
async def file_report(
    sha256: FromPath[str],
    request: Request[Any, Any, Any],
    me: Me,
    desk: Desk,
    file_name: Annotated[str, QueryParameter(name="fileName", min_length=1, max_length=200)],
) -> DeclarationFileOut:
    """Bring a report as the body, under its own hash; the same again changes nothing."""
    if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
        raise Unprocessable(errors=[FieldError("/file", "report-hash")])
    return await filing.file_report(desk, request.stream(), me=me, sha256=sha256, file_name=file_name)


handlers = [
    get_material,
    check,
    hand_in,
    decide,
    note_paper,
    list_candidates,
    picture,
    file,
    file_report,
]
