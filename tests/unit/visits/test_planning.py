"""Who visits what in a month."""

from __future__ import annotations

from datetime import date

from server.visits.planning import plan_month

LAST = date(2026, 11, 30)
SITES = [("h", "hospital"), ("s", "health_station"), ("r1", "science_room"), ("r2", "science_room")]
TEMPLATES = [
    ("v-yl", "YL", frozenset({"hospital", "health_centre", "health_station"})),
    ("v-ky", "KY", frozenset({"science_room"})),
    ("v-kh", "KH", frozenset({"science_room"})),
]


def test_r36_every_site_is_planned_with_every_checklist_of_its_kind() -> None:
    plan = plan_month(SITES, TEMPLATES, inspectors=["a", "b"], last_day=LAST)
    assert sorted((one.site_id, one.template_code) for one in plan) == [
        ("h", "YL"),
        ("r1", "KH"),
        ("r1", "KY"),
        ("r2", "KH"),
        ("r2", "KY"),
        ("s", "YL"),
    ]
    assert {one.due_on for one in plan} == {LAST}
    assert {one.template_version_id for one in plan} == {"v-yl", "v-ky", "v-kh"}


def test_inspectors_go_in_pairs_and_take_turns() -> None:
    plan = plan_month(SITES, TEMPLATES, inspectors=["a", "b", "c"], last_day=LAST)
    pairs = [one.assignees for one in plan]
    assert pairs == [("a", "b"), ("b", "c"), ("c", "a"), ("a", "b"), ("b", "c"), ("c", "a")]


def test_where_there_are_one_or_none_all_go() -> None:
    for inspectors in ([], ["a"], ["a", "b"]):
        plan = plan_month(SITES[:1], TEMPLATES, inspectors=inspectors, last_day=LAST)
        assert plan[0].assignees == tuple(inspectors)
