"""Dates as such lists write them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.imports.dates import DayRead, read_day

TODAY = date(2026, 11, 24)
MARCH = date(2026, 3, 5)


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-05", "2026-3-5", "2026.3.5", "2026/3/5", "2026年3月5日", "2026年3月5号", "20260305", "46086",
        "46086.75", "２０２６．３．５", "2026 年 3 月 5 日", "2026-03-05 14:30", "2026/3/5 9:05:00", "2026年3月5日前",
        "2026.3.5前完成", "二〇二六年三月五日", "2026-03-05(星期四)", "限2026年3月5日前整改到位", "2026。3。5",
    ],
)  # fmt: skip
def test_a_whole_date_is_read_in_each_way_of_writing(text: str) -> None:
    assert read_day(text, today=TODAY, lean="past") == DayRead(MARCH)


@pytest.mark.parametrize(
    ("text", "doubt"),
    [("26.3.5", "assumed-year"), ("3月5日", "assumed-year"), ("3.5", "assumed-year"), ("3/5", "assumed-year"),
     ("三月五日", "assumed-year"), ("2026.3.1-2026.3.5", "last-of-range"), ("3月1日至3月5日", "last-of-range")],
)  # fmt: skip
def test_what_is_assumed_is_told(text: str, doubt: str) -> None:
    assert read_day(text, today=TODAY, lean="past") == DayRead(MARCH, doubt)


@pytest.mark.parametrize(
    ("text", "after", "on"),
    [
        ("3月5日", date(2026, 2, 20), date(2026, 3, 5)),
        ("3月5日", date(2026, 11, 20), date(2027, 3, 5)),
        ("11月20日", date(2026, 11, 20), date(2026, 11, 20)),
        ("12月1日", None, date(2026, 12, 1)),
        ("1月10日", None, date(2027, 1, 10)),
        ("10月10日", None, date(2026, 10, 10)),
        ("3月底前", date(2026, 2, 20), date(2026, 3, 31)),
        ("2028年2月底", None, date(2028, 2, 29)),
    ],
)
def test_a_deadline_without_a_year_follows_the_sighting_or_lies_near(text: str, after: date | None, on: date) -> None:
    assert read_day(text, today=TODAY, lean="future", after=after).on == on


@pytest.mark.parametrize(
    "text",
    ["", "立行立改", "长期坚持", "2026-02-30", "2026.13.1", "13月1日", "0月3日", "2月30日", "12345", "下周五", "3"],
)
def test_what_names_no_day_is_none(text: str) -> None:
    assert read_day(text, today=TODAY, lean="future").on is None


def test_29_february_without_a_year_is_one_that_exists() -> None:
    assert read_day("2月29日", today=date(2028, 3, 1), lean="past").on == date(2028, 2, 29)
    assert read_day("2月29日", today=date(2027, 3, 1), lean="past").on is None


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_any_day_is_read_back_however_it_is_written(on: date) -> None:
    serial = (on - date(1899, 12, 30)).days
    for text in (on.isoformat(), f"{on.year}年{on.month}月{on.day}日", f"{on.year}.{on.month}.{on.day}", str(serial)):
        assert read_day(text, today=TODAY, lean="past") == DayRead(on)


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_a_sighting_without_a_year_is_never_in_the_future_nor_a_year_back(on: date, today: date) -> None:
    found = read_day(f"{on.month}月{on.day}日", today=today, lean="past").on
    if found is None:
        assert (on.month, on.day) == (2, 29)
    else:
        assert (found.month, found.day) == (on.month, on.day)
        assert today - timedelta(days=731) < found <= today


@given(st.text(max_size=40))
def test_no_text_breaks_the_reader(text: str) -> None:
    read_day(text, today=TODAY, lean="future")
