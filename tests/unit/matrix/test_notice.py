"""The notice as data: counts, rows and shares."""

from __future__ import annotations

from server.matrix.notice import (
    counts_of,
    counts_said,
    indicators,
    name_of_subject,
    named_duties,
    place_of,
    seed_notice,
)

NOTICE = seed_notice()
ROWS = {row.code: row for row in indicators(NOTICE)}


def test_r9_two_boards_four_aspects_six_indicators_eight_contents_three_key_works() -> None:
    counted = counts_of(NOTICE)
    assert (counted.boards, counted.aspects, counted.indicators, counted.contents, counted.key_works) == (2, 4, 6, 8, 3)
    assert counted == counts_said(NOTICE)


def test_r10_only_the_medical_system_is_looked_at_in_the_field() -> None:
    routine = [row for row in ROWS.values() if row.board == "routine"]
    assert all(any(asked.method == "网上申报" for asked in row.requirements) for row in routine)
    assert [row.code for row in routine if any(one.method == "实地考察" for one in row.requirements)] == ["III-61"]
    assert {asked.method for row in ROWS.values() if row.board == "key_work" for asked in row.requirements} == {
        "资料审核、实地考察、听取汇报"
    }


def test_r11_each_requirement_names_its_units_in_the_notice_s_order() -> None:
    named = {(one.requirement, one.holder): one.position for one in named_duties(NOTICE)}
    assert [named["M-42-1", code] for code in ("U-KJJ", "U-KX", "U-GJD")] == [0, 1, 2]
    assert ("M-31-1", "U-WJJ") in named
    assert ("M-31-1", "U-MZJ") not in named


def test_r12_who_cooperates_is_named_for_the_whole_indicator() -> None:
    helping = [one for one in named_duties(NOTICE) if one.part == "supporting"]
    assert [(one.indicator, one.requirement, one.holder) for one in helping] == [("III-43", "", "U-WTLJ")]


def test_the_units_stand_as_in_the_notice_and_the_streets_at_the_end() -> None:
    ordered = sorted(["U-JD-TX", "U-WJJ", "U-FGJ"], key=lambda code: place_of(NOTICE, code))
    assert ordered == ["U-FGJ", "U-WJJ", "U-JD-TX"]


def test_r36_a_subject_has_the_notice_s_name_and_an_added_one_its_code() -> None:
    assert name_of_subject(NOTICE, "SUB-YL") == "医疗卫生服务体系"
    assert name_of_subject(NOTICE, "SUB-NEW") == "SUB-NEW"
