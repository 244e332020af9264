"""The ladder on plain values: just before, at and after each threshold."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from server.letters.escalation import (
    LetterFacts,
    Reason,
    SupervisionFacts,
    TaskFacts,
    earns_report,
    propose_assignments,
    propose_supervision,
    supervision_ground,
    trigger_of,
)
from server.org.rules import Rules
from server.org.working_days import WorkCalendar

RULES = Rules()
# 2026-02-16 to -20 and -23 are holidays, Saturday 14 and 28 are worked.
CALENDAR = WorkCalendar(
    {date(2026, 2, day): False for day in (16, 17, 18, 19, 20, 23)} | {date(2026, 2, 14): True, date(2026, 2, 28): True}
)
MONDAY = date(2026, 3, 2)


def task(**changes: object) -> TaskFacts:
    facts: dict[str, object] = {
        "id": "t1",
        "unit_id": "u1",
        "status": "open",
        "due_on": MONDAY,
        "confirmed_on": date(2026, 2, 24),
    }
    return TaskFacts(**(facts | changes))  # type: ignore[arg-type]


def reason(one: TaskFacts, today: date) -> Reason | None:
    return trigger_of(one, today=today, calendar=CALENDAR, rules=RULES)


def test_r43_a_task_past_due_without_reply_has_no_progress_from_the_next_day_on() -> None:
    assert reason(task(), MONDAY) is None
    late = reason(task(), MONDAY + timedelta(days=1))
    assert late == Reason("t1", "no_progress", 1)


@pytest.mark.parametrize("status", ["draft", "replied", "closed", "void"])
def test_r43_only_an_open_task_earns_a_letter(status: str) -> None:
    assert reason(task(status=status, is_relapse=True), MONDAY + timedelta(days=30)) is None


def test_r43_a_long_limit_asks_for_progress_in_its_first_half() -> None:
    long_one = task(due_on=date(2026, 3, 31), confirmed_on=date(2026, 3, 2))
    assert reason(long_one, date(2026, 3, 16)) is None  # ten working days of twenty: half, not more
    assert reason(long_one, date(2026, 3, 17)) == Reason("t1", "no_progress", 11)


def test_r43_a_progress_entry_starts_the_half_anew() -> None:
    entered = {"confirmed_on": MONDAY, "progressed_on": date(2026, 3, 10)}
    told = task(due_on=date(2026, 3, 30), **entered)
    assert reason(told, date(2026, 3, 17)) is None
    assert reason(told, date(2026, 3, 25)) == Reason("t1", "no_progress", 11)


def test_r43_a_limit_of_ten_days_is_not_long() -> None:
    short = task(due_on=date(2026, 3, 16), confirmed_on=date(2026, 3, 2))
    assert reason(short, date(2026, 3, 16)) is None
    assert reason(task(due_on=date(2026, 3, 17), confirmed_on=date(2026, 3, 2)), date(2026, 3, 10))


def test_r43_the_limit_is_the_tasks_own_and_not_its_items() -> None:
    given_more = task(due_on=date(2026, 3, 30), confirmed_on=MONDAY)  # the office gave twenty days to an item of five
    assert reason(given_more, date(2026, 3, 16)) is None
    assert reason(given_more, date(2026, 3, 17)) == Reason("t1", "no_progress", 11)
    given_less = task(due_on=date(2026, 3, 13), confirmed_on=MONDAY)
    assert reason(given_less, date(2026, 3, 13)) is None


def test_r41_days_for_which_the_clock_stood_still_are_no_silence() -> None:
    # Twenty days of its own; from 4 to 16 March (eight working days) a request for more time waited.
    rested = task(due_on=date(2026, 4, 9), confirmed_on=MONDAY, rests=((date(2026, 3, 4), date(2026, 3, 16)),))
    assert reason(rested, date(2026, 3, 26)) is None
    assert reason(rested, date(2026, 3, 27)) == Reason("t1", "no_progress", 11)


def test_r43_only_working_days_count_towards_stalling() -> None:
    before_festival = task(due_on=date(2026, 3, 6), confirmed_on=date(2026, 2, 12))
    # Between 12 February and 2 March lie 13, 14 (worked), 24, 25, 26, 27, 28 (worked) and 2 March: eight days.
    found = reason(before_festival, date(2026, 3, 2))
    assert found is not None and found.days == 8


def test_r43_a_relapse_and_a_returned_reply_are_unstable() -> None:
    assert reason(task(is_relapse=True), MONDAY) == Reason("t1", "unstable")
    assert reason(task(return_count=1), MONDAY) == Reason("t1", "unstable")


@pytest.mark.parametrize(
    ("origin", "send_letter", "earned"),
    [
        ("superior", False, True),
        ("leader", False, True),
        ("office", False, True),
        ("inspection", False, False),
        ("inspection", True, False),
        ("meeting", False, False),
        ("meeting", True, True),
    ],
)
def test_r43_what_was_added_earns_a_letter_and_a_finding_never_for_that(
    origin: str, send_letter: bool, earned: bool
) -> None:
    found = reason(task(origin=origin, send_letter=send_letter), MONDAY)
    assert (found == Reason("t1", "added")) is earned


def test_r51_a_meetings_task_is_added_only_where_the_office_ticked_it() -> None:
    assert reason(task(origin="meeting"), MONDAY) is None
    assert reason(task(origin="meeting", send_letter=True), MONDAY) is not None


def test_r43_a_resting_task_and_one_in_a_letter_earn_nothing() -> None:
    late = MONDAY + timedelta(days=40)
    assert reason(task(resting=True), late) is None
    assert reason(task(in_letter=True), late) is None


def test_r43_one_letter_a_unit_lists_all_its_tasks_by_deadline() -> None:
    tasks = [
        task(id="b", due_on=date(2026, 2, 27)),
        task(id="a", due_on=date(2026, 2, 26)),
        task(id="c", unit_id="u2", is_relapse=True),
        task(id="d", due_on=date(2026, 3, 31)),
    ]
    batches = propose_assignments(tasks, today=MONDAY, calendar=CALENDAR, rules=RULES)
    assert [(b.unit_id, [r.task_id for r in b.reasons]) for b in batches] == [("u1", ["a", "b"]), ("u2", ["c"])]


def letter(**changes: object) -> LetterFacts:
    facts: dict[str, object] = {
        "id": "l1",
        "unit_id": "u1",
        "issued_on": date(2026, 3, 2),
        "reply_due_on": date(2026, 3, 9),
        "task_deadlines": {"t1": date(2026, 3, 31)},
    }
    return LetterFacts(**(facts | changes))  # type: ignore[arg-type]


def test_r46_neither_communication_nor_reply_is_a_ground_from_the_next_day_on() -> None:
    assert supervision_ground(letter(), today=date(2026, 3, 9)) is None
    assert supervision_ground(letter(), today=date(2026, 3, 10)) == ("silent", date(2026, 3, 9))


def test_r46_either_one_in_time_prevents_it() -> None:
    assert supervision_ground(letter(replied_on=date(2026, 3, 9)), today=date(2026, 3, 20)) is None
    told = letter(communicated_on=date(2026, 3, 9), agreed_until=date(2026, 3, 16))
    assert supervision_ground(told, today=date(2026, 3, 16)) is None
    assert supervision_ground(told, today=date(2026, 3, 17)) == ("silent", date(2026, 3, 16))


def test_r46_communication_after_the_limit_prevents_nothing() -> None:
    late = letter(communicated_on=date(2026, 3, 10), agreed_until=date(2026, 3, 31))
    assert supervision_ground(late, today=date(2026, 3, 11)) == ("silent", date(2026, 3, 9))


def test_r46_a_passed_deadline_or_two_returns_are_the_other_ground() -> None:
    answered = letter(replied_on=date(2026, 3, 5))
    assert supervision_ground(answered, today=date(2026, 3, 31)) is None
    assert supervision_ground(answered, today=date(2026, 4, 1)) == ("unfixed", date(2026, 3, 31))
    twice = letter(replied_on=date(2026, 3, 5), returned_twice=frozenset({"t1"}))
    assert supervision_ground(twice, today=date(2026, 3, 12)) == ("unfixed", date(2026, 3, 12))


def test_r46_communication_in_time_prevents_it_even_where_no_later_date_was_agreed() -> None:
    told = letter(communicated_on=date(2026, 3, 9))
    assert supervision_ground(told, today=date(2026, 3, 31)) is None
    assert supervision_ground(told, today=date(2026, 4, 1)) == ("unfixed", date(2026, 3, 31))


def test_r46_a_passed_limit_is_a_ground_before_the_letter_was_answered() -> None:
    short = letter(task_deadlines={"t1": date(2026, 3, 4)})
    assert supervision_ground(short, today=date(2026, 3, 4)) is None
    assert supervision_ground(short, today=date(2026, 3, 5)) == ("unfixed", date(2026, 3, 4))
    assert supervision_ground(short, today=date(2026, 3, 10)) == ("silent", date(2026, 3, 9))


def test_r46_none_where_all_is_struck_off_or_supervised_already() -> None:
    assert supervision_ground(letter(task_deadlines={}), today=date(2026, 5, 1)) is None


def test_r46_overdue_days_are_statutory_working_days() -> None:
    before = letter(issued_on=date(2026, 2, 9), reply_due_on=date(2026, 2, 13))
    (proposal,) = propose_supervision([before], today=date(2026, 2, 24), calendar=CALENDAR)
    assert (proposal.ground, proposal.overdue_days) == ("silent", 2)  # Saturday 14 and Tuesday 24


def test_r47_the_last_rung_needs_a_passed_deadline_and_no_accepted_progress() -> None:
    facts = SupervisionFacts(id="s1", unit_id="u1", due_on=date(2026, 3, 12), open_tasks=frozenset({"t1"}))
    assert not earns_report(facts, today=date(2026, 3, 12))
    assert earns_report(facts, today=date(2026, 3, 13))
    for prevented in (
        SupervisionFacts(id="s1", unit_id="u1", due_on=facts.due_on, open_tasks=frozenset()),
        SupervisionFacts(id="s1", unit_id="u1", due_on=facts.due_on, open_tasks=facts.open_tasks, has_approval=True),
        SupervisionFacts(
            id="s1",
            unit_id="u1",
            due_on=facts.due_on,
            open_tasks=facts.open_tasks,
            progress_accepted_on=date(2026, 3, 11),
        ),
    ):
        assert not earns_report(prevented, today=date(2026, 3, 20))
