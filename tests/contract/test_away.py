"""A database that cannot be written to now is told from a statement that will never do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.exc import SQLAlchemyError

from storage.database.away import is_away
from storage.database.engine import Database
from tests.servers.ports import free_port


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """A small table in a file, with nobody who waits for a lock."""
    made = create_engine(f"sqlite:///{tmp_path}/away.sqlite3", connect_args={"timeout": 0})
    with made.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE kept (name TEXT PRIMARY KEY)")
    yield made
    made.dispose()


def failure(engine: Engine, *statements: str) -> SQLAlchemyError:
    with engine.connect() as connection, pytest.raises(SQLAlchemyError) as caught:
        for statement in statements:
            connection.exec_driver_sql(statement)
    return caught.value


def test_a_locked_file_passes(engine: Engine) -> None:
    with engine.connect() as other:
        other.exec_driver_sql("BEGIN IMMEDIATE")
        assert is_away(failure(engine, "BEGIN IMMEDIATE"))


def test_a_full_disk_passes(engine: Engine) -> None:
    assert is_away(failure(engine, "PRAGMA max_page_count = 2", "INSERT INTO kept VALUES (hex(zeroblob(100000)))"))


@pytest.mark.parametrize(
    "statement", ["INSERT INTO kept VALUES ('one'), ('one')", "SELECT nothing FROM kept", "SELEKT 1"]
)
def test_what_will_never_do_is_our_own_fault(engine: Engine, statement: str) -> None:
    assert not is_away(failure(engine, statement))


async def test_a_server_that_nobody_starts_passes() -> None:
    database = Database(f"postgresql+asyncpg://nobody@127.0.0.1:{free_port()}/none")
    with pytest.raises((OSError, SQLAlchemyError)) as caught:
        await database.ready()
    await database.close()
    assert is_away(caught.value)


def test_anything_else_does_not_pass() -> None:
    assert not is_away(ValueError("a mistake of ours"))
