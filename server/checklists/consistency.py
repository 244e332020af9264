"""Whether a checklist can be asked and judged: what contradicts itself, with its place. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from schemas.checklists import (
    AnswerAbove,
    AnswerEquals,
    AnyOf,
    Archived,
    ByKind,
    Equals,
    Item,
    PassRule,
    Ratio,
    TemplateDocument,
    Words,
)

MOST_ITEMS: Final = 300
TEMPLATE_CODE: Final = re.compile(r"[A-Z][A-Z0-9]{1,7}")
_ITEM_CODE: Final = re.compile(r"[A-Z][A-Z0-9]{1,7}-[A-Za-z0-9_.-]{1,30}")
_BIGGEST: Final = 1_000_000_000
_MOST_DAYS: Final = 250
_MOST_WEIGHT: Final = 100
_MOST_PHOTOS: Final = 20
_LONGEST_TEXT: Final = 1_000
_WORDS_OF_A_DATE: Final = frozenset({"unsure", "na"})


class Fault(NamedTuple):
    """What is wrong at one place: an RFC 6901 pointer into the document, a stable code, the code's parameters."""

    pointer: str
    code: str
    params: dict[str, object]


def faults_of(document: TemplateDocument) -> Iterator[Fault]:
    """Everything that keeps a checklist from being asked or judged: its frame first, then its items in order."""
    yield from _frame(document)
    sections = {section.code: place for place, section in enumerate(document.sections)}
    earlier: dict[str, Item] = {}
    reached = 0
    for place, item in enumerate(document.items):
        at = f"/items/{place}"
        yield from _code(document, item, at, earlier)
        if item.section not in sections:
            yield Fault(f"{at}/section", "checklist-section-unknown", {"section": item.section})
        elif sections[item.section] < reached:
            yield Fault(f"{at}/section", "checklist-section-order", {"item": item.code})
        reached = max(reached, sections.get(item.section, 0))
        yield from _item(document, item, at, earlier)
        earlier[item.code] = item


def _frame(document: TemplateDocument) -> Iterator[Fault]:
    if not TEMPLATE_CODE.fullmatch(document.code):
        yield Fault("/code", "checklist-code-shape", {})
    yield from _text(document.name, "/name")
    if not document.site_kinds:
        yield Fault("/siteKinds", "checklist-no-kinds", {})
    if not document.items:
        yield Fault("/items", "checklist-no-items", {})
    if len(document.items) > MOST_ITEMS:
        yield Fault("/items", "checklist-too-many-items", {"limit": MOST_ITEMS})
    seen: set[str] = set()
    for place, section in enumerate(document.sections):
        if section.code in seen or not section.code:
            yield Fault(f"/sections/{place}/code", "checklist-section-twice", {"section": section.code})
        seen.add(section.code)
        yield from _text(section.label, f"/sections/{place}/label")
    yield from _days(document.no_access.working_days, document.no_access.closing, "/noAccess")
    yield from _text(document.no_access.label, "/noAccess/label")


def _code(document: TemplateDocument, item: Item, at: str, earlier: Mapping[str, Item]) -> Iterator[Fault]:
    if not item.code.startswith(f"{document.code}-"):
        yield Fault(f"{at}/code", "checklist-code-prefix", {"item": item.code, "prefix": f"{document.code}-"})
    elif not _ITEM_CODE.fullmatch(item.code):
        yield Fault(f"{at}/code", "checklist-item-code-shape", {"item": item.code})
    if item.code in earlier:
        yield Fault(f"{at}/code", "checklist-code-twice", {"item": item.code})


def _item(document: TemplateDocument, item: Item, at: str, earlier: Mapping[str, Item]) -> Iterator[Fault]:
    yield from _text(item.label, f"{at}/label")
    for name, words in (("unit", item.unit), ("hint", item.hint)):
        if words is not None:
            yield from _text(words, f"{at}/{name}")
    foreign = sorted(set(item.applies_to) - set(document.site_kinds))
    if foreign:
        yield Fault(f"{at}/appliesTo", "checklist-foreign-kind", {"item": item.code})
    for other in sorted(_mentioned(item) - earlier.keys() - {item.code}):
        yield Fault(f"{at}/when", "checklist-not-earlier", {"item": item.code, "other": other})
    yield from _tests(item, at, earlier)
    yield from _options(item, at)
    yield from _amounts(item, at)
    if not fits(item):
        yield Fault(f"{at}/pass", "checklist-rule-type", {"item": item.code})
    if item.pass_rule.__struct_config__.tag == "record" and item.weight:
        yield Fault(f"{at}/weight", "checklist-record-weight", {"item": item.code})
    yield from _days(item.working_days, item.closing, at)


