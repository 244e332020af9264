"""Words of messages in the reader's language. Pure, but for the catalogues."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from server.catalogue import text

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def words(kind: str, params: Mapping[str, Any], language: str) -> str:
    """A message's text. Parameters whose names end in `_on` are dates and are written as the language does."""
    shown = {name: _day(value, language) if name.endswith("_on") else value for name, value in params.items()}
    return text("messages", kind, language, shown)


def _day(value: Any, language: str) -> str:
    on = date.fromisoformat(str(value))
    return f"{on.month}月{on.day}日" if language == "zh-CN" else f"{on.day} {_MONTHS[on.month - 1]}"
