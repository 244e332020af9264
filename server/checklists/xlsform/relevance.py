"""A checklist's conditions and bounds as a form writes them. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from schemas.checklists import AllOf, AnswerAbove, AnswerEquals, Item, When


def relevant_of(when: When, items: Mapping[str, Item]) -> str:
    """A condition as XPath over the answers of a form: `${YL-A03} > 0 or ${YL-A13} > 0`."""
    tests = [_test(test, items.get(test.item)) for test in when.of]
    return (" and " if isinstance(when, AllOf) else " or ").join(tests)


def _test(test: AnswerEquals | AnswerAbove, item: Item | None) -> str:
    if isinstance(test, AnswerAbove):
        return f"${{{test.item}}} > {test.value}"
    if isinstance(test.value, bool):
        return f"${{{test.item}}} = '{'yes' if test.value else 'no'}'"
    if isinstance(test.value, int) and (item is None or item.type == "num"):
        return f"${{{test.item}}} = {test.value}"
    return f"${{{test.item}}} = '{test.value}'"


def constraint_of(item: Item) -> str:
    """What an answer is refused for on entry, as XPath about the answer itself."""
    if item.type == "num":
        return ". >= 0" if item.max is None else f". >= 0 and . <= {item.max}"
    return ". <= today()" if item.type == "date" else ""
