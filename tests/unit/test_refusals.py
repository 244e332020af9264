"""The one tree of refusals: codes are unique, and each has its words in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import server.app
from server.catalogue import LANGUAGES, catalogue, fill, language_from
from server.errors import Refusal

SERVER = Path(server.app.__file__).parent
FIELD_ERROR = re.compile(r"""FieldError\(\s*(?:f?"[^"]*"|name),\s*"([\w-]+)\"""")
# One code for one meaning in two places: the two are not to be told apart, or are one kind.
SHARED = {"bad-credentials", "too-large"}


def tree(root: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    yield root
    for child in root.__subclasses__():
        yield from tree(child)


REFUSALS = [
    one
    for one in dict.fromkeys(tree())
    if one.__module__.startswith("server.") and "<locals>" not in one.__qualname__ and one.__name__[0] != "_"
]


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda one: one.__name__)
def test_each_refusal_has_its_words_in_both_languages(refusal: type[Refusal]) -> None:
    for language in LANGUAGES:
        words = catalogue(language)["problems"][refusal.code]
        assert words["title"].strip() and words["detail"].strip()
    assert 400 <= refusal.status < 600
    assert refusal.__doc__


def test_a_code_means_one_thing() -> None:
    codes: dict[str, set[int]] = {}
    names: dict[str, list[str]] = {}
    for refusal in REFUSALS:
        codes.setdefault(refusal.code, set()).add(refusal.status)
        names.setdefault(refusal.code, []).append(refusal.__name__)
    assert {code: statuses for code, statuses in codes.items() if len(statuses) > 1} == {}
    assert {code: found for code, found in names.items() if len(found) > 1 and code not in SHARED} == {}


def test_each_field_error_that_the_code_names_has_its_words() -> None:
    used = {code for path in SERVER.rglob("*.py") for code in FIELD_ERROR.findall(path.read_text(encoding="utf-8"))}
    assert len(used) > 10
    for language in LANGUAGES:
        assert used - catalogue(language)["field_errors"].keys() == set()


def test_each_fault_of_an_answer_has_its_words() -> None:
    source = (SERVER / "checklists" / "answers.py").read_text(encoding="utf-8")
    used = set(re.findall(r'"([a-z]+(?:-[a-z]+)+)"', source))
    assert len(used) > 10
    for language in LANGUAGES:
        assert used - catalogue(language)["field_errors"].keys() == set()


@pytest.mark.parametrize(
    ("header", "language"),
    [("", "zh-CN"), ("zh-CN,zh;q=0.9,en;q=0.8", "zh-CN"), ("en", "en"), ("EN-GB,en;q=0.9", "en"), ("fr", "zh-CN")],
)
def test_chinese_unless_english_is_asked_for_first(header: str, language: str) -> None:
    assert language_from(header) == language


def test_a_text_that_asks_for_more_than_there_is_stays_as_it_stands() -> None:
    assert fill("{a} and {b}", {"a": 1}) == "{a} and {b}"
    assert fill("{a} and {b}", {"a": 1, "b": 2}) == "1 and 2"
    assert fill("50 % {", {}) == "50 % {"
