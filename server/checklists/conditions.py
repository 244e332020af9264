"""Which items are asked at this site with these answers, and which are due again. Twin: `conditions.ts`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from schemas.checklists import AllOf, AnswerAbove, AnswerEquals, Frequency, Item, When
from server.checklists.circumstances import Given
from server.checklists.pass_rules import number_of, same


def applies(item: Item, site_kind: str) -> bool:
    """Whether the item is for this kind of site."""
    return not item.applies_to or site_kind in item.applies_to


def shown_items(items: Iterable[Item], site_kind: str, answers: Mapping[str, Given]) -> set[str]:
    """The codes of the items that are shown.

    A condition is about earlier items; one that is hidden, unanswered or not for this kind of site makes it
    false.
    """
    shown: set[str] = set()
    for item in items:
        if applies(item, site_kind) and (item.when is None or holds(item.when, shown, answers)):
            shown.add(item.code)
    return shown


def holds(when: When, shown: set[str], answers: Mapping[str, Given]) -> bool:
    """Whether a condition is true, given the items shown so far and the answers."""
    tests = (_test(test, shown, answers) for test in when.of)
    return all(tests) if isinstance(when, AllOf) else any(tests)


def _test(test: AnswerEquals | AnswerAbove, shown: set[str], answers: Mapping[str, Given]) -> bool:
    given = answers.get(test.item)
    if given is None or given.value is None or test.item not in shown:
        return False
    if isinstance(test, AnswerEquals):
        return same(given.value, test.value)
    number = number_of(given.value)
    return number is not None and number > test.value


def is_due(frequency: Frequency, inspected_on: date, last_answered_on: date | None) -> bool:
    """Whether it must be asked: monthly always; else when the calendar quarter or year has no answer yet."""
    if frequency == "month" or last_answered_on is None:
        return True
    return _period(frequency, inspected_on) != _period(frequency, last_answered_on)


def due_items(items: Iterable[Item], inspected_on: date, last_answered_on: Mapping[str, date]) -> set[str]:
    """The codes that must be asked on this date, given when each was last answered at the site."""
    return {item.code for item in items if is_due(item.frequency, inspected_on, last_answered_on.get(item.code))}


def _period(frequency: Frequency, on: date) -> tuple[int, int]:
    return (on.year, (on.month - 1) // 3 if frequency == "quarter" else 0)
