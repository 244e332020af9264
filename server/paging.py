"""Keyset pages: a cursor names the last row seen, so that the thousandth page costs what the first does."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Any

import msgspec
from litestar.params import QueryParameter
from sqlalchemy import ColumnElement, Select, and_, or_
from sqlalchemy.orm import InstrumentedAttribute

from server.errors import FieldError, Unprocessable
from server.ids import is_uuid

LARGEST_PAGE = 200
# Litestar drops msgspec's bounds inside FromQuery, so they stand in the parameter itself.
PageSize = Annotated[int, QueryParameter(ge=1, le=LARGEST_PAGE)]


@dataclass(frozen=True, slots=True)
class Order:
    """What a list is sorted by, then by id. Both in the same direction, so that one index serves."""

    column: InstrumentedAttribute[Any]
    id_column: InstrumentedAttribute[str]
    descending: bool = True


def paged(query: Select[Any], order: Order, *, cursor: str | None, limit: int) -> Select[Any]:
    """The page after the cursor, with one row more than asked for, which tells whether another page follows.

    Raises Unprocessable for a cursor that is not ours.
    """
    if cursor:
        query = query.where(_after(order, *_decode(cursor, order)))
    keys = (order.column, order.id_column)
    sorted_by = [key.desc() if order.descending else key.asc() for key in keys]
    return query.order_by(*sorted_by).limit(min(max(limit, 1), LARGEST_PAGE) + 1)


def _after(order: Order, value: Any, row_id: str) -> ColumnElement[bool]:
    column, id_column = order.column, order.id_column
    if order.descending:
        return and_(column <= value, or_(column < value, id_column < row_id))
    return and_(column >= value, or_(column > value, id_column > row_id))


def split(rows: Sequence[Any], order: Order, *, limit: int) -> tuple[list[Any], str | None]:
    """The rows of the page and the cursor of the next one, if there is one."""
    size = min(max(limit, 1), LARGEST_PAGE)
    page = list(rows[:size])
    if len(rows) <= size:
        return page, None
    last = page[-1]
    return page, _encode(getattr(last, order.column.key), last.id)


def _encode(value: datetime | date, row_id: str) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode([value.isoformat(), row_id])).decode().rstrip("=")


def _decode(cursor: str, order: Order) -> tuple[Any, str]:
    try:
        text, row_id = msgspec.json.decode(
            base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)), type=tuple[str, str]
        )
        is_instant = issubclass(order.column.type.python_type, datetime)
        value: datetime | date | None = (datetime if is_instant else date).fromisoformat(text)
        if isinstance(value, datetime):
            value = value.astimezone(UTC) if value.tzinfo else None
        if value is None or not is_uuid(row_id):
            raise ValueError(cursor)
    except (ValueError, OverflowError, msgspec.MsgspecError, binascii.Error) as error:
        raise Unprocessable(errors=[FieldError("/cursor", "bad-id")]) from error
    return value, row_id
