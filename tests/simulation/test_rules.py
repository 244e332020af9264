"""The model's own calendar against the vectors that stand in the text (official documents, section 9)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.simulation.rules.tasks import Fault, Task
from tests.simulation.rules.workdays import Workdays


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2026, 2, 12), 3, date(2026, 2, 24)),
        (date(2026, 9, 18), 5, date(2026, 9, 24)),
    ],
)
def test_the_vectors_of_the_text(start: date, days: int, end: date) -> None:
    workdays = Workdays()
    assert workdays.after(start, days) == end
    assert workdays.between(start, end) == days


def test_2026_has_as_many_working_days_as_its_notice_gives() -> None:
    workdays = Workdays()
    first = date(2026, 1, 1)
    assert sum(workdays.works(first + timedelta(days=n)) for n in range(365)) == 248


def test_what_touches_an_unannounced_year_is_only_expected() -> None:
    workdays = Workdays()
    assert not workdays.expected(date(2026, 12, 1), date(2026, 12, 31))
    assert workdays.expected(date(2026, 12, 20), date(2027, 1, 4))
    workdays.announce(2027, off=[date(2027, 1, 1)], worked=[])
    assert not workdays.expected(date(2026, 12, 20), date(2027, 1, 4))


def test_a_task_that_was_moved_away_and_back_was_the_other_unit_s_in_between() -> None:
    confirmed, moved, back = (datetime(2026, 11, 24, hour, tzinfo=UTC) for hour in (1, 5, 9))
    fault = Fault("site", "item", "street", 5, "minor")
    task = Task("id", fault, "street", "minor", date(2026, 12, 1))
    task.moves("health", moved)
    task.moves("health", moved)
    task.moves("street", back)
    asked = (confirmed, moved, back - timedelta(seconds=1), back)
    assert [task.unit_at(at) for at in asked] == ["street", "health", "health", "street"]
