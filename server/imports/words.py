"""The words that offices use in such files: headings, states, units by their other names. Chinese, for every reader."""

from __future__ import annotations

import json
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any, Final, get_args

from schemas.imports import FieldName

FIELDS: Final[tuple[FieldName, ...]] = get_args(FieldName)
"""What a column can hold: the columns of our own ledger, by their keys there."""

_BRACKETS: Final = {"(": ")", "[": "]", "【": "】", "〔": "〕", "<": ">", "《": "》"}


@cache
def words() -> dict[str, Any]:
    """The word lists."""
    known: dict[str, Any] = json.loads(Path(__file__).with_name("words.json").read_text(encoding="utf-8"))
    return known


def plain(text: str) -> str:
    """A text to be compared: full-width marks as half-width ones, capitals, no spaces and no punctuation."""
    wide = unicodedata.normalize("NFKC", text).upper()
    return "".join(mark for mark in wide if unicodedata.category(mark)[0] in "LN" or mark in "√✓✔")


def bare(text: str) -> str:
    """A heading without what stands in brackets."""
    kept: list[str] = []
    awaited: list[str] = []
    for mark in unicodedata.normalize("NFKC", text):
        if mark in _BRACKETS:
            awaited.append(_BRACKETS[mark])
        elif awaited and mark == awaited[-1]:
            awaited.pop()
        elif not awaited:
            kept.append(mark)
    return plain("".join(kept)) or plain(text)


@cache
def plain_set(name: str) -> frozenset[str]:
    """A word list, to be compared with `plain`."""
    return frozenset(plain(word) for word in words()[name])
