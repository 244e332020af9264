"""What an entry must hold to be kept (R72, R81, R84). The item and today are arguments."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from schemas.negative_list import EvaluationIn, EventIn, EventState
from server.errors import FieldError
from server.negative_list.items import Item
from server.negative_list.standing import is_of_cycle

NEXT_STATES: Final[Mapping[EventState, frozenset[EventState]]] = {
    "lead": frozenset({"lead", "verified", "excluded"}),
    "verified": frozenset({"verified", "established", "excluded"}),
    "established": frozenset({"established", "verified", "excluded"}),
    "excluded": frozenset({"excluded", "verified"}),
}
"""线索, 核实, 认定 or 排除: nothing is established that was not verified (R84)."""

_PERCENT = Decimal(100)


def event_faults(asked: EventIn, item: Item | None, *, today: date | None) -> list[FieldError]:
    """What is wrong with an event. `today` None lets it lie ahead, as a supposition may."""
    if item is None:
        return [FieldError("/itemCode", "negative-item-unknown")]
    return [
        *_day_faults(asked, item, today),
        *_figure_faults(asked, item),
        *_established_faults(asked),
    ]


def _day_faults(asked: EventIn, item: Item, today: date | None) -> list[FieldError]:
    if (asked.happened_on is None) == (asked.from_on is None):
        return [FieldError("/happenedOn", "event-when")]
    if asked.happened_on is not None and not item.may_happen:
        return [FieldError("/fromOn", "event-lasts")]
    if asked.from_on is not None and not item.may_last:
        return [FieldError("/happenedOn", "event-day")]
    errors = []
    if today is not None and (asked.happened_on or asked.from_on or today) > today:
        errors.append(FieldError("/happenedOn" if asked.happened_on else "/fromOn", "event-ahead"))
    if asked.until_on is not None and (asked.from_on is None or asked.until_on < asked.from_on):
        errors.append(FieldError("/untilOn", "event-until"))
    return errors


def _figure_faults(asked: EventIn, item: Item) -> list[FieldError]:
    match item.condition.kind:
        case "count":
            return [] if any(one.strip() for one in asked.persons) else [FieldError("/persons", "event-persons")]
        case "score" | "percent":
            if asked.value is None or Decimal(asked.value) > _PERCENT:
                return [FieldError("/value", "event-value")]
        case "rank":
            if len(asked.rankings) != 1 or not _in_order(asked):
                return [FieldError("/rankings", "event-ranking")]
        case "rank_last":
            grouped = all(one.group for one in asked.rankings)
            if len(asked.rankings) != item.condition.consecutive or not grouped or not _in_order(asked):
                return [FieldError("/rankings", "event-rankings")]
    return []


def _in_order(asked: EventIn) -> bool:
    return all(one.rank <= one.size for one in asked.rankings)


def _established_faults(asked: EventIn) -> list[FieldError]:
    errors = []
    if asked.state == "established" and not asked.established_by.strip():
        errors.append(FieldError("/establishedBy", "event-established-by"))
    begins = asked.happened_on or asked.from_on
    if asked.decided_on is not None and begins is not None and asked.decided_on < begins:
        errors.append(FieldError("/decidedOn", "event-decided"))
    return errors


def evaluation_faults(asked: EvaluationIn) -> list[FieldError]:
    """What is wrong with an evaluation: its days, its place in the cycle (R70), its score."""
    errors = []
    if asked.ends_on < asked.starts_on:
        errors.append(FieldError("/endsOn", "evaluation-ends"))
    if not is_of_cycle(asked.kind, asked.year, asked.cycle_from):
        errors.append(FieldError("/cycleFrom", "evaluation-cycle"))
    if asked.score is not None and Decimal(asked.score) > _PERCENT:
        errors.append(FieldError("/score", "evaluation-score"))
    return errors
