"""What a new catalogue would change, and what is wrong with one."""

from __future__ import annotations

import copy
from typing import Any

from server.matrix.comparing import changes_between, faults_of
from server.matrix.holding import Duty
from server.matrix.notice import named_duties, read_notice, seed_content, seed_notice
from server.matrix.shape import Notice

OLD = seed_notice()
HELD = [
    Duty(indicator=one.indicator, requirement=one.requirement, holder=one.holder, part=one.part, position=one.position)
    for one in named_duties(OLD)
]


def next_year(**how: Any) -> Notice:
    """The catalogue with a few things changed: a unit more, a text, a content gone."""
    content = copy.deepcopy(seed_content())
    row = content["attachment1"]["routine"][0]
    row["methods"][0]["materials"][1]["units"].append("U-RSJ")
    row["methods"][0]["materials"][0]["text"] += "（原件）"
    content["attachment1"]["key_work"].pop()
    content["scope_counts"]["key_works"].pop()
    content["source"].update(how)
    return read_notice(content)


def test_the_same_catalogue_changes_nothing() -> None:
    assert changes_between(OLD, OLD, HELD) == []


def test_what_is_new_changed_and_gone_is_told_with_both_sides() -> None:
    found = changes_between(OLD, next_year(), HELD)
    told = {(one.kind, one.code): (one.before, one.after) for one in found}
    assert told["indicator", "KW-DCLL"] == ("督查力量配备", "")
    assert told["requirement", "M-31-1"][1].endswith("（原件） [GFWJ]")
    assert told["duty", "M-31-2"] == ("", "区人社局:responsible")
    assert {code for kind, code in told if kind == "duty"} == {"M-31-2", "KW-DCLL-1", "KW-DCLL-2"}


def test_a_share_that_the_office_gave_is_told_as_gone_where_the_notice_does_not_name_it() -> None:
    given = Duty(indicator="III-42", requirement="M-42-1", holder="U-DAJ", part="responsible", position=3)
    [gone] = changes_between(OLD, OLD, [*HELD, given])
    assert (gone.before, gone.after) == ("区档案局:responsible", "")


def test_r9_a_catalogue_whose_counts_are_not_its_own_words_is_refused() -> None:
    assert faults_of(OLD) == []
    content = copy.deepcopy(seed_content())
    content["attachment1"]["routine"].pop()
    assert [one.code for one in faults_of(read_notice(content))] == ["catalogue-counts"]


def test_a_code_that_stands_twice_and_a_unit_that_nobody_named_are_refused() -> None:
    content = copy.deepcopy(seed_content())
    materials = content["attachment1"]["routine"][0]["methods"][0]["materials"]
    materials[1]["code"] = materials[0]["code"]
    materials[1]["units"] = ["U-NOBODY"]
    assert [one.code for one in faults_of(read_notice(content))] == ["catalogue-code", "catalogue-unit"]
