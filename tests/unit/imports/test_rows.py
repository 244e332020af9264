"""What a row becomes, and what is said about it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.imports.names import ItemName
from server.imports.rows import Ground, Reading, read_row
from server.imports.states import Earlier, Live, is_chosen, keys_of, stand, twice_in_file
from server.imports.words import FIELDS
from tests.unit.imports.test_names import DIRECTORY, unit

TODAY = date(2026, 11, 24)
GROUND = Ground("ledger", DIRECTORY, TODAY)
GOOD = {
    "problem": "无标识",
    "unit": "区卫计局",
    "due_on": "2026-12-01",
    "found_at": "2026-03-05",
    "site": "田心示范医院",
}


def read(ground: Ground = GROUND, /, **cells: str) -> Reading:
    return read_row(GOOD | cells, ground)


def faults(reading: Reading) -> dict[str, str]:
    return {fault.code: fault.level for fault in reading.faults}


def state(reading: Reading, **beside: Any) -> str:
    return stand(reading, earlier=beside.get("earlier"), live=beside.get("live", [])).state


def test_r92_a_row_in_order_is_new_and_keeps_its_dates() -> None:
    reading = read(replied_on="2026.4.1", done="已张贴", severity="较重", number="2026-7", item="YL-B01")
    draft = reading.draft
    assert reading.faults == []
    assert (draft.found_on, draft.due_on, draft.replied_on) == (date(2026, 3, 5), date(2026, 12, 1), date(2026, 4, 1))
    assert (draft.unit_id, draft.site_id, draft.item_code, draft.severity) == ("U-WJJ", "s1", "YL-B01", "major")
    assert (draft.number, draft.done) == ("2026-7", "已张贴")
    assert state(reading) == "new"


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"problem": ""}, "problem-missing"),
        ({"unit": ""}, "unit-missing"),
        ({"unit": "区水务局"}, "unit-unknown"),
        ({"due_on": ""}, "due-missing"),
        ({"due_on": "立行立改"}, "no-date"),
        ({"due_on": "2026-03-01"}, "due-before-found"),
        ({"found_at": "2026-12-24"}, "day-to-come"),
        ({"found_at": "不详"}, "no-date"),
        ({"problem": "字" * 4001}, "text-too-long"),
    ],
)
def test_r92_what_a_task_cannot_stand_on_is_an_error(cells: dict[str, str], code: str) -> None:
    reading = read(**cells)
    assert faults(reading)[code] == "error"
    assert state(reading) == "error"


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"unit": "区卫计局、田心街道"}, "units-several"),
        ({"unit": "田心街道党工委"}, "unit-guessed"),
        ({"site": "田心示范医院门诊楼"}, "site-guessed"),
        ({"severity": "红色"}, "severity-unknown"),
        ({"replied_on": "2026-02-01"}, "replied-before-found"),
        ({"replied_on": "不详"}, "no-date"),
    ],
)
def test_r92_what_a_person_should_look_at_is_doubtful(cells: dict[str, str], code: str) -> None:
    reading = read(**cells)
    assert faults(reading)[code] == "doubt"
    assert state(reading) == "doubtful"


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"is_closed": "是"}, "is-closed"),
        ({"is_closed": "已销号"}, "is-closed"),
        ({"is_closed": "√"}, "is-closed"),
        ({"lamp": "绿 已销号"}, "is-closed"),
        ({"closed_at": "2026-05-01"}, "is-closed"),
        ({"lamp": "已作废"}, "is-void"),
        ({"lamp": "待确认"}, "is-unconfirmed"),
    ],
)
def test_r92_only_open_rows_are_taken_and_the_others_say_why_not(cells: dict[str, str], code: str) -> None:
    reading = read(**cells)
    assert faults(reading)[code] == "left_out"
    assert state(reading) == "left_out"


@pytest.mark.parametrize("said", ["否", "未完成", "整改中", "", "正在整改", "未销号"])
def test_r92_a_row_that_is_not_closed_is_open(said: str) -> None:
    assert state(read(is_closed=said)) == "new"


@pytest.mark.parametrize(
    "cells",
    [
        {"serial": "一、医疗卫生机构"},
        {"serial": "合计", "return_count": "12"},
        {"serial": "序号", "problem": "存在问题", "unit": "责任单位", "due_on": "整改时限"},
    ],
)
def test_sections_sums_and_repeated_headings_are_no_entries(cells: dict[str, str]) -> None:
    assert faults(read_row(cells, GROUND)) == {"no-entry": "left_out"}


def test_notes_hold_nothing_up() -> None:
    reading = read(site="某菜市场", item="环境卫生", due_on="12月1日")
    assert faults(reading) == {"site-unknown": "note", "item-unknown": "note", "assumed-year": "note"}
    assert reading.draft.institution == "某菜市场"
    assert state(reading) == "new"


def test_an_item_that_is_not_asked_at_the_site_is_not_linked() -> None:
    directory = DIRECTORY.of(
        DIRECTORY.units.values(),
        DIRECTORY.sites.values(),
        [ItemName("KP-1", "x", "major", frozenset({"science_room"}))],
    )
    reading = read(Ground("ledger", directory, TODAY), item="KP-1")
    assert (reading.draft.item_code, faults(reading)) == (None, {"item-not-there": "note"})


def test_a_unit_that_owes_nothing_any_more_is_an_error() -> None:
    directory = DIRECTORY.of([unit("U-X", "区某局", owes=False)], [], [])
    assert faults(read(Ground("ledger", directory, TODAY), unit="区某局"))["unit-not-member"] == "error"


def test_r91_a_superiors_deadline_that_has_passed_is_an_error_and_a_ledgers_is_not() -> None:
    assert faults(read(Ground("superior", DIRECTORY, TODAY), due_on="2026-11-23")) == {"due-passed": "error"}
    assert faults(read(due_on="2026-11-23")) == {}


def test_r91_a_row_without_a_deadline_takes_the_one_of_its_list() -> None:
    ground = Ground("superior", DIRECTORY, TODAY, list_due_on=date(2026, 12, 9))
    assert read(ground, due_on="").draft.due_on == date(2026, 12, 9)


@given(st.dictionaries(st.sampled_from(FIELDS), st.text(max_size=30)))
def test_no_row_breaks_the_reader(cells: dict[str, str]) -> None:
    reading = read_row(cells, GROUND)
    standing = stand(reading, earlier=None, live=[])
    if standing.state in ("new", "doubtful"):
        draft = reading.draft
        assert draft.problem and draft.unit_id and draft.due_on
        assert draft.found_on is None or draft.found_on <= min(TODAY, draft.due_on)


def test_r92_the_same_rows_give_the_same_keys_and_equal_rows_differ() -> None:
    rows = [{"problem": "无标识", "unit": "区卫计局"}] * 2 + [{"problem": "烟头", "unit": "区卫计局"}]
    keys = keys_of("ledger", rows, [None] * 3)
    assert keys == keys_of("ledger", rows, [None] * 3)
    assert len(set(keys)) == 3
    pushed_down = keys_of("ledger", [{"problem": "新"}, *rows], [None] * 4)
    assert pushed_down[1:] == keys
    assert not set(keys) & set(keys_of("superior", rows, [None] * 3))


def test_r92_how_a_row_was_changed_in_what_was_done_it_is_the_same_row() -> None:
    before, after = {"problem": "无标识", "done": ""}, {"problem": "无 标识", "done": "已整改", "measure": "x"}
    assert keys_of("ledger", [before], [None]) == keys_of("ledger", [after], [None])


@pytest.mark.parametrize(
    ("earlier", "expected"),
    [
        (Earlier("t", "1", is_live=True, same_file=False), "existing"),
        (Earlier("t", "1", is_live=False, same_file=True), "existing"),
        (Earlier("t", "1", is_live=False, same_file=False), "doubtful"),
    ],
)
def test_r92_a_row_taken_before_is_there_unless_its_task_is_over(earlier: Earlier, expected: str) -> None:
    assert state(read(), earlier=earlier) == expected


def test_r92_one_fault_has_one_task() -> None:
    same = Live("t", "2026-0001", "别的话", "U-WJJ", "s1", "YL-B01")
    assert state(read(item="YL-B01"), live=[same]) == "existing"
    assert state(read(), live=[same]) == "new"
    told = Live("t", "2026-0001", "无标识", "U-WJJ", "s1", None)
    assert state(read(), live=[told]) == "doubtful"
    assert state(read(number="2026-0001"), live=[told]) == "existing"


def test_r92_the_second_row_of_a_fault_names_the_first() -> None:
    readings = [(3, read(item="YL-B01")), (4, read(item="YL-B01", is_closed="是")), (5, read(item="YL-B01"))]
    assert twice_in_file(readings) == {5: 3}


@pytest.mark.parametrize(
    ("standing", "chosen", "taken"),
    [
        ("new", None, True), ("new", False, False), ("doubtful", None, False), ("doubtful", True, True),
        ("error", True, False), ("existing", True, False), ("left_out", True, False),
    ],
)  # fmt: skip
def test_r92_only_what_is_new_or_was_chosen_is_taken(standing: Any, chosen: bool | None, taken: bool) -> None:
    assert is_chosen(standing, chosen) is taken
