"""A rule that the server claims to carry has a test that is named for it."""

from __future__ import annotations

import re

from tests.lint.files import committed, shown

CITATION = re.compile(r"\bR(\d{1,2})[a-z]?\b")
TEST_NAME = re.compile(r"def (test_\w+)")
NAMED_RULE = re.compile(r"(?<=_)r(\d{1,2})[a-z]?(?=_|$)")


def cited_rules() -> dict[int, str]:
    """Each cited rule, with the first file that cites it."""
    found: dict[int, str] = {}
    for path in committed("server/*.py"):
        for number in CITATION.findall(path.read_text(encoding="utf-8")):
            found.setdefault(int(number), shown(path))
    return found


def named_rules() -> set[int]:
    names = [name for path in committed("tests/*.py") for name in TEST_NAME.findall(path.read_text(encoding="utf-8"))]
    return {int(number) for name in names for number in NAMED_RULE.findall(name)}


def test_each_cited_rule_has_a_test_of_its_name() -> None:
    untested = {rule: place for rule, place in cited_rules().items() if rule not in named_rules()}
    lines = [f"R{rule} is cited in {place}, and no test is named r{rule}_…" for rule, place in untested.items()]
    assert not lines, "\n".join(sorted(lines))
