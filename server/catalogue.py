"""The message catalogues: every text of the server, by kind, code and language."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("zh-CN", "en")


@cache
def catalogue(language: str) -> dict[str, dict[str, Any]]:
    """All texts of a language, merged over the slices. A code may stand only once in its kind."""
    merged: dict[str, dict[str, Any]] = {"problems": {}, "field_errors": {}, "flags": {}}
    for path in sorted(Path(__file__).parent.rglob(f"messages.{language}.json")):
        for kind, texts in json.loads(path.read_text(encoding="utf-8")).items():
            known = merged.setdefault(kind, {})
            twice = known.keys() & texts.keys()
            if twice:
                raise RuntimeError(f"{path.name}: {sorted(twice)} stand in two catalogues")
            known.update(texts)
    return merged


def language_from(accept_language: str) -> str:
    """The reader's language: Simplified Chinese unless English is asked for first."""
    return "en" if accept_language.strip().lower().startswith("en") else "zh-CN"


def text(kind: str, code: str, language: str, params: Mapping[str, object]) -> str:
    """One text with its parameters filled in; the code itself where a catalogue lacks it."""
    return fill(catalogue(language)[kind].get(code, code), params)


def fill(template: str, params: Mapping[str, object]) -> str:
    """Put parameters into a text. A text that asks for more than there is stays as it stands."""
    try:
        return template.format_map(dict(params))
    except (KeyError, ValueError):
        return template
