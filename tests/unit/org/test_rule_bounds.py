"""What a setting may be, at its edges."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from server.org.rule_bounds import BOUNDS, Value, fault_of
from server.org.rules import Rules

TEXTS = Path(__file__).resolve().parents[3] / "pwa" / "src" / "i18n"


def test_every_setting_has_its_bounds_and_its_default_keeps_them() -> None:
    assert set(BOUNDS) == set(Rules.__struct_fields__)
    assert {name: fault_of(name, getattr(Rules(), name)) for name in BOUNDS} == dict.fromkeys(BOUNDS)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_setting_and_group_has_its_words_on_the_page(language: str) -> None:
    said = json.loads((TEXTS / f"rules.{language}.json").read_text(encoding="utf-8"))
    wanted = {f"rules.{name}" for name in BOUNDS} | {f"rules.group.{bound.group}" for bound in BOUNDS.values()}
    assert wanted - said.keys() == set()


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("digest_hour", 0, None),
        ("digest_hour", 23, None),
        ("digest_hour", 24, "rule-range"),
        ("digest_hour", -1, "rule-range"),
        ("digest_hour", "16", "rule-type"),
        ("digest_hour", True, "rule-type"),
        ("strict_verification", True, None),
        ("strict_verification", 1, "rule-type"),
        ("quiet_from", "00:00", None),
        ("quiet_from", "24:00", "rule-time"),
        ("quiet_from", "9:00", "rule-time"),
        ("no_access_severity", "severe", None),
        ("no_access_severity", "worst", "rule-choice"),
        ("letter_code", "株石创社函", None),
        ("letter_code", "", "rule-text"),
        ("letter_code", " 株", "rule-text"),
        ("letter_code", "株\n石", "rule-text"),
        ("office_phone", "", None),
        ("group_name", "组" * 60, None),
        ("group_name", "组" * 61, "rule-text"),
        ("no_such", 1, "rule-unknown"),
    ],
)
def test_a_value_is_taken_up_to_its_bounds_and_not_beyond(name: str, value: Value, fault: str | None) -> None:
    assert fault_of(name, value) == fault
