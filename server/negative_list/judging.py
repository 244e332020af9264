"""What an event costs, clause by clause (R69–R83). Pure: the same facts always give the same outcome."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from server.negative_list.conditions import condition_question
from server.negative_list.facts import (
    ClauseOutcome,
    EvaluationFacts,
    EventFacts,
    EventOutcome,
    Question,
    Verdict,
    World,
)
from server.negative_list.items import STRENGTH, Clause, Item
from server.negative_list.windows import (
    before_evaluation,
    during_evaluation,
    in_year,
    months_later,
    window_of,
)

_MET = frozenset({"inside", "during", "same_year"})
_YEAR_MONTHS = 12


def judge(event: EventFacts, items: Mapping[str, Item], world: World) -> EventOutcome:
    """The outcome of an event, the strongest effect first (R83). It tells what the event would cost even where it
    does not count. Raises KeyError for an unknown item (R68).
    """
    item = items[event.item_code]
    outcomes: list[ClauseOutcome] = []
    for code in item.condition.tiers or (item.code,):
        for clause in items[code].clauses:
            outcomes += _clause_outcomes(clause, items[code], event, items, world)
    return EventOutcome(
        event_id=event.id,
        counts=event.counts,
        questions=(
            Question("state", event.state == "established", event.state),
            Question("level", event.level == "city", event.level),
        ),
        clauses=tuple(sorted(outcomes, key=_order)),
    )


def _order(outcome: ClauseOutcome) -> tuple[int, int, str]:
    certainty = ("takes_effect", "undecided", "no_effect").index(outcome.verdict)
    return certainty, STRENGTH.index(outcome.effect), outcome.clause_code


def _clause_outcomes(
    clause: Clause, item: Item, event: EventFacts, items: Mapping[str, Item], world: World
) -> list[ClauseOutcome]:
    """One outcome for each evaluation that a clause may concern, or a single one."""
    if not clause.kinds:
        questions = [
            _status_question(clause, event.when.start, world),
            condition_question(item.condition, event, frozenset()),
        ]
        if item.condition.while_suspended:
            questions.append(_suspended_question(event, items, world))
        return [_outcome(clause, event, questions)]
    found = _concerned(clause, event, world)
    rows = [_for_evaluation(clause, item, event, one, world) for one in found]
    if not any(one.starts_on > event.when.start for one in found) and not any(
        r.verdict == "takes_effect" for r in rows
    ):
        rows.append(_for_none(clause, item, event, world))
    if all(_status_fails(row) for row in rows):
        return [_outcome(clause, event, [_status_question(clause, event.when.start, world)])]
    return rows


def _status_fails(outcome: ClauseOutcome) -> bool:
    return any(one.kind == "status" and one.holds is False for one in outcome.questions)


def _concerned(clause: Clause, event: EventFacts, world: World) -> list[EvaluationFacts]:
    """Those that an event lies in the window of, the next one ahead, and one that had begun within a year before."""
    known = world.evaluations_of(clause.kinds)
    ahead = [one for one in known if one.starts_on > event.when.start][:1]
    begun_after = months_later(event.when.start, -_YEAR_MONTHS)
    begun = [one for one in known if begun_after < one.starts_on <= event.when.start][-1:]
    return [one for one in known if one in ahead or one in begun or _window_question(clause, event, one).holds]


def _for_evaluation(
    clause: Clause, item: Item, event: EventFacts, evaluation: EvaluationFacts, world: World
) -> ClauseOutcome:
    persons = persons_in(item, event, clause, evaluation, world)
    questions = [
        _status_question(clause, evaluation.starts_on, world),
        condition_question(item.condition, event, persons),
        _window_question(clause, event, evaluation),
    ]
    return _outcome(clause, event, questions, evaluation)


def _for_none(clause: Clause, item: Item, event: EventFacts, world: World) -> ClauseOutcome:
    """The evaluation that it waits for is not on record yet: nothing can be said about the window."""
    questions = [
        _status_question(clause, event.when.start, world),
        condition_question(item.condition, event, event.persons),
        Question("evaluation", None, "none_ahead", {"when": clause.when}),
    ]
    return _outcome(clause, event, questions)


def persons_in(
    item: Item, event: EventFacts, clause: Clause, evaluation: EvaluationFacts, world: World
) -> frozenset[str]:
    """The distinct persons of an item's tiers in an evaluation's window: one tier applies by their number (R74)."""
    if not item.condition.tiers:
        return event.persons
    others = [one for one in world.events if one.counts and one.id != event.id]
    concerned = [event, *(one for one in others if one.item_code in item.condition.tiers)]
    return frozenset[str]().union(
        *(one.persons for one in concerned if _window_question(clause, one, evaluation).holds)
    )


def _status_question(clause: Clause, day: date, world: World) -> Question:
    status = world.status_on(day)
    held = None if status is None else status in clause.statuses
    wanted = "both" if len(clause.statuses) > 1 else min(clause.statuses)
    return Question("status", held, wanted, {"status": status, "on": day.isoformat()})


def _window_question(clause: Clause, event: EventFacts, evaluation: EvaluationFacts) -> Question:
    if clause.window_months is None:
        found = in_year(event.when, evaluation.year)
        return Question("window", found in _MET, found, {"year": evaluation.year})
    if clause.window_months == 0:
        found = during_evaluation(event.when, evaluation.starts_on, evaluation.ends_on)
        first, last = evaluation.starts_on, evaluation.ends_on
    else:
        found = before_evaluation(event.when, evaluation.starts_on, clause.window_months)
        first, last = window_of(evaluation.starts_on, clause.window_months)
    return Question("window", found in _MET, found, {"first": first.isoformat(), "last": last.isoformat()})


def _suspended_question(event: EventFacts, items: Mapping[str, Item], world: World) -> Question:
    """I30 needs a suspension that was running (R82): another event's, from its decision on."""
    others = [one for one in world.events if one.counts and one.id != event.id]
    spans = suspensions_of(others, items, world)
    held = any(_overlaps(event, start, last) for start, last in spans)
    return Question("suspended", held, "running" if held else "none", {})


