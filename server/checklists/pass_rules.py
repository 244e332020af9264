"""The interpreter that decides whether an answer passes. `pwa/src/domain/passRules.ts` is its twin.

Comparisons are exact: a decimal is taken as it is written, never as a binary fraction. What cannot be judged
because a fact or another answer is missing is `unjudged`, never a wrong verdict.
"""

from __future__ import annotations

import calendar
import math
import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple, cast

from schemas.checklists import (
    AgeDays,
    AgeMonths,
    Annual,
    AnswerValue,
    Archived,
    AtLeast,
    ByKind,
    Count,
    Equals,
    Item,
    LastClosed,
    PassRule,
    Per100,
    Ratio,
    Record,
    SiteKind,
    UnitFiles,
    Verdict,
)
from server.checklists.circumstances import (
    Circumstances,
    EarlierTasks,
    Filing,
    Given,
    UnitPhotos,
)

Answers = Mapping[str, Given]
UNSURE = "unsure"
NOT_APPLICABLE = "na"
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class _Case(NamedTuple):
    given: Given
    answers: Answers
    where: Circumstances


def judge(item: Item, answers: Answers, where: Circumstances) -> Verdict:
    """The verdict on one shown item. `answers`: all that count, by item code, as some rules need two."""
    return judge_rule(item.pass_rule, answers.get(item.code), answers, where)


def judge_rule(rule: PassRule, given: Given | None, answers: Answers, where: Circumstances) -> Verdict:
    """The verdict of one rule on one answer; `given` is `None` where there is no answer."""
    if given is None and not isinstance(rule, _NEEDS_NO_ANSWER):
        return "unjudged"
    return _JUDGES[type(rule)](rule, _Case(given or Given(None), answers, where))


def number_of(value: object) -> Fraction | None:
    """The exact number that was written, or `None` where the value is not a number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if isinstance(value, int):
        return Fraction(value)
    return Fraction(Decimal(repr(value))) if math.isfinite(value) else None


def date_of(value: AnswerValue) -> date | None:
    """The date that was written as `YYYY-MM-DD`, or `None`."""
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def annual_floor(n: int, inspected_on: date) -> int:
    """What a yearly n asks for by this date: months that ended before it count; all of n on 31 December."""
    completed = 12 if (inspected_on.month, inspected_on.day) == (12, 31) else inspected_on.month - 1
    return n * completed // 12


def months_before(on: date, months: int) -> date:
    """The same day so many calendar months earlier; a missing day becomes that month's last."""
    year, month = divmod(on.year * 12 + on.month - 1 - months, 12)
    return date(year, month + 1, min(on.day, calendar.monthrange(year, month + 1)[1]))


def same(value: AnswerValue, wanted: bool | int | str) -> bool:
    """Whether an answer is this word or number; `true` is not the number 1."""
    if isinstance(wanted, bool) or isinstance(value, bool):
        return value is wanted
    return value == wanted


def _verdict(passes: bool) -> Verdict:
    return "pass" if passes else "fail"


def _equals(wanted: bool | int | str, value: AnswerValue) -> Verdict:
    if value == NOT_APPLICABLE:
        return "na"
    if isinstance(wanted, bool | str):
        return _verdict(value == wanted) if isinstance(value, type(wanted)) else "unjudged"
    number = number_of(value)
    return "unjudged" if number is None else _verdict(number == wanted)


def _at_least(floor: int, value: AnswerValue) -> Verdict:
    number = number_of(value)
    return "unjudged" if number is None else _verdict(number >= floor)


def _by_kind(rule: ByKind, case: _Case) -> Verdict:
    own = rule.rules.get(cast(SiteKind, case.where.site_kind))
    return "unjudged" if own is None else judge_rule(own, case.given, case.answers, case.where)


def _not_older(oldest: date, case: _Case) -> Verdict:
    if case.given.value == UNSURE:
        return "fail"
    if case.given.value == NOT_APPLICABLE:
        return "na"
    on = date_of(case.given.value)
    return "unjudged" if on is None or on > case.where.inspected_on else _verdict(on >= oldest)


def _ratio(rule: Ratio, answers: Answers) -> Verdict:
    part, whole = (number_of(answers[code].value) if code in answers else None for code in (rule.part, rule.whole))
    if part is None or whole is None or part > whole:
        return "unjudged"
    return "na" if whole == 0 else _verdict(part * rule.denominator >= rule.numerator * whole)


def _per_100(rule: Per100, case: _Case) -> Verdict:
    people = number_of(case.where.facts.get(rule.fact))
    if people is None or people <= 0:
        return "record"
    number = number_of(case.given.value)
    return "unjudged" if number is None else _verdict(number * 100 >= rule.n * people)


def _unit_files(photos: UnitPhotos | None) -> Verdict:
    if photos is None:
        return "unjudged"
    return "na" if photos.handed_in == 0 else _verdict(photos.in_form == photos.handed_in)


def _archived(activity: Given | None, filing: Filing | None) -> Verdict:
    if activity is not None and activity.value == UNSURE:
        return "na"
    if filing is None:
        return "unjudged"
    if filing.filed_on is not None:
        return _verdict(filing.filed_on <= filing.last_day_on)
    return "pending" if filing.today <= filing.last_day_on else "fail"


def _last_closed(tasks: EarlierTasks | None) -> Verdict:
    if tasks is None:
        return "unjudged"
    return "na" if tasks.due == 0 else _verdict(tasks.settled == tasks.due)


_NEEDS_NO_ANSWER = (Record, UnitFiles, Archived, LastClosed)
_JUDGES: dict[type[PassRule], Callable[[Any, _Case], Verdict]] = {
    Record: lambda _rule, _case: "record",
    Equals: lambda rule, case: _equals(rule.value, case.given.value),
    AtLeast: lambda rule, case: _at_least(rule.n, case.given.value),
    Annual: lambda rule, case: _at_least(annual_floor(rule.n, case.where.inspected_on), case.given.value),
    ByKind: _by_kind,
    AgeDays: lambda rule, case: _not_older(case.where.inspected_on - timedelta(days=rule.n), case),
    AgeMonths: lambda rule, case: _not_older(months_before(case.where.inspected_on, rule.n), case),
    Ratio: lambda rule, case: _ratio(rule, case.answers),
    Per100: _per_100,
    Count: lambda rule, case: _verdict(case.given.photo_count >= rule.n),
    UnitFiles: lambda _rule, case: _unit_files(case.where.register.unit_photos),
    Archived: lambda rule, case: _archived(case.answers.get(rule.activity), case.where.register.filing),
    LastClosed: lambda _rule, case: _last_closed(case.where.register.earlier_tasks),
}
