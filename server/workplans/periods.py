"""Weeks and months that a summary is owed for: their days, their deadlines, how late one is (R16). Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from schemas.workplans import SummaryKind, SummaryState
from server.months import first_day, last_day
from server.org.working_days import WorkCalendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
_DAYS_OF_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Span:
    """The days of a period, both included."""

    kind: SummaryKind
    period: str
    from_on: date
    until_on: date


def span_of(kind: SummaryKind, period: str) -> Span | None:
    """The days of a period, or None for one that is none: a week 53 that the year does not have, a month as a week."""
    try:
        if kind == "week":
            year, week = period.split("-W")
            monday = date.fromisocalendar(int(year), int(week), 1)
            return Span(kind, period, monday, monday + timedelta(days=_DAYS_OF_A_WEEK - 1))
        first = first_day(period)
    except ValueError:
        return None
    return Span(kind, period, first, last_day(period))


def period_params(period: str) -> dict[str, int]:
    """The year and the number of a week or a month, as texts name them."""
    year, number = period.replace("W", "").split("-")
    return {"year": int(year), "number": int(number)}


def week_of(on: date) -> str:
    """The ISO week of a date: 2026-W47."""
    year, week, _ = on.isocalendar()
    return f"{year:04}-W{week:02}"


def month_of(on: date) -> str:
    """The month of a date: 2026-11."""
    return f"{on:%Y-%m}"


def weeks_of_month(month: str) -> list[str]:
    """The weeks whose Thursday lies in a month, in order: each week belongs to one month."""
    day = first_day(month)
    thursday = day + timedelta(days=(3 - day.weekday()) % _DAYS_OF_A_WEEK)
    found = []
    while month_of(thursday) == month:
        found.append(week_of(thursday))
        thursday += timedelta(days=_DAYS_OF_A_WEEK)
    return found


def due_on(span: Span, calendar: WorkCalendar, *, monthly_days: int) -> date | None:
    """The day on which a summary is due: a week's last working day, a month's n-th working day after it.

    None for a week without one (2017-10-02): it is merged into the next.
    """
    if span.kind == "month":
        return calendar.add_working_days(span.until_on, monthly_days)
    on = span.until_on
    while on >= span.from_on:
        if calendar.is_working_day(on):
            return on
        on -= timedelta(days=1)
    return None


def due_at(on: date, hour: int) -> datetime:
    """The instant at which a day's deadline is over."""
    return datetime.combine(on, time(hour), SHANGHAI)


def late_days(due: date | None, hour: int, at: datetime, calendar: WorkCalendar) -> int:
    """Working days past a deadline at an instant, begun ones included; 0 in time, or where nothing is due."""
    if due is None or at <= due_at(due, hour):
        return 0
    return max(calendar.working_days_between(due, at.astimezone(SHANGHAI).date()), 0) or 1


def state_of(decision: str | None, *, sent: bool, owed: bool, over: bool) -> SummaryState:
    """Where a unit stands with a period, from its latest version and the deadline."""
    if sent:
        return "accepted" if decision == "accepted" else "returned" if decision == "returned" else "submitted"
    if not owed:
        return "not_owed"
    return "missing" if over else "owed"
