"""A flag as a sentence: its numbers in the units that a person thinks in. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from server.catalogue import text

_KILOMETRE_FROM_M = 10_000
_DAY_FROM_HOURS = 72
_UNITS = {"zh-CN": ("米", "公里", "小时", "天"), "en": ("m", "km", "hours", "days")}


def flag_text(code: str, detail: Mapping[str, Any], language: str) -> str:
    """The sentence of a flag; `{distance}` and `{gap}` stand for its metres and hours, rounded for reading."""
    metre, kilometre, hour, day = _UNITS[language]
    words = dict(detail)
    if isinstance(metres := detail.get("distanceM"), int | float):
        far = metres >= _KILOMETRE_FROM_M
        words["distance"] = f"{metres / 1000:,.0f} {kilometre}" if far else f"{metres:,.0f} {metre}"
    if isinstance(hours := detail.get("gapHours"), int | float):
        long = hours >= _DAY_FROM_HOURS
        words["gap"] = f"{hours / 24:,.0f} {day}" if long else f"{hours:,.1f} {hour}"
    return text("flags", code, language, words)
