"""The numbering of levels: 一、 then （一） then 1. then （1）."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from schemas.documents import Paragraph

_DIGITS = "零一二三四五六七八九"


def numeral(number: int) -> str:
    """1–99 in Chinese: 一, 十, 十一, 二十三."""
    tens, ones = divmod(number, 10)
    ten = "" if tens == 0 else ("十" if tens == 1 else f"{_DIGITS[tens]}十")
    return ten + (_DIGITS[ones] if ones else "") if number else _DIGITS[0]


def section(number: int, heading: str) -> Paragraph:
    """A heading of the first level, a paragraph of its own."""
    return Paragraph(level=1, heading=f"{numeral(number)}、{heading}")


def clause(number: int, heading: str, text: str = "") -> Paragraph:
    """A paragraph of the second level: its heading in 楷体, then the text on the same line."""
    return Paragraph(level=2, heading=f"（{numeral(number)}）{heading}", text=text)


def item(number: int, text: str, level: Literal[3, 4] = 3) -> Paragraph:
    """A paragraph of the third (1.) or fourth level (（1）)."""
    return Paragraph(level=level, heading=f"{number}." if level == 3 else f"（{number}）", text=text)


def texts(paragraphs: Iterable[str]) -> tuple[Paragraph, ...]:
    """Plain paragraphs."""
    return tuple(Paragraph(text=text) for text in paragraphs)


def sentence(text: str) -> str:
    """A person's words without the stop they may or may not have ended with."""
    return text.strip().rstrip("。．.；;，,、 　")
