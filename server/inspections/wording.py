"""The sentence that a finding carries into letters and ledgers. Pure; the official language is Chinese."""

from __future__ import annotations

from typing import Any

from schemas.checklists import Item
from server.catalogue import text

_LANGUAGE = "zh-CN"


def problem_of(item: Item, value: Any, note: str) -> str:
    """What is wrong: the inspector's own words where there are any, else what was measured against the demand."""
    if note.strip():
        return note.strip()
    label = item.label.zh
    if item.type == "num" and value is not None:
        unit = item.unit.zh if item.unit else ""
        return text("words", "problem-number", _LANGUAGE, {"value": value, "unit": unit, "label": label})
    if item.type == "date" and isinstance(value, str) and value[:1].isdigit():
        return text("words", "problem-date", _LANGUAGE, {"value": value, "label": label})
    return text("words", "problem-plain", _LANGUAGE, {"label": label})
