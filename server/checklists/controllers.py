"""HTTP of the checklists' editor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from litestar import Request, Response, Router
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.checklist_editing import (
    ChecklistDifferences,
    ChecklistDraftIn,
    ChecklistDraftOut,
    ChecklistOut,
    ChecklistPublish,
    FormReading,
)
from schemas.checklists import TemplateVersion
from server.auth import roles
from server.auth.actor import Actor
from server.auth.guards import allow
from server.checklists import publishing, queries
from server.checklists.consistency import TEMPLATE_CODE
from server.checklists.publishing import EffectListener
from server.checklists.xlsform import exchange as forms
from server.headers import private_file
from server.routes import delete, get, post, put

# The office keeps the checklists; 区政府办, who inspects by them, may look on.
_OFFICE = allow(roles.OFFICE)
_READERS = allow(roles.REVIEWERS)
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_BODY_LIMIT = forms.LARGEST_BYTES + 64 * 1024
Me = NamedDependency[Actor]
Reader = NamedDependency[AsyncSession]
Writer = NamedDependency[AsyncSession]
Language = NamedDependency[str]
Code = Annotated[str, QueryParameter(pattern=f"^{TEMPLATE_CODE.pattern}$")]


@get("/checklists", guards=[_READERS])
async def list_checklists(reader: Reader) -> list[ChecklistOut]:
    """Every checklist with its versions and its draft."""
    return await queries.list_checklists(reader)


@get("/checklists/versions/{version_id:str}", guards=[_READERS])
async def get_version(version_id: FromPath[str], reader: Reader) -> TemplateVersion:
    """One version whole."""
    return await queries.get_version(reader, version_id)


@get("/checklists/versions/{version_id:str}/differences", guards=[_READERS])
async def compare(version_id: FromPath[str], since: FromQuery[str], reader: Reader) -> ChecklistDifferences:
    """What the version says otherwise than another one of its checklist."""
    return await queries.compare(reader, since, version_id)


@get("/checklists/versions/{version_id:str}/xlsform", guards=[_READERS])
async def give_form(version_id: FromPath[str], reader: Reader) -> Response[bytes]:
    """The version as a form of the XLSForm kind, which pyxform has taken."""
    version = await queries.get_version(reader, version_id)
    content = await forms.write(version)
    return Response(content, media_type=_XLSX, headers=private_file(f"{version.name.zh}-{version.version}.xlsx"))


@post("/checklists/forms", guards=[_OFFICE], status_code=200, request_max_body_size=_BODY_LIMIT)
async def read_form(request: Request[Any, Any, Any], code: Code, reader: Reader, language: Language) -> FormReading:
    """Read a form as the body, to become a draft of this checklist; nothing is saved."""
    known = await queries.newest(reader, code)
    return await forms.read(await request.body(), code=code, known=known, language=language)


@get("/checklists/drafts/{code:str}", guards=[_READERS])
async def get_draft(code: FromPath[str], reader: Reader, language: Language) -> ChecklistDraftOut:
    """A draft with its faults and what it changes."""
    return await queries.get_draft(reader, code, language)


@put("/checklists/drafts/{code:str}", guards=[_OFFICE])
async def save_draft(
    code: FromPath[str], data: JSONBody[ChecklistDraftIn], me: Me, writer: Writer, language: Language
) -> ChecklistDraftOut:
    """Keep a draft whole; the same again changes nothing."""
    await publishing.save_draft(writer, data, me=me, code=code)
    return await queries.get_draft(writer, code, language)


@delete("/checklists/drafts/{code:str}", guards=[_OFFICE], status_code=204)
async def drop_draft(
    code: FromPath[str], version: Annotated[int, QueryParameter(ge=0, le=1_000_000)], me: Me, writer: Writer
) -> None:
    """Throw a draft away."""
    await publishing.drop_draft(writer, me=me, code=code, version=version)


@post("/checklists/drafts/{code:str}/publish", guards=[_OFFICE])
async def publish(
    code: FromPath[str],
    data: JSONBody[ChecklistPublish],
    me: Me,
    writer: Writer,
    listeners: NamedDependency[Sequence[EffectListener]],
) -> TemplateVersion:
    """Make a draft the next version, in force from its day on."""
    version_id = await publishing.publish(writer, data, me=me, code=code, listeners=listeners)
    return await queries.get_version(writer, version_id)


def create_router(listeners: Sequence[EffectListener] = ()) -> Router:
    """The routes. The listeners are told of each version that comes into force."""
    return Router(
        "/api",
        route_handlers=[
            list_checklists,
            get_version,
            compare,
            give_form,
            read_form,
            get_draft,
            save_draft,
            drop_draft,
            publish,
        ],
        dependencies={"listeners": Provide(lambda: listeners, sync_to_thread=False)},
        tags=["checklists"],
    )
