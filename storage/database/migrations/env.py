"""Alembic's environment: runs on the connection that `storage.database.schema` hands over."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from sqlalchemy import JSON

from storage.database.base import UtcDateTime
from storage.database.models import Base
from storage.database.search import of_the_models


def written(kind: str, value: Any, _context: Any) -> str | Literal[False]:
    """How our own column types stand in a migration: as what they are in the database, free of our code."""
    if kind == "type" and isinstance(value, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(value, JSON):
        return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'
    return False


def run() -> None:
    """Run the migrations of this call on the given connection, in one transaction."""
    connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_item=written,
        compare_type=True,
        include_name=of_the_models,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
