"""The migrations build exactly what the models say, on either database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection

from storage.database.engine import Database
from storage.database.models import Base
from storage.database.schema import is_current, upgrade
from storage.database.search import of_the_models


@pytest.fixture
async def database(empty_database: str) -> AsyncIterator[Database]:
    opened = Database(empty_database)
    yield opened
    await opened.close()


def _differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": of_the_models})
    return list(compare_metadata(context, Base.metadata))


async def test_an_empty_database_becomes_what_the_models_say(database: Database) -> None:
    assert not await is_current(database.engine)
    await upgrade(database.engine)
    assert await is_current(database.engine)
    async with database.engine.connect() as connection:
        assert await connection.run_sync(_differences) == []


async def test_a_current_database_is_left_as_it_is(database: Database) -> None:
    await upgrade(database.engine)
    await upgrade(database.engine)
    assert await is_current(database.engine)


async def test_replicas_that_start_together_take_turns(empty_database: str) -> None:
    replicas = [Database(empty_database) for _ in range(3)]
    await asyncio.gather(*(upgrade(replica.engine) for replica in replicas))
    for replica in replicas:
        assert await is_current(replica.engine)
        await replica.close()
