"""Whom a share means on a day, and what is missing or doubled."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from server.matrix.holding import Duty, Member, gaps_of, owners_by_code, stand_for
from server.matrix.notice import indicators, named_duties, seed_notice

ON = date(2017, 6, 1)
SINCE = date(2017, 1, 1)
NOTICE = seed_notice()


def member(number: int, code: str, kind: str = "member") -> Member:
    return Member(id=str(number), code=code, name=code, kind=kind, member_from=SINCE)


ALL = [
    member(1, "U-WJJ"),
    member(2, "U-MZJ"),
    member(3, "U-WTLJ"),
    member(4, "U-TZBMZB"),
    member(5, "U-JD-TX", "street"),
    member(6, "U-DAJ"),
    member(7, "X-QWMB", "external"),
    member(8, "U-KJJ"),
    member(9, "U-KX"),
]
DUTIES = [
    Duty(indicator=one.indicator, requirement=one.requirement, holder=one.holder, part=one.part, position=one.position)
    for one in named_duties(NOTICE)
]
OWNERS = owners_by_code(DUTIES, ALL, ON)


def parts(code: str) -> dict[str, str]:
    return {one.unit_id: one.part for one in OWNERS.get(code, [])}


def test_r11_a_row_is_its_units_and_every_street_stands_for_the_streets() -> None:
    assert parts("III-31") == {"1": "responsible", "2": "responsible"}
    assert parts("M-31-2") == {"2": "responsible"}
    assert parts("III-42") == {"8": "responsible", "9": "responsible", "5": "responsible"}


def test_r11_every_unit_of_the_group_has_a_share_in_what_all_answer_for_and_the_office_compiles() -> None:
    assert set(parts("TS-RYCH")) == {"1", "2", "3", "4", "5", "6", "8", "9"}
    assert not any(one.compiles for one in OWNERS["M-RY-1"])


def test_r11_the_first_named_compiles_unless_the_office_names_another() -> None:
    assert [one.unit_code for one in OWNERS["M-42-1"] if one.compiles] == ["U-KJJ"]
    named = [
        Duty(indicator="III-42", requirement="M-42-1", holder="U-KX", part="responsible", position=1, compiles=True)
        if (one.requirement, one.holder) == ("M-42-1", "U-KX")
        else one
        for one in DUTIES
    ]
    assert [one.unit_code for one in owners_by_code(named, ALL, ON)["M-42-1"] if one.compiles] == ["U-KX"]


def test_r12_who_cooperates_is_told_apart_from_who_answers_for_it() -> None:
    assert parts("III-43") == {"4": "responsible", "3": "supporting"}
    assert [one.unit_id for one in OWNERS["III-43"]] == ["4", "3"]


def test_r3_a_share_passes_to_the_successor_when_a_unit_ends() -> None:
    old = replace(member(1, "U-WJJ"), member_until=date(2018, 12, 31), successor_id="10")
    new = replace(member(10, "U-WJW"), member_from=date(2019, 1, 1))
    assert [one.code for one in stand_for("U-WJJ", [old, new], ON)] == ["U-WJJ"]
    assert [one.code for one in stand_for("U-WJJ", [old, new], date(2019, 3, 1))] == ["U-WJW"]


def test_r11_what_nobody_answers_for_and_whom_nobody_stands_for_is_reported() -> None:
    gaps = gaps_of(indicators(NOTICE), DUTIES, OWNERS, ALL, ON)
    found = {(one.kind, one.requirement_code): one.holders for one in gaps}
    assert found["nobody", "M-53-1"] == ["U-TJJ"]
    assert "U-WMDW" in found["holder_unknown", "KW-SDXD-1"]
    assert found["several", "M-42-2"] == ["U-KJJ", "U-KX", "U-JD-TX"]
    assert ("several", "M-RY-1") not in found


def test_r12_a_unit_that_answers_and_cooperates_in_one_indicator_is_reported() -> None:
    doubled = [*DUTIES, Duty(indicator="III-43", requirement="", holder="U-TZBMZB", part="supporting", position=1)]
    gaps = gaps_of(indicators(NOTICE), doubled, owners_by_code(doubled, ALL, ON), ALL, ON)
    assert [one.holders for one in gaps if one.kind == "twice"] == [["U-TZBMZB"]]
