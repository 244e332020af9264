"""How a science room stands, and what is wrong with an entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from schemas.science import EntryIn
from server.science.standing import entry_faults, is_overdue, nodes_of, stock_of

TODAY = date(2026, 11, 25)


@dataclass
class Stock:
    name: str
    count: int | None


@pytest.mark.parametrize(("age", "overdue"), [(0, False), (59, False), (60, False), (61, True)])
def test_r20_what_a_room_shows_is_updated_within_sixty_days(age: int, overdue: bool) -> None:
    assert is_overdue(TODAY - timedelta(days=age), TODAY, 60) is overdue


def test_r20_a_room_that_was_never_updated_is_overdue() -> None:
    assert is_overdue(None, TODAY, 60)


def test_r20_stock_is_each_materials_newest_count() -> None:
    counted = [Stock("折页", 200), Stock("图书", 80), Stock("折页", 150), Stock("图书", 0)]
    assert stock_of(counted) == {"折页": 150}


def test_r53_the_science_month_is_a_node_since_2025() -> None:
    assert "science_month" not in nodes_of(2024)
    assert "science_month" in nodes_of(2025)


def entry(**how: Any) -> EntryIn:
    said: dict[str, Any] = {
        "site_id": "s",
        "kind": "activity",
        "on": date(2026, 9, 19),
        "name": "义诊讲座",
        "count": 40,
    }
    return EntryIn(**{**said, **how})


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"on": TODAY + timedelta(days=1)}, "day-ahead"),
        ({"name": " "}, "required"),
        ({"count": None}, "required"),
        ({"kind": "stock", "count": None}, "required"),
        ({"kind": "update"}, "science-count"),
        ({"kind": "stock", "node": "science_day"}, "science-node"),
        ({"node": "science_month", "on": date(2026, 8, 31)}, "science-month"),
        ({"node": "science_month", "on": date(2026, 10, 1)}, "science-month"),
        ({"node": "science_month", "on": date(2024, 9, 15)}, "science-month"),
    ],
)
def test_r20_an_entry_is_counted_dated_and_of_a_node_that_there_is(wrong: dict[str, Any], code: str) -> None:
    assert not entry_faults(entry(node="science_day"), TODAY)
    assert not entry_faults(entry(kind="update", count=None), TODAY)
    for on in (date(2025, 9, 1), date(2026, 9, 30)):
        assert not entry_faults(entry(node="science_month", on=on), TODAY)
    assert [one.code for one in entry_faults(entry(**wrong), TODAY)] == [code]
