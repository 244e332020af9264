"""Whether a re-check can be planned, over everything that can be wrong with one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from schemas.tasks import TaskStatus
from server.auth import roles
from server.rechecks.planning import Candidate, Plan, faults_of
from server.tasks.workflow import ActorFacts, TaskFacts

TODAY = date(2026, 11, 24)
OWNER = "the unit that owes"
REPLIED = TaskFacts("replied", OWNER, fixers=frozenset({"fixer"}), finders=frozenset({"finder"}))
PLAN = Plan("site", TODAY, TODAY, ["one", "two"], ["someone"])
TASKS = {"one": Candidate("site", REPLIED), "two": Candidate("site", REPLIED)}
PEOPLE = {name: ActorFacts(name, roles.INSPECTOR, "district office") for name in ("someone", "fixer", "finder")}


def found(plan: Plan = PLAN, *, strict: bool = False, **tasks: Candidate) -> list[tuple[str, str]]:
    return [(one.pointer, one.code) for one in faults_of(plan, {**TASKS, **tasks}, PEOPLE, strict=strict)]


def test_a_sound_plan_has_no_fault() -> None:
    assert found() == []
    assert found(replace(PLAN, planned_on=date(2026, 12, 1)), strict=True) == []


def test_r87_no_day_before_the_one_on_which_it_was_asked() -> None:
    assert found(replace(PLAN, planned_on=date(2026, 11, 23))) == [("/plannedOn", "date-passed")]
    # Planned on a phone for the same day, and received two days later.
    asked = date(2026, 11, 22)
    assert found(replace(PLAN, planned_on=asked, asked_on=asked)) == []


@pytest.mark.parametrize("status", ["draft", "open", "closed", "void"])
def test_r41_only_what_was_replied_to_is_checked_again(status: TaskStatus) -> None:
    assert found(two=Candidate("site", replace(REPLIED, status=status))) == [("/taskIds/1", "task-not-replied")]


def test_each_task_is_at_the_site_and_waits_for_one_re_check_only() -> None:
    assert found(two=Candidate("elsewhere", REPLIED)) == [("/taskIds/1", "task-elsewhere")]
    assert found(two=Candidate(None, REPLIED)) == [("/taskIds/1", "task-elsewhere")]
    assert found(two=replace(TASKS["two"], waits_in="another")) == [("/taskIds/1", "recheck-planned")]
    assert found(replace(PLAN, task_ids=["one", "three"])) == [("/taskIds/1", "task-unknown")]
    assert found(replace(PLAN, task_ids=["one", "one"])) == [("/taskIds", "named-twice")]


def test_r41_nobody_is_sent_who_fixed_it_and_in_strict_mode_nobody_who_found_it() -> None:
    assert found(replace(PLAN, assignees=["fixer"])) == [("/assignees/0", "fixed-it")]
    assert found(replace(PLAN, assignees=["finder"])) == []
    assert found(replace(PLAN, assignees=["finder"]), strict=True) == [("/assignees/0", "found-it")]


def test_r41_nobody_of_the_unit_that_owes_is_sent() -> None:
    own = {"own": ActorFacts("own", roles.OFFICE, "office", OWNER)}
    faults = faults_of(replace(PLAN, assignees=["own"]), TASKS, own, strict=False)
    assert [(one.pointer, one.code) for one in faults] == [("/assignees/0", "fixed-it")]


def test_only_who_inspects_is_sent_and_only_once() -> None:
    assert found(replace(PLAN, assignees=["stranger"])) == [("/assignees/0", "no-inspector")]
    assert found(replace(PLAN, assignees=["someone", "someone"])) == [("/assignees", "named-twice")]


def test_everything_that_is_wrong_is_said_at_once() -> None:
    plan = replace(PLAN, planned_on=date(2026, 1, 1), task_ids=["one", "three"], assignees=["stranger"])
    assert [pointer for pointer, _ in found(plan)] == ["/plannedOn", "/taskIds/1", "/assignees/0"]
