"""Dates as GB/T 9704-2012 prints them: Arabic digits, the full year, no zero in front."""

from __future__ import annotations

from datetime import date

from schemas.documents import Dated
from server.documents.composing.phrases import say


def date_text(on: date) -> str:
    """2026年11月5日"""
    return say("date", year=on.year, month=on.month, day=on.day)


def weekday_text(on: date) -> str:
    """2026年11月5日（星期四）: how a time limit is printed."""
    return say("with_weekday", date=date_text(on), weekday=say("weekdays")[on.weekday()])


def period_text(start: date, end: date) -> str:
    """A period without what both dates share: 2026年11月3日至5日, 11月3日 alone where they are one day."""
    if start == end:
        return date_text(start)
    last = date_text(end)
    if start.year == end.year:
        last = last.split("年", 1)[1]
        if start.month == end.month:
            last = last.split("月", 1)[1]
    return say("period", start=date_text(start), end=last)


def dated(on: date | None, year: int) -> Dated:
    """A 成文日期, left open in a draft: 2026年　月　日."""
    return Dated(on=on, text=say("date_open", year=year) if on is None else date_text(on))


def limit(on: date) -> Dated:
    """A time limit with its weekday."""
    return Dated(on=on, text=weekday_text(on))
