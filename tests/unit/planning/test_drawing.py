"""The draw of a month: what R36 promises holds for any district, and the same seed gives the same plan."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.planning.drawing import (
    Candidate,
    DrawInput,
    Line,
    before_evaluation,
    choose,
    draw,
    months_left,
    period_start,
)

CODES = ("KH", "KY", "YL")
DAYS = [on for on in (date(2026, 12, 1) + timedelta(days=at) for at in range(31)) if on.weekday() < 5]


def candidate(site: str = "s", code: str = "YL", **how: object) -> Candidate:
    plain: dict[str, object] = {
        "site_id": site,
        "lat": 27.87,
        "lon": 113.12,
        "template_code": code,
        "template_version_id": f"v-{code}",
        "last_on": date(2026, 8, 3),
        "score": 88.0,
        "severe": False,
        "covered": False,
    }
    return Candidate(**(plain | how))  # type: ignore[arg-type]


def district(candidates: list[Candidate], month: str = "2026-12", **how: object) -> DrawInput:
    plain: dict[str, object] = {
        "month": month,
        "days": DAYS,
        "inspectors": ["a", "b", "c", "d", "e"],
        "candidates": candidates,
        "met": [],
        "coverage_months": 3,
        "bad_score": 60,
        "evaluation_month": 0,
        "evaluation_lead_months": 2,
        "team_size": 2,
        "trips_per_day": 4,
    }
    return DrawInput(**(plain | how))  # type: ignore[arg-type]


@st.composite
def candidates(draw_: st.DrawFn) -> list[Candidate]:
    pairs = draw_(st.sets(st.tuples(st.integers(0, 40), st.sampled_from(CODES)), max_size=60))
    return [
        candidate(
            f"site-{number}",
            code,
            lat=27.8 + draw_(st.floats(0, 0.2)),
            lon=113.0 + draw_(st.floats(0, 0.2)),
            last_on=draw_(st.none() | st.dates(date(2026, 1, 1), date(2026, 11, 30))),
            score=draw_(st.none() | st.integers(0, 100).map(float)),
            severe=draw_(st.booleans()),
            covered=draw_(st.booleans()),
        )
        for number, code in sorted(pairs)
    ]


@st.composite
def inputs(draw_: st.DrawFn) -> DrawInput:
    return district(
        draw_(candidates()),
        draw_(st.sampled_from(["2026-10", "2026-11", "2026-12"])),
        days=DAYS[draw_(st.integers(0, len(DAYS) - 1)) :],
        inspectors=[f"p{at}" for at in range(draw_(st.integers(1, 9)))],
        team_size=draw_(st.integers(1, 4)),
        trips_per_day=draw_(st.integers(1, 6)),
        evaluation_month=draw_(st.integers(0, 12)),
    )


SEEDS = st.text("0123456789abcdef", min_size=32, max_size=32)


@settings(max_examples=150, deadline=None)
@given(inputs(), SEEDS)
def test_the_same_seed_gives_the_same_plan_whatever_the_order_of_the_lists(given_: DrawInput, seed: str) -> None:
    turned = msgspec.structs.replace(given_, candidates=given_.candidates[::-1], inspectors=given_.inspectors[::-1])
    assert draw(given_, seed) == draw(given_, seed) == draw(turned, seed)


@settings(max_examples=150, deadline=None)
@given(inputs(), SEEDS)
def test_r36_no_site_is_drawn_twice_for_one_checklist_and_only_days_and_people_given(
    given_: DrawInput, seed: str
) -> None:
    plan = draw(given_, seed)
    assert max(Counter((one.site_id, one.template_code) for one in plan).values(), default=1) == 1
    assert {one.on for one in plan} <= set(given_.days)
    for one in plan:
        assert len(set(one.assignees)) == len(one.assignees) == min(given_.team_size, len(given_.inspectors))
        assert set(one.assignees) <= set(given_.inspectors)
        assert one.reasons


@settings(max_examples=150, deadline=None)
@given(inputs(), SEEDS)
def test_nobody_makes_more_than_one_trip_more_than_another(given_: DrawInput, seed: str) -> None:
    loads = trips_of(draw(given_, seed))
    counts = [loads[person] for person in given_.inspectors]
    assert max(counts) - min(counts) <= 1


@settings(max_examples=150, deadline=None)
@given(inputs(), SEEDS)
def test_r36_what_failed_badly_or_stands_before_an_evaluation_is_always_drawn(given_: DrawInput, seed: str) -> None:
    drawn = {(one.site_id, one.template_code) for one, _ in choose(given_, seed)}
    ahead = before_evaluation(given_.month, given_.evaluation_month, given_.evaluation_lead_months)
    for one in given_.candidates:
        if ahead or one.severe or (one.score is not None and one.score < 60):
            assert (one.site_id, one.template_code) in drawn
    assert {one.template_code for one in given_.candidates} == {code for _, code in drawn} | set(given_.met)


@settings(max_examples=100, deadline=None)
@given(candidates(), SEEDS)
def test_r36_three_months_of_draws_cover_every_site(all_of_them: list[Candidate], seed: str) -> None:
    seen = {(one.site_id, one.template_code) for one in all_of_them if one.covered}
    for month in ("2026-10", "2026-11", "2026-12"):
        left = [
            candidate(one.site_id, one.template_code, covered=(one.site_id, one.template_code) in seen)
            for one in all_of_them
        ]
        plan = draw(district(left, month), f"{seed}{month}")
        # Equal shares: no checklist puts off its work to the last month.
        for code in CODES:
            open_ = [one for one in left if one.template_code == code and not one.covered]
            drawn = sum(one.template_code == code for one in plan)
            assert drawn >= len(open_) // months_left(month, 3)
        seen |= {(one.site_id, one.template_code) for one in plan}
    assert seen == {(one.site_id, one.template_code) for one in all_of_them}


def trips_of(plan: list[Line]) -> Counter[str]:
    return Counter(person for person, _ in {(person, one.site_id) for one in plan for person in one.assignees})


def test_a_team_has_one_piece_of_the_route_a_day_while_days_are_left() -> None:
    plan = draw(district([candidate(f"s{at:02}", lon=113 + at / 100) for at in range(40)]), "5eed")
    days = Counter((person, one.on) for one in plan for person in one.assignees)
    assert max(days.values()) <= 4
    assert len({one.on for one in plan}) >= 8, "spread over the month"


def test_near_sites_go_on_one_day() -> None:
    """Two villages thirty kilometres apart, two teams: no day has sites of both."""
    near = [candidate(f"near-{at}", lat=27.80 + at / 1000) for at in range(4)]
    far = [candidate(f"far-{at}", lat=28.10 + at / 1000) for at in range(4)]
    plan = draw(district(near + far, inspectors=["a", "b", "c", "d"]), "5eed")
    assert len(plan) == 8
    days = {(one.on, tuple(one.assignees), one.site_id.split("-")[0]) for one in plan}
    assert len(days) == len({(on, team) for on, team, _ in days}) == 2


def test_the_checklists_of_one_site_are_one_trip() -> None:
    plan = draw(district([candidate("room", "KY"), candidate("room", "KH")]), "5eed")
    assert len(plan) == 2
    assert len({(one.on, tuple(one.assignees)) for one in plan}) == 1


@pytest.mark.parametrize(
    ("how", "codes"),
    [
        ({"score": 52.0}, ["bad_score"]),
        ({"score": 60.0}, ["not_this_period"]),
        ({"severe": True, "score": 52.0}, ["severe", "bad_score"]),
        ({"last_on": None, "score": None}, ["never"]),
        ({"covered": True}, ["subject"]),
    ],
)
def test_each_visit_says_why(how: dict[str, Any], codes: list[str]) -> None:
    plan = draw(district([candidate(**how)]), "5eed")
    assert [[reason.code for reason in one.reasons] for one in plan] == [codes]


def test_r36_a_checklist_that_the_month_has_already_asks_for_no_further_site() -> None:
    assert draw(district([candidate(covered=True)], met=["YL"]), "5eed") == []


def test_another_seed_draws_others() -> None:
    many = [candidate(f"s{at:02}") for at in range(30)]
    plans = {tuple(sorted(one.site_id for one in draw(district(many, "2026-10"), seed))) for seed in ("1", "2", "3")}
    assert len(plans) == 3
    assert {len(plan) for plan in plans} == {10}


def test_a_month_that_is_too_short_still_holds_all_trips() -> None:
    plan = draw(district([candidate(f"s{at:02}") for at in range(30)], days=DAYS[-1:]), "5eed")
    assert (len(plan), {one.on for one in plan}) == (30, {DAYS[-1]})


def test_quarters_and_the_months_before_an_evaluation() -> None:
    assert [months_left(f"2026-{month:02}", 3) for month in (10, 11, 12, 1)] == [3, 2, 1, 3]
    assert (period_start("2026-12", 3), period_start("2026-02", 3), period_start("2026-05", 1)) == (
        "2026-10",
        "2026-01",
        "2026-05",
    )
    ahead = [month for month in range(1, 13) if before_evaluation(f"2026-{month:02}", 1, 2)]
    assert (ahead, before_evaluation("2026-11", 0, 2)) == ([11, 12], False)
