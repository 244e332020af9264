"""Making a backup: the rows as they were at one instant first, then the objects that they name and the heads of their
chain (reliability T10, R89)."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec
from sqlalchemy import Table, literal, select, text, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from server import clock
from server.audit.heads import kept_heads
from server.backups.errors import BackupError
from server.backups.manifest import FORMAT, MANIFEST, OBJECT_LIST, OBJECTS, KeptObject, Manifest, Sum
from server.backups.rows import encode_row, tables
from server.backups.seal import Seal
from server.declaration.filing import file_key as declaration_key
from server.district import District
from server.imports.filing import file_key
from server.letters.scans import scan_key
from server.photos.desk import photo_key
from storage.database.models import AuditHead, DeclarationFile, Import, LetterScan, Photo
from storage.database.schema import is_current, newest_revision
from storage.objects import ObjectMissing

_BATCH_ROWS = 1000


@dataclass
class _Lines:
    """A file of lines that counts and sums itself."""

    file: gzip.GzipFile
    rows: int = 0

    def __post_init__(self) -> None:
        self._digest = hashlib.sha256()

    def add(self, line: bytes) -> None:
        self.file.write(line)
        self._digest.update(line)
        self.rows += 1

    @property
    def sum(self) -> Sum:
        return Sum(self.rows, self._digest.hexdigest())


async def make_backup(district: District, folder: Path, seal: Seal) -> Path:
    """Add a backup of the district to a folder; the dated folder that was made.

    Nothing of the district waits for it, and the folder counts only once its manifest is there. Raises BackupError
    for a database of another release or an object that the store has lost, ObjectStoreError.
    """
    if not await is_current(district.database.engine):
        raise BackupError("the database is not of this release: run `python -m server install` first")
    now = clock.now()
    dated = folder / now.strftime("%Y-%m-%dT%H%M%S.%fZ")
    dated.mkdir(parents=True)
    with tempfile.TemporaryDirectory(dir=dated) as scratch:
        maker = _Maker(district, folder, dated, Path(scratch), seal)
        async with district.database.reading() as session:
            await _at_one_instant(session)
            sums = {table.name: await maker.rows_of(session, table) for table in tables()}
            head = (await session.execute(select(AuditHead.seq, AuditHead.hash))).one_or_none()
            originals = await _objects_named(session)
        objects = await maker.objects(originals, head.seq if head else 0)
        manifest = Manifest(
            format=FORMAT,
            made_at=now,
            revision=newest_revision(),
            audit_seq=head.seq if head else 0,
            audit_hash=head.hash if head else "",
            sealed=seal.closes,
            tables=sums,
            objects=objects,
        )
        plain = Path(scratch) / MANIFEST
        plain.write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=1))
        plain.replace(dated / MANIFEST)
    return dated


async def _objects_named(session: AsyncSession) -> dict[str, str]:
    """The key of each object that cannot be made again, with the SHA-256 of its bytes: photos, scans, brought lists,
    reports and pictures that are declared.
    """
    kinds: tuple[tuple[InstrumentedAttribute[str], Callable[[str], str]], ...] = (
        (Photo.sha256, photo_key),
        (LetterScan.sha256, scan_key),
        (DeclarationFile.sha256, declaration_key),
        (Import.sha256, file_key),
    )
    return {
        key(sha256): sha256
        for column, key in kinds
        for sha256 in await session.scalars(select(column).distinct().order_by(column))
    }


async def _at_one_instant(session: AsyncSession) -> None:
    # SQLite's reading transaction is one instant already, from its first read on.
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"))


@dataclass(frozen=True, slots=True)
class _Maker:
    district: District
    folder: Path
    dated: Path
    scratch: Path
    seal: Seal

    @contextmanager
    def _lines(self, name: str) -> Iterator[_Lines]:
        plain = self.scratch / name
        with gzip.GzipFile(plain, "wb", compresslevel=6) as file:
            yield _Lines(file)
        self.seal.close(plain, self.dated / name)
        plain.unlink()

    async def rows_of(self, session: AsyncSession, table: Table) -> Sum:
        with self._lines(f"{table.name}.jsonl.gz") as lines:
            async for batch in _batches(session, table):
                await asyncio.to_thread(_write, lines, batch)
        return lines.sum

    async def objects(self, originals: Mapping[str, str], last_event: int) -> Sum:
        with self._lines(f"{OBJECT_LIST}.gz") as lines:
            for key, sha256 in originals.items():
                lines.add(msgspec.json.encode(await self._object(key, sha256)) + b"\n")
            async for key, data, head in kept_heads(self.district):
                # One that was kept while the backup ran names an event that its rows do not have.
                if head is None or head.head.seq <= last_event:
                    lines.add(msgspec.json.encode(await asyncio.to_thread(self._head, key, data)) + b"\n")
        return lines.sum

    def _head(self, key: str, data: bytes) -> KeptObject:
        """Keep a head as it lies, also one that does not fit: a backup mends no evidence."""
        found = KeptObject(key, len(data), hashlib.sha256(data).hexdigest())
        kept = self.folder / OBJECTS / found.place
        if not kept.exists():
            plain = self.scratch / found.sha256
            plain.write_bytes(data)
            self._seal(plain, kept)
        return found

    async def _object(self, key: str, sha256: str) -> KeptObject:
        kept = self.folder / OBJECTS / key  # which names the bytes
        try:
            size = (await self.district.objects.stat(key)).size_bytes
            if not kept.exists():
                await self._copy(key, sha256, kept)
        except ObjectMissing as error:
            raise BackupError(f"the store has lost {key}: run `python -m server verify`") from error
        return KeptObject(key, size, sha256)

    async def _copy(self, key: str, sha256: str, kept: Path) -> None:
        plain = self.scratch / sha256
        await self.district.objects.fetch(key, plain)

        def keep() -> None:
            with plain.open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
                    raise BackupError(f"{key} is damaged in the store: run `python -m server verify`")
            self._seal(plain, kept)

        try:
            await asyncio.to_thread(keep)
        finally:
            plain.unlink(missing_ok=True)

    def _seal(self, plain: Path, kept: Path) -> None:
        kept.parent.mkdir(parents=True, exist_ok=True)
        self.seal.close(plain, kept)
        plain.unlink()


async def _batches(session: AsyncSession, table: Table) -> AsyncIterator[list[bytes]]:
    key = list(table.primary_key.columns)
    places = [list(table.columns).index(column) for column in key]
    query = select(table).order_by(*key).limit(_BATCH_ROWS)
    rows = (await session.execute(query)).all()
    while rows:
        yield [encode_row(tuple(row)) for row in rows]
        last = [literal(rows[-1][place], column.type) for place, column in zip(places, key, strict=True)]
        rows = (await session.execute(query.where(tuple_(*key) > tuple_(*last)))).all()


def _write(lines: _Lines, batch: list[bytes]) -> None:
    for line in batch:
        lines.add(line)
