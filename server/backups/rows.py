"""Rows as lines of JSON and back, the same from SQLite and from PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import JSON, Column, Date, DateTime, Table
from sqlalchemy.sql.type_api import TypeEngine

from storage.database.base import Base, UtcDateTime

LEFT_OUT = frozenset({"session", "sign_in_failure", "upload", "search_entry"})
_ENCODER = msgspec.json.Encoder(order="deterministic")


def tables() -> list[Table]:
    """Every table of a backup, each after those that it points to."""
    return [table for table in Base.metadata.sorted_tables if table.name not in LEFT_OUT]


def encode_row(row: Sequence[Any]) -> bytes:
    """One line. Instants are in UTC, bytes in base 64, documents with their keys in order."""
    return _ENCODER.encode(list(row)) + b"\n"


def decode_row(table: Table, line: bytes) -> dict[str, Any]:
    """The values by column. Raises msgspec.MsgspecError, ValueError where the line is no row of this table."""
    values = msgspec.json.decode(line)
    if not isinstance(values, list) or len(values) != len(table.columns):
        raise ValueError(f"not a row of {table.name}")
    return {column.key: _value(column, value) for column, value in zip(table.columns, values, strict=True)}


def _value(column: Column[Any], value: Any) -> Any:
    if value is None or isinstance(column.type, JSON):
        return value
    return msgspec.convert(value, _plain_type(column.type), strict=False)


def _plain_type(kind: TypeEngine[Any]) -> type:
    if isinstance(kind, UtcDateTime | DateTime):
        return datetime
    return date if isinstance(kind, Date) else kind.python_type


def own_parents(table: Table) -> list[str]:
    """The columns that point into the same table: a row may stand before the one it points to."""
    return [column.key for column in table.columns if any(key.column.table is table for key in column.foreign_keys)]
