"""Reads the checklist templates that an installation loads, and refuses a set that does not hold together."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

import schemas
from schemas.checklists import AnswerEquals, Archived, ByKind, Equals, Item, PassRule, Ratio, TemplateDocument

DATA = Path(schemas.__file__).parent / "data"
TEMPLATE_CODES = ("YL", "KY", "KH")


class TemplateError(ValueError):
    """A template document contradicts itself; the message names the template, the item and what is wrong."""


def load_templates(folder: Path = DATA / "checklists") -> list[TemplateDocument]:
    """All templates of this release, in the order YL, KY, KH.

    Raises `TemplateError` for a document that contradicts itself, `msgspec.ValidationError` for one that
    leaves the grammar.
    """
    documents = []
    for code in TEMPLATE_CODES:
        document = msgspec.json.decode((folder / f"{code}.json").read_bytes(), type=TemplateDocument)
        for fault in faults_of(document):
            raise TemplateError(fault)
        documents.append(document)
    return documents


def faults_of(document: TemplateDocument) -> Iterator[str]:
    """Everything that keeps a template from being asked or judged, in the order of its items."""
    sections = {section.code for section in document.sections}
    earlier: dict[str, Item] = {}
    for item in document.items:
        place = f"{document.code} {item.code}"
        if not item.code.startswith(f"{document.code}-"):
            yield f"{place}: the code does not start with the template's"
        if item.code in earlier:
            yield f"{place}: the code stands twice"
        if item.section not in sections:
            yield f"{place}: unknown section {item.section}"
        for other in sorted(_mentioned(item) - earlier.keys() - {item.code}):
            yield f"{place}: {other} is not an earlier item"
        for test in item.when.of if item.when else ():
            asked = earlier.get(test.item)
            if isinstance(test, AnswerEquals) and asked and not can_answer(asked, test.value):
                yield f"{place}: {test.item} never answers {test.value}"
        if item.type == "one" and not item.options:
            yield f"{place}: nothing to choose from"
        if not _fits(item):
            yield f"{place}: rule {type(item.pass_rule).__name__} does not fit type {item.type}"
        if item.pass_rule.__struct_config__.tag == "record" and item.weight:
            yield f"{place}: a record carries no weight"
        if (item.working_days == 0) != (item.closing == "none"):
            yield f"{place}: working days and closing disagree"
        earlier[item.code] = item


def _mentioned(item: Item) -> set[str]:
    named = {test.item for test in item.when.of} if item.when else set()
    if isinstance(item.pass_rule, Ratio):
        named |= {item.pass_rule.part, item.pass_rule.whole}
    if isinstance(item.pass_rule, Archived):
        named.add(item.pass_rule.activity)
    return named


_RULES_OF_TYPE = {
    "yn": {"equals", "record"},
    "ynNa": {"equals", "record"},
    "one": {"equals", "record"},
    "num": {"equals", "atLeast", "annual", "byKind", "ratio", "per100", "record"},
    "date": {"ageDays", "ageMonths", "record"},
    "text": {"record"},
    "photo": {"count", "record"},
    "auto": {"unitFiles", "archived", "lastClosed"},
}


def _fits(item: Item) -> bool:
    rule: PassRule = item.pass_rule
    if rule.__struct_config__.tag not in _RULES_OF_TYPE[item.type]:
        return False
    if isinstance(rule, ByKind):
        return set(rule.rules) == set(item.applies_to)
    return not isinstance(rule, Equals) or can_answer(item, rule.value)


def can_answer(item: Item, wanted: bool | int | str) -> bool:
    """Whether this word or number is an answer that the item can get."""
    if item.type in ("yn", "ynNa"):
        return isinstance(wanted, bool)
    if item.type == "num":
        return isinstance(wanted, int) and not isinstance(wanted, bool)
    return any(option.value == wanted for option in item.options)
