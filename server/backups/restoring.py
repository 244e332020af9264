"""Putting a backup back into an empty district: all of it, or nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from itertools import islice
from typing import Any

import msgspec
from sqlalchemy import Table, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from server.audit import service as audit
from server.auth.actor import System
from server.backups.errors import BackupDamaged, NotEmpty
from server.backups.reading import Backup, check
from server.backups.rows import decode_row, own_parents, tables
from server.district import District
from server.indexing.service import rebuild
from storage.database.models import AuditHead
from storage.database.schema import alone, upgrade

_BATCH_ROWS = 500
_RESTORED = System(client="restore")


async def restore(district: District, backup: Backup) -> int:
    """Put everything back and prove it; how many files. The chain goes on with an event that tells of it.

    The whole backup is read and proved before the first byte is written; the files come before the rows that name
    them, the rows in one transaction. Raises BackupDamaged, BackupUnreadable, NotEmpty, ObjectStoreError.
    """
    await asyncio.to_thread(check, backup)
    await district.objects.ready()
    async with alone(district.database.engine):
        await upgrade(district.database.engine)
        async with district.database.reading() as session:
            await _must_be_empty(session)
        count = 0
        for kept in backup.objects():
            with backup.object_file(kept) as plain:
                await district.objects.put(kept.key, plain)
            count += 1
        async with district.database.writing() as session:
            for table in tables():
                await _fill(session, table, backup)
            await _must_hold(session, backup)
            await rebuild(session)
        async with district.database.writing() as session:
            detail = {"madeAt": backup.manifest.made_at, "seq": backup.manifest.audit_seq}
            audit.record(session, actor=_RESTORED, action="restore", subject=("district", "district"), detail=detail)
    return count


async def _must_be_empty(session: AsyncSession) -> None:
    for table in tables():
        if (await session.execute(select(table).limit(1))).first() is not None:
            raise NotEmpty(
                f"there is a district here already ({table.name} has rows): restore into an empty database, "
                "before the server's first start"
            )


async def _fill(session: AsyncSession, table: Table, backup: Backup) -> None:
    parents = own_parents(table)
    later: list[dict[str, Any]] = []
    for batch in _batches(table, backup):
        for row in batch:
            if any(row[name] is not None for name in parents):
                later.append(_names_of(table, row, parents))
                row.update(dict.fromkeys(parents))
        try:
            await session.execute(insert(table), batch)
        except IntegrityError as error:
            raise BackupDamaged(f"the rows of {table.name} do not fit together") from error
    if later:
        key = [column == bindparam(f"own_{column.key}") for column in table.primary_key.columns]
        values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in parents}
        connection = await session.connection()
        await connection.execute(update(table).where(*key).values(values), later)


def _names_of(table: Table, row: dict[str, Any], parents: list[str]) -> dict[str, Any]:
    own = {f"own_{column.key}": row[column.key] for column in table.primary_key.columns}
    return own | {f"new_{name}": row[name] for name in parents}


def _batches(table: Table, backup: Backup) -> Iterator[list[dict[str, Any]]]:
    lines = backup.rows(table.name)
    while batch := list(islice(lines, _BATCH_ROWS)):
        try:
            yield [decode_row(table, line) for line in batch]
        except (msgspec.MsgspecError, ValueError) as error:
            raise BackupDamaged(f"{table.name} has a row that is none") from error


async def _must_hold(session: AsyncSession, backup: Backup) -> None:
    broken = await audit.verify_chain(session)
    if broken is not None:
        raise BackupDamaged(f"the audit chain of the backup breaks at event {broken}")
    head = (await session.execute(select(AuditHead.seq, AuditHead.hash))).one_or_none()
    if (tuple(head) if head else (0, "")) != (backup.manifest.audit_seq, backup.manifest.audit_hash):
        raise BackupDamaged("the audit chain does not end where the manifest says")
