"""The index of two-character pieces: FTS5 on SQLite, a tsvector under GIN on PostgreSQL, the same hits from both.

SQLite's trigrams cannot find a word of two characters, and PostgreSQL has no Chinese parser of its own. So the pieces
are cut by our own function (`server/indexing/grams.py`) and both databases only keep them: FTS5 with a tokenizer that
splits at spaces alone, and a tsvector that is written piece by piece past any dictionary.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import BigInteger, ColumnElement, Connection, column, delete, literal_column, table, text
from sqlalchemy.ext.asyncio import AsyncSession

_PREFIX = "search_gram"
GRAM = table(_PREFIX, column("number", BigInteger))
_ROW = literal_column("search_gram.rowid", BigInteger)

_ON_SQLITE = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS search_gram"
    " USING fts5(grams, content='', columnsize=0, prefix='1', tokenize='ascii')",
)
_ON_POSTGRESQL = (
    "CREATE TABLE IF NOT EXISTS search_gram (number bigint PRIMARY KEY, grams tsvector NOT NULL)",
    "CREATE INDEX IF NOT EXISTS ix_search_gram_grams ON search_gram USING gin (grams)",
)


def prepare(connection: Connection) -> None:
    """Make the index where it is not. It is no table of the models: it holds nothing that could not be made anew."""
    for statement in _ON_SQLITE if connection.dialect.name == "sqlite" else _ON_POSTGRESQL:
        connection.execute(text(statement))


def of_the_models(name: str | None, kind: str, _parents: object) -> bool:
    """Whether the migrations answer for a table: for all but the index and what FTS5 keeps it in."""
    return not (kind == "table" and name is not None and name.startswith(_PREFIX))


def number(session: AsyncSession) -> ColumnElement[int]:
    """The column that ties a row of the index to its entry."""
    return _ROW if _is_sqlite(session) else GRAM.c.number


def matches(session: AsyncSession, phrases: Sequence[Sequence[str]]) -> ColumnElement[bool]:
    """Rows that hold every phrase: its pieces one behind the other; a phrase of a single character begins a piece."""
    if _is_sqlite(session):
        asked = " AND ".join(f'"{p[0]}" *' if len(p[0]) == 1 else f'"{" ".join(p)}"' for p in phrases)
        return text("search_gram MATCH :asked").bindparams(asked=asked)  # type: ignore[return-value]
    asked = " & ".join(f"'{p[0]}':*" if len(p[0]) == 1 else " <-> ".join(f"'{g}'" for g in p) for p in phrases)
    return text("search_gram.grams @@ CAST(CAST(:asked AS text) AS tsquery)").bindparams(asked=asked)  # type: ignore[return-value]


async def write(session: AsyncSession, rows: Collection[tuple[int, Sequence[str]]]) -> None:
    """Put pieces into the index, by the number of their entry."""
    if not rows:
        return
    if _is_sqlite(session):
        statement = "INSERT INTO search_gram (rowid, grams) VALUES (:number, :grams)"
        values = [{"number": n, "grams": " ".join(grams)} for n, grams in rows]
    else:
        statement = "INSERT INTO search_gram (number, grams) VALUES (:number, CAST(CAST(:grams AS text) AS tsvector))"
        values = [{"number": n, "grams": vector(grams)} for n, grams in rows]
    await session.execute(text(statement), values)


async def remove(session: AsyncSession, rows: Collection[tuple[int, Sequence[str]]]) -> None:
    """Take pieces out of the index: exactly those that were put in under the number."""
    if not rows:
        return
    if _is_sqlite(session):
        statement = "INSERT INTO search_gram (search_gram, rowid, grams) VALUES ('delete', :number, :grams)"
        await session.execute(text(statement), [{"number": n, "grams": " ".join(grams)} for n, grams in rows])
    else:
        await session.execute(delete(GRAM).where(GRAM.c.number.in_([n for n, _ in rows])))


async def empty(session: AsyncSession) -> None:
    """Take everything out."""
    statement = (
        "INSERT INTO search_gram (search_gram) VALUES ('delete-all')" if _is_sqlite(session) else "TRUNCATE search_gram"
    )
    await session.execute(text(statement))


def vector(grams: Sequence[str]) -> str:
    """The text of a tsvector: each piece with its place."""
    return " ".join(f"'{gram}':{place}" for place, gram in enumerate(grams, 1))


def _is_sqlite(session: AsyncSession) -> bool:
    return session.get_bind().dialect.name == "sqlite"
