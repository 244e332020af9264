"""The fixed wording of official documents. They are written in Chinese only, so there is one catalogue."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, cast

_FILE = Path(__file__).parent.parent / "phrases.json"


@cache
def _catalogue() -> dict[str, Any]:
    return cast(dict[str, Any], json.loads(_FILE.read_text(encoding="utf-8")))


def _entry(key: str) -> Any:
    found: Any = _catalogue()
    for name in key.split("."):
        found = found[name]
    return found


def say(key: str, **values: object) -> str:
    """The phrase under a dotted key with its places filled; KeyError for an unknown key or a place left open."""
    return cast(str, _entry(key)).format_map({name: str(value) for name, value in values.items()})


def sayings(key: str) -> tuple[str, ...]:
    """A list of phrases: the headings of a table, the words no title is broken in."""
    return tuple(cast(list[str], _entry(key)))


def pairs(key: str) -> tuple[tuple[str, str], ...]:
    """A list of phrases that come two by two: a heading and its text."""
    return tuple((first, second) for first, second in cast(list[list[str]], _entry(key)))


def words_in(title: str, *more: str) -> tuple[str, ...]:
    """The known words that a title holds, and `more` of it that belong together."""
    return tuple(word for word in (*more, *sayings("words")) if word in title)
