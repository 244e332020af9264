"""What a form's conditions come to in the closed grammar of a checklist's."""

from __future__ import annotations

import msgspec
import pytest

from schemas.checklists import AllOf, AnswerAbove, AnswerEquals, AnyOf, Item, Option, When, Words
from server.checklists.xlsform.conditions import Asked, Condition, condition_of
from server.checklists.xlsform.questions import Shape, new_item

WORDS = Words(zh="问", en="ask")


def item(code: str, shape: Shape, *options: str) -> Item:
    made = new_item(code, "WC-A", WORDS, shape, source="")
    return msgspec.structs.replace(made, options=[Option(one, WORDS) for one in options])


def asked() -> Asked:
    found = Asked()
    found.items = {
        "open": item("WC-A01", Shape("yn")),
        "state": item("WC-A02", Shape("one"), "good", "fair", "bad"),
        "bins": item("WC-A03", Shape("num", integer=True)),
        "metres": item("WC-A04", Shape("num")),
        "name": item("WC-A05", Shape("text")),
        "fits": item("WC-A06", Shape("ynNa")),
    }
    found.words = {"open": {"yes": True, "no": False}, "fits": {"yes": True, "no": False}}
    found.choices = {("litter", "glass"): "WC-A07"}
    return found


def condition(*written: str) -> Condition:
    return condition_of(written, asked())


def is_(code: str, value: bool | int | str) -> AnswerEquals:
    return AnswerEquals(item=code, value=value)


@pytest.mark.parametrize(
    ("written", "when"),
    [
        ("${open} = 'yes'", AllOf(of=[is_("WC-A01", True)])),
        ("${open}=’no’", AllOf(of=[is_("WC-A01", False)])),
        ('${open} != "yes"', AllOf(of=[is_("WC-A01", False)])),
        ("not(selected(${open}, 'yes'))", AllOf(of=[is_("WC-A01", False)])),
        ("'bad' = ${state}", AllOf(of=[is_("WC-A02", "bad")])),
        ("${state} != 'bad'", AnyOf(of=[is_("WC-A02", "good"), is_("WC-A02", "fair")])),
        ("${state}!='bad' and ${state}!='fair'", AllOf(of=[is_("WC-A02", "good")])),
        ("${state}='bad' or ${state}='fair'", AnyOf(of=[is_("WC-A02", "fair"), is_("WC-A02", "bad")])),
        ("${bins} > 2", AllOf(of=[AnswerAbove(item="WC-A03", value=2)])),
        ("${bins} >= 2", AllOf(of=[AnswerAbove(item="WC-A03", value=1)])),
        ("2 < ${bins}", AllOf(of=[AnswerAbove(item="WC-A03", value=2)])),
        ("not(${bins} <= 2)", AllOf(of=[AnswerAbove(item="WC-A03", value=2)])),
        ("${bins} = 0", AllOf(of=[is_("WC-A03", 0)])),
        ("selected(${litter}, 'glass')", AllOf(of=[is_("WC-A07", True)])),
        ("${open}='yes' and (${bins} > 0)", AllOf(of=[is_("WC-A01", True), AnswerAbove(item="WC-A03", value=0)])),
        ("${open}='yes' or ${bins} > 0", AnyOf(of=[is_("WC-A01", True), AnswerAbove(item="WC-A03", value=0)])),
        ("not(${open}='yes' or ${bins} <= 3)", AllOf(of=[is_("WC-A01", False), AnswerAbove(item="WC-A03", value=3)])),
    ],
)
def test_what_the_grammar_can_say_is_said(written: str, when: When) -> None:
    found = condition(written)
    assert (found.when, found.lost) == (when, False)


@pytest.mark.parametrize(
    "written",
    [
        "${name} = ''",
        "${metres} >= 2",
        "${bins} < 4",
        "${bins} > 2.5",
        "${fits} != 'yes'",
        "${state} = 'unheard'",
        "${later} = 'yes'",
        "regex(${name}, '[a-z]+')",
        "1.5",
        "${open} = 'yes' and",
        "${open} = 'yes' extra",
        "((((",
    ],
)
def test_what_it_cannot_say_is_told_and_the_item_is_always_asked(written: str) -> None:
    found = condition(written)
    assert (found.when, found.lost) == (None, True)


def test_of_a_conjunction_what_can_be_said_stays() -> None:
    found = condition("${open} = 'yes' and ${name} = ''")
    assert (found.when, found.lost) == (AllOf(of=[is_("WC-A01", True)]), True)
    mixed = condition("(${state} = 'bad' or ${state} = 'fair') and ${open} = 'yes'")
    assert (mixed.when, mixed.lost) == (AllOf(of=[is_("WC-A01", True)]), True)
    never = condition("${state} = 'bad' and ${state} = 'good'")
    assert (never.when, never.lost) == (None, True)


def test_what_an_item_needs_itself_need_not_be_said_again() -> None:
    """A hidden item makes every test about it false."""
    known = asked()
    group = "${state} = 'bad' or ${state} = 'fair'"
    known.clauses["WC-A01"] = condition_of([group], known).clauses
    found = condition_of([group, "${open} = 'yes'"], known)
    assert (found.when, found.lost) == (AllOf(of=[is_("WC-A01", True)]), False)


def test_an_unanswered_question_is_no_other_answer_here() -> None:
    assert condition("${open} != 'yes'").unanswered
    assert not condition("${open} = 'no'").unanswered
