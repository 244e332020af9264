"""Every threshold of the negative list: just below, at, above; and what is true of any event."""

from __future__ import annotations

import calendar
import itertools
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.negative_list import CityStatus, EvaluationKind
from server.negative_list.facts import Ranking, StatusSpan, World
from server.negative_list.items import STRENGTH
from server.negative_list.judging import judge, merged, suspension_span
from server.negative_list.reference import known_items
from server.negative_list.standing import is_of_cycle, left_of, standing_of, total_of, weights_of
from server.negative_list.windows import When, before_evaluation, months_later
from tests.unit.negative_list.cases import (
    CLAUSES,
    STARTS,
    clause,
    effective,
    evaluation,
    event,
    outcome,
    question,
    world,
)

DAY = timedelta(days=1)
DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))
HOLDER: CityStatus = "title_holder"
DECIDED = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("item", "value", "met"),
    [
        ("F14", "84.99", True),
        ("F14", "84.999999", True),
        ("F14", "85", False),
        ("F14", "85.00", False),
        ("F14", "85.01", False),
        ("I25", "69.99", True),
        ("I25", "70.00", False),
        ("I25", "70.01", False),
        ("I29", "74.99", True),
        ("I29", "75", False),
        ("I29", "75.01", False),
    ],
)
@pytest.mark.parametrize("status", ["title_holder", "candidate"])
def test_r77_r79_r82_the_line_itself_is_safe(item: str, value: str, status: CityStatus, *, met: bool) -> None:
    one = event(item, STARTS, value=Decimal(value))
    around = world(one, status=status, evaluations=(evaluation("annual"),))
    assert bool(effective(outcome(one, around))) == met


def test_r82_below_75_a_candidate_is_not_put_forward_again() -> None:
    one = event("I29", STARTS)
    assert effective(outcome(one, world(one))) == {"I29-P2"}
    assert effective(outcome(one, world(one, status=HOLDER))) == {"I29-P1"}


@pytest.mark.parametrize(
    ("rank", "size", "met"),
    [(20, 30, False), (21, 30, True), (30, 30, True), (21, 31, False), (22, 31, True), (1, 1, False)],
)
def test_r75_the_last_third_is_told_unrounded(rank: int, size: int, *, met: bool) -> None:
    one = event("D12", STARTS - DAY, rankings=(Ranking(rank, size),))
    around = world(one, evaluations=(evaluation("annual"),))
    assert bool(effective(outcome(one, around))) == met


@pytest.mark.parametrize(("group", "last"), [("capital", 20), ("prefecture", 18), ("urban", 20)])
def test_r81_last_twice_in_a_row_by_its_group(group: str, last: int) -> None:
    def codes(*ranks: int, status: CityStatus = HOLDER) -> set[str]:
        one = event("I28", STARTS, rankings=tuple(Ranking(rank, 20, group) for rank in ranks))
        return effective(outcome(one, world(one, status=status)))

    assert codes(last, last) == codes(20, last) == {"I28-P1"}
    assert codes(last, 20, status="candidate") == {"I28-P2"}
    assert codes(last - 1, last) == codes(last, last - 1) == codes(last) == set()


@pytest.mark.parametrize(("count", "tier"), [(1, "B05-P1"), (2, "B04-P1"), (3, "B03-P1"), (4, "B03-P1")])
@pytest.mark.parametrize("status", ["title_holder", "candidate"])
def test_r74_one_tier_by_the_distinct_persons_in_the_window(count: int, tier: str, status: CityStatus) -> None:
    names = ["甲", "乙", "丙", "丁"][:count]
    cases = [
        event("B05", STARTS - (at + 1) * DAY, id=name, persons=frozenset({name, "甲"})) for at, name in enumerate(names)
    ]
    early = event("B05", STARTS - 500 * DAY, persons=frozenset({"戊"}))
    around = world(*cases, early, status=status, evaluations=(evaluation("annual"),))
    assert all(effective(outcome(one, around)) == {tier} for one in cases)
    (shown,) = standing_of(known_items(), around).evaluations
    assert [(line.clause_code, len(line.event_ids)) for line in shown.lines] == [(tier, count)]
    assert shown.points == min(count, 3)


def test_r74_the_first_in_command_is_a_matter_of_its_own() -> None:
    one, other = event("B02", STARTS - DAY), event("B05", STARTS - DAY)
    around = world(one, other, evaluations=(evaluation("annual"),))
    (shown,) = standing_of(known_items(), around).evaluations
    assert shown.points == 6


