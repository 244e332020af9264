"""Inserting what may be there already. The unique key decides, on any number of replicas."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from storage.database.base import Base

_BATCH = 100


async def insert_new(session: AsyncSession, model: type[Base], rows: Sequence[dict[str, Any]], *key: str) -> set[Any]:
    """Insert those rows whose unique `key` is not there yet; the first key column's values that went in.

    Rows go in the key's order, so that two transactions with the same rows wait for each other in one direction.
    """
    table = model.__table__
    dialect = session.get_bind().dialect.name
    insert: Any = postgresql.insert if dialect == "postgresql" else sqlite.insert
    ordered = sorted(rows, key=lambda row: [row[column] for column in key])
    inserted: set[Any] = set()
    for start in range(0, len(ordered), _BATCH):
        statement = insert(table).values(ordered[start : start + _BATCH])
        statement = statement.on_conflict_do_nothing(index_elements=list(key)).returning(table.c[key[0]])
        inserted |= set(await session.scalars(statement))
    return inserted
