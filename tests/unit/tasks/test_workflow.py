"""The table of steps, over the whole product of states, actions and roles."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import get_args

import pytest

from schemas.tasks import ActionName, TaskStatus
from server.auth import roles
from server.tasks.workflow import (
    LIVE,
    TRANSITIONS,
    ActorFacts,
    Denial,
    TaskFacts,
    allowed_actions,
    denial_of,
    next_status,
)

STATES: tuple[TaskStatus, ...] = get_args(TaskStatus)
ACTIONS: tuple[ActionName, ...] = get_args(ActionName)
OWNER, OTHER, SEAT = "the unit that owes", "another unit", "the unit that the office sits in"

# Written out once more and not taken from the code: who may do what at all, and in which states it makes sense.
REVIEWERS, VERIFIERS, UNIT = {"office", "supervisor"}, {"office", "supervisor", "inspector"}, set(roles.UNIT)
WHO: dict[ActionName, set[str]] = {
    "confirm": REVIEWERS,
    "correct": REVIEWERS,
    "void": {"office"},
    "extend": {"office"},
    "refuse_extension": {"office"},
    "acknowledge": UNIT,
    "progress": UNIT,
    "ask_extension": UNIT,
    "reply": UNIT | {"office"},
    "return": VERIFIERS,
    "strike_off": VERIFIERS,
    "not_seen": VERIFIERS,
    "name_persons": UNIT | {"office"},
}
WHEN: dict[ActionName, dict[TaskStatus, TaskStatus]] = {
    "confirm": {"draft": "open", "open": "open", "replied": "replied", "closed": "closed"},
    "correct": {"open": "open", "replied": "replied"},
    "void": {"draft": "void", "open": "void", "replied": "void", "closed": "closed"},
    "extend": {"open": "open", "replied": "replied"},
    "acknowledge": {"open": "open"},
    "progress": {"open": "open"},
    "ask_extension": {"open": "open"},
    "refuse_extension": {"open": "open"},
    "reply": {"open": "replied"},
    "return": {"replied": "open"},
    "strike_off": {"open": "closed", "replied": "closed"},
    "not_seen": {"replied": "replied"},
    "name_persons": {"open": "open", "replied": "replied"},
}


def person(role: str, *, unit: str = OTHER, seat: str | None = None, name: str = "somebody") -> ActorFacts:
    """A person; a unit's people are the owner's unless told otherwise."""
    return ActorFacts(name, role, OWNER if role in roles.UNIT and unit == OTHER else unit, seat)


def task(status: TaskStatus, *, drafts: bool = True) -> TaskFacts:
    return TaskFacts(
        status, OWNER, fixers=frozenset({"fixer"}), finders=frozenset({"finder"}), has_draft_findings=drafts
    )


def expected(action: ActionName, status: TaskStatus, role: str, *, drafts: bool) -> Denial | None:
    if role not in WHO[action]:
        return "role"
    if status not in WHEN[action]:
        return "state"
    if action == "refuse_extension":
        return "state"  # nobody asked
    decides_sightings = action == "confirm" or (action == "void" and status == "closed")
    return "state" if decides_sightings and not drafts else None


def test_r41_every_step_in_every_state_for_every_role() -> None:
    cells = 0
    for action, status, role, drafts in product(ACTIONS, STATES, sorted(roles.ALL), (True, False)):
        denial = denial_of(action, task(status, drafts=drafts), person(role), strict=False)
        assert denial == expected(action, status, role, drafts=drafts), (action, status, role, drafts)
        cells += 1
    assert cells == len(WHO) * 5 * 9 * 2


def test_r5_supervisors_and_the_office_confirm_and_nobody_else() -> None:
    for role in roles.ALL:
        allowed = denial_of("confirm", task("draft"), person(role), strict=False) is None
        assert allowed == (role in {"supervisor", "office"}), role


def test_r41_each_step_leads_where_the_table_says() -> None:
    for action, status in product(ACTIONS, STATES):
        if status in WHEN[action]:
            assert next_status(status, action) == WHEN[action][status]
        else:
            with pytest.raises(KeyError):
                next_status(status, action)


def test_nothing_leads_out_of_closed_and_void() -> None:
    for (status, action), following in TRANSITIONS.items():
        if status not in LIVE:
            assert following == status, action


@pytest.mark.parametrize("action", ["progress", "reply"])
def test_r8_a_units_people_act_on_their_own_units_tasks_only(action: ActionName) -> None:
    for role in roles.UNIT:
        assert denial_of(action, task("open"), ActorFacts("x", role, OWNER), strict=False) is None
        assert denial_of(action, task("open"), ActorFacts("x", role, "elsewhere"), strict=False) == "other_unit"
        assert denial_of(action, task("open"), ActorFacts("x", role, None), strict=False) == "other_unit"


@pytest.mark.parametrize("action", ["strike_off", "return"])
@pytest.mark.parametrize("strict", [False, True])
def test_r41_who_fixed_never_verifies_in_any_role(action: ActionName, strict: bool) -> None:
    for role in VERIFIERS:
        assert denial_of(action, task("replied"), person(role, name="fixer"), strict=strict) == "own_work"


@pytest.mark.parametrize("action", ["strike_off", "return"])
def test_r41_nobody_of_the_unit_that_owes_verifies(action: ActionName) -> None:
    for role in VERIFIERS:
        assert denial_of(action, task("replied"), person(role, unit=OWNER), strict=False) == "own_unit"


@pytest.mark.parametrize("action", ["strike_off", "return"])
def test_r2_the_office_does_not_verify_what_the_unit_it_sits_in_owes(action: ActionName) -> None:
    office = person("office", unit="the office", seat=OWNER)
    assert denial_of(action, task("replied"), office, strict=False) == "own_unit"
    assert denial_of(action, task("replied"), replace(office, seat_unit_id=SEAT), strict=False) is None


@pytest.mark.parametrize("action", ["strike_off", "return"])
def test_r41_who_found_it_verifies_unless_strict(action: ActionName) -> None:
    finder = person("inspector", name="finder")
    assert denial_of(action, task("replied"), finder, strict=False) is None
    assert denial_of(action, task("replied"), finder, strict=True) == "finder"
    assert denial_of(action, task("replied"), person("inspector"), strict=True) is None


def test_what_a_person_may_do_is_what_is_not_denied() -> None:
    for status, role in product(STATES, sorted(roles.ALL)):
        actor = person(role)
        allowed = allowed_actions(task(status), actor, strict=False)
        assert set(allowed) == {a for a in ACTIONS if denial_of(a, task(status), actor, strict=False) is None}
    assert allowed_actions(task("replied"), person("office"), strict=False) == [
        "confirm",
        "correct",
        "void",
        "extend",
        "return",
        "strike_off",
        "not_seen",
        "name_persons",
    ]


def test_r14_a_task_is_signed_for_once() -> None:
    seen = replace(task("open"), is_acknowledged=True)
    assert denial_of("acknowledge", task("open"), person("liaison"), strict=False) is None
    assert denial_of("acknowledge", seen, person("liaison"), strict=False) == "state"


def test_r41_one_request_for_time_waits_at_a_time_and_the_office_answers_it() -> None:
    waiting = replace(task("open"), extension_waits=True)
    assert denial_of("ask_extension", task("open"), person("liaison"), strict=False) is None
    assert denial_of("ask_extension", waiting, person("liaison"), strict=False) == "state"
    assert denial_of("refuse_extension", waiting, person("office"), strict=False) is None
    assert denial_of("refuse_extension", waiting, person("supervisor"), strict=False) == "role"
