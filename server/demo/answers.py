"""The answers of an inspection that finds everything in order, for the stories to put their faults into. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from schemas.checklists import (
    AgeDays,
    AgeMonths,
    Annual,
    AnswerValue,
    AtLeast,
    ByKind,
    Equals,
    Item,
    Per100,
    Ratio,
    TemplateVersion,
)
from schemas.inspections import AnswerIn
from server.checklists.circumstances import Carried
from server.checklists.conditions import applies, is_due

# What a rule does not tell: plain records, and numbers larger than they must be.
_KNOWN: Mapping[str, AnswerValue] = {
    "YL-A13": 2,
    "YL-E05": 6,
    "YL-B05": "na",
    "KY-B01": 62,
    "KY-B02": 58,
    "KY-A01": 86,
    "KY-D01": 12,
    "KH-A04": "na",
    "KH-B00": "records",
    "KH-B02": "talk",
    "KH-B01": "社区科普讲座",
    "KH-B04": 46,
    "KH-B09": 80,
    "KH-B12": "na",
}
_PANORAMA = "全景照片与上次一致，本次未重复拍摄"


def in_order(
    version: TemplateVersion, *, kind: str, facts: Mapping[str, object], on: date, last: Mapping[str, Carried]
) -> dict[str, AnswerIn]:
    """An answer by item code for everything that is due at this kind of site on a date."""
    answers = {}
    for item in version.items:
        given = last.get(item.code)
        if item.type == "auto" or not applies(item, kind):
            continue
        if item.frequency != "month" and not is_due(item.frequency, on, given.answered_on if given else None):
            continue
        value = _KNOWN.get(item.code, _good(item, kind, facts, on))
        if value is None and item.type != "photo":
            continue
        answers[item.code] = AnswerIn(item=item.code, value=value, note=_PANORAMA if item.type == "photo" else "")
    return answers


def _good(item: Item, kind: str, facts: Mapping[str, object], on: date) -> AnswerValue:
    rule = item.pass_rule
    if isinstance(rule, ByKind):
        rule = rule.rules[kind]  # type: ignore[index]
    match rule:
        case Equals(value=value):
            return value
        case AtLeast(n=n):
            return n + len(item.code) % 2 if item.max is None else n
        case Annual(n=n):
            return -(-n * on.month // 12)
        case AgeDays(n=n):
            return (on - timedelta(days=min(n // 2, 25))).isoformat()
        case AgeMonths():
            return (on - timedelta(days=24)).isoformat()
        case Per100(fact=fact, n=n):
            people = facts.get(fact)
            return round(people * n / 100 * 1.1) + 1 if isinstance(people, int) else 320
        case Ratio():
            return 1
    return None
