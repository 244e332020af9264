"""Every refusal has a code and its words in both languages; no words are left without a refusal."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest

import server
from server.catalogue import LANGUAGES, catalogue
from server.errors import Refusal
from tests.lint.files import committed

# Made up for one answer at a time, from what the framework raised.
FROM_THE_FRAMEWORK = {"bad-request", "method-not-allowed", "too-large", "server-fault"}
FIELD_CODE = re.compile(r'(?<!class )FieldError\([^)]*?"([a-z]+(?:-[a-z]+)*)"(?!\s*:)', re.DOTALL)


def refusals() -> list[type[Refusal]]:
    for module in pkgutil.walk_packages(server.__path__, "server."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    found: list[type[Refusal]] = []
    waiting = [Refusal]
    while waiting:
        refusal = waiting.pop()
        found.append(refusal)
        waiting += refusal.__subclasses__()
    return [refusal for refusal in found if not refusal.__name__.startswith("_")]


def test_a_code_means_one_status() -> None:
    statuses: dict[str, set[int]] = {}
    for refusal in refusals():
        statuses.setdefault(refusal.code, set()).add(refusal.status)
    assert not {code: found for code, found in statuses.items() if len(found) > 1}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_refusal_has_its_words(language: str) -> None:
    words = catalogue(language)["problems"]
    assert not [refusal.code for refusal in refusals() if refusal.code not in words]
    assert not words.keys() - {refusal.code for refusal in refusals()} - FROM_THE_FRAMEWORK


@pytest.mark.parametrize("refusal", refusals(), ids=lambda refusal: refusal.code)
def test_each_refusal_says_what_it_is(refusal: type[Refusal]) -> None:
    assert 400 <= refusal.status < 600
    assert refusal.__doc__
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", refusal.code)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_field_error_has_its_words(language: str) -> None:
    raised = {
        code for path in committed("server/*.py") for code in FIELD_CODE.findall(path.read_text(encoding="utf-8"))
    }
    assert not raised - catalogue(language)["field_errors"].keys()
