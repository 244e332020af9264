"""What the headings of a form mean, and which language a text is in. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

_ALIASES: Final[Mapping[str, str]] = {
    "list name": "list_name",
    "caption": "label",
    "relevance": "relevant",
    "bind::relevant": "relevant",
    "bind::required": "required",
    "bind::constraint": "constraint",
    "bind:constraint": "constraint",
    "bind::calculate": "calculation",
    "calculate": "calculation",
    "requiredmsg": "required_message",
    "required message": "required_message",
    "constraint message": "constraint_message",
    "constraint-msg": "constraint_message",
    "bind:jr:constraintmsg": "constraint_message",
    "bind::jr:constraintmsg": "constraint_message",
    "bind::jr:requiredmsg": "required_message",
    "read_only": "readonly",
    "count": "repeat_count",
    "repeat count": "repeat_count",
    "title": "form_title",
    "id_string": "form_id",
    "form id": "form_id",
    "form title": "form_title",
    "command": "type",
    "tag": "name",
    "value": "name",
}
_TRANSLATED: Final = frozenset(
    {"label", "hint", "guidance_hint", "constraint_message", "required_message", "image", "audio", "video", "big-image"}
)
_CJK: Final = re.compile(r"[\u3400-\u9fff]")


class Heading(NamedTuple):
    """What a column holds, and in which language: `zh`, `en`, another one as it is named, or "" for none."""

    name: str
    language: str


@lru_cache(maxsize=4096)
def heading_of(written: str) -> Heading:
    """What a heading means, however it is written: `label::English (en)`, `Label : chinese`, `relevance`."""
    plain = re.sub(r"\s+", " ", written.strip())
    low = plain.lower()
    if low in _ALIASES:
        return Heading(_ALIASES[low], "")
    parts = [part.strip() for part in re.split(r"::?", plain) if part.strip()]
    if parts and parts[0].lower() == "media":
        parts = parts[1:]
    base = parts[0].lower() if parts else ""
    name = _ALIASES.get(base, base.replace(" ", "_"))
    if len(parts) == 1:
        return Heading(name, "")
    if name not in _TRANSLATED:
        return Heading(low, "")
    return Heading(name, language_of("::".join(parts[1:])))


def language_of(tag: str) -> str:
    """`zh` or `en` for the languages that a checklist has; any other as it is called."""
    low = tag.strip().lower()
    if any(word in low for word in ("zh", "chinese", "中文", "汉语", "简体")) or low == "cn":
        return "zh"
    return "en" if "english" in low or low == "en" or "(en" in low else tag.strip()


def guessed(text: str) -> str:
    """The language of a text that nobody named one for."""
    return "zh" if _CJK.search(text) else "en"


def texts_of(cells: Mapping[str, str], name: str) -> Iterator[tuple[str, str, str]]:
    """A row's texts under a name: heading as written, language ("" for none), text."""
    for written, text in cells.items():
        heading = heading_of(written)
        if heading.name == name:
            yield written, heading.language, text


def plain(cells: Mapping[str, str], name: str) -> str:
    """A row's text under a name that has no languages."""
    return next((text for _, _, text in texts_of(cells, name)), "")
