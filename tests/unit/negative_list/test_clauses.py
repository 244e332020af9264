"""Every one of the 52 clauses: it takes effect in its case, and in no other."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from schemas.negative_list import CityStatus, EvaluationKind
from server.negative_list.facts import EventFacts
from server.negative_list.reference import known_items
from server.negative_list.windows import When
from tests.unit.negative_list.cases import (
    ALL_KINDS,
    CLAUSES,
    ENDS,
    KINDS,
    STARTS,
    clause,
    effective,
    evaluation,
    event,
    outcome,
    question,
    world,
)

Row = tuple[str, tuple[CityStatus, ...], str, int | None, str, int]
DAY = timedelta(days=1)
IDS = [row[0] for row in CLAUSES]
STATUSES: tuple[CityStatus, ...] = ("title_holder", "candidate", "none")


def rows(**wanted: Any) -> list[Any]:
    """Clauses with a certain window."""
    return [pytest.param(row, id=row[0]) for row in CLAUSES if row[2] and row[3] == wanted["months"]]


def met(row: Row, kind: EvaluationKind | None = None) -> tuple[EventFacts, Any]:
    """An event and its surroundings in which a clause takes effect."""
    code, statuses, speaks_of, months, _, _ = row
    evaluations = (evaluation(kind or KINDS[speaks_of][0]),) if speaks_of else ()
    one = event(code[:3], STARTS if months == 0 else STARTS - 30 * DAY)
    others = [event("A01", STARTS - 60 * DAY, decided_on=STARTS - 50 * DAY)] if code[:3] == "I30" else []
    return one, world(one, *others, status=statuses[0], evaluations=evaluations)


def test_r68_the_catalogue_holds_the_clauses_of_the_notice_and_no_other() -> None:
    items = known_items()
    assert len(items) == 30
    assert len(CLAUSES) == 52
    known = {
        one.code: (set(one.statuses), set(one.kinds), one.window_months, one.effect, int(one.points))
        for item in items.values()
        for one in item.clauses
    }
    assert known == {
        code: (set(statuses), set(KINDS[speaks_of]), months, effect, points)
        for code, statuses, speaks_of, months, effect, points in CLAUSES
    }
    assert {item.area for item in items.values()} == set("ABCDEFGHI")


@pytest.mark.parametrize("row", CLAUSES, ids=IDS)
def test_r73_r75_r76_r78_each_clause_takes_effect_in_its_case(row: Row) -> None:
    one, around = met(row)
    found = clause(outcome(one, around), row[0])
    assert found.verdict == "takes_effect"
    assert (found.effect, int(found.points)) == (row[4], row[5])
    assert outcome(one, around).counts


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("row", CLAUSES, ids=IDS)
def test_r69_a_clause_applies_to_the_status_that_it_names(row: Row, status: CityStatus) -> None:
    one, around = met(row)
    others = tuple(each for each in around.events if each.id != one.id)
    here = world(one, *others, status=status, evaluations=around.evaluations)
    # A suspension is a title holder's, so that of I30's other status cannot be running anyway.
    assert (row[0] in effective(outcome(one, here))) == (status in row[1])


@pytest.mark.parametrize("kind", ALL_KINDS)
@pytest.mark.parametrize("row", [row for row in CLAUSES if row[2]], ids=[row[0] for row in CLAUSES if row[2]])
def test_r69_a_clause_speaks_of_its_kinds_of_evaluation(row: Row, kind: EvaluationKind) -> None:
    one, around = met(row, kind)
    assert (row[0] in effective(outcome(one, around))) == (kind in KINDS[row[2]])


@pytest.mark.parametrize("row", rows(months=12))
@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(2025, 8, 31), "before"),
        (date(2025, 9, 1), "inside"),
        (date(2025, 9, 2), "inside"),
        (date(2026, 8, 30), "inside"),
        (date(2026, 8, 31), "inside"),
        (date(2026, 9, 1), "after_start"),
        (date(2026, 9, 2), "after_start"),
    ],
)
def test_r72_twelve_months_before_the_start_and_not_the_start_itself(row: Row, day: date, found: str) -> None:
    code, statuses, speaks_of, *_ = row
    one = event(code[:3], day)
    around = world(one, status=statuses[0], evaluations=(evaluation(KINDS[speaks_of][0]),))
    told = [each for each in outcome(one, around).clauses if each.clause_code == code and each.evaluation_id]
    assert [question(each, "window").code for each in told] == ([found] if told else [])
    assert (code in effective(outcome(one, around))) == (found == "inside")
    # Also one that it is too early for, and one that it came too late for, is shown with its answer.
    assert len(told) == 1


@pytest.mark.parametrize("row", rows(months=0))
@pytest.mark.parametrize(
    ("day", "takes_effect"),
    [(STARTS - DAY, False), (STARTS, True), (ENDS, True), (ENDS + DAY, False)],
)
def test_r79_what_a_covert_check_found_counts_while_the_evaluation_is_under_way(
    row: Row, day: date, *, takes_effect: bool
) -> None:
    one = event(row[0][:3], day)
    around = world(one, evaluations=(evaluation(KINDS[row[2]][0]),))
    assert (row[0] in effective(outcome(one, around))) == takes_effect


@pytest.mark.parametrize("status", ["title_holder", "candidate"])
@pytest.mark.parametrize(
    ("day", "takes_effect"),
    [
        (date(2025, 12, 31), False),
        (date(2026, 1, 1), True),
        (STARTS + DAY, True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), False),
    ],
)
def test_r80_a_show_for_the_evaluation_takes_points_of_its_year(
    day: date, status: CityStatus, *, takes_effect: bool
) -> None:
    one = event("I27", day)
    around = world(one, status=status, evaluations=(evaluation("annual"),))
    assert ("I27-P1" in effective(outcome(one, around))) == takes_effect


@pytest.mark.parametrize("item", ["D10", "D11", "G20", "G21"])
@pytest.mark.parametrize(
    ("start", "until", "takes_effect"),
    [
        (date(2020, 1, 1), date(2025, 8, 31), False),
        (date(2020, 1, 1), date(2025, 9, 1), True),
        (date(2020, 1, 1), None, True),
        (date(2026, 8, 31), None, True),
        (date(2026, 9, 1), None, False),
    ],
)
def test_r72_what_existed_counts_where_it_overlaps(
    item: str, start: date, until: date | None, *, takes_effect: bool
) -> None:
    assert known_items()[item].may_last
    one = event(item, When(start, until))
    around = world(one, evaluations=(evaluation("annual"),))
    assert (f"{item}-P1" in effective(outcome(one, around))) == takes_effect


def test_r72_only_the_items_that_say_so_may_last() -> None:
    assert {code for code, item in known_items().items() if item.may_last} == {"D10", "D11", "G20", "G21"}
    assert {code for code, item in known_items().items() if not item.may_happen} == {"D10"}


@pytest.mark.parametrize("row", [row for row in CLAUSES if row[2]], ids=[row[0] for row in CLAUSES if row[2]])
def test_r72_without_an_evaluation_on_record_nothing_is_decided(row: Row) -> None:
    one = event(row[0][:3], STARTS)
    found = clause(outcome(one, world(one, status=row[1][0])), row[0])
    assert found.verdict == "undecided"
    assert row[0] not in effective(outcome(one, world(one, status=row[1][0])))
