"""Conditions on rows that lie in a span of whole months. An end that is not given is open."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement

from server import clock
from server.months import first_day, month_after


def months_of(first: str | None, last: str | None, month: Any) -> list[ColumnElement[bool]]:
    """Rows whose month, as text, lies in the span."""
    return [*([month >= first] if first else []), *([month <= last] if last else [])]


def instants_of(first: str | None, last: str | None, at: Any) -> list[ColumnElement[bool]]:
    """Rows whose instant lies in the span, by the days of Shanghai."""
    return [
        *([at >= clock.start_of_day(first_day(first))] if first else []),
        *([at < clock.start_of_day(first_day(month_after(last)))] if last else []),
    ]
