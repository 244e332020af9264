"""A month's figures on plain values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from server.letters.counting import SeenTask, by_unit, lagging, months_owed, open_problems, praised
from server.org.working_days import WorkCalendar

TODAY = date(2026, 11, 24)
DUE = date(2026, 11, 20)
CALENDAR = WorkCalendar({})


def seen(**changes: object) -> SeenTask:
    facts: dict[str, object] = {
        "unit": "区卫计局", "site": "一医院", "problem": "禁烟标识缺失", "severity": "minor", "status": "open",
        "due_on": DUE,
    }  # fmt: skip
    return SeenTask(**(facts | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "closed", "in_time", "overdue"),
    [
        ({"status": "closed", "replied_on": DUE, "closed_on": TODAY}, 1, 1, 0),
        ({"status": "closed", "replied_on": date(2026, 11, 21), "closed_on": TODAY}, 1, 0, 0),
        ({"status": "closed", "closed_on": DUE}, 1, 1, 0),
        ({"status": "closed", "closed_on": date(2026, 11, 21)}, 1, 0, 0),
        ({}, 0, 0, 1),
        ({"due_on": TODAY}, 0, 0, 0),
        ({"status": "replied", "replied_on": DUE}, 0, 0, 0),
        ({"status": "replied", "replied_on": date(2026, 11, 23)}, 0, 0, 1),
        ({"asked_on": date(2026, 11, 19)}, 0, 0, 0),
    ],
)
def test_r62_each_task_counts_once_as_closed_running_or_overdue(
    changes: dict[str, object], closed: int, in_time: int, overdue: int
) -> None:
    (unit,) = by_unit([seen(**changes)], ["区卫计局"], today=TODAY)
    assert (unit.found, unit.closed, unit.closed_in_time, unit.overdue) == (1, closed, in_time, overdue)


def test_r62_units_without_problems_stand_in_the_circular_too_and_a_unit_that_left_is_not_lost() -> None:
    units = by_unit([seen(unit="区旧单位")], ["区教育局", "区卫计局"], today=TODAY)
    assert [(one.unit, one.found) for one in units] == [("区教育局", 0), ("区卫计局", 0), ("区旧单位", 1)]


def test_r62_severities_relapses_and_the_worst_examples_first() -> None:
    tasks = [
        seen(problem="一般问题", due_on=TODAY),
        seen(problem="严重问题", severity="severe", due_on=TODAY),
        seen(problem="逾期问题", is_relapse=True),
        seen(problem="较重问题", severity="major", due_on=TODAY),
    ]
    (unit,) = by_unit(tasks, ["区卫计局"], today=TODAY)
    assert (unit.severe, unit.major, unit.minor, unit.relapses) == (1, 1, 2, 1)
    assert unit.examples == ("一医院逾期问题", "一医院严重问题", "一医院较重问题")


def test_r62_the_list_of_open_problems_begins_with_the_latest() -> None:
    tasks = [
        seen(problem="未到期", due_on=date(2026, 12, 1)),
        seen(problem="已销号", status="closed", closed_on=DUE),
        seen(problem="晚二日"),
        seen(problem="晚一日", due_on=date(2026, 11, 23)),
        seen(problem="已回复", status="replied", replied_on=DUE),
    ]
    rows = open_problems(tasks, today=TODAY, calendar=CALENDAR)
    assert [(row.problem, row.days_late) for row in rows] == [
        ("晚二日", 2),
        ("晚一日", 1),
        ("已回复", 0),
        ("未到期", 0),
    ]


def test_r62_who_is_praised_has_closed_everything_in_time_and_who_lags_has_something_overdue() -> None:
    tasks = [
        seen(unit="好", status="closed", closed_on=DUE),
        seen(unit="晚回", status="closed", closed_on=TODAY),
        seen(unit="反弹", status="closed", closed_on=DUE, is_relapse=True),
        seen(unit="一逾期"),
        seen(unit="二逾期"),
        seen(unit="二逾期", problem="另一"),
    ]
    units = by_unit(tasks, ["没有问题"], today=TODAY)
    assert praised(units) == ("好",)
    assert lagging(units) == ("二逾期", "一逾期")


@pytest.mark.parametrize(
    ("first", "written", "a_month", "owed"),
    [
        (None, {}, 1, []),
        (date(2026, 11, 1), {}, 1, []),
        (date(2026, 9, 1), {}, 1, ["2026-10", "2026-09"]),
        (date(2026, 9, 1), {"2026-10": 1}, 1, ["2026-09"]),
        (date(2026, 9, 1), {"2026-10": 1, "2026-09": 1}, 1, []),
        (date(2026, 10, 1), {"2026-10": 1}, 2, ["2026-10"]),
        (date(2026, 9, 1), {}, 0, []),
    ],
)
def test_r62_an_ended_month_is_owed_its_circular(
    first: date | None, written: Mapping[str, int], a_month: int, owed: list[str]
) -> None:
    assert months_owed(first, TODAY, written=written, a_month=a_month) == owed


def test_r62_months_are_owed_for_a_year_and_over_the_turn_of_it() -> None:
    owed = months_owed(date(2020, 1, 1), date(2027, 2, 3), written={}, a_month=1)
    assert (len(owed), owed[0], owed[1], owed[-1]) == (12, "2027-01", "2026-12", "2026-02")
