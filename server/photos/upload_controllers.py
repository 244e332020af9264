"""HTTP of uploads: tus 1.0.0 with creation, creation-with-upload, expiration and termination."""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from litestar import HttpMethod, Request, Response, route
from litestar.di import NamedDependency
from litestar.params import FromPath
from sqlalchemy.ext.asyncio import AsyncSession

from server.auth import roles
from server.auth.actor import Actor
from server.auth.guards import allow, anyone
from server.errors import FieldError
from server.photos import uploads
from server.photos.desk import PhotoDesk
from server.photos.errors import BadMetadata, NotTusBytes, TusVersion
from server.photos.recognition import LARGEST_BYTES
from server.routes import UPLOAD_PROBLEMS, delete, head, patch, post

VERSION = "1.0.0"
_BYTES = "application/offset+octet-stream"
_NUMBER = re.compile(r"\d{1,15}")
# Room for the framing of a body that is exactly as long as it may be.
_BODY_LIMIT = LARGEST_BYTES + 4096
_DELIVERERS = allow(roles.INSPECTOR, roles.SUPERVISOR, roles.OFFICE, roles.UNIT)
AnyRequest = Request[Any, Any, Any]


def _speaks_tus(request: AnyRequest) -> None:
    if request.headers.get("tus-resumable") != VERSION:
        raise TusVersion(headers={"Tus-Version": VERSION})


def _number(request: AnyRequest, name: str) -> int:
    text = request.headers.get(name, "")
    if not _NUMBER.fullmatch(text):
        raise BadMetadata(errors=[FieldError(f"/{name}", "metadata-number")])
    return int(text)


def _http_date(instant: datetime) -> str:
    return format_datetime(instant, usegmt=True)


def _answer(status: int, progress: uploads.Progress, *, below: str = "") -> Response[None]:
    headers = {
        "Tus-Resumable": VERSION,
        "Upload-Offset": str(progress.offset),
        "Upload-Length": str(progress.length),
        "Upload-Expires": _http_date(progress.expires_at),
        "Cache-Control": "no-store",
    }
    if below:
        headers["Location"] = f"{below}/{progress.id}"
    if progress.receipt:
        headers["X-Photo-Sha256"] = progress.receipt
    return Response(None, status_code=status, headers=headers)


@route("/uploads", http_method=[HttpMethod.OPTIONS], guards=[anyone], status_code=204, include_in_schema=False)
async def capabilities() -> Response[None]:
    """What this tus server can do."""
    headers = {
        "Tus-Resumable": VERSION,
        "Tus-Version": VERSION,
        "Tus-Extension": "creation,creation-with-upload,expiration,termination",
        "Tus-Max-Size": str(LARGEST_BYTES),
    }
    return Response(None, status_code=204, headers=headers)


@post("/uploads", guards=[_DELIVERERS], responses=UPLOAD_PROBLEMS, request_max_body_size=_BODY_LIMIT, status_code=201)
async def create(request: AnyRequest, me: NamedDependency[Actor], desk: NamedDependency[PhotoDesk]) -> Response[None]:
    """Begin an upload, perhaps with its first bytes; with its last byte the answer is the receipt."""
    _speaks_tus(request)
    length, metadata = _number(request, "upload-length"), request.headers.get("upload-metadata", "")
    told = request.headers.get("x-device-time")
    progress = await uploads.create_upload(desk, me=me, length=length, metadata=metadata, device_time=told)
    if request.headers.get("content-type") == _BYTES:
        progress = await uploads.append(desk, me=me, upload_id=progress.id, offset=0, body=request.stream())
    return _answer(201, progress, below=request.url.path.rstrip("/"))


@head("/uploads/{upload_id:str}", guards=[_DELIVERERS], responses=UPLOAD_PROBLEMS)
async def ask(
    upload_id: FromPath[str],
    request: AnyRequest,
    me: NamedDependency[Actor],
    reader: NamedDependency[AsyncSession],
) -> Response[None]:
    """How far an upload is; with the hash once the photo is kept."""
    _speaks_tus(request)
    return _answer(200, await uploads.ask_progress(reader, me=me, upload_id=upload_id))


@patch(
    "/uploads/{upload_id:str}",
    guards=[_DELIVERERS],
    responses=UPLOAD_PROBLEMS,
    request_max_body_size=_BODY_LIMIT,
    status_code=204,
)
async def send(
    upload_id: FromPath[str],
    request: AnyRequest,
    me: NamedDependency[Actor],
    desk: NamedDependency[PhotoDesk],
) -> Response[None]:
    """The bytes that follow the offset; the answer to the last one is the receipt."""
    _speaks_tus(request)
    if request.headers.get("content-type") != _BYTES:
        raise NotTusBytes
    offset = _number(request, "upload-offset")
    progress = await uploads.append(desk, me=me, upload_id=upload_id, offset=offset, body=request.stream())
    return _answer(204, progress)


@delete("/uploads/{upload_id:str}", guards=[_DELIVERERS], responses=UPLOAD_PROBLEMS, status_code=204)
async def terminate(
    upload_id: FromPath[str],
    request: AnyRequest,
    me: NamedDependency[Actor],
    desk: NamedDependency[PhotoDesk],
) -> Response[None]:
    """Give an upload up."""
    _speaks_tus(request)
    await uploads.terminate(desk, me=me, upload_id=upload_id)
    return Response(None, status_code=204, headers={"Tus-Resumable": VERSION})


handlers = [capabilities, create, ask, send, terminate]
