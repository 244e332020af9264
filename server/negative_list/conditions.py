"""Whether an item's own condition is met: counts, ranks, scores (R74, R75, R77, R79, R81, R82). Pure and exact."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

from server.negative_list.facts import EventFacts, Question, Ranking
from server.negative_list.items import Condition

_COMPARE: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    ">=": operator.ge,
    "==": operator.eq,
    "<": operator.lt,
}


def condition_question(condition: Condition, event: EventFacts, persons: frozenset[str]) -> Question:
    """The answer to an item's condition; `persons` are the distinct ones of its tiers in the window."""
    match condition.kind:
        case "count":
            held = _COMPARE[condition.op](len(persons), condition.limit)
            return Question("condition", held, "count", {"count": len(persons), "limit": str(condition.limit)})
        case "score" | "percent":
            return _value_question(condition, event.value)
        case "rank":
            return _rank_question(condition, event.rankings)
        case "rank_last":
            return _last_question(condition, event.rankings)
        case _:
            return Question("condition", True, condition.kind)


def _value_question(condition: Condition, value: Decimal | None) -> Question:
    params = {"value": None if value is None else str(value), "limit": str(condition.limit)}
    held = None if value is None else _COMPARE[condition.op](value, condition.limit)
    return Question("condition", held, condition.kind, params)


def _rank_question(condition: Condition, rankings: tuple[Ranking, ...]) -> Question:
    """In the last third: the places from the end are no more than a third of all, unrounded."""
    if not rankings or condition.fraction is None:
        return Question("condition", None, "rank", {"rank": None, "size": None})
    place = rankings[0]
    held = place.size - place.rank + 1 <= condition.fraction * place.size
    return Question("condition", held, "rank", {"rank": place.rank, "size": place.size})


def is_last(ranking: Ranking, places: Mapping[str, int]) -> bool:
    """Whether a place is 末位 in its group: the last of 省会组 and 城区组, the last three of 地级市组 (R81)."""
    return ranking.rank > ranking.size - places[ranking.group]


def _last_question(condition: Condition, rankings: tuple[Ranking, ...]) -> Question:
    if len(rankings) < condition.consecutive:
        return Question("condition", None, "rank_last", {"last": 0, "consecutive": condition.consecutive})
    last = [is_last(one, condition.places) for one in rankings[-condition.consecutive :]]
    return Question("condition", all(last), "rank_last", {"last": sum(last), "consecutive": condition.consecutive})
