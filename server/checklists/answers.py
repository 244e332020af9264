"""Reads the answers of an inspection against its template version: which count, and what is refused (R85).

`pwa/src/domain/answers.ts` shows the same faults at the moment of typing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from schemas.checklists import AnswerValue, Item, ItemType, Ratio, TemplateDocument, Verdict
from server.checklists.circumstances import Carried, Circumstances, Given
from server.checklists.conditions import applies, holds, is_due
from server.checklists.pass_rules import NOT_APPLICABLE, date_of, number_of

MAX_TEXT_LENGTH = 2000
MAX_NUMBER = 1_000_000_000
_FaultOrNone = tuple[str, dict[str, object]] | None


class Sent(NamedTuple):
    """One answer as it arrived, in the order of the list."""

    item: str
    value: AnswerValue
    photo_count: int = 0


class Fault(NamedTuple):
    """What is wrong at one place: an RFC 6901 pointer into the body, a stable code, the code's parameters."""

    pointer: str
    code: str
    params: dict[str, object]


@dataclass(slots=True)
class Reading:
    """What an answer list comes to.

    `given`: the fresh answers that count. `carried`: earlier quarterly and yearly answers that stand.
    `counting`: both together. `shown`: all items that are asked or stand. Answers to items that are not asked
    are left out, not refused.
    """

    given: dict[str, Given] = field(default_factory=dict)
    carried: dict[str, Carried] = field(default_factory=dict)
    counting: dict[str, Given] = field(default_factory=dict)
    shown: set[str] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)


def read_answers(
    document: TemplateDocument,
    sent: Sequence[Sent],
    last_answers: Mapping[str, Carried],
    where: Circumstances,
) -> Reading:
    """Read an answer list; all faults are named, none is raised (R85).

    `last_answers`: the latest earlier answer at this site by item code; monthly ones are not used.
    """
    reading = Reading()
    arrived = _arrived(document, sent, reading.faults)
    for item in document.items:
        if not applies(item, where.site_kind):
            continue
        if item.when is not None and not holds(item.when, reading.shown, reading.counting):
            continue
        reading.shown.add(item.code)
        if item.type != "auto":
            _read_item(item, arrived.get(item.code), last_answers.get(item.code), where.inspected_on, reading)
    return reading


def _arrived(document: TemplateDocument, sent: Sequence[Sent], faults: list[Fault]) -> dict[str, tuple[int, Sent]]:
    known = {item.code for item in document.items}
    arrived: dict[str, tuple[int, Sent]] = {}
    for place, answer in enumerate(sent):
        if answer.item not in known:
            faults.append(Fault(f"/answers/{place}/item", "unknown-item", {"item": answer.item}))
        elif answer.item in arrived:
            faults.append(Fault(f"/answers/{place}/item", "answered-twice", {"item": answer.item}))
        else:
            arrived[answer.item] = (place, answer)
    return arrived


def _read_item(
    item: Item, arrived: tuple[int, Sent] | None, last: Carried | None, inspected_on: date, reading: Reading
) -> None:
    if arrived is not None and is_answered(item, arrived[1].value):
        place, answer = arrived
        fault = fault_of(item, answer.value, reading.counting, inspected_on)
        if fault is None:
            given = Given(answer.value, answer.photo_count)
            reading.given[item.code] = reading.counting[item.code] = given
        else:
            code, params = fault
            reading.faults.append(Fault(f"/answers/{place}/value", code, {"item": item.code, **params}))
    elif last is not None and not is_due(item.frequency, inspected_on, last.answered_on):
        reading.carried[item.code] = last
        reading.counting[item.code] = Given(last.value, last.photo_count)
    elif item.required:
        reading.faults.append(Fault("/answers", "answer-missing", {"item": item.code}))


def is_answered(item: Item, value: AnswerValue) -> bool:
    """Whether an answer that was sent says anything: photos and texts do with `null`."""
    return value is not None or item.type in ("photo", "text")


def fault_of(item: Item, value: AnswerValue, counting: Mapping[str, Given], inspected_on: date) -> _FaultOrNone:
    """The code and parameters of what keeps this value from being taken, or `None` (R85).

    `counting`: the answers to earlier items, for a part that may not exceed its whole.
    """
    fault = _CHECKS[item.type](item, value, inspected_on)
    if fault is not None or not isinstance(item.pass_rule, Ratio):
        return fault
    part, whole = number_of(value), counting.get(item.pass_rule.whole)
    limit = None if whole is None else number_of(whole.value)
    if part is None or limit is None or part <= limit:
        return None
    return "exceeds-other", {"other": item.pass_rule.whole}


def lacks_proof(item: Item, verdict: Verdict, photo_count: int, note: str) -> bool:
    """Whether a failing answer lacks what it needs: a photo or a reason; for a check on entry a reason.

    The phone refuses to submit it; the server, too late to ask, keeps it with a flag (R85).
    """
    if verdict != "fail":
        return False
    has_reason = bool(note.strip())
    if item.weight == 0:
        return not has_reason
    return item.photo_on_fail and photo_count == 0 and not has_reason


_Check = Callable[[Item, AnswerValue, date], _FaultOrNone]


def _yes_no(item: Item, value: AnswerValue, _on: date) -> _FaultOrNone:
    if isinstance(value, bool) or (item.type == "ynNa" and value == NOT_APPLICABLE):
        return None
    return "not-a-choice", {}


def _one(item: Item, value: AnswerValue, _on: date) -> _FaultOrNone:
    return None if any(value == option.value for option in item.options) else ("not-a-choice", {})


def _number(item: Item, value: AnswerValue, _on: date) -> _FaultOrNone:
    number = number_of(value)
    limit = MAX_NUMBER if item.max is None else item.max
    if number is None:
        return "not-a-number", {}
    if number < 0:
        return "negative-number", {}
    if item.integer and number.denominator != 1:
        return "not-whole", {}
    return ("above-maximum", {"limit": limit}) if number > limit else None


def _date(item: Item, value: AnswerValue, inspected_on: date) -> _FaultOrNone:
    if any(value == option.value for option in item.options):
        return None
    on = date_of(value)
    if on is None:
        return "bad-date", {}
    return ("date-after-inspection", {}) if on > inspected_on else None


def _text(_item: Item, value: AnswerValue, _on: date) -> _FaultOrNone:
    if value is not None and not isinstance(value, str):
        return "not-text", {}
    return ("too-long", {"limit": MAX_TEXT_LENGTH}) if value and len(value) > MAX_TEXT_LENGTH else None


def _no_value(_item: Item, value: AnswerValue, _on: date) -> _FaultOrNone:
    return None if value is None else ("no-value-expected", {})


_CHECKS: dict[ItemType, _Check] = {
    "yn": _yes_no,
    "ynNa": _yes_no,
    "one": _one,
    "num": _number,
    "date": _date,
    "text": _text,
    "photo": _no_value,
    "auto": _no_value,
}
