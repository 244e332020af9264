"""Codes for the items and sections of a form. A code stays with its question for ever. Pure."""

from __future__ import annotations

import re
from typing import Final

from schemas.checklists import TemplateDocument

SOURCE: Final = "XLSForm:"
"""How an item says by which name a form knows it."""


class Codes:
    """Gives codes: the one that a form's name is, the one that the name had before, else the next that is free."""

    def __init__(self, template: str, known: TemplateDocument | None) -> None:
        self._template = template
        self._own = re.compile(rf"{re.escape(template)}-[A-Za-z0-9_.-]{{1,30}}")
        self._before = {
            source.removeprefix(SOURCE): item.code
            for item in (known.items if known else [])
            for source in item.sources
            if source.startswith(SOURCE)
        }
        self._used: set[str] = set()
        self._kept = {item.code for item in known.items} if known else set[str]()
        self._sections: set[str] = set()
        self._section = ""

    def is_own(self, name: str) -> bool:
        """Whether a name of a form is a code of this checklist."""
        return self._own.fullmatch(name) is not None

    def section(self, name: str) -> str:
        """The code of the next section."""
        place = len(self._sections)
        code = name if self.is_own(name) and name not in self._sections else f"{self._template}-{letters(place)}"
        while code in self._sections:
            place += 1
            code = f"{self._template}-{letters(place)}"
        self._sections.add(code)
        self._section = code
        return code

    def item(self, name: str) -> str:
        """The code of the next item of the section, which the form knows by this name."""
        if self.is_own(name) and name not in self._used:
            code = name
        elif name in self._before and self._before[name] not in self._used:
            code = self._before[name]
        else:
            number = 1
            while (code := f"{self._section}{number:02d}") in self._used | self._kept:
                number += 1
        self._used.add(code)
        return code


def letters(place: int) -> str:
    """A, B, …, Z, AA, AB, …"""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name
