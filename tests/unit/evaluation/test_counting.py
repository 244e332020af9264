"""Honours, forces, complaints, yearly scores and kept inspections: counted exactly."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.checklists import Item
from server.checklists.installation import load_templates
from server.evaluation.checklist_scores import scored_again
from server.evaluation.counting import (
    Complaint,
    Force,
    Honour,
    Rate,
    clocks_of,
    force_faults,
    honour_faults,
    honour_score,
    rate_of,
)
from server.evaluation.yearly import deduction_of, is_eligible
from server.org.working_days import WorkCalendar

TODAY = date(2026, 11, 25)  # a Wednesday
DAY = timedelta(days=1)
HONOUR = Honour(id="1", name="全国卫生城市", issuer="全国爱卫办", issued_on=date(2020, 1, 1))


@pytest.mark.parametrize(("valid", "score"), [(0, 0), (1, 1), (5, 5), (6, 6), (7, 6), (60, 6)])
def test_r60_a_point_each_and_six_at_most(valid: int, score: int) -> None:
    assert honour_score(valid) == score


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        ({}, []),
        ({"has_photo": False}, ["no_photo"]),
        ({"is_approved": False}, ["not_approved"]),
        ({"issuer_level": "ministry"}, []),
        ({"issuer_level": "provincial"}, []),
        ({"issuer_level": "city"}, ["low_issuer"]),
        ({"issuer_level": "city", "decision": " "}, ["low_issuer"]),
        ({"issuer_level": "city", "decision": "社事办 2026 年第 3 次会商"}, []),
        ({"expires_on": TODAY - DAY}, ["expired"]),
        ({"expires_on": TODAY}, []),
        ({"revoked_on": TODAY}, ["revoked"]),
        ({"revoked_on": TODAY + DAY}, []),
        ({"issued_on": TODAY}, []),
        ({"issued_on": TODAY + DAY}, ["not_issued"]),
    ],
)
def test_r60_an_honour_that_counts_is_complete_approved_and_in_force(
    changes: dict[str, object], faults: list[str]
) -> None:
    assert honour_faults([replace(HONOUR, **changes)], TODAY) == {"1": faults}  # type: ignore[arg-type]


def test_r60_the_same_honour_counts_once() -> None:
    again, other = replace(HONOUR, id="2", name=" 全国卫生城市 "), replace(HONOUR, id="3", issued_on=date(2023, 1, 1))
    assert honour_faults([again, HONOUR, other], TODAY) == {"1": [], "2": ["twice"], "3": []}
    broken = replace(HONOUR, is_approved=False)
    assert honour_faults([broken, again], TODAY) == {"1": ["not_approved"], "2": []}


FORCE = Force(
    names=["甲", "乙"], vehicle="湘B·12345", funds="5万元", states_people=True, states_vehicle=True, states_funds=True
)


@pytest.mark.parametrize(
    ("names", "enough"),
    [
        ([], False),
        (["甲"], False),
        (["甲", "乙"], True),
        (["甲", "乙", "丙"], True),
        (["甲", "乙", "丙", "丁"], False),
        (["甲", "甲"], False),
    ],
)
def test_r62_two_or_three_people_that_are_named(names: list[str], *, enough: bool) -> None:
    assert ("people" not in force_faults(replace(FORCE, names=names))) == enough


@pytest.mark.parametrize("name", ["vehicle", "funds"])
def test_r62_vehicle_funds_and_a_document_that_states_all_three(name: str) -> None:
    assert force_faults(FORCE) == []
    assert force_faults(replace(FORCE, **{name: " "})) == [name]  # type: ignore[arg-type]
    for what in ("states_people", "states_vehicle", "states_funds"):
        assert force_faults(replace(FORCE, **{what: False})) == [what]  # type: ignore[arg-type]


# Received on a Friday: read by Monday, replied to by the Friday after.
FRIDAY = date(2026, 11, 6)
WORKS = WorkCalendar()


def clocks(
    *, today: date = TODAY, read_on: date | None = None, replied_on: date | None = None
) -> tuple[bool | None, bool | None]:
    complaint = Complaint(unit_id="u", received_on=FRIDAY, read_on=read_on, replied_on=replied_on)
    found = clocks_of(complaint, today=today, calendar=WORKS, read_days=1, reply_days=5)
    assert (found.read_due_on, found.reply_due_on) == (date(2026, 11, 9), date(2026, 11, 13))
    return found.read_in_time, found.replied_in_time


def test_r63_read_and_replied_to_in_working_days() -> None:
    assert clocks(today=date(2026, 11, 9)) == (None, None)
    assert clocks(today=date(2026, 11, 10)) == (False, None)
    assert clocks(today=date(2026, 11, 14)) == (False, False)
    assert clocks(read_on=date(2026, 11, 9), replied_on=date(2026, 11, 13)) == (True, True)
    assert clocks(read_on=date(2026, 11, 10), replied_on=date(2026, 11, 14)) == (False, False)
    assert clocks(read_on=FRIDAY, replied_on=FRIDAY) == (True, True)


def test_r63_what_is_not_due_stands_in_neither_sum() -> None:
    def one(**days: date) -> tuple[Complaint, object]:
        complaint = Complaint(unit_id="u", received_on=FRIDAY, **days)  # type: ignore[arg-type]
        return complaint, clocks_of(complaint, today=date(2026, 11, 9), calendar=WORKS, read_days=1, reply_days=5)

    late = clocks_of(
        Complaint(unit_id="u", received_on=date(2026, 10, 9)), today=TODAY, calendar=WORKS, read_days=1, reply_days=5
    )
    pairs = [
        one(),
        one(read_on=FRIDAY),
        one(read_on=FRIDAY, replied_on=FRIDAY),
        (Complaint(unit_id="u", received_on=FRIDAY), late),
    ]
    rate = rate_of(pairs)  # type: ignore[arg-type]
    assert (rate.complaints, rate.due, rate.in_time) == (4, 2, 1)


@pytest.mark.parametrize(
    ("rated", "satisfied", "enough"),
    [(0, 0, None), (5, 4, True), (100, 79, False), (100, 80, True), (100, 81, True), (100_000, 79_999, False)],
)
def test_r64_satisfied_enough_from_80_in_a_hundred_unrounded(
    rated: int, satisfied: int, *, enough: bool | None
) -> None:
    assert Rate(200_000, 0, 0, rated, satisfied).is_satisfied_enough(80) == enough


def test_r64_the_first_two_ratings_over_those_that_were_rated() -> None:
    ratings = ["very_satisfied", "satisfied", "neutral", "dissatisfied", "very_dissatisfied", None]
    complaints = [
        Complaint(unit_id="u", received_on=FRIDAY, read_on=FRIDAY, replied_on=FRIDAY, satisfaction=one)
        for one in ratings
    ]
    pairs = [(one, clocks_of(one, today=TODAY, calendar=WORKS, read_days=1, reply_days=5)) for one in complaints]
    rate = rate_of(pairs)
    assert (rate.rated, rate.satisfied) == (5, 2)


@pytest.mark.parametrize(
    ("score", "eligible"), [("79.99", False), ("79.999999", False), ("80", True), ("80.00", True), ("80.01", True)]
)
def test_r65_80_itself_is_eligible(score: str, *, eligible: bool) -> None:
    assert is_eligible(Decimal(score), 80, overridden=False) == eligible
    assert is_eligible(Decimal(score), 80, overridden=True)


@pytest.mark.parametrize(
    ("score", "off"), [("80", None), ("80.01", None), ("79.99", "10.005"), ("60", "20"), ("0", "50")]
)
def test_r66_half_of_what_is_missing_only_below_the_line(score: str, off: str | None) -> None:
    found = deduction_of(Decimal(score), line=80, base=100, weight_percent=50)
    assert found == (None if off is None else Decimal(off))


def test_r65_an_estimate_is_the_mean_of_what_is_there() -> None:
    assert Rate(0, 0, 0, 0, 0).estimate() is None
    assert Rate(9, 4, 3, 0, 0).estimate() == 75
    assert Rate(9, 3, 1, 3, 2).estimate() == 50


TEMPLATE = load_templates()[0].items[0]


def items(*weights: int) -> list[Item]:
    return [msgspec.structs.replace(TEMPLATE, code=f"X-{at}", weight=weight) for at, weight in enumerate(weights)]


VERDICTS = ["pass", "fail", "na", "pending", "record", "unjudged"]


@given(st.lists(st.tuples(st.integers(0, 9), st.sampled_from(VERDICTS)), max_size=30))
def test_r67_score_and_lost_points_make_a_hundred(raw: list[tuple[int, str]]) -> None:
    listed = items(*(weight for weight, _ in raw))
    results = {one.code: {"verdict": verdict} for one, (_, verdict) in zip(listed, raw, strict=True)}
    found = scored_again(listed, results)
    passed = sum(weight for weight, verdict in raw if verdict == "pass")
    whole = passed + sum(weight for weight, verdict in raw if verdict == "fail")
    assert (found.passed_weight, found.scored_weight) == (passed, whole)
    if not whole:
        assert found.score is None
        assert not found.lost
    else:
        assert found.score == Fraction(100 * passed, whole)
        assert found.score + sum(one.points for one in found.lost) == 100
