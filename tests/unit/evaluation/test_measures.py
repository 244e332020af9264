"""What figures come to: each line just below, at and above it, exact."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.evaluation.measures import (
    MEASURES,
    faults_of,
    insured,
    judge,
    level_score,
    shown,
    staffed,
    three_levels,
    trend,
)

D = Decimal
MILLION = 1_000_000


@pytest.mark.parametrize(
    ("now", "before", "outcome"),
    [
        ("100.01", "100", "rising"),
        ("100", "100", "equal"),
        ("100.00", "100", "equal"),
        ("99.99", "100", "falling"),
        ("100", None, "no_comparison"),
    ],
)
def test_r52_more_than_the_year_before(now: str, before: str | None, outcome: str) -> None:
    assert trend(D(now), None if before is None else D(before)).outcome == outcome


@pytest.mark.parametrize(
    ("own", "comparison", "level"),
    [
        ("68001", "68000", 1),
        ("68000", "68000", 2),
        ("67999", "68000", 3),
        # Equal is what is equal in the decimals that both are published with.
        ("68000.4", "68000", 2),
        ("68000.5", "68000", 1),
        ("67999.5", "68000", 2),
        ("67999.49", "68000.0", 3),
        ("0.305", "0.30", 1),
        ("0.304", "0.30", 2),
    ],
)
def test_r55_three_levels_with_more_the_better(own: str, comparison: str, level: int) -> None:
    found = three_levels(D(own), D(comparison), lower_is_better=False, opinion=None)
    assert (found.level, found.outcome, found.differs) == (level, f"level_{level}", False)
    other_way = three_levels(D(own), D(comparison), lower_is_better=True, opinion=None)
    assert other_way.level == 4 - level


def test_r55_energy_is_better_where_it_is_less() -> None:
    assert MEASURES["energy_per_gdp"].lower_is_better
    assert judge("energy_per_gdp", {"own": D("0.52"), "comparison": D("0.53")}).level == 1
    assert judge("gdp_per_head", {"own": D("0.52"), "comparison": D("0.53")}).level == 3
    assert judge("income", {"own": D("0.52"), "comparison": D("0.53")}).level == 3


def test_r55_the_provinces_opinion_outranks_what_is_computed() -> None:
    found = judge("income", {"own": D(2), "comparison": D(1)}, opinion=3)
    assert (found.outcome, found.level, found.differs) == ("level_3", 3, True)
    assert found.exact["computed"] == "1"
    assert not judge("income", {"own": D(2), "comparison": D(1)}, opinion=1).differs


def test_r55_scores_of_levels_are_unset_until_somebody_sets_them() -> None:
    assert level_score(1, "") is None
    assert level_score(None, "3/2/1") is None
    assert [level_score(level, "3/2/1") for level in (1, 2, 3)] == ["3", "2", "1"]


@pytest.mark.parametrize(
    ("designated", "every", "outcome"),
    [
        (19, 20, "met"),
        (18, 20, "not_met"),
        (20, 20, "met"),
        (0, 20, "not_met"),
        (949_999, MILLION, "not_met"),
        (950_000, MILLION, "met"),
        (950_001, MILLION, "met"),
        (94_999_999_999, 100_000_000_000, "not_met"),
    ],
)
def test_r57_95_in_a_hundred_unrounded(designated: int, every: int, outcome: str) -> None:
    found = insured(D(designated), D(every))
    assert found.outcome == outcome
    assert found.exact == {"designated": str(designated), "all": str(every)}


def test_r57_what_reads_95_may_be_less() -> None:
    found = insured(D(949_999), D(MILLION))
    assert (found.shown, found.outcome) == ("95.00", "not_met")


@pytest.mark.parametrize(
    ("staff", "population", "outcome"),
    [
        (83, 100_000, "met"),
        (82, 100_000, "not_met"),
        (84, 100_000, "met"),
        (83, 100_001, "not_met"),
        (83, 99_999, "met"),
        (829_999, 1_000_000_000, "not_met"),
        (830_000, 1_000_000_000, "met"),
    ],
)
def test_r58_83_in_a_hundred_thousand_unrounded(staff: int, population: int, outcome: str) -> None:
    assert staffed(D(staff), D(population)).outcome == outcome


def test_r58_what_reads_083_may_be_less() -> None:
    found = staffed(D(83), D(100_001))
    assert (found.shown, found.outcome) == ("0.83", "not_met")


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_r57_r58_verdicts_are_those_of_whole_numbers(part: int, whole: int) -> None:
    if part <= whole:
        assert (insured(D(part), D(whole)).outcome == "met") == (part * 100 >= whole * 95)
    assert (staffed(D(part), D(whole)).outcome == "met") == (part * 100_000 >= whole * 83)


@pytest.mark.parametrize(
    ("name", "figures", "faults"),
    [
        ("insured_institutions", {"designated": "0", "all": "0"}, {"all": "figure-zero"}),
        ("insured_institutions", {"designated": "21", "all": "20"}, {"designated": "figure-more-than-all"}),
        ("insured_institutions", {"designated": "20", "all": "20"}, {}),
        ("insured_institutions", {"designated": "1.5", "all": "20"}, {"designated": "figure-whole"}),
        ("insured_institutions", {"all": "20"}, {"designated": "figure-needed"}),
        ("health_staff", {"staff": "0", "population": "1"}, {}),
        ("health_staff", {"staff": "1", "population": "0"}, {"population": "figure-zero"}),
        ("energy_per_gdp", {"own": "0", "comparison": "0.5"}, {"own": "figure-zero"}),
        ("energy_per_gdp", {"comparison": "0.5"}, {"own": "figure-needed"}),
        ("elderly_funds", {"amount": "0"}, {}),
        ("elderly_funds", {"amount": "1", "own": "1"}, {"own": "figure-unknown"}),
    ],
)
def test_r55_r57_r58_figures_that_cannot_be_are_refused(
    name: str, figures: dict[str, str], faults: dict[str, str]
) -> None:
    exact = {key: D(text) for key, text in figures.items()}
    assert faults_of(name, exact, published=True) == faults  # type: ignore[arg-type]


def test_what_is_not_published_has_no_figures() -> None:
    assert faults_of("income", {}, published=False) == {}
    assert faults_of("income", {"own": D(1)}, published=False) == {"own": "figure-unpublished"}


@pytest.mark.parametrize(
    ("value", "text"), [(Fraction(1, 3), "0.33"), (Fraction(1, 200), "0.01"), (Fraction(95), "95.00")]
)
def test_a_figure_to_read_has_two_decimals(value: Fraction, text: str) -> None:
    assert shown(value) == text
