"""What a month's decomposition lacks, and what is wrong with a line."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from schemas.decomposition import MonthLineIn, MonthLineOut
from server.workplans.decomposing import gaps_of, is_over, line_faults

UNIT = "00000000-0000-7000-8000-000000000001"


def line(contact_on: date | None) -> MonthLineOut:
    return MonthLineOut(
        unit_id=UNIT,
        unit_name="区卫计局",
        number=1,
        what="x",
        due_on=date(2026, 11, 20),
        contact_on=contact_on,
        contact="",
        problem="",
        result="",
        done_on=None,
        done_note="",
        late_days=0,
        entered_at=datetime(2026, 11, 1, tzinfo=UTC),
        entered_by="x",
    )


def asked(**how: Any) -> MonthLineIn:
    said = {
        "month": "2026-11",
        "indicator_code": "III-61",
        "unit_id": UNIT,
        "what": "核对",
        "due_on": date(2026, 11, 1),
    }
    return MonthLineIn(**{**said, **how})


def test_r19_a_month_is_complete_with_a_line_for_each_marked_indicator_and_contact_on_each_line() -> None:
    touched, untouched = line(date(2026, 11, 2)), line(None)
    assert list(gaps_of([], {})) == [("no_focus", "", "")]
    assert list(gaps_of(["A", "B"], {"A": [touched]})) == [("no_line", "B", "")]
    assert list(gaps_of(["A"], {"A": [touched, untouched]})) == [("no_contact", "A", "区卫计局")]
    assert list(gaps_of(["A"], {"A": [touched], "B": [untouched]})) == []


def test_r19_a_month_is_over_on_the_day_after_its_last() -> None:
    assert not is_over("2026-11", date(2026, 11, 30))
    assert is_over("2026-11", date(2026, 12, 1))


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"indicator_code": "III-42"}, "focus-missing"),
        ({"unit_id": UNIT[:-1] + "2"}, "line-unit"),
        ({"what": "  "}, "required"),
        ({"due_on": date(2026, 10, 31)}, "line-day"),
        ({"contact_on": date(2026, 11, 26)}, "day-ahead"),
        ({"result": "已协调"}, "contact-needed"),
    ],
)
def test_r19_a_line_is_for_a_marked_indicator_and_tells_of_contact_that_there_was(
    wrong: dict[str, Any], code: str
) -> None:
    today = date(2026, 11, 25)
    assert not line_faults(asked(contact_on=today, result="已协调"), {"III-61"}, {UNIT}, today)
    assert [one.code for one in line_faults(asked(**wrong), {"III-61"}, {UNIT}, today)] == [code]
