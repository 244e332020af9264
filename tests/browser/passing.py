"""Days that pass for the letters of a running server: everything that was written so far lies further back."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from tests.servers.app import AppServer

_DATES = {"letter": ("reply_due_on", "agreed_until_on"), "letter_task": ("due_on",)}
_INSTANTS = {"letter": ("created_at", "signed_at", "issued_at"), "letter_step": ("at",)}


def days_pass(server: AppServer, days: int) -> None:
    """Put all letters, their steps and the limits of their tasks so many days back, beside the running server."""
    with closing(sqlite3.connect(server.data_dir / "xungai.sqlite3", timeout=30)) as database, database:
        for table, columns in _DATES.items():
            for column in columns:
                database.execute(f"UPDATE {table} SET {column} = date({column}, ?)", (f"-{days} days",))
        listed = "id IN (SELECT task_id FROM letter_task)"
        database.execute(f"UPDATE task SET due_on = date(due_on, ?) WHERE {listed}", (f"-{days} days",))
        for table, columns in _INSTANTS.items():
            for column in columns:
                moved = f"strftime('%Y-%m-%d %H:%M:%f', {column}, ?) || '000'"
                database.execute(
                    f"UPDATE {table} SET {column} = {moved} WHERE {column} IS NOT NULL", (f"-{days} days",)
                )
