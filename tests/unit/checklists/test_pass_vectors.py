"""The interpreter against the vectors that the phone's interpreter runs too."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import msgspec
import pytest

from schemas.checklists import Frequency, Item, PassRule, TemplateDocument
from server.checklists.answers import fault_of
from server.checklists.circumstances import (
    Circumstances,
    EarlierTasks,
    Filing,
    Given,
    Register,
    UnitPhotos,
)
from server.checklists.conditions import is_due, shown_items
from server.checklists.installation import load_templates
from server.checklists.pass_rules import judge, judge_rule
from tests.unit.checklists.vector_table import FILE, as_text

VECTORS: dict[str, list[dict[str, Any]]] = json.loads(FILE.read_text(encoding="utf-8"))
TEMPLATES: dict[str, TemplateDocument] = {document.code: document for document in load_templates()}
ITEMS: dict[str, Item] = {item.code: item for document in TEMPLATES.values() for item in document.items}


def _name(vector: dict[str, Any]) -> str:
    return json.dumps({k: v for k, v in vector.items() if k != "expected"}, ensure_ascii=False)[:120]


def _given(values: dict[str, Any]) -> dict[str, Given]:
    return {code: Given(value) for code, value in values.items()}


def _register(known: dict[str, Any]) -> Register:
    tasks, photos, filing = known.get("earlierTasks"), known.get("unitPhotos"), known.get("filing")
    return Register(
        earlier_tasks=EarlierTasks(tasks["due"], tasks["settled"]) if tasks else None,
        unit_photos=UnitPhotos(photos["handedIn"], photos["inForm"]) if photos else None,
        filing=Filing(
            date.fromisoformat(filing["filedOn"]) if filing["filedOn"] else None,
            date.fromisoformat(filing["lastDayOn"]),
            date.fromisoformat(filing["today"]),
        )
        if filing
        else None,
    )


def test_the_file_is_what_the_table_says() -> None:
    assert FILE.read_text(encoding="utf-8") == as_text()


def test_there_are_vectors_for_every_item_of_the_templates() -> None:
    tried = {vector.get("item") for vector in VECTORS["judge"] + VECTORS["system"]}
    assert set(ITEMS) - tried == set()
    assert sum(len(rows) for rows in VECTORS.values()) >= 250


@pytest.mark.parametrize("vector", VECTORS["judge"], ids=_name)
def test_verdict(vector: dict[str, Any]) -> None:
    where = Circumstances(vector["siteKind"], date.fromisoformat(vector["inspectedOn"]), vector.get("facts", {}))
    given = Given(vector["value"], vector.get("photoCount", 0))
    others = _given(vector.get("others", {}))
    if "rule" in vector:
        rule = msgspec.convert(vector["rule"], PassRule)
        assert judge_rule(rule, given, others, where) == vector["expected"]
    else:
        item = ITEMS[vector["item"]]
        assert judge(item, others | {item.code: given}, where) == vector["expected"]


@pytest.mark.parametrize("vector", VECTORS["system"], ids=_name)
def test_verdict_of_the_system(vector: dict[str, Any]) -> None:
    where = Circumstances(
        "science_room",
        date.fromisoformat(vector["inspectedOn"]),
        register=_register(vector["register"]),
    )
    assert judge(ITEMS[vector["item"]], _given(vector["others"]), where) == vector["expected"]


@pytest.mark.parametrize("vector", VECTORS["shown"], ids=_name)
def test_shown(vector: dict[str, Any]) -> None:
    items = TEMPLATES[vector["template"]].items
    shown = shown_items(items, vector["siteKind"], _given(vector["answers"]))
    assert set(vector["shown"]) - shown == set()
    assert set(vector["hidden"]) & shown == set()


@pytest.mark.parametrize("vector", VECTORS["due"], ids=_name)
def test_due(vector: dict[str, Any]) -> None:
    frequency: Frequency = vector["frequency"]
    last = date.fromisoformat(vector["last"]) if vector["last"] else None
    assert is_due(frequency, date.fromisoformat(vector["inspectedOn"]), last) is vector["expected"]


@pytest.mark.parametrize("vector", VECTORS["faults"], ids=_name)
def test_r85_what_is_refused_on_entry(vector: dict[str, Any]) -> None:
    on = date.fromisoformat(vector["inspectedOn"])
    fault = fault_of(ITEMS[vector["item"]], vector["value"], _given(vector["others"]), on)
    assert (fault[0] if fault else None) == vector["expected"]
