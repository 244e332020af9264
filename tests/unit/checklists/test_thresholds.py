"""Properties of the rules at and beside each threshold, against definitions written another way."""

from __future__ import annotations

import calendar
import contextlib
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from schemas.checklists import AgeDays, AgeMonths, Annual, AtLeast, PassRule, Per100, Ratio, Verdict
from server.checklists.circumstances import Circumstances, Given
from server.checklists.pass_rules import annual_floor, judge_rule, months_before, number_of

days = st.dates(date(2015, 1, 1), date(2105, 12, 31))
counts = st.integers(0, 10**6)
RATIO = Ratio(part="B", whole="A", numerator=4, denominator=5)


def verdict(rule: PassRule, value: object, on: date = date(2026, 11, 24), **facts: object) -> Verdict:
    return judge_rule(rule, Given(value), {}, Circumstances("science_room", on, facts))  # type: ignore[arg-type]


@given(days, st.integers(0, 400), st.integers(0, 800))
def test_age_in_days(on: date, limit: int, age: int) -> None:
    value = (on - timedelta(days=age)).isoformat()
    assert verdict(AgeDays(n=limit), value, on) == ("pass" if age <= limit else "fail")


@given(days, st.integers(0, 36))
def test_age_in_months_has_one_edge(on: date, months: int) -> None:
    edge = months_before(on, months)
    assert verdict(AgeMonths(n=months), edge.isoformat(), on) == "pass"
    assert verdict(AgeMonths(n=months), (edge - timedelta(days=1)).isoformat(), on) == "fail"


@given(days, st.integers(0, 36))
def test_months_before_keeps_the_day_or_takes_the_months_last(on: date, months: int) -> None:
    edge, step = on.replace(day=1), 0
    while step < months:
        edge = (edge - timedelta(days=1)).replace(day=1)
        step += 1
    last = calendar.monthrange(edge.year, edge.month)[1]
    assert months_before(on, months) == edge.replace(day=min(on.day, last))


@given(days, st.integers(0, 200))
def test_annual_floor_counts_the_months_that_have_ended(on: date, n: int) -> None:
    ended = sum(1 for month in range(1, 13) if date(on.year, month, calendar.monthrange(on.year, month)[1]) < on)
    completed = 12 if on == date(on.year, 12, 31) else ended
    floor = annual_floor(n, on)
    assert floor * 12 <= n * completed < (floor + 1) * 12
    assert verdict(Annual(n=n), floor, on) == "pass"
    if floor:
        assert verdict(Annual(n=n), floor - 1, on) == "fail"


@given(st.integers(1, 10**6), counts)
def test_a_ratio_is_exact(whole: int, part: int) -> None:
    assume(part <= whole)
    answers = {"A": Given(whole), "B": Given(part)}
    where = Circumstances("science_room", date(2026, 11, 24))
    expected = "pass" if Fraction(part, whole) >= Fraction(8, 10) else "fail"
    assert judge_rule(RATIO, answers["B"], answers, where) == expected


@given(st.integers(1, 10**6), counts)
def test_per_100_is_exact(residents: int, books: int) -> None:
    expected = "pass" if Fraction(books * 100, residents) >= 5 else "fail"
    assert verdict(Per100(fact="residents", n=5), books, residents=residents) == expected


@given(counts)
def test_per_100_without_residents_is_a_record(books: int) -> None:
    assert verdict(Per100(fact="residents", n=5), books) == "record"
    assert verdict(Per100(fact="residents", n=5), books, residents=0) == "record"


@given(st.integers(0, 1000), st.decimals(0, 1000, places=3))
def test_decimals_are_taken_as_they_are_written(n: int, written: Decimal) -> None:
    assert number_of(float(written)) == Fraction(written)
    assert verdict(AtLeast(n=n), float(written)) == ("pass" if written >= n else "fail")


@given(st.one_of(st.none(), st.booleans(), st.text(max_size=12), st.floats()))
def test_what_is_no_number_is_not_judged(value: object) -> None:
    assume(number_of(value) is None)
    for rule in (AtLeast(n=1), Annual(n=12)):
        assert verdict(rule, value) == "unjudged"


@given(st.text(max_size=12))
def test_what_is_no_date_is_not_judged(text: str) -> None:
    assume(text not in ("unsure", "na"))
    with contextlib.suppress(ValueError):
        assume(date.fromisoformat(text).isoformat() != text)
    assert verdict(AgeDays(n=5), text) == "unjudged"


def test_no_answer_is_not_judged() -> None:
    where = Circumstances("science_room", date(2026, 11, 24))
    for rule in (AtLeast(n=1), AgeDays(n=2), AgeMonths(n=2), Annual(n=12), RATIO):
        assert judge_rule(rule, None, {}, where) == "unjudged"
