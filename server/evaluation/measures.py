"""What the figures of a measure come to (R52, R55, R57, R58). Pure, and exact: no float, nothing rounded to decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final

from schemas.evaluation_entries import MeasureName, OutcomeName

INSURED_SHARE: Final = Fraction(95, 100)
STAFF_PER_THOUSAND: Final = Fraction(83, 100)
_THOUSAND: Final = 1000
_HUNDRED: Final = 100


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure: its rule, its indicator and requirement in the notice, the figures that it asks."""

    rule: str
    indicator: str
    requirement: str
    figures: tuple[str, ...]
    is_whole: bool = False
    lower_is_better: bool = False


MEASURES: Final[Mapping[MeasureName, Measure]] = {
    "elderly_funds": Measure("R52", "III-31", "M-31-2", ("amount",)),
    "gdp_per_head": Measure("R55", "III-53", "III-53", ("own", "comparison")),
    "energy_per_gdp": Measure("R55", "III-54", "III-54", ("own", "comparison"), lower_is_better=True),
    "income": Measure("R55", "III-55", "III-55", ("own", "comparison")),
    "insured_institutions": Measure("R57", "III-61", "M-61-2", ("designated", "all"), is_whole=True),
    "health_staff": Measure("R58", "III-61", "M-61-3", ("staff", "population"), is_whole=True),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came out, the exact parts of it, the figure that is read, and whether the province says otherwise."""

    outcome: OutcomeName
    exact: Mapping[str, str] = field(default_factory=dict)
    shown: str | None = None
    level: int | None = None
    differs: bool = False


def faults_of(name: MeasureName, figures: Mapping[str, Decimal], *, published: bool) -> dict[str, str]:
    """What is wrong with figures, a field code by figure. What is not published yet has none."""
    measure = MEASURES[name]
    if not published:
        return dict.fromkeys(figures, "figure-unpublished")
    faults = {one: "figure-unknown" for one in figures if one not in measure.figures}
    faults |= {one: "figure-needed" for one in measure.figures if one not in figures}
    if faults:
        return faults
    parts = {one for one in measure.figures if figures[one] != figures[one].to_integral_value()}
    faults = dict.fromkeys(parts, "figure-whole") if measure.is_whole else {}
    if name == "insured_institutions" and figures["designated"] > figures["all"]:
        faults["designated"] = "figure-more-than-all"
    positive = {"all", "population"} | ({"own", "comparison"} if measure.rule == "R55" else set())
    faults |= {one: "figure-zero" for one in positive & figures.keys() if figures[one] == 0}
    return faults


def judge(
    name: MeasureName, figures: Mapping[str, Decimal], *, before: Decimal | None = None, opinion: int | None = None
) -> Verdict:
    """The verdict on figures without a fault. `before` is the year before of R52, `opinion` the province's of R55."""
    match name:
        case "elderly_funds":
            return trend(figures["amount"], before)
        case "insured_institutions":
            return insured(figures["designated"], figures["all"])
        case "health_staff":
            return staffed(figures["staff"], figures["population"])
        case _:
            return three_levels(figures["own"], figures["comparison"], MEASURES[name].lower_is_better, opinion)


def trend(now: Decimal, before: Decimal | None) -> Verdict:
    """逐步增加: each year more than the year before; equal is a warning, less is a fault (R52)."""
    exact = {"now": plain(now), "before": "" if before is None else plain(before)}
    if before is None:
        return Verdict("no_comparison", exact)
    outcome: OutcomeName = "rising" if now > before else "equal" if now == before else "falling"
    return Verdict(outcome, exact | {"difference": plain(now - before)}, plain(now - before))


def three_levels(own: Decimal, comparison: Decimal, lower_is_better: bool, opinion: int | None) -> Verdict:
    """Better, equal, worse than the comparison: levels 1 to 3. The province's opinion outranks what is computed (R55).

    Equal means equal after rounding to the decimals that both are published with.
    """
    places = min(_places(own), _places(comparison))
    mine, theirs = _rounded(own, places), _rounded(comparison, places)
    better = mine < theirs if lower_is_better else mine > theirs
    computed = 2 if mine == theirs else 1 if better else 3
    level = opinion or computed
    outcomes: tuple[OutcomeName, ...] = ("level_1", "level_2", "level_3")
    exact = {"own": format(mine, "f"), "comparison": format(theirs, "f"), "computed": str(computed)}
    return Verdict(outcomes[level - 1], exact, level=level, differs=level != computed)


def insured(designated: Decimal, every: Decimal) -> Verdict:
    """≥95% of the community institutions are designated: 19 of 20 are enough, 94.99…% are not (R57)."""
    share = Fraction(designated) / Fraction(every)
    exact = {"designated": plain(designated), "all": plain(every)}
    return Verdict("met" if share >= INSURED_SHARE else "not_met", exact, shown(share * _HUNDRED))


def staffed(staff: Decimal, population: Decimal) -> Verdict:
    """At least 0.83 people of public health for a thousand residents, unrounded (R58)."""
    rate = Fraction(staff) * _THOUSAND / Fraction(population)
    exact = {"staff": plain(staff), "population": plain(population)}
    return Verdict("met" if rate >= STAFF_PER_THOUSAND else "not_met", exact, shown(rate))


def shown(value: Fraction) -> str:
    """A figure to two decimals for reading; nothing is decided by it."""
    return format(_rounded(Decimal(value.numerator) / Decimal(value.denominator), 2), "f")


def plain(value: Decimal) -> str:
    """A decimal as people write it, exact: no exponent, no zeros at its end."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _places(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def level_score(level: int | None, setting: str) -> str | None:
    """The points of a level by a setting such as 3/2/1, None where it is unset: the notice gives none (R55)."""
    return setting.split("/")[level - 1] if setting and level else None
