"""Bringing a database to the present schema, and asking whether it is there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.database import search

_FOLDER = Path(__file__).parent / "migrations"
_MIGRATION_LOCK = 782_304_411  # one number for this product among PostgreSQL's advisory locks
_INSTALLATION_LOCK = _MIGRATION_LOCK + 1


@asynccontextmanager
async def alone(engine: AsyncEngine) -> AsyncIterator[None]:
    """Let one replica at a time install a database; the others wait. A SQLite file has one process anyway."""
    if engine.dialect.name != "postgresql":
        yield
        return
    async with engine.connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        await connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _INSTALLATION_LOCK})
        try:
            yield
        finally:
            await connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _INSTALLATION_LOCK})


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    return config


async def upgrade(engine: AsyncEngine) -> None:
    """Run the missing migrations in one transaction; replicas that start together take turns."""
    async with engine.execution_options(xungai_begin="BEGIN IMMEDIATE").begin() as connection:
        if connection.dialect.name == "postgresql":
            await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})
        await connection.run_sync(_upgrade)


def _upgrade(connection: Connection) -> None:
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    search.prepare(connection)


def newest_revision() -> str:
    """The name of the newest migration of this release."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


async def is_current(engine: AsyncEngine) -> bool:
    """Whether the database has exactly the newest migration."""
    async with engine.connect() as connection:
        return await connection.run_sync(_is_current)


def _is_current(connection: Connection) -> bool:
    heads = set(ScriptDirectory.from_config(_config()).get_heads())
    return set(MigrationContext.configure(connection).get_current_heads()) == heads