def _text(words: Words, at: str) -> Iterator[Fault]:
    """Both languages are there: where one is missing the writer repeats the other, knowingly."""
    for language, text in (("zh-CN", words.zh), ("en", words.en)):
        if not text.strip():
            yield Fault(f"{at}/{language}", "checklist-text-missing", {})
        elif "${" in text:
            yield Fault(f"{at}/{language}", "checklist-text-placeholder", {})
        elif len(text) > _LONGEST_TEXT:
            yield Fault(f"{at}/{language}", "checklist-text-long", {"limit": _LONGEST_TEXT})


def _tests(item: Item, at: str, earlier: Mapping[str, Item]) -> Iterator[Fault]:
    if item.when is None:
        return
    if not item.when.of or (isinstance(item.when, AnyOf) and len(item.when.of) == 1):
        yield Fault(f"{at}/when", "checklist-when-shape", {"item": item.code})
    for test in item.when.of:
        if test.item == item.code:
            yield Fault(f"{at}/when", "checklist-not-earlier", {"item": item.code, "other": test.item})
        asked = earlier.get(test.item)
        if isinstance(test, AnswerEquals) and asked and not can_answer(asked, test.value):
            yield Fault(f"{at}/when", "checklist-never-answers", {"other": test.item, "value": test.value})
        if isinstance(test, AnswerAbove) and asked and asked.type != "num":
            yield Fault(f"{at}/when", "checklist-never-answers", {"other": test.item, "value": test.value})


def _options(item: Item, at: str) -> Iterator[Fault]:
    if item.type == "one" and not item.options:
        yield Fault(f"{at}/options", "checklist-no-options", {"item": item.code})
    if item.options and item.type not in ("one", "date"):
        yield Fault(f"{at}/options", "checklist-options-unused", {"item": item.code})
    seen: set[str] = set()
    for place, option in enumerate(item.options):
        if option.value in seen or not option.value.strip():
            yield Fault(f"{at}/options/{place}/value", "checklist-option-twice", {"value": option.value})
        if item.type == "date" and option.value not in _WORDS_OF_A_DATE:
            yield Fault(f"{at}/options/{place}/value", "checklist-date-word", {"value": option.value})
        seen.add(option.value)
        yield from _text(option.label, f"{at}/options/{place}/label")


def _amounts(item: Item, at: str) -> Iterator[Fault]:
    bounds = (
        ("weight", item.weight, _MOST_WEIGHT),
        ("workingDays", item.working_days, _MOST_DAYS),
        ("photoCount", item.photo_count, _MOST_PHOTOS),
        ("max", item.max or 0, _BIGGEST),
    )
    for name, amount, limit in bounds:
        if not 0 <= amount <= limit:
            yield Fault(f"{at}/{name}", "checklist-amount", {"limit": limit})
    rules = item.pass_rule.rules.values() if isinstance(item.pass_rule, ByKind) else (item.pass_rule,)
    for rule in rules:
        numbers = [getattr(rule, name) for name in ("n", "numerator", "denominator") if hasattr(rule, name)]
        if any(not 0 <= number <= _BIGGEST for number in numbers) or getattr(rule, "denominator", 1) == 0:
            yield Fault(f"{at}/pass", "checklist-amount", {"limit": _BIGGEST})


def _days(working_days: int, closing: str, at: str) -> Iterator[Fault]:
    if (working_days == 0) != (closing == "none"):
        yield Fault(f"{at}/closing", "checklist-days-closing", {})


def _mentioned(item: Item) -> set[str]:
    named = {test.item for test in item.when.of} if item.when else set()
    if isinstance(item.pass_rule, Ratio):
        named |= {item.pass_rule.part, item.pass_rule.whole}
    if isinstance(item.pass_rule, Archived):
        named.add(item.pass_rule.activity)
    return named


RULES_OF_TYPE: Final[Mapping[str, frozenset[str]]] = {
    "yn": frozenset({"equals", "record"}),
    "ynNa": frozenset({"equals", "record"}),
    "one": frozenset({"equals", "record"}),
    "num": frozenset({"equals", "atLeast", "annual", "byKind", "ratio", "per100", "record"}),
    "date": frozenset({"ageDays", "ageMonths", "record"}),
    "text": frozenset({"record"}),
    "photo": frozenset({"count", "record"}),
    "auto": frozenset({"unitFiles", "archived", "lastClosed"}),
}


def fits(item: Item) -> bool:
    """Whether the pass rule can judge an answer of the item's type."""
    rule: PassRule = item.pass_rule
    if rule.__struct_config__.tag not in RULES_OF_TYPE[item.type]:
        return False
    if isinstance(rule, ByKind):
        return bool(rule.rules) and set(rule.rules) == set(item.applies_to)
    if isinstance(rule, Ratio) and rule.part != item.code:
        return False
    return not isinstance(rule, Equals) or can_answer(item, rule.value)


def can_answer(item: Item, wanted: bool | int | str) -> bool:
    """Whether this word or number is an answer that the item can get."""
    if item.type in ("yn", "ynNa"):
        return isinstance(wanted, bool)
    if item.type == "num":
        return isinstance(wanted, int) and not isinstance(wanted, bool)
    return any(option.value == wanted for option in item.options)
