"""Takes in the file of a report: looked into in a process of its own, kept under its hash (R29)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.declaration_views import DeclarationFileOut
from server import clock
from server.apart import in_turn
from server.audit import service as audit
from server.auth.actor import Actor
from server.declaration.errors import ReportRefused, ReportTooLarge
from server.declaration.reading.documents import LARGEST_BYTES, Facts, RefusedError
from server.declaration.reading.worker import read_apart
from server.errors import FieldError, Unprocessable
from server.once import insert_new
from server.photos.desk import PhotoDesk
from server.photos.errors import StoreAway, UploadOverflow
from server.photos.receiving import receive
from storage.database.models import DeclarationFile, DeclarationFileDelivery
from storage.objects import ObjectStoreError


def file_key(sha256: str) -> str:
    """Where the bytes of a report, or of a copy that is declared, are kept."""
    return f"declarations/{sha256[:2]}/{sha256}"


async def file_report(
    desk: PhotoDesk, body: AsyncIterator[bytes], *, me: Actor, sha256: str, file_name: str
) -> DeclarationFileOut:
    """Take in a report; the same bytes again change nothing. Raises ReportRefused, ReportTooLarge, StoreAway."""
    with desk.scratch_file() as scratch:
        path = scratch.with_suffix(Path(file_name).suffix.lower()[:8])
        try:
            arrival = await receive(body, path, most_bytes=LARGEST_BYTES, workshop=desk.workshop)
            if arrival.sha256 != sha256:
                raise Unprocessable(errors=[FieldError("/file", "report-hash")])
            facts = await _facts(path)
            await desk.district.objects.put(file_key(sha256), path)
        except UploadOverflow as error:
            raise ReportTooLarge from error
        except ObjectStoreError as error:
            raise StoreAway(headers={"Retry-After": "10"}) from error
        finally:
            path.unlink(missing_ok=True)
    async with desk.district.database.writing() as session:
        await keep_row(session, sha256, facts.kind, arrival.size_bytes, facts)
        delivery = {"sha256": sha256, "person_id": me.person_id, "at": clock.now()}
        if await insert_new(session, DeclarationFileDelivery, [delivery], "sha256", "person_id"):
            detail = {"kind": facts.kind, "characters": facts.characters}
            audit.record(session, actor=me, action="file_report", subject=("declaration_file", sha256), detail=detail)
        return file_out(await session.get_one(DeclarationFile, sha256))


async def _facts(path: Path) -> Facts:
    try:
        return await in_turn(read_apart, path)
    except RefusedError as error:
        raise ReportRefused(errors=[FieldError("/file", error.code)]) from error


async def keep_row(session: AsyncSession, sha256: str, kind: str, size_bytes: int, facts: Facts | None = None) -> None:
    """The row of bytes that are kept; those of the same hash are one row."""
    row = {
        "sha256": sha256,
        "kind": kind,
        "size_bytes": size_bytes,
        "facts": msgspec.to_builtins(facts) if facts else {},
        "received_at": clock.now(),
    }
    await insert_new(session, DeclarationFile, [row], "sha256")


def facts_of(file: DeclarationFile) -> Facts:
    """What was read in a report."""
    return msgspec.convert(file.facts, Facts)


def file_out(file: DeclarationFile) -> DeclarationFileOut:
    """A report as it travels."""
    facts = facts_of(file)
    return DeclarationFileOut(
        sha256=file.sha256,
        kind=file.kind,
        size_bytes=file.size_bytes,
        title=facts.title,
        characters=facts.characters,
    )


async def delivered(session: AsyncSession, me: Actor, sha256: str) -> bool:
    """Whether this person brought these bytes."""
    query = select(DeclarationFileDelivery.sha256).where(
        DeclarationFileDelivery.sha256 == sha256, DeclarationFileDelivery.person_id == me.person_id
    )
    return await session.scalar(query) is not None
