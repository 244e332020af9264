"""How long a report is, and which of its figures have a source (R28, R30)."""

from __future__ import annotations

import pytest

from server.declaration.counting import (
    count_characters,
    count_report,
    figures_in,
    paragraphs_with_figures,
    title_of,
    unsourced,
)
from tests.fixtures.reports import SENTENCE, report


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("科普", 2),
        ("科普。", 3),  # a mark counts
        ("“科普”——好……", 9),
        ("2017 年", 2),  # a number is one, however long
        ("GDP 增长 3.5%", 4),
        ("well-known words here", 3),
        ("全民科普日,科技活动周", 11),  # a half-width comma is a run of its own
        ("（2017）", 3),
        ("ＡＢ", 2),  # full-width letters are each one
        ("\t \n", 0),
    ],
)
def test_r28_characters_are_counted_as_word_counts_them(text: str, count: int) -> None:
    assert count_characters(text) == count


def test_r28_title_and_notes_of_sources_are_left_out() -> None:
    paragraphs = ["关于科普工作的情况说明", SENTENCE, "资料来源：区统计局", "（来源：年鉴）", "注1：见附件"]
    assert count_report(paragraphs) == count_characters(SENTENCE)


def test_r28_a_first_paragraph_that_is_a_sentence_is_no_title() -> None:
    assert title_of([SENTENCE]) == ""
    assert count_report([SENTENCE]) == count_characters(SENTENCE)
    assert title_of(["", "  情况说明 "]) == "情况说明"


def test_the_reports_of_the_tests_are_as_long_as_they_say() -> None:
    assert [count_report(report(length)) for length in (639, 640, 800, 960, 961)] == [639, 640, 800, 960, 961]


def test_figures_are_told_from_numbers_that_order() -> None:
    assert figures_in("1. 开展活动 1,200 场、占 95.5%，2017 年") == {"1200", "95.5", "2017"}
    assert figures_in("（2）加强领导") == set()


def test_r30_a_paragraph_whose_figures_no_source_speaks_of_is_named() -> None:
    paragraphs = ["标题", "全年开展活动 120 场次，覆盖群众 3.5 万人。", "经费投入 80 万元。", "加强领导。"]
    figured = paragraphs_with_figures(paragraphs)
    assert len(figured) == 2
    assert unsourced(figured, ["开展活动 120 场次"]) == ["经费投入 80 万元。"]
    assert unsourced(figured, ["活动 120 场", "投入 80 万元"]) == []
