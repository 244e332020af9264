"""Text as a spreadsheet may hold it (R88). Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

LONGEST_CELL: Final = 32_767
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe_text(text: str) -> str:
    """The text without control characters, never read as a formula: = + - @ Tab CR get an apostrophe (R88)."""
    clean = _CONTROL.sub("", text)
    prefix = "'" if clean.startswith(_STARTS_A_FORMULA) else ""
    return (prefix + clean)[:LONGEST_CELL]


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that leads to an address of our own. `text` is ours too."""

    url: str
    text: str

    def formula(self) -> str:
        """As a formula: a sheet holds only 65,530 hyperlinks, and keeps them all in memory."""
        url, text = (part.replace('"', '""') for part in (self.url, self.text))
        return f'=HYPERLINK("{url}","{text}")'
