"""A form as it stands in its workbook, before anybody has understood it; and what is said of it."""

from __future__ import annotations

from typing import Final

import msgspec

from schemas.checklist_editing import RemarkKind

SURVEY: Final = "survey"
CHOICES: Final = "choices"
SETTINGS: Final = "settings"
OUR_NOTE: Final = "xungai"
"""A sheet of an exported form that tells other programs' users what they do not see."""


class Row(msgspec.Struct, frozen=True):
    """One row that says anything: its number in the sheet (from 1) and its texts by the heading as it was written."""

    number: int
    cells: dict[str, str]


class Sheet(msgspec.Struct, frozen=True):
    """One sheet: its headings in order, and the rows below them."""

    name: str
    headings: list[str]
    rows: list[Row]


class Form(msgspec.Struct, frozen=True):
    """A workbook that pyxform has taken for a form."""

    sheets: list[Sheet]

    def rows(self, name: str) -> list[Row]:
        """The rows of a sheet; none where there is no such sheet."""
        return next((sheet.rows for sheet in self.sheets if sheet.name.strip().lower() == name), [])


class Answer(msgspec.Struct, frozen=True):
    """What the reading process says: a form, or the code of a refusal with pyxform's own words."""

    form: Form | None = None
    refusal: str = ""
    told: str = ""


class Remark(msgspec.Struct, frozen=True):
    """What became of a cell. Row 0 is the whole sheet."""

    sheet: str
    row: int
    column: str
    value: str
    kind: RemarkKind
    code: str
    params: dict[str, str | int] = {}
