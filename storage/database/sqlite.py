"""A SQLite connection for asyncio that crosses threads once a statement at most.

aiosqlite hands every cursor call to a thread of its own: four hops a statement, and with twenty statements an
inspection the hops cost ten times what SQLite does. Here a reading statement and its rows come in one hop. Within a
writing transaction, which has waited for the write lock already, statements run where they are: they touch a few rows
by key and take microseconds. What waits for a lock or for the disk (BEGIN IMMEDIATE, COMMIT) goes to a thread.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Self, TypeVar

_T = TypeVar("_T")
_BEGIN_READING, _BEGIN_WRITING = "BEGIN", "BEGIN IMMEDIATE"


class SqliteCursor:
    """The cursor that SQLAlchemy's asyncio adapter drives. Rows are fetched with their statement."""

    arraysize = 1

    def __init__(self, connection: SqliteConnection) -> None:
        self._connection = connection
        self._cursor = connection.raw.cursor()
        self._rows: Sequence[Any] = ()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    @property
    def description(self) -> Any:
        return self._cursor.description

    @property
    def rowcount(self) -> int:
        return self._cursor.rowcount

    @property
    def lastrowid(self) -> int | None:
        return self._cursor.lastrowid

    async def execute(self, statement: str, parameters: Any = ()) -> Self:
        """Run one statement and fetch all its rows."""
        if statement == _BEGIN_READING:  # which only notes that the next statement shall read: nothing is waited for
            self._execute(statement, parameters)
            return self
        begins = statement == _BEGIN_WRITING
        await self._connection.run(lambda: self._execute(statement, parameters), may_wait=begins)
        if begins:
            self._connection.writing = True
        return self

    def _execute(self, statement: str, parameters: Any) -> None:
        self._cursor.execute(statement, parameters)
        self._rows = self._cursor.fetchall() if self._cursor.description else ()

    async def executemany(self, statement: str, parameters: Any) -> Self:
        await self._connection.run(lambda: self._cursor.executemany(statement, parameters))
        return self

    async def fetchall(self) -> Sequence[Any]:
        rows, self._rows = self._rows, ()
        return rows

    async def close(self) -> None:
        self._cursor.close()


class SqliteConnection:
    """The driver-level connection. One statement at a time: SQLAlchemy's adapter holds a mutex round each."""

    def __init__(self, raw: sqlite3.Connection, threads: ThreadPoolExecutor) -> None:
        self.raw = raw
        self.writing = False
        self._threads = threads
        self._connection: sqlite3.Connection | None = raw

    @property
    def isolation_level(self) -> str | None:
        return self.raw.isolation_level

    def cursor(self) -> SqliteCursor:
        return SqliteCursor(self)

    async def run(self, work: Callable[[], _T], *, may_wait: bool = False) -> _T:
        """Do a piece of work: here inside a writing transaction, else in a thread."""
        if self.writing and not may_wait:
            return work()
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    async def create_function(self, *arguments: Any, **options: Any) -> None:
        self.raw.create_function(*arguments, **options)

    async def commit(self) -> None:
        # The disk is waited for in a thread; a reading transaction has nothing to write.
        if self.writing:
            await self.run(self.raw.commit, may_wait=True)
            self.writing = False
        else:
            self.raw.commit()

    async def rollback(self) -> None:
        self.raw.rollback()
        self.writing = False

    async def close(self) -> None:
        self.stop()

    def stop(self) -> None:
        """Close at once; twice does nothing."""
        self._connection = None
        self.raw.close()


class SqliteConnector:
    """Opens connections to one file, each with the pragmas that durability and concurrency ask for."""

    def __init__(self, path: str, *, threads: int = 8) -> None:
        self._path = path
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="sqlite")

    async def __call__(self) -> SqliteConnection:
        raw = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False, timeout=10)
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "busy_timeout=10000",
            "cache_size=-32000",
            "temp_store=MEMORY",
        ):
            raw.execute(f"PRAGMA {pragma}")
        return SqliteConnection(raw, self._threads)

    def close(self) -> None:
        self._threads.shutdown(wait=False)
