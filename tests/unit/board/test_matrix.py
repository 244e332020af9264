"""Shares in the indicators, from the notice's own table."""

from __future__ import annotations

from collections import Counter

from server.board.matrix import Member, name_of_subject, place_of, rows, shares

MEMBERS = [
    Member("1", "U-WJJ", "member"),
    Member("2", "U-MZJ", "member"),
    Member("3", "U-WTLJ", "member"),
    Member("4", "U-TZBMZB", "member"),
    Member("5", "U-JD-TX", "street"),
    Member("6", "U-DAJ", "member"),
    Member("7", "X-QWMB", "external"),
]


def parts(row: str) -> dict[str, str]:
    return {share.unit_id: share.part for share in shares(MEMBERS) if share.row == row}


def test_r9_eight_contents_and_three_key_works_are_the_rows() -> None:
    assert Counter(row.board for row in rows()) == {"routine": 8, "key_work": 3, "other": 1}
    assert len({row.code for row in rows()}) == 12


def test_r11_a_row_is_its_units_and_every_street_stands_for_the_streets() -> None:
    assert parts("III-31") == {"1": "responsible", "2": "responsible"}
    assert parts("III-42") == {"5": "responsible"}


def test_r11_every_unit_of_the_group_has_a_share_in_what_all_answer_for() -> None:
    assert set(parts("TS-RYCH")) == {"1", "2", "3", "4", "5", "6"}


def test_r12_who_cooperates_is_told_apart_from_who_answers_for_it() -> None:
    assert parts("III-43") == {"4": "responsible", "3": "supporting"}


def test_the_columns_stand_as_in_the_notice_and_the_streets_at_the_end() -> None:
    assert sorted(["U-JD-TX", "U-WJJ", "U-FGJ"], key=place_of) == ["U-FGJ", "U-WJJ", "U-JD-TX"]


def test_r36_a_subject_has_the_notice_s_name_and_an_added_one_its_code() -> None:
    assert name_of_subject("SUB-YL") == "医疗卫生服务体系"
    assert name_of_subject("SUB-NEW") == "SUB-NEW"
