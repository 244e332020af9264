"""What all events together cost: points by evaluation, effects on the title, the three years' total (R70, R71, R83).

Pure and exact.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from schemas.negative_list import EffectName
from server.negative_list.facts import ClauseOutcome, EvaluationFacts, EventFacts, World
from server.negative_list.items import STRENGTH, Item
from server.negative_list.judging import judge, suspensions_of

_NOTHING = Decimal(0)
_HUNDRED = Decimal(100)
_CYCLE_YEARS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What one clause takes, and for which events: several where the persons of a tier were counted together."""

    clause_code: str
    item_code: str
    effect: EffectName
    effect_text: str
    points: Decimal
    event_ids: tuple[str, ...]
    evaluation_id: str | None = None
    suspended_from: date | None = None
    suspended_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationStanding:
    """An evaluation with what comes off its score. `left` is None while no official score is on record."""

    evaluation: EvaluationFacts
    lines: tuple[Line, ...]
    points: Decimal
    left: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the established events of the city cost it. `effects` are those that are no points, the strongest first."""

    evaluations: tuple[EvaluationStanding, ...]
    effects: tuple[Line, ...]
    suspensions: tuple[tuple[date, date], ...]


def standing_of(items: Mapping[str, Item], world: World) -> Standing:
    """The sum of all that counts. Points of several items add up; a tier is taken once for each evaluation."""
    lines = _lines(items, world)
    effects = [line for line in lines if line.effect != "deduct"]
    return Standing(
        evaluations=tuple(
            _evaluation(one, [line for line in lines if line.effect == "deduct" and line.evaluation_id == one.id])
            for one in sorted(world.evaluations, key=lambda one: (one.starts_on, one.id))
        ),
        effects=tuple(sorted(effects, key=lambda line: (STRENGTH.index(line.effect), line.clause_code))),
        suspensions=tuple(suspensions_of(world.events, items, world)),
    )


def _lines(items: Mapping[str, Item], world: World) -> list[Line]:
    tiers: dict[tuple[str, str | None], list[str]] = {}
    found: list[Line] = []
    for event in sorted(world.events, key=lambda one: one.id):
        if not event.counts:
            continue
        for outcome in judge(event, items, world).clauses:
            if outcome.verdict != "takes_effect":
                continue
            if items[outcome.item_code].condition.tiers:
                key = outcome.clause_code, outcome.evaluation_id
                tiers.setdefault(key, []).append(event.id)
                if len(tiers[key]) > 1:
                    continue
            found.append(_line(outcome, event))
    return [_shared(line, tiers.get((line.clause_code, line.evaluation_id))) for line in found]


def _line(outcome: ClauseOutcome, event: EventFacts) -> Line:
    return Line(
        clause_code=outcome.clause_code,
        item_code=outcome.item_code,
        effect=outcome.effect,
        effect_text=outcome.effect_text,
        points=outcome.points,
        event_ids=(event.id,),
        evaluation_id=outcome.evaluation_id,
        suspended_from=outcome.suspended_from,
        suspended_until=outcome.suspended_until,
    )


def _shared(line: Line, event_ids: Sequence[str] | None) -> Line:
    if event_ids is None or len(event_ids) == 1:
        return line
    return Line(
        clause_code=line.clause_code,
        item_code=line.item_code,
        effect=line.effect,
        effect_text=line.effect_text,
        points=line.points,
        event_ids=tuple(event_ids),
        evaluation_id=line.evaluation_id,
    )


def _evaluation(evaluation: EvaluationFacts, lines: Sequence[Line]) -> EvaluationStanding:
    points = sum((line.points for line in lines), _NOTHING)
    left = None if evaluation.score is None else left_of(evaluation.score, points)
    return EvaluationStanding(evaluation=evaluation, lines=tuple(lines), points=points, left=left)


def left_of(score: Decimal, points: Decimal) -> Decimal:
    """What is left of a year's score after the penalty, on top of its ordinary losses; not below 0 (R71)."""
    return max(_NOTHING, score - points)


def is_of_cycle(kind: str, year: int, cycle_from: int) -> bool:
    """Whether an evaluation fits its cycle: annual, annual, comprehensive; a term review in any year of it (R70)."""
    place = year - cycle_from + 1
    if kind == "annual":
        return place in (1, 2)
    if kind == "comprehensive":
        return place == _CYCLE_YEARS
    return 1 <= place <= _CYCLE_YEARS


def total_of(
    evaluations: Sequence[EvaluationStanding], weights: Sequence[int] | None, cycle_from: int
) -> Decimal | None:
    """The three years' total of a candidate, from weights in percent; None until they are set and every year has its
    score (R70).
    """
    if weights is None:
        return None
    by_year = {
        one.evaluation.year: one.left
        for one in evaluations
        if one.evaluation.cycle_from == cycle_from and one.evaluation.kind in ("annual", "comprehensive")
    }
    total = _NOTHING
    for place, weight in enumerate(weights):
        left = by_year.get(cycle_from + place)
        if left is None:
            return None
        total += left * weight / _HUNDRED
    return total


def weights_of(text: str) -> tuple[int, ...] | None:
    """The weights of a setting such as 15/25/60, None where it is unset."""
    return tuple(int(part) for part in text.split("/")) if text else None
