"""Titles break between words, in a trapezium or a diamond."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.documents.composing.phrases import words_in
from server.documents.measures import TITLE_CHARACTERS, characters, masthead_size
from server.documents.title_lines import title_lines

CASES = [
    ("关于召开工作调度会的通知", ("关于召开工作调度会的通知",)),
    ("关于医疗卫生服务体系督查发现问题的交办函", ("关于医疗卫生服务体系督查", "发现问题的交办函")),
    (
        "关于明确2017年度创文社会事业发展专业组责任分工的通知",
        ("关于明确2017年度创文", "社会事业发展专业组责任分工的通知"),
    ),
    (
        "关于区卫计局未按期完成清水塘街道社区卫生服务中心控烟等问题整改的情况报告",
        ("关于区卫计局未按期完成", "清水塘街道社区卫生服务中心", "控烟等问题整改的情况报告"),
    ),
]


@pytest.mark.parametrize(("title", "lines"), CASES, ids=[title for title, _ in CASES])
def test_titles_of_this_office_break_as_an_office_breaks_them(title: str, lines: tuple[str, ...]) -> None:
    assert title_lines(title, words_in(title)) == lines


def test_a_number_is_never_broken() -> None:
    title = "关于《关于医疗卫生服务体系督查发现问题的交办函》（株石创社函〔2026〕12号）整改情况的复函"
    assert any("株石创社函〔2026〕12号" in line for line in title_lines(title, words_in(title)))


def test_lines_that_were_set_by_hand_stay() -> None:
    assert title_lines("关于召开会议\n的通知") == ("关于召开会议", "的通知")


@given(st.text("关于开展社会事业发展专业组督查情况的、和《》（）2026年a", min_size=1, max_size=64))
def test_no_title_loses_a_character_or_leaves_the_line(title: str) -> None:
    lines = title_lines(title)
    assert "".join(lines) == title
    assert all(characters(line) <= TITLE_CHARACTERS for line in lines)


@given(st.integers(2, 40))
def test_a_masthead_never_leaves_the_type_area(length: int) -> None:
    size, scale = masthead_size("国" * length)
    assert size * scale * length <= 156 / 25.4 * 72 + 0.01
    assert 0.66 <= scale <= 1
