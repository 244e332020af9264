"""The items and clauses of the negative list as the rules read them (R68). Pure: the document is an argument."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from schemas.negative_list import CityStatus, EffectName, EvaluationKind

STATUS_OF: Final[Mapping[str, CityStatus]] = {"全国文明城市": "title_holder", "提名城市": "candidate"}
BOTH: Final[frozenset[CityStatus]] = frozenset({"title_holder", "candidate"})

KINDS_OF: Final[Mapping[str, frozenset[EvaluationKind]]] = {
    "annual": frozenset({"annual"}),
    "comprehensive": frozenset({"comprehensive"}),
    "application": frozenset({"application"}),
    "any_evaluation": frozenset({"annual", "comprehensive", "term_review"}),
    "any": frozenset(),
    "next_round": frozenset(),
}
"""Which evaluations a clause speaks of; none where it names none. 申报参评 is no evaluation."""

GROUP_OF: Final[Mapping[str, str]] = {"省会组": "capital", "地级市组": "prefecture", "城区组": "urban"}

STRENGTH: Final[tuple[EffectName, ...]] = (
    "cancel_title",
    "cancel_nomination",
    "bar_next_nomination",
    "disqualify_participation",
    "suspend",
    "deduct",
)
"""The strongest first (R83)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """When an item is met. `limit` is the value that `op` compares with; `places` the last places by group."""

    kind: str
    op: str = ""
    limit: Decimal | None = None
    fraction: Fraction | None = None
    places: Mapping[str, int] = field(default_factory=dict)
    consecutive: int = 1
    tiers: tuple[str, ...] = ()
    while_suspended: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One of the 52 penalties. `statuses` are those that it applies to: both where it names none (R69)."""

    code: str
    item_code: str
    statuses: frozenset[CityStatus]
    when: str
    window_months: int | None
    effect: EffectName
    effect_text: str
    points: Decimal = Decimal(0)
    duration_years: int = 0

    @property
    def kinds(self) -> frozenset[EvaluationKind]:
        """The kinds of evaluation that it speaks of."""
        return KINDS_OF[self.when]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item. `may_last` where the notice says 存在, `may_happen` where it is a matter of a day (R72)."""

    code: str
    area: str
    area_name: str
    text: str
    penalty_text: str
    condition: Condition
    clauses: tuple[Clause, ...]
    may_happen: bool
    may_last: bool


def parse_items(attachment: Mapping[str, Any]) -> dict[str, Item]:
    """Every item of attachment 2 by its code. Raises KeyError where a clause uses a word that has no meaning here."""
    return {row["code"]: _item(row) for row in attachment["items"]}


def _item(row: Mapping[str, Any]) -> Item:
    clauses = tuple(_clause(row["code"], one) for one in row["penalties"])
    lasts = "存在" in row["item_text"] and any(one.window_months for one in clauses)
    return Item(
        code=row["code"],
        area=row["area"],
        area_name=row["area_name"],
        text=row["item_text"],
        penalty_text=row["penalty_text"],
        condition=_condition(row["code"], row["condition"]),
        clauses=clauses,
        may_happen=not lasts or "发生" in row["item_text"],
        may_last=lasts,
    )


def _clause(item_code: str, row: Mapping[str, Any]) -> Clause:
    return Clause(
        code=row["code"],
        item_code=item_code,
        statuses=BOTH if row["status"] == "both" else frozenset({STATUS_OF[row["status"]]}),
        when=row["when"],
        window_months=row["window_months"],
        effect=STRENGTH[STRENGTH.index(row["effect"])],
        effect_text=row["effect_text"],
        points=Decimal(str(row.get("points", 0))),
        duration_years=row.get("duration_years", 0),
    )


def _condition(code: str, row: Mapping[str, Any]) -> Condition:
    kind, value = row["kind"], row.get("value")
    return Condition(
        kind=kind,
        op=row.get("op", ""),
        limit=Decimal(str(value)) if kind in {"count", "score", "percent"} else None,
        fraction=Fraction(str(value)) if kind == "rank" else None,
        places={GROUP_OF[name]: last for name, last in row.get("last_places", {}).items()},
        consecutive=row.get("consecutive", 1),
        tiers=tuple(sorted([code, *row["exclusive_with"]])) if "exclusive_with" in row else (),
        while_suspended="only_while" in row,
    )
