"""What a month's decomposition of key indicators lacks, and what is wrong with one of its lines (R19). Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from schemas.decomposition import GapOf, MonthLineIn, MonthLineOut
from server.errors import FieldError
from server.months import first_day, last_day


def gaps_of(focus: Sequence[str], lines: Mapping[str, Sequence[MonthLineOut]]) -> Iterator[tuple[GapOf, str, str]]:
    """Kind, indicator's code and unit's name of each gap: a month is complete where there is none.

    Every indicator that is marked has at least one line, and each line a record of contact.
    """
    if not focus:
        yield "no_focus", "", ""
    for code in focus:
        if not lines.get(code):
            yield "no_line", code, ""
        for line in lines.get(code, ()):
            if line.contact_on is None:
                yield "no_contact", code, line.unit_name


def is_over(month: str, today: date) -> bool:
    """Whether the month's last day lies behind."""
    return today > last_day(month)


def line_faults(
    asked: MonthLineIn, focus: Collection[str], responsible: Collection[str], today: date
) -> list[FieldError]:
    """A line is for a marked indicator and a unit that answers for it, is due in its month or after it, and tells
    of a result only where there was contact."""
    errors = []
    if asked.indicator_code not in focus:
        errors.append(FieldError("/indicatorCode", "focus-missing"))
    elif asked.unit_id not in responsible:
        errors.append(FieldError("/unitId", "line-unit"))
    if not asked.what.strip():
        errors.append(FieldError("/what", "required"))
    if asked.due_on < first_day(asked.month):
        errors.append(FieldError("/dueOn", "line-day"))
    if asked.contact_on is not None and asked.contact_on > today:
        errors.append(FieldError("/contactOn", "day-ahead"))
    if asked.contact_on is None and (asked.contact.strip() or asked.result.strip()):
        errors.append(FieldError("/contactOn", "contact-needed"))
    return errors
