"""docs/reliability.md names a test for each promise; every one of them is there."""

from __future__ import annotations

import re

from tests.lint.files import ROOT

DOCUMENT = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")


def test_each_promise_has_its_tests_and_each_test_is_there() -> None:
    rows = dict(re.findall(r"(?m)^\| (T\d+b?) \|(.*)$", DOCUMENT))
    assert {f"T{number}" for number in range(1, 21)} <= set(rows)
    missing = []
    for row in rows.values():
        named = re.findall(r"`(tests/\S+\.py)::(\w+)`", row)
        assert named, row
        for path, name in named:
            code = (ROOT / path).read_text(encoding="utf-8") if (ROOT / path).is_file() else ""
            if not re.search(rf"(?m)^(async )?def {name}\(", code):
                missing.append(f"{path}::{name}")
    assert missing == []
