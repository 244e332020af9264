"""How late a task is, which lamp it shows, how its unit stands."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from server.ledger.entries import Clock
from server.ledger.standing import Standing
from server.org.working_days import WorkCalendar
from tests.unit.ledger.rows import entry

FRIDAY, MONDAY, TUESDAY, WEDNESDAY = (date(2026, 11, day) for day in (20, 23, 24, 25))
CALENDAR = WorkCalendar()


def face(**changes: Any) -> Clock:
    facts: dict[str, Any] = {"status": "open", "due_on": FRIDAY, "counted_on": TUESDAY, "answered_on": None}
    return Clock(**(facts | changes))


@pytest.mark.parametrize(
    ("facts", "late", "lamp"),
    [
        ({"counted_on": date(2026, 11, 16)}, 0, "none"),
        ({"counted_on": date(2026, 11, 18)}, 0, "amber"),
        ({"counted_on": FRIDAY}, 0, "amber"),
        ({"counted_on": date(2026, 11, 21)}, 1, "red"),
        ({"counted_on": TUESDAY}, 2, "red"),
        ({"status": "replied", "answered_on": FRIDAY}, 0, "none"),
        ({"status": "replied", "answered_on": MONDAY}, 1, "red"),
        ({"status": "closed", "answered_on": FRIDAY}, 0, "green"),
        ({"status": "closed", "answered_on": WEDNESDAY}, 3, "green"),
        ({"status": "draft"}, 0, "none"),
        ({"status": "void"}, 0, "none"),
    ],
)
def test_lateness_and_lamp(facts: dict[str, Any], late: int, lamp: str) -> None:
    clock = face(**facts)
    assert (clock.days_late(CALENDAR), clock.lamp(CALENDAR)) == (late, lamp)


def test_r12_a_unit_that_only_watches_is_never_late() -> None:
    clock = face(only_watched=True)
    assert (clock.days_late(CALENDAR), clock.lamp(CALENDAR)) == (0, "none")


def test_units_stand_by_what_was_asked_of_them() -> None:
    standing = Standing()
    for unit, status, late in (
        ("甲", "closed", 0), ("甲", "closed", 2), ("甲", "open", 1), ("甲", "open", 0), ("甲", "void", 0),
        ("乙", "draft", 0), ("丙", "replied", 0),
    ):  # fmt: skip
        standing.add(entry(unit=unit, status=status, days_late=late))
    rows = {unit: (c.total, c.closed, c.on_time, c.overdue, c.rate) for unit, c in standing.rows()}
    assert rows == {"甲": (4, 2, 1, 1, 0.5), "丙": (1, 0, 0, 0, 0.0), "": (5, 2, 1, 1, 0.4)}
