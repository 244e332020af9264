"""Counts a report's characters as Word and WPS do (字数), and finds its figures. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from typing import Final

_LONGEST_TITLE: Final = 40
_ENDS_A_SENTENCE: Final = "。；！？：，、.;!?:,"
_SOURCE_NOTE: Final = re.compile(
    r"^[（(【\[]?\s*(资料来源|数据来源|信息来源|来源|注释|注)\s*[0-9一二三四五六七八九十]*\s*[:：]"
)
_FIGURE: Final = re.compile(r"\d+(?:[.,，]\d+)*")
# Quotation marks and dashes that Word sets as wide as a Chinese character although Unicode leaves it open.
_WIDE_MARKS: Final = frozenset("“”‘’…—·")


def is_wide(character: str) -> bool:
    """Whether a character counts for itself: Chinese ones and full-width marks."""
    return character in _WIDE_MARKS or unicodedata.east_asian_width(character) in "WF"


def count_characters(text: str) -> int:
    """Word's 字数: each wide character is 1, each unbroken run of others (a word, a number) is 1 (R28)."""
    count, in_run = 0, False
    for character in text:
        if character.isspace():
            in_run = False
        elif is_wide(character):
            count, in_run = count + 1, False
        else:
            count, in_run = count + (not in_run), True
    return count


def title_of(paragraphs: Sequence[str]) -> str:
    """The first paragraph, where it is short and no sentence; else nothing."""
    first = next((text.strip() for text in paragraphs if text.strip()), "")
    return first if len(first) <= _LONGEST_TITLE and not first.endswith(tuple(_ENDS_A_SENTENCE)) else ""


def body_of(paragraphs: Sequence[str]) -> list[str]:
    """What counts: every paragraph but the title and the notes of sources (R28, our reading)."""
    filled = [text.strip() for text in paragraphs if text.strip()]
    rest = filled[1:] if title_of(filled) else filled
    return [text for text in rest if not _SOURCE_NOTE.match(text)]


def count_report(paragraphs: Sequence[str]) -> int:
    """The length of a report in 字 (R28)."""
    return sum(count_characters(text) for text in body_of(paragraphs))


def figures_in(text: str) -> set[str]:
    """The figures in a text as they are written, without separators of thousands; years and lists of one digit count.

    Numbers that only order (一是, 1.) are no figures.
    """
    plain = re.sub(r"^\s*[（(]?\d{1,2}[）).、．]", "", text)
    return {found.replace(",", "").replace("，", "") for found in _FIGURE.findall(plain)}


def paragraphs_with_figures(paragraphs: Sequence[str]) -> list[str]:
    """The paragraphs of the body that hold a figure."""
    return [text for text in body_of(paragraphs) if figures_in(text)]


def unsourced(paragraphs: Sequence[str], statements: Collection[str]) -> list[str]:
    """Paragraphs with figures of which none stands in the statement of a source (R30)."""
    sourced = {figure for statement in statements for figure in figures_in(statement)}
    return [text for text in paragraphs if not figures_in(text) & sourced]
