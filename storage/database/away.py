"""Whether an error says that the database cannot be reached or written to now: the same request may go well later."""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFreeError

# SQLSTATE: connection exceptions, a server that stops or starts, no room for another connection or on the disk.
_PASSING_STATES = ("08", "57P", "53")
_PASSING_CODES = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN}
_PRIMARY_CODE = 0xFF


def is_away(error: BaseException) -> bool:
    """True for a lost or refused connection, a database that recovers, a full disk; False for what is our own fault."""
    if isinstance(error, DBAPIError):
        state = getattr(error.orig, "sqlstate", None) or ""
        code = getattr(error.orig, "sqlite_errorcode", 0) & _PRIMARY_CODE
        return error.connection_invalidated or state.startswith(_PASSING_STATES) or code in _PASSING_CODES
    # asyncpg's own words where a connection could not even be begun.
    return isinstance(error, ConnectionError | NoConnectionFreeError)
