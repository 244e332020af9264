"""The verdicts and the score of one inspection, and which of its failing items make findings. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from schemas.checklists import Item, TemplateDocument, Verdict
from server.checklists.answers import Reading
from server.checklists.circumstances import Circumstances
from server.checklists.pass_rules import judge


@dataclass(frozen=True, slots=True)
class Judgement:
    """Verdicts of all shown items by code, the codes with carried answers, and the exact score or none."""

    verdicts: dict[str, Verdict]
    carried: frozenset[str]
    score: Fraction | None


def judge_inspection(document: TemplateDocument, reading: Reading, where: Circumstances) -> Judgement:
    """Judge everything that is shown. A carried answer is judged as of the day it was given."""
    verdicts: dict[str, Verdict] = {}
    for item in document.items:
        if item.code not in reading.shown:
            continue
        last = reading.carried.get(item.code)
        then = where if last is None else replace(where, inspected_on=last.answered_on)
        verdicts[item.code] = judge(item, reading.counting, then)
    return Judgement(verdicts, frozenset(reading.carried), score_of(document.items, verdicts))


def score_of(items: Iterable[Item], verdicts: Mapping[str, Verdict]) -> Fraction | None:
    """R67: Σ weight of passed ÷ Σ weight of passed or failed × 100, exact; `None` where nothing is scored.

    Items without a verdict (hidden), `na`, `pending`, `record` and `unjudged` stand in neither sum.
    """
    passed = scored = 0
    for item in items:
        verdict = verdicts.get(item.code)
        if verdict == "pass":
            passed += item.weight
        if verdict in ("pass", "fail"):
            scored += item.weight
    return Fraction(100 * passed, scored) if scored else None


def findings_of(document: TemplateDocument, judgement: Judgement) -> list[Item]:
    """The items that make findings, in the template's order.

    Not among them: carried answers (their long-term task goes on), checks on entry (weight 0), and items
    without working days.
    """
    return [
        item
        for item in document.items
        if judgement.verdicts.get(item.code) == "fail"
        and item.code not in judgement.carried
        and item.weight > 0
        and item.working_days > 0
    ]


def entry_checks_failed(document: TemplateDocument, judgement: Judgement) -> list[Item]:
    """Failing items of weight 0: asked again on the phone, then taken with a reason, never a finding."""
    return [item for item in document.items if item.weight == 0 and judgement.verdicts.get(item.code) == "fail"]