def test_r71_points_add_up_and_leave_no_less_than_nothing() -> None:
    cases = [event(item, STARTS - DAY) for item in ("A01", "C06", "D12", "I27")]
    around = world(*cases, evaluations=(evaluation("annual", score=Decimal("88.5")),))
    (shown,) = standing_of(known_items(), around).evaluations
    assert shown.points == 13
    assert shown.left == Decimal("75.5")
    assert left_of(Decimal("12.9"), Decimal(13)) == 0
    assert left_of(Decimal(13), Decimal(13)) == 0
    assert left_of(Decimal("13.1"), Decimal(13)) == Decimal("0.1")


@pytest.mark.parametrize(
    ("state", "level"),
    [("lead", "city"), ("verified", "city"), ("excluded", "city"), ("established", "district"), ("lead", "district")],
)
def test_r84_only_what_was_established_counts_and_only_the_citys_decides(state: str, level: str) -> None:
    one = event("A01", STARTS - DAY, state=state, level=level, decided_on=DECIDED)
    around = world(one, status=HOLDER, evaluations=(evaluation("term_review"),))
    found = outcome(one, around)
    assert not found.counts
    assert effective(found) == {"A01-P1"}  # what it would cost
    shown = standing_of(known_items(), around)
    assert (shown.effects, shown.suspensions) == ((), ())
    whole = replace(one, state="established", level="city")
    assert standing_of(known_items(), replace(around, events=(whole,))).effects


def test_r83_a_suspension_runs_a_year_from_its_decision_and_overlaps_do_not_add_up() -> None:
    assert suspension_span(date(2026, 3, 1), 1) == (date(2026, 3, 1), date(2027, 2, 28))
    assert suspension_span(date(2024, 2, 29), 1) == (date(2024, 2, 29), date(2025, 2, 27))
    first = event("A01", date(2026, 1, 1), decided_on=date(2026, 3, 1))
    second = event("G15", date(2026, 2, 1), decided_on=date(2026, 9, 1))
    undated = event("H22", date(2026, 2, 1))
    shown = standing_of(known_items(), world(first, second, undated, status=HOLDER))
    assert shown.suspensions == ((date(2026, 3, 1), date(2027, 8, 31)),)
    assert {line.clause_code for line in shown.effects} == {"A01-P1", "G15-P1", "H22-P1"}


@pytest.mark.parametrize(
    ("day", "takes_effect"),
    [(DECIDED - DAY, False), (DECIDED, True), (date(2027, 2, 28), True), (date(2027, 3, 1), False)],
)
def test_r82_no_effort_while_suspended_costs_the_title(day: date, *, takes_effect: bool) -> None:
    cause = event("A01", date(2026, 1, 1), decided_on=DECIDED)
    one = event("I30", day)
    assert bool(effective(outcome(one, world(one, cause, status=HOLDER)))) == takes_effect
    assert not effective(outcome(one, world(one, replace(cause, state="lead"), status=HOLDER)))
    assert not effective(outcome(one, world(one, status=HOLDER)))


def test_r83_the_strongest_effect_comes_first() -> None:
    cases = [event("A01", STARTS, decided_on=STARTS), event("I28", STARTS), event("F14", STARTS)]
    shown = standing_of(known_items(), world(*cases, status=HOLDER))
    assert [line.effect for line in shown.effects] == ["cancel_title", "suspend", "suspend"]
    found = outcome(event("A01", STARTS - DAY), world(evaluations=(evaluation("annual"), evaluation("application"))))
    assert [one.effect for one in found.clauses] == ["disqualify_participation", "deduct", "suspend"]
    assert STRENGTH[0] == "cancel_title"
    assert STRENGTH[-1] == "deduct"


def test_r69_the_status_of_the_day_decides() -> None:
    around = World(
        statuses=(StatusSpan("candidate", date(2018, 1, 1), date(2020, 11, 9)), StatusSpan(HOLDER, date(2020, 11, 10))),
        evaluations=(),
        events=(),
    )
    assert effective(outcome(event("A01", date(2020, 11, 9)), around)) == set()
    assert effective(outcome(event("A01", date(2020, 11, 10)), around)) == {"A01-P1"}
    unknown = clause(outcome(event("A01", date(2017, 1, 1)), around), "A01-P1")
    assert (unknown.verdict, question(unknown, "status").holds) == ("undecided", None)


