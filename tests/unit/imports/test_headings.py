"""What each column holds, by its heading."""

from __future__ import annotations

import pytest

from server.imports.headings import best_table, field_of, fields_of, find_heading
from server.imports.reading.table import Line, Table
from server.imports.words import FIELDS, words
from server.ledger.columns import COLUMNS
from server.ledger.columns import words as ledger_words


def test_r92_each_column_of_our_own_ledger_is_known_by_its_title() -> None:
    titles = ledger_words()["columns"]
    keys = ["serial", *(column.key for column in COLUMNS)]
    assert fields_of([titles[key] for key in keys]) == tuple(keys)
    assert set(keys) == set(FIELDS)


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("存在的主要问题", "problem"),
        ("问 题 描 述", "problem"),
        ("存在问题（扣分原因）", "problem"),
        ("责任单位\n（牵头）", "unit"),
        ("整改责任单位", "unit"),
        ("完成时限", "due_on"),
        ("整改完成时限（年/月/日）", "due_on"),
        ("Ｎｏ．", "serial"),
        ("整改落实情况", "done"),
        ("是否整改到位", "is_closed"),
        ("现场照片", "before"),
        ("整改后照片（附图）", "after"),
        ("检查日期", "found_at"),
        ("天气", None),
        ("", None),
    ],
)
def test_a_heading_is_known_by_the_words_that_offices_use(title: str, field: str | None) -> None:
    assert field_of(title) == field


def test_an_exact_heading_goes_before_one_that_only_holds_its_words() -> None:
    assert fields_of(["整改措施及完成情况", "完成情况"]) == ("measure", "done")


def test_two_columns_of_photos_may_both_hold_them() -> None:
    assert fields_of(["存在问题", "照片1", "照片"]) == ("problem", "before", "before")


def test_no_heading_names_two_fields_alike() -> None:
    known: dict[str, str] = {}
    for field, titles in words()["headers"].items():
        for title in titles:
            assert known.setdefault(title, field) == field, title


def test_a_table_without_a_problem_column_has_no_heading() -> None:
    table = Table("x", [Line(1, ["姓名", "电话"]), Line(2, ["责任单位", "整改时限"])])
    assert find_heading(table) is None


def test_the_table_with_the_fullest_heading_is_the_one() -> None:
    cover, listed = Table("封面", [Line(1, ["整改台账"])]), Table("清单", [Line(3, ["存在问题", "责任单位"])])
    assert best_table([cover, listed]) == 1
    assert best_table([cover]) == 0
