"""Alembic's environment: runs on the connection that `storage.database.schema` hands over."""

from __future__ import annotations

from alembic import context

from storage.database.models import Base


def run() -> None:
    """Run the migrations of this call on the given connection, in one transaction."""
    connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
