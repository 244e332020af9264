"""Takes the questions of a form one by one. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import msgspec

from schemas.checklists import Item, When, Words
from server.checklists.xlsform.coding import SOURCE, Codes
from server.checklists.xlsform.conditions import Asked, condition_of
from server.checklists.xlsform.expressions import has_curly_quotes
from server.checklists.xlsform.extras import PREFIX, WHEN, applied, when_of
from server.checklists.xlsform.headings import heading_of, plain
from server.checklists.xlsform.questions import RECORDED, UNASKED, Kind, Shape, new_item, shape_of
from server.checklists.xlsform.relevance import constraint_of, relevant_of
from server.checklists.xlsform.sheets import SURVEY, Row
from server.checklists.xlsform.wording import Choices, Report

_READ: Final = frozenset({"type", "name", "label", "hint", "required", "relevant", "constraint"})
_LOOKS: Final = frozenset({"appearance", "autoplay", "buttontext", "rows", "parameters"})
_AT_MOST: Final = re.compile(r"\.\s*<=\s*(\d{1,9})")
_AT_LEAST_0: Final = re.compile(r"\.\s*>=\s*0")
_NOT_LATER: Final = re.compile(r"\.\s*<=\s*today\(\)")
_YES: Final = frozenset({"yes", "true", "true()", "1"})
_NO: Final = frozenset({"", "no", "false", "false()", "0"})


class Group(NamedTuple):
    """A group that is open: its name and its condition."""

    name: str
    relevant: str


class Asking:
    """The items so far, and the notes that wait for the next one. `section`: where items go."""

    def __init__(self, report: Report, lists: Mapping[str, Choices], codes: Codes) -> None:
        self.items: list[Item] = []
        self.questions = self.taken = 0
        self.section = ""
        self.unnamed_section = False
        self._report, self._lists, self._codes = report, lists, codes
        self._asked = Asked()
        self._notes: list[tuple[Row, Words]] = []

    def would_ask(self, row: Row, kind: Kind) -> bool:
        """Whether a row becomes an item, or may. A note between two groups waits for the second."""
        if kind.name == "note":
            return bool(row.cells.get("xungai_type", "").strip())
        return kind.name not in RECORDED and kind.name not in UNASKED and not kind.name.startswith("uri:")

    def needs_name(self) -> bool:
        """Whether an item went into a section that nobody has named."""
        return self.unnamed_section and bool(self.items) and self.items[-1].section == self.section

    def ask(self, row: Row, kind: Kind, groups: Sequence[Group]) -> Words | None:
        """Take one row; the section's name where the row turns out to be one."""
        extra_type = row.cells.get("xungai_type", "").strip()
        if kind.name == "note" and not extra_type:
            return self._note(row)
        self.questions += kind.name not in RECORDED
        if kind.name in RECORDED:
            written = plain(row.cells, "type")
            self._report.say(SURVEY, row.number, "type", written, "system", f"form-recorded-{_noted(kind.name)}")
            return None
        choices = self._lists.get(kind.list_name)
        shape = Shape("auto") if extra_type == "auto" else shape_of(kind, choices)
        if shape is None:
            self._refuse(row, kind)
            return None
        self.taken += 1
        label = self._report.words(SURVEY, row, "label")
        if label is None:
            name = plain(row.cells, "name")
            label = Words(zh=name, en=name)
            self._report.say(SURVEY, row.number, "label", name, "changed", "form-question-without-label")
        if shape.remark:
            self._report.say(SURVEY, row.number, "type", plain(row.cells, "type"), "changed", shape.remark)
        if kind.name == "select_multiple" and choices is not None:
            self._split(row, label, choices, groups)
        else:
            self._one(row, label, shape, choices, groups)
        if kind.or_other:
            self._other(row, label)
        self.leftovers(row, _READ)
        return None

    def end_section(self) -> None:
        """Notes that nothing followed explain the last item of the section."""
        for row, words in self._notes:
            last = self.items[-1] if self.items and self.items[-1].section == self.section else None
            if last is None:
                self._report.say(SURVEY, row.number, "label", words.zh, "lost", "form-note-alone")
            else:
                self.items[-1] = msgspec.structs.replace(last, hint=_with(last.hint, words, first=False))
        self._notes = []
        self.unnamed_section = False

    def leftovers(self, row: Row, read: frozenset[str] | set[str]) -> None:
        """Say of each cell that nothing was made of what it is."""
        for written, text in row.cells.items():
            name = heading_of(written).name
            if name in read or name.startswith(PREFIX):
                continue
            code = "form-look" if name in _LOOKS else f"form-lost-{name}" if name in _TOLD else "form-column"
            self._report.say(SURVEY, row.number, written, text, "lost", code)

    def _note(self, row: Row) -> Words | None:
        words = self._report.words(SURVEY, row, "label")
        self.leftovers(row, {"type", "name", "label", "relevant"})
        if words is None:
            self._report.say(SURVEY, row.number, "type", "note", "lost", "form-note-empty")
            return None
        if condition := plain(row.cells, "relevant"):
            self._report.say(SURVEY, row.number, "relevant", condition, "lost", "form-note-condition")
        fresh = not self.items or self.items[-1].section != self.section
        if self.unnamed_section and fresh and not self._notes:
            self._report.say(SURVEY, row.number, "label", words.zh, "changed", "form-note-as-section")
            return words
        self._report.say(SURVEY, row.number, "label", words.zh, "changed", "form-note-as-hint")
        self._notes.append((row, words))
        return None

    def _refuse(self, row: Row, kind: Kind) -> None:
        code = UNASKED.get(kind.name) or ("form-metadata" if kind.name.startswith("uri:") else "form-type")
        if kind.name in ("select_one", "select_multiple"):
            code = "form-no-list"
        value = "；".join(filter(None, (plain(row.cells, "type"), plain(row.cells, "calculation"))))
        self._report.say(SURVEY, row.number, "type", value, "lost", code)

    def _one(self, row: Row, label: Words, shape: Shape, choices: Choices | None, groups: Sequence[Group]) -> None:
        name = plain(row.cells, "name")
        item = self._item(row, name, label, shape, groups)
        if choices is not None and item.type == "one":
            item = msgspec.structs.replace(item, options=choices.options)
        item, bad = applied(item, row.cells)
        for column, text in bad:
            self._report.say(SURVEY, row.number, column, text, "lost", "form-bad-extra")
        item = self._bounded(row, item)
        self.items.append(item)
        self._asked.items[name] = item
        if choices is not None:
            self._asked.words[name] = choices.words_of_yes() or {}

    def _split(self, row: Row, label: Words, choices: Choices, groups: Sequence[Group]) -> None:
        """A question of many choices: each choice is asked by itself, yes or no."""
        name = plain(row.cells, "name")
        self._report.say(SURVEY, row.number, "type", plain(row.cells, "type"), "changed", "form-many-choices")
        base = self._item(row, name, label, Shape("yn"), groups, is_whole=False)
        self._bounded(row, base)
        for place, option in enumerate(choices.options):
            words = Words(zh=f"{label.zh}：{option.label.zh}", en=f"{label.en}: {option.label.en}")
            item = self._part(base, f"{name}/{option.value}", words)
            self.items.append(item if place == 0 else msgspec.structs.replace(item, hint=None))
            self._asked.choices[name, option.value] = item.code

    def _other(self, row: Row, label: Words) -> None:
        words = Words(zh=f"{label.zh}：其他", en=f"{label.en}: other")
        self._report.say(SURVEY, row.number, "type", plain(row.cells, "type"), "changed", "form-or-other")
        base = new_item("", self.section, words, Shape("text"), source="")
        when = self.items[-1].when if self.items else None
        self.items.append(
            self._part(msgspec.structs.replace(base, when=when), f"{plain(row.cells, 'name')}/other", words)
        )

    def _part(self, base: Item, name: str, label: Words) -> Item:
        code = self._codes.item(name)
        self._asked.clauses[code] = self._asked.clauses.get(base.code, ())
        return msgspec.structs.replace(base, code=code, label=label, sources=[f"{SOURCE}{name}"[:200]])

    def _item(
        self, row: Row, name: str, label: Words, shape: Shape, groups: Sequence[Group], *, is_whole: bool = True
    ) -> Item:
        code = self._codes.item(name) if is_whole else ""
        item = new_item(code, self.section, label, shape, source=f"{SOURCE}{name}"[:200])
        hint = self._report.words(SURVEY, row, "hint")
        for _, words in self._notes:
            hint = _with(hint, words, first=True)
        self._notes = []
        sources = [] if self._codes.is_own(name) else item.sources
        when, required = self._when(row, code, groups), self._required(row)
        return msgspec.structs.replace(item, hint=hint, when=when, required=required, sources=sources)

    def _when(self, row: Row, code: str, groups: Sequence[Group]) -> When | None:
        own = plain(row.cells, "relevant")
        written = [one for one in (*(group.relevant for group in groups), own) if one]
        exact = when_of(row.cells.get(WHEN, ""))
        if exact is not None and relevant_of(exact, self._names()) == own:
            return exact
        found = condition_of(written, self._asked)
        self._asked.clauses[code] = found.clauses
        told = "；".join(written)
        if found.lost:
            self._report.say(SURVEY, row.number, "relevant", told, "lost", "form-condition")
        if found.unanswered:
            self._report.say(SURVEY, row.number, "relevant", told, "changed", "form-unanswered")
        if any(map(has_curly_quotes, written)):
            self._report.say(SURVEY, row.number, "relevant", told, "changed", "form-curly-quotes")
        return found.when

    def _names(self) -> Mapping[str, Item]:
        return {item.code: item for item in self.items}

    def _required(self, row: Row) -> bool:
        written = plain(row.cells, "required").strip().lower()
        if written not in _YES | _NO:
            self._report.say(SURVEY, row.number, "required", written, "lost", "form-required")
        return written in _YES

    def _bounded(self, row: Row, item: Item) -> Item:
        """The largest number that is taken; any other bound has no place."""
        written = plain(row.cells, "constraint")
        for part in (one.strip() for one in re.split(r"\band\b", written)):
            most = _AT_MOST.fullmatch(part)
            if most and item.type == "num":
                item = msgspec.structs.replace(item, max=int(most[1]))
            elif part and part != constraint_of(item) and not _is_ours(part, item.type):
                self._report.say(SURVEY, row.number, "constraint", part, "lost", "form-constraint")
        return item


_TOLD: Final = frozenset(
    {"calculation", "default", "choice_filter", "trigger", "image", "audio", "video", "readonly", "repeat_count"}
    | {"constraint_message", "required_message"}
)


def _is_ours(part: str, type_: str) -> bool:
    return bool((type_ == "num" and _AT_LEAST_0.fullmatch(part)) or (type_ == "date" and _NOT_LATER.fullmatch(part)))


def _noted(kind: str) -> str:
    return "place" if "geopoint" in kind else "circumstance"


def _with(hint: Words | None, words: Words, *, first: bool) -> Words:
    if hint is None:
        return words
    one, other = (words, hint) if first else (hint, words)
    return Words(zh=f"{one.zh} {other.zh}", en=f"{one.en} {other.en}")