def _overlaps(event: EventFacts, start: date, last: date) -> bool:
    return event.when.start <= last and (event.when.until is None or event.when.until >= start)


def suspensions_of(events: Iterable[EventFacts], items: Mapping[str, Item], world: World) -> list[tuple[date, date]]:
    """The spans, first and last day, of the suspensions that were decided; overlapping ones do not add up (R83)."""
    spans: list[tuple[date, date]] = []
    for event in events:
        if not event.counts or event.decided_on is None or items[event.item_code].condition.while_suspended:
            continue
        for outcome in judge(event, items, world).clauses:
            if outcome.suspended_from is not None and outcome.suspended_until is not None:
                spans.append((outcome.suspended_from, outcome.suspended_until))
    return merged(spans)


def suspension_span(decided_on: date, years: int) -> tuple[date, date]:
    """The first and the last day of a suspension that runs from the day of the decision."""
    return decided_on, months_later(decided_on, _YEAR_MONTHS * years) - timedelta(days=1)


def merged(spans: Iterable[tuple[date, date]]) -> list[tuple[date, date]]:
    """Spans with those put together that overlap."""
    found: list[tuple[date, date]] = []
    for start, last in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(last, found[-1][1])
        else:
            found.append((start, last))
    return found


def _outcome(
    clause: Clause, event: EventFacts, questions: list[Question], evaluation: EvaluationFacts | None = None
) -> ClauseOutcome:
    verdict = verdict_of(questions)
    start = last = None
    if clause.effect == "suspend" and verdict == "takes_effect" and event.decided_on is not None:
        start, last = suspension_span(event.decided_on, clause.duration_years)
    return ClauseOutcome(
        clause_code=clause.code,
        item_code=clause.item_code,
        effect=clause.effect,
        effect_text=clause.effect_text,
        points=clause.points,
        verdict=verdict,
        questions=tuple(questions),
        evaluation_id=evaluation.id if evaluation else None,
        suspended_from=start,
        suspended_until=last,
    )


def verdict_of(questions: Iterable[Question]) -> Verdict:
    """One test that fails is enough; one that cannot be told leaves it open."""
    answers = [one.holds for one in questions]
    if False in answers:
        return "no_effect"
    return "undecided" if None in answers else "takes_effect"
