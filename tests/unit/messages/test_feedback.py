"""Who gets the feedback of an inspection, whatever posts are empty."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.messages.feedback import address

PEOPLE = st.lists(st.sampled_from("abcdef"), max_size=3, unique=True)

CASES = [
    ({"unit_leader": ["l"], "data_officer": ["d"], "liaison": ["x"]}, {"l": "unit_leader", "d": "data_officer"}, ()),
    ({"unit_leader": ["l"], "data_officer": ["l"]}, {"l": "unit_leader"}, ()),
    ({"unit_leader": ["l", "m"], "data_officer": ["l"]}, {"l": "unit_leader", "m": "unit_leader"}, ()),
    ({"data_officer": ["d"], "liaison": ["x"]}, {"d": "data_officer", "x": "liaison"}, ("unit_leader",)),
    ({"unit_leader": ["l"], "liaison": ["l"]}, {"l": "unit_leader"}, ("data_officer",)),
    ({"liaison": ["x"]}, {"x": "liaison"}, ("unit_leader", "data_officer")),
    ({}, {"o": "paper", "p": "paper"}, ("unit_leader", "data_officer")),
]  # fmt: skip


@pytest.mark.parametrize(("holders", "expected", "gaps"), CASES)
def test_r6_an_empty_post_leaves_nobody_uninformed(
    holders: dict[str, list[str]], expected: dict[str, str], gaps: tuple[str, ...]
) -> None:
    addressing = address(holders, ["o", "p"])
    assert {one.person_id: one.capacity for one in addressing.addressees} == expected
    assert addressing.gaps == gaps
    assert addressing.on_paper == ("o" in expected)


@given(leaders=PEOPLE, officers=PEOPLE, liaisons=PEOPLE)
def test_r39_both_posts_get_it_once_a_person(leaders: list[str], officers: list[str], liaisons: list[str]) -> None:
    holders = {"unit_leader": leaders, "data_officer": officers, "liaison": liaisons}
    told = [one.person_id for one in address(holders, ["office"]).addressees]
    assert len(told) == len(set(told))
    assert {*leaders, *officers} <= set(told)
    assert told
    if leaders and officers:
        assert set(told) == {*leaders, *officers}
