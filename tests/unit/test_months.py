"""Months, over new year too."""

from __future__ import annotations

from datetime import date

import pytest

from server.months import first_day, last_day, month_after, months_between, number_of


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        ("2026-11", "2027-01", ["2026-11", "2026-12", "2027-01"]),
        ("2026-11", "2026-11", ["2026-11"]),
        ("2026-12", "2026-11", []),
    ],
)
def test_a_span_holds_every_month_once_over_new_year_too(first: str, last: str, months: list[str]) -> None:
    assert months_between(first, last) == months


def test_eleven_months_before_november_is_december() -> None:
    assert month_after("2026-11", -11) == "2025-12"


def test_december_is_followed_by_january_and_their_numbers_are_neighbours() -> None:
    assert month_after("2026-12") == "2027-01"
    assert number_of("2027-01") - number_of("2026-12") == 1


def test_a_month_begins_on_its_first_day() -> None:
    assert first_day("2026-02") == date(2026, 2, 1)


def test_a_month_ends_on_its_last_day() -> None:
    assert [last_day(month) for month in ("2026-02", "2026-12")] == [date(2026, 2, 28), date(2026, 12, 31)]