@pytest.mark.parametrize(
    ("kind", "place", "fits"),
    [
        ("annual", 0, False),
        ("annual", 1, True),
        ("annual", 2, True),
        ("annual", 3, False),
        ("comprehensive", 2, False),
        ("comprehensive", 3, True),
        ("term_review", 0, False),
        ("term_review", 3, True),
        ("application", 1, True),
        ("application", 4, False),
    ],
)
def test_r70_annual_annual_comprehensive(kind: str, place: int, *, fits: bool) -> None:
    assert is_of_cycle(kind, 2024 + place - 1, 2024) == fits


def test_r70_the_total_waits_for_weights_and_for_every_year() -> None:
    kinds: list[EvaluationKind] = ["annual", "annual", "comprehensive"]
    years = tuple(
        evaluation(kind, date(2024 + at, 9, 1), cycle_from=2024, score=Decimal(score))
        for at, (kind, score) in enumerate(zip(kinds, ["90.1", "80", "85.55"], strict=True))
    )
    shown = standing_of(known_items(), world(event("C06", date(2025, 8, 1)), evaluations=years))
    weights = weights_of("15/25/60")
    assert total_of(shown.evaluations, None, 2024) is None
    assert weights_of("") is None
    assert total_of(shown.evaluations, weights, 2024) == Decimal("90.1") * 15 / 100 + Decimal(78) / 4 + Decimal("51.33")
    assert total_of(shown.evaluations[:2], weights, 2024) is None


@given(DAYS, DAYS)
def test_r72_the_window_is_exactly_the_twelve_months_before(day: date, starts_on: date) -> None:
    found = before_evaluation(When.on(day), starts_on, 12)
    a_year_before = date(
        starts_on.year - 1,
        starts_on.month,
        min(starts_on.day, calendar.monthrange(starts_on.year - 1, starts_on.month)[1]),
    )
    expected = "after_start" if day >= starts_on else "inside" if day >= a_year_before else "before"
    assert found == expected


def test_r72_a_leap_day_becomes_the_28th() -> None:
    assert months_later(date(2024, 2, 29), -12) == date(2023, 2, 28)
    assert months_later(date(2023, 2, 28), 12) == date(2024, 2, 28)
    assert before_evaluation(When.on(date(2023, 2, 28)), date(2024, 2, 29), 12) == "inside"
    assert before_evaluation(When.on(date(2023, 2, 27)), date(2024, 2, 29), 12) == "before"


@given(st.lists(st.tuples(DAYS, st.integers(0, 800)), max_size=8))
def test_r83_merged_spans_cover_the_same_days_and_do_not_touch_twice(raw: list[tuple[date, int]]) -> None:
    spans = [(start, start + timedelta(days=length)) for start, length in raw]
    found = merged(spans)
    assert all(one[1] < other[0] for one, other in itertools.pairwise(found))
    for start, last in spans:
        for day in (start, last):
            assert any(first <= day <= end for first, end in found)
    assert all(
        any(first == start for start, _ in spans) and any(end == last for _, last in spans) for first, end in found
    )


ITEMS = sorted({row[0][:3] for row in CLAUSES})


@given(
    st.lists(st.tuples(st.sampled_from(ITEMS), DAYS), min_size=1, max_size=6, unique=True),
    st.lists(
        st.tuples(st.sampled_from(["annual", "comprehensive", "term_review", "application"]), DAYS),
        max_size=4,
        unique=True,
    ),
    st.sampled_from(["title_holder", "candidate", "none"]),
    st.randoms(use_true_random=False),
)
def test_r83_the_same_facts_in_any_order_give_the_same_standing(raw, evaluations, status, random) -> None:  # type: ignore[no-untyped-def]
    cases = [event(item, day) for item, day in raw]
    kinds = [evaluation(kind, day) for kind, day in evaluations]
    first = standing_of(known_items(), world(*cases, status=status, evaluations=tuple(kinds)))
    random.shuffle(cases)
    random.shuffle(kinds)
    again = standing_of(known_items(), world(*cases, status=status, evaluations=tuple(kinds)))
    assert first == again
    assert all(one.points >= 0 for one in first.evaluations)
    if status == "none":
        assert not first.effects
        assert not any(one.points for one in first.evaluations)


def test_r68_an_unknown_item_has_no_outcome() -> None:
    with pytest.raises(KeyError):
        judge(event("Z99", STARTS), known_items(), world())
