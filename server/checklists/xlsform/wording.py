"""The texts of a form in the two languages of a checklist, and what is said of those that have no place. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from schemas.checklist_editing import RemarkKind
from schemas.checklists import Option, Words
from server.checklists.xlsform.headings import guessed, heading_of, plain, texts_of
from server.checklists.xlsform.sheets import CHOICES, SURVEY, Form, Remark, Row

_REFERENCE: Final = re.compile(r"\$\{\s*([^}]*?)\s*\}")
_LONGEST: Final = 500


@dataclass(slots=True)
class Report:
    """Everything that is said of a form. `default_language`: what a text without a language is in."""

    default_language: str = ""
    remarks: list[Remark] = field(default_factory=list)
    untold: dict[tuple[str, str], int] = field(default_factory=dict)

    def say(self, sheet: str, row: int, column: str, value: str, kind: RemarkKind, code: str, **params: str) -> None:
        """Note what became of a cell."""
        self.remarks.append(Remark(sheet, row, column, value[:200], kind, code, dict(params)))

    def words(self, sheet: str, row: Row, name: str) -> Words | None:
        """A row's text in both languages. One that lacks takes the other's place; a third has none and is told of."""
        found: dict[str, tuple[str, str]] = {}
        for written, language, text in texts_of(row.cells, name):
            in_language = language or self.default_language or guessed(text)
            if in_language not in found:
                found[in_language] = written, self._shown(sheet, row, written, text)
        if not found:
            return None
        chinese, english = found.get("zh"), found.get("en")
        best = chinese or english or next(iter(found.values()))
        for language, (written, text) in found.items():
            if language not in ("zh", "en") and written != best[0]:
                self.say(sheet, row.number, written, text, "lost", "form-other-language")
        if chinese is None:
            self.untold[sheet, name] = self.untold.get((sheet, name), 0) + 1
        return Words(zh=(chinese or best)[1], en=(english or best)[1])

    def _shown(self, sheet: str, row: Row, column: str, text: str) -> str:
        """A text without places for other answers, within the length of one."""
        shown = _REFERENCE.sub(lambda found: f"〔{found[1]}〕", text)
        if shown != text:
            self.say(sheet, row.number, column, text, "changed", "form-reference-in-text")
        if len(shown) > _LONGEST:
            self.say(sheet, row.number, column, text, "changed", "form-text-cut", limit=str(_LONGEST))
        return shown[:_LONGEST].strip()

    def finish(self) -> None:
        """Say once for each column what went for all of it, and put everything in the order of the form."""
        for (sheet, name), count in self.untold.items():
            self.say(sheet, 0, name, "", "changed", "form-no-chinese", count=str(count))
        order = {SURVEY: 0, CHOICES: 1}
        self.remarks.sort(key=lambda one: (order.get(one.sheet, 2), one.sheet, one.row))


@dataclass(frozen=True, slots=True)
class Choices:
    """One list of choices, as it is kept: values once each."""

    options: list[Option]

    def words_of_yes(self) -> dict[str, bool] | None:
        """Which of two words is yes, where the list is no more than yes and no (and not applicable)."""
        meant = {option.value: _MEANT.get(option.value.strip().lower()) for option in self.options}
        if sorted(str(one) for one in meant.values() if one != "na") != ["False", "True"]:
            return None
        return {value: one for value, one in meant.items() if isinstance(one, bool)}

    def has_not_applicable(self) -> bool:
        """Whether one of the words says that the question does not apply."""
        return any(_MEANT.get(option.value.strip().lower()) == "na" for option in self.options)


_MEANT: Final[dict[str, bool | str]] = {
    "yes": True, "y": True, "true": True, "是": True, "no": False, "n": False, "false": False, "否": False,
    "na": "na", "n/a": "na", "not_applicable": "na", "不适用": "na",
}  # fmt: skip


def choice_lists(form: Form, report: Report) -> dict[str, Choices]:
    """All lists of the form by their names."""
    lists: dict[str, dict[str, Option]] = {}
    for row in form.rows(CHOICES):
        name, value = plain(row.cells, "list_name"), plain(row.cells, "name")
        if not name or not value:
            continue
        words = report.words(CHOICES, row, "label")
        if words is None:
            words = Words(zh=value, en=value)
            report.say(CHOICES, row.number, "label", value, "changed", "form-choice-without-label")
        known = lists.setdefault(name, {})
        if value in known:
            report.say(CHOICES, row.number, "name", value, "lost", "form-choice-twice")
        else:
            known[value] = Option(value=value, label=words)
        for written, text in row.cells.items():
            if heading_of(written).name not in ("list_name", "name", "label"):
                report.say(CHOICES, row.number, written, text, "lost", "form-column")
    return {name: Choices(list(options.values())) for name, options in lists.items()}
