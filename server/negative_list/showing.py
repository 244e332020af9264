"""Outcomes of the negative list as they travel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from schemas.negative_list import (
    ClauseOutcomeOut,
    ClauseRow,
    EvaluationOut,
    EventOut,
    EventRow,
    EventVersionOut,
    ItemRow,
    LineOut,
    OutcomeOut,
    QuestionOut,
    RankingOut,
    StandingOut,
    StatusOut,
    SuspensionOut,
)
from server.negative_list.facts import ClauseOutcome, EventOutcome, Question, World
from server.negative_list.items import Item
from server.negative_list.standing import EvaluationStanding, Line, standing_of, total_of
from storage.database.models import CityEvaluation, CityStatusSpan, NegativeEvent

_TITLE = "全国文明城市创建动态管理措施（负面清单）"


def plain(value: Decimal) -> str:
    """A decimal as people write it, exact: no exponent, no zeros at its end."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def item_row(item: Item) -> ItemRow:
    """An item with its clauses, as reference."""
    return ItemRow(
        code=item.code,
        area=item.area,
        area_name=item.area_name,
        text=item.text,
        penalty_text=item.penalty_text,
        condition=item.condition.kind,
        may_happen=item.may_happen,
        may_last=item.may_last,
        clauses=[
            ClauseRow(
                code=one.code,
                statuses=sorted(one.statuses),
                when=one.when,
                window_months=one.window_months,
                effect=one.effect,
                effect_text=one.effect_text,
                points=plain(one.points),
            )
            for one in item.clauses
        ],
    )


def outcome_out(outcome: EventOutcome, world: World) -> OutcomeOut:
    """An outcome with the evaluations' ids that it speaks of."""
    return OutcomeOut(
        counts=outcome.counts,
        questions=[_question(one) for one in outcome.questions],
        clauses=[_clause(one, world) for one in outcome.clauses],
    )


def _question(one: Question) -> QuestionOut:
    return QuestionOut(kind=one.kind, holds=one.holds, code=one.code, params=one.params)


def _clause(one: ClauseOutcome, world: World) -> ClauseOutcomeOut:
    evaluation = next((each for each in world.evaluations if each.id == one.evaluation_id), None)
    return ClauseOutcomeOut(
        clause_code=one.clause_code,
        effect=one.effect,
        effect_text=one.effect_text,
        points=plain(one.points),
        verdict=one.verdict,
        questions=[_question(each) for each in one.questions],
        evaluation_id=one.evaluation_id,
        evaluation_year=evaluation.year if evaluation else None,
        evaluation_kind=evaluation.kind if evaluation else None,
        evaluation_starts_on=evaluation.starts_on if evaluation else None,
        suspended_from=one.suspended_from,
        suspended_until=one.suspended_until,
    )


def event_row(row: NegativeEvent, outcome: EventOutcome, items: Mapping[str, Item]) -> EventRow:
    """One event in a list."""
    return EventRow(
        id=row.id,
        version=row.version,
        item_code=row.item_code,
        item_text=items[row.item_code].text,
        level=row.level,
        state=row.state,
        description=row.description,
        happened_on=row.happened_on,
        from_on=row.from_on,
        until_on=row.until_on,
        counts=outcome.counts,
        effects=[one.effect_text for one in outcome.clauses if one.verdict == "takes_effect"],
        undecided=sum(one.verdict == "undecided" for one in outcome.clauses),
        entered_at=row.entered_at,
    )


def event_out(
    row: NegativeEvent,
    outcome: EventOutcome,
    items: Mapping[str, Item],
    *,
    world: World,
    versions: Sequence[NegativeEvent],
    names: Mapping[str, str],
    duplicates: list[str],
) -> EventOut:
    """One event, whole."""
    short, item = event_row(row, outcome, items), items[row.item_code]
    return EventOut(
        **{name: getattr(short, name) for name in EventRow.__struct_fields__},
        area_name=item.area_name,
        penalty_text=item.penalty_text,
        source=row.source,
        evidence=row.evidence,
        persons=list(row.persons),
        value=row.value,
        rankings=[RankingOut(rank=one["rank"], size=one["size"], group=one["group"]) for one in row.rankings],
        decided_on=row.decided_on,
        established_by=row.established_by,
        outcome=outcome_out(outcome, world),
        versions=[
            EventVersionOut(
                version=one.version,
                state=one.state,
                level=one.level,
                item_code=one.item_code,
                description=one.description,
                entered_at=one.entered_at,
                entered_by=names.get(one.entered_by, ""),
                reason=one.reason,
            )
            for one in versions
        ],
        duplicates=duplicates,
    )


def standing_out(
    items: Mapping[str, Item],
    world: World,
    *,
    today: date,
    statuses: Sequence[CityStatusSpan],
    evaluations: Mapping[str, CityEvaluation],
    weights: tuple[int, ...] | None,
) -> StandingOut:
    """The city's standing as of a day."""
    found = standing_of(items, world)
    cycle = max((one.cycle_from for one in world.evaluations), default=None)
    total = None if cycle is None else total_of(found.evaluations, weights, cycle)
    return StandingOut(
        as_of=today,
        status=world.status_on(today),
        statuses=[_status(one) for one in statuses],
        evaluations=[_evaluation(one, evaluations[one.evaluation.id]) for one in found.evaluations],
        effects=[_line(one) for one in found.effects],
        suspensions=[
            SuspensionOut(first_on=first, last_on=last, running=first <= today <= last)
            for first, last in found.suspensions
        ],
        weights=list(weights) if weights else None,
        cycle_from=cycle,
        total=None if total is None else plain(total),
        catalogue_title=_TITLE,
    )


def _status(row: CityStatusSpan) -> StatusOut:
    return StatusOut(
        id=row.id,
        status=row.status,
        from_on=row.from_on,
        until_on=row.until_on,
        source=row.source,
        version=row.version,
    )


def _evaluation(one: EvaluationStanding, row: CityEvaluation) -> EvaluationOut:
    return EvaluationOut(
        id=row.id,
        year=row.year,
        kind=row.kind,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        cycle_from=row.cycle_from,
        score=row.score,
        source=row.source,
        version=row.version,
        lines=[_line(line) for line in one.lines],
        points=plain(one.points),
        left=None if one.left is None else plain(one.left),
    )


def _line(line: Line) -> LineOut:
    return LineOut(
        clause_code=line.clause_code,
        item_code=line.item_code,
        effect=line.effect,
        effect_text=line.effect_text,
        points=plain(line.points),
        event_ids=list(line.event_ids),
        suspended_from=line.suspended_from,
        suspended_until=line.suspended_until,
    )
