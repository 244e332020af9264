"""Working days of China: the notice's own numbers, the vectors of the design, and a slow oracle."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta

import pytest

from server import clock
from server.org import calendar_seed
from server.org.working_days import WorkCalendar
from server.tasks.deadlines import deadline


def seeded() -> WorkCalendar:
    """The table as an installation seeds it."""
    years = dict(calendar_seed.years())
    exceptions = {on: works for year in years for on, works in calendar_seed.departures(year).items()}
    return WorkCalendar(exceptions, frozenset(year for year, provisional in years.items() if provisional))


CALENDAR = seeded()

# The tables of the State Council's notices, written out once more (official-documents.md, section 9).
OFF = {
    2017: "01-02 01-27 01-30 01-31 02-01 02-02 04-03 04-04 05-01 05-29 05-30 10-02 10-03 10-04 10-05 10-06",
    2025: "01-01 01-28 01-29 01-30 01-31 02-03 02-04 04-04 05-01 05-02 05-05 06-02 10-01 10-02 10-03 10-06 10-07 10-08",
    2026: "01-01 01-02 02-16 02-17 02-18 02-19 02-20 02-23 04-06 05-01 05-04 05-05 06-19 09-25 "
    "10-01 10-02 10-05 10-06 10-07",
}  # fmt: skip
WORKED = {
    2017: "01-22 02-04 04-01 05-27 09-30",
    2025: "01-26 02-08 04-27 09-28 10-11",
    2026: "01-04 02-14 02-28 05-09 09-20 10-10",
}


@pytest.mark.parametrize(("year", "working_days"), [(2017, 249), (2025, 248), (2026, 248)])
def test_the_seeded_years_are_those_of_the_notices(year: int, working_days: int) -> None:
    departures = calendar_seed.departures(year)
    assert {f"{on:%m-%d}" for on, works in departures.items() if not works} == set(OFF[year].split())
    assert {f"{on:%m-%d}" for on, works in departures.items() if works} == set(WORKED[year].split())
    assert CALENDAR.working_days_between(date(year - 1, 12, 31), date(year, 12, 31)) == working_days


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        (date(2026, 2, 12), 3, date(2026, 2, 24)),
        (date(2026, 9, 18), 5, date(2026, 9, 24)),
        (date(2025, 9, 26), 5, date(2025, 10, 10)),
        (date(2017, 5, 25), 3, date(2017, 5, 31)),
    ],
)
def test_r44_the_day_of_issue_is_not_counted(start: date, days: int, due: date) -> None:
    assert CALENDAR.add_working_days(start, days) == due


def test_a_year_without_a_notice_has_its_festivals_and_no_make_up_days() -> None:
    departures = calendar_seed.departures(2027)
    assert 2027 in CALENDAR.provisional_years
    assert departures[date(2027, 1, 1)] is False
    assert not any(departures.values())
    assert CALENDAR.is_provisional(date(2026, 12, 1), date(2026, 12, 31)) is False
    assert CALENDAR.is_provisional(date(2026, 12, 1), date(2027, 1, 4)) is True
    assert CALENDAR.is_provisional(date(2027, 1, 4), date(2029, 1, 4)) is True


def oracle(start: date, days: int) -> date:
    """Day by day, asking each day alone."""
    counted = [start + timedelta(days=ahead) for ahead in range(1, 200)]
    return [on for on in counted if CALENDAR.is_working_day(on)][days - 1] if days else start


def test_t13_deadlines_agree_with_a_slow_oracle_round_the_end_of_the_day() -> None:
    """Confirmed at 15:59:59Z it is still today in Shanghai, a second later it is tomorrow."""
    dice = random.Random(13)
    first = date(2025, 1, 1)
    for _ in range(4000):
        day = first + timedelta(days=dice.randrange(3 * 365))
        edge = datetime(day.year, day.month, day.day, 16, tzinfo=UTC)
        days = dice.choice([1, 2, 3, 5, 10, 20, 30])
        for instant, on in ((edge - timedelta(seconds=1), day), (edge, day + timedelta(days=1))):
            assert clock.shanghai_date(instant) == on
            assert deadline(clock.shanghai_date(instant), days, CALENDAR).due_on == oracle(on, days)


def test_counting_there_and_back_is_the_same() -> None:
    dice = random.Random(7)
    for _ in range(1000):
        start = date(2025, 1, 1) + timedelta(days=dice.randrange(700))
        end = CALENDAR.add_working_days(start, dice.randrange(1, 40))
        days = CALENDAR.working_days_between(start, end)
        assert CALENDAR.add_working_days(start, days) == end
        assert CALENDAR.working_days_between(end, start) == -days
    assert CALENDAR.working_days_between(start, start) == 0


@pytest.mark.parametrize(
    ("on", "last"),
    [
        (date(2026, 11, 3), date(2026, 11, 30)),
        (date(2026, 2, 1), date(2026, 2, 28)),  # a Saturday that is worked
        (date(2025, 1, 31), date(2025, 1, 27)),  # the spring festival ends the month
        (date(2024, 2, 29), date(2024, 2, 29)),
        (date(2026, 12, 31), date(2026, 12, 31)),
    ],
)
def test_the_last_working_day_of_a_month(on: date, last: date) -> None:
    assert CALENDAR.last_working_day_of_month(on) == last
