"""A flag as a sentence: its numbers in the units that a person thinks in. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from server.catalogue import text

_KILOMETRE_FROM_M = 10_000
_DAY_FROM_HOURS = 72
_UNITS = {
    "zh-CN": ("米", "公里", "秒", "分钟", "小时", "天"),
    "en": ("m", "km", "seconds", "minutes", "hours", "days"),
}


def flag_text(code: str, detail: Mapping[str, Any], language: str) -> str:
    """The sentence of a flag. `{distance}`, `{gap}`, `{travel}`, `{skew}` stand for its metres, hours and seconds,
    rounded for reading; `{weakness}` and `{likeness}` for what its numbers mean."""
    words = dict(detail)
    if isinstance(metres := detail.get("distanceM"), int | float):
        words["distance"] = _length(metres, language)
    for name, told, unit_s in (("gap", "gapHours", 3600), ("travel", "travelSeconds", 1), ("skew", "skewSeconds", 1)):
        if isinstance(value := detail.get(told), int | float):
            words[name] = _span(value * unit_s, language)
    if code == "weak-fix":
        words["weakness"] = text("flag_words", "and", language, {}).join(_weakness(detail, language))
    sure = "same" if "noisePercent" in detail else "like"
    words["likeness"] = text("flag_words", sure, language, {})
    return text("flags", code, language, words)


def _length(metres: float, language: str) -> str:
    metre, kilometre, *_ = _UNITS[language]
    far = metres >= _KILOMETRE_FROM_M
    return f"{metres / 1000:,.0f} {kilometre}" if far else f"{metres:,.0f} {metre}"


def _span(seconds: float, language: str) -> str:
    _, _, second, minute, hour, day = _UNITS[language]
    if seconds < 120:
        return f"{seconds:,.0f} {second}"
    if seconds < 7200:
        return f"{seconds / 60:,.0f} {minute}"
    hours = seconds / 3600
    return f"{hours / 24:,.0f} {day}" if hours >= _DAY_FROM_HOURS else f"{hours:,.1f} {hour}"


def _weakness(detail: Mapping[str, Any], language: str) -> Iterator[str]:
    if isinstance(accuracy := detail.get("accuracyM"), int | float):
        yield text("flag_words", "accuracy", language, {"accuracy": _length(accuracy, language)})
    else:
        yield text("flag_words", "no-accuracy", language, {})
    if detail.get("ageSeconds"):
        yield text("flag_words", "age", language, {"age": _span(detail["ageSeconds"], language)})
