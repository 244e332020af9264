"""The migrations build exactly what the models say, on either database."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, func, inspect, select

from storage.database import schema
from storage.database.engine import Database
from storage.database.models import AuditEvent, Base
from storage.database.schema import is_current, newest_revision, upgrade
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


_NEXT = """
import sqlalchemy as sa
from alembic import op

revision = "next"
down_revision = "{before}"


def upgrade():
    op.create_table("of_the_next_release", sa.Column("id", sa.Integer(), primary_key=True))
    op.execute("INSERT INTO of_the_next_release (id) VALUES (1)")
    op.execute("UPDATE audit_event SET client = 'the next release'")
    {last}
"""


async def test_t15_a_migration_that_fails_leaves_the_release_before_as_it_was_and_can_be_tried_again(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database, before = Database(database_url), newest_revision()
    folder = Path(schema.__file__).parent / "migrations"
    shutil.copytree(folder, tmp_path / "migrations", ignore=shutil.ignore_patterns("__pycache__"))
    following = tmp_path / "migrations" / "versions" / "9999_next.py"
    following.write_text(_NEXT.format(before=before, last='raise RuntimeError("the disk of the migration")'))
    monkeypatch.setattr(schema, "_FOLDER", tmp_path / "migrations")
    with pytest.raises(RuntimeError, match="the disk of the migration"):
        await upgrade(database.engine)
    assert not await is_current(database.engine)
    monkeypatch.setattr(schema, "_FOLDER", folder)
    assert await is_current(database.engine)
    assert await _of_the_next(database) == (False, 0)

    following.write_text(_NEXT.format(before=before, last=""))
    monkeypatch.setattr(schema, "_FOLDER", tmp_path / "migrations")
    await upgrade(database.engine)
    assert await is_current(database.engine)
    made, events = await _of_the_next(database)
    assert made
    assert events > 0
    await database.close()


async def _of_the_next(database: Database) -> tuple[bool, int]:
    """Whether the next release's table is there, and how many events of today's district it has changed."""
    async with database.reading() as session:
        connection = await session.connection()
        made = await connection.run_sync(lambda here: inspect(here).has_table("of_the_next_release"))
        changed = select(func.count()).select_from(AuditEvent).where(AuditEvent.client == "the next release")
        return made, await session.scalar(changed) or 0
