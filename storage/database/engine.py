"""One district's database: reading and writing transactions on SQLite or PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

from storage.database.sqlite import SqliteConnector

BeforeCommit = Callable[[AsyncSession], Awaitable[None]]
Commits = Callable[[dict[Any, Any]], None]
"""Called after each commit with what the transaction noted in `session.info`. It may not fail."""


def _encode(value: Any) -> str:
    return msgspec.json.encode(value).decode()


class Database:
    """Gives out sessions. A writing session is one transaction: leaving the block commits, an exception rolls back.

    On SQLite a writing transaction starts with BEGIN IMMEDIATE (a deferred one fails at once when it turns from
    reading to writing) behind a lock of this process, because many writers that poll a busy database wait for over
    a second where a queue of them waits for milliseconds. Reading never takes the write lock.
    """

    def __init__(self, url: str, *, before_commit: BeforeCommit | None = None) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._before_commit = before_commit
        self._listeners: list[Commits] = []
        self._write_lock: asyncio.Lock | None = asyncio.Lock() if self.is_sqlite else None
        self._connector: SqliteConnector | None = None
        self.engine = self._open()
        readers = self.engine.execution_options(xungai_begin="BEGIN")
        writers = self.engine.execution_options(xungai_begin="BEGIN IMMEDIATE")
        self._reading = async_sessionmaker(readers, expire_on_commit=False)
        self._writing = async_sessionmaker(writers, expire_on_commit=False, autoflush=True)

    def _open(self) -> AsyncEngine:
        options: dict[str, Any] = {"json_serializer": _encode, "json_deserializer": msgspec.json.decode}
        if self.is_sqlite:
            if self.url.database and self.url.database != ":memory:":
                Path(self.url.database).parent.mkdir(parents=True, exist_ok=True)
            self._connector = SqliteConnector(self.url.database or ":memory:")
            engine = create_async_engine(
                self.url, pool_size=8, max_overflow=8, async_creator=self._connector, **options
            )
            event.listen(engine.sync_engine, "begin", _begin_sqlite)
            return engine
        return create_async_engine(self.url, pool_size=10, max_overflow=10, pool_pre_ping=True, **options)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """A session for reads only; whatever it changed is rolled back."""
        async with self._reading() as session:
            yield session

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncSession]:
        """One transaction. What must come last in it (the audit chain's head) comes just before the commit."""
        lock: AbstractAsyncContextManager[Any] = self._write_lock or nullcontext()
        async with lock, self._writing() as session:
            async with session.begin():
                yield session
                if self._before_commit is not None:
                    await session.flush()
                    await self._before_commit(session)
            for listener in self._listeners:
                listener(session.info)

    @contextmanager
    def told_of_commits(self, listener: Commits) -> Iterator[None]:
        """Within the block the listener is called after each commit of this process, and never after a rollback."""
        self._listeners.append(listener)
        try:
            yield
        finally:
            self._listeners.remove(listener)

    async def ready(self) -> None:
        """Raise when the database does not answer."""
        async with self.reading() as session:
            await session.execute(text("SELECT 1"))

    async def close(self) -> None:
        await self.engine.dispose()
        if self._connector is not None:
            self._connector.close()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("xungai_begin", "BEGIN"))
