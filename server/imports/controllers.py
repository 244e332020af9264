"""HTTP of imports: bring a list, look at its preview, correct it, take it over, give it back."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Request, Response, Router
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, PathParameter, QueryParameter
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.imports import (
    ImportChoice,
    ImportColumns,
    ImportKind,
    ImportList,
    ImportOut,
    ImportRowEdit,
    ImportRowOut,
    ImportRows,
    ImportSource,
    ImportTakeOver,
    PicturesTaken,
    ReturnOut,
    RowState,
)
from server.auth import roles
from server.auth.actor import Actor
from server.auth.guards import allow
from server.headers import private_file
from server.imports import filing, merging, picturing, queries, service, taking
from server.imports.reading.archive import LARGEST_FILE_BYTES
from server.paging import PageSize
from server.photos.desk import PhotoDesk
from server.routes import delete, get, patch, post, put

# R4: only the office enters tasks; 区政府办, who plans and confirms with it, may look on.
_OFFICE = allow(roles.OFFICE)
_READERS = allow(roles.REVIEWERS)
# Somewhat more than a file may have, so that one that is too large is told so in our words.
_BODY_LIMIT = LARGEST_FILE_BYTES + 1024 * 1024
Me = NamedDependency[Actor]
Reader = NamedDependency[AsyncSession]
Writer = NamedDependency[AsyncSession]
Desk = NamedDependency[PhotoDesk]


@get("/imports", guards=[_READERS])
async def list_imports(reader: Reader, cursor: FromQuery[str | None] = None, limit: PageSize = 50) -> ImportList:
    """Imports, the newest first."""
    return await queries.list_imports(reader, cursor=cursor, limit=limit)


@put("/imports/{import_id:str}", guards=[_OFFICE], request_max_body_size=_BODY_LIMIT)
async def bring(
    import_id: FromPath[str],
    request: Request[Any, Any, Any],
    me: Me,
    desk: Desk,
    kind: FromQuery[ImportKind],
    file_name: Annotated[str, QueryParameter(name="fileName", min_length=1, max_length=200)],
) -> ImportOut:
    """Bring a file as the body, under an id of the page's own; the same again changes nothing."""
    await filing.file_list(desk, request.stream(), me=me, import_id=import_id, kind=kind, file_name=file_name)
    return await _shown(desk, import_id)


async def _shown(desk: PhotoDesk, import_id: str) -> ImportOut:
    async with desk.district.database.reading() as session:
        return await queries.get_import(session, import_id)


@get("/imports/{import_id:str}", guards=[_READERS])
async def get_import(import_id: FromPath[str], reader: Reader) -> ImportOut:
    """One import: its tables, columns, and how many rows stand how."""
    return await queries.get_import(reader, import_id)


@get("/imports/{import_id:str}/rows", guards=[_READERS])
async def list_rows(
    import_id: FromPath[str],
    reader: Reader,
    language: NamedDependency[str],
    standing: Annotated[RowState | None, QueryParameter(name="state")] = None,
    after: Annotated[int, QueryParameter(ge=-1, le=2_147_483_647)] = -1,
    limit: PageSize = 100,
) -> ImportRows:
    """The rows of the preview, errors first."""
    return await queries.list_rows(reader, import_id, state=standing, after=after, limit=limit, language=language)


@patch("/imports/{import_id:str}", guards=[_OFFICE])
async def name_source(import_id: FromPath[str], data: JSONBody[ImportSource], me: Me, writer: Writer) -> ImportOut:
    """Say whose list it is and by when it is wanted back."""
    await service.name_source(writer, data, me=me, import_id=import_id)
    return await queries.get_import(writer, import_id)


@post("/imports/{import_id:str}/columns", guards=[_OFFICE], status_code=200)
async def set_columns(import_id: FromPath[str], data: JSONBody[ImportColumns], me: Me, desk: Desk) -> ImportOut:
    """Set the table, its heading row, and what each column holds."""
    await service.set_columns(desk, data, me=me, import_id=import_id)
    return await _shown(desk, import_id)


@patch("/imports/{import_id:str}/rows/{number:int}", guards=[_OFFICE])
async def edit_row(
    import_id: FromPath[str],
    number: Annotated[int, PathParameter(ge=1, le=1_048_576)],
    data: JSONBody[ImportRowEdit],
    me: Me,
    writer: Writer,
    language: NamedDependency[str],
) -> ImportRowOut:
    """Correct cells of a row, or choose it."""
    await service.edit_row(writer, data, me=me, import_id=import_id, number=number)
    return await queries.get_row(writer, import_id, number, language)


@post("/imports/{import_id:str}/choice", guards=[_OFFICE], status_code=200)
async def choose_rows(import_id: FromPath[str], data: JSONBody[ImportChoice], me: Me, writer: Writer) -> ImportOut:
    """Choose all rows of a state, or none of them."""
    await service.choose_rows(writer, data, me=me, import_id=import_id)
    await writer.flush()
    return await queries.get_import(writer, import_id)


@post("/imports/{import_id:str}/pictures", guards=[_OFFICE], status_code=200)
async def receive_pictures(import_id: FromPath[str], me: Me, desk: Desk) -> PicturesTaken:
    """Receive pictures from the file for some seconds; to be called until none waits."""
    return await picturing.receive_pictures(desk, me=me, import_id=import_id)


@post("/imports/{import_id:str}/takeover", guards=[_OFFICE], status_code=200)
async def take_over(import_id: FromPath[str], data: JSONBody[ImportTakeOver], me: Me, desk: Desk) -> ImportOut:
    """Make tasks of the chosen rows, all or none."""
    await taking.take_over(desk, me=me, import_id=import_id, version=data.version)
    return await _shown(desk, import_id)


@delete("/imports/{import_id:str}", guards=[_OFFICE], status_code=204)
async def drop(import_id: FromPath[str], me: Me, writer: Writer) -> None:
    """Throw a preview away."""
    await service.drop(writer, me=me, import_id=import_id)


@get("/imports/{import_id:str}/original", guards=[_READERS])
async def original(import_id: FromPath[str], desk: Desk) -> Response[bytes]:
    """The file as it came."""
    return _file(await merging.original(desk, import_id=import_id))


@get("/imports/{import_id:str}/return", guards=[_READERS])
async def preview_return(import_id: FromPath[str], reader: Reader) -> ReturnOut:
    """What the merged return would say now, what is still open first."""
    return await merging.preview_return(reader, import_id=import_id)


@get("/imports/{import_id:str}/return/file", guards=[_READERS])
async def return_file(import_id: FromPath[str], desk: Desk) -> Response[bytes]:
    """The superior's own file, with what was done written into it."""
    return _file(await merging.merge_return(desk, import_id=import_id))


@post("/imports/{import_id:str}/returned", guards=[_OFFICE], status_code=200)
async def mark_returned(import_id: FromPath[str], me: Me, writer: Writer) -> ImportOut:
    """Note that the list was given back."""
    await service.mark_returned(writer, me=me, import_id=import_id)
    await writer.flush()
    return await queries.get_import(writer, import_id)


def _file(made: merging.Made) -> Response[bytes]:
    return Response(made.content, media_type=made.media_type, headers=private_file(made.name))


router = Router(
    "/api",
    route_handlers=[
        list_imports,
        bring,
        get_import,
        list_rows,
        name_source,
        set_columns,
        edit_row,
        choose_rows,
        receive_pictures,
        take_over,
        drop,
        original,
        preview_return,
        return_file,
        mark_returned,
    ],
    tags=["imports"],
)
