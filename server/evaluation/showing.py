"""Entries of the evaluation as they travel."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import msgspec

from schemas.evaluation import (
    EntryVersion,
    ForceOut,
    HonourOut,
    RatingOut,
    ScoreOut,
    ValueOut,
    VerdictOut,
)
from server.evaluation.counting import Force, force_faults
from server.evaluation.measures import Verdict, plain
from server.evaluation.yearly import deduction_of, is_eligible
from storage.database.models import EvaluationEntry

if TYPE_CHECKING:
    from server.evaluation.queries import Ground


def _head(row: EvaluationEntry, ground: Ground) -> dict[str, Any]:
    return {
        "id": row.id,
        "version": row.version,
        "year": row.year,
        "level": row.level,
        "decides": row.level == "city",
        "source": row.source,
        "entered_at": row.entered_at,
        "entered_by": ground.people.get(row.entered_by, ""),
    }


def _own(row: EvaluationEntry, kind: type[msgspec.Struct]) -> dict[str, Any]:
    """The fields of a body, with its days as days."""
    names = [name for name in kind.__struct_fields__ if name in row.body]
    return {
        name: date.fromisoformat(row.body[name]) if name.endswith("_on") and row.body[name] else row.body[name]
        for name in names
    }


def value_out(row: EvaluationEntry, verdict: Verdict | None, points: str | None, ground: Ground) -> ValueOut:
    """A value with its verdict; what is not published has none."""
    found = verdict or Verdict("not_published")
    return ValueOut(
        **_head(row, ground),
        **_own(row, ValueOut),
        verdict=VerdictOut(
            outcome=found.outcome, exact=dict(found.exact), shown=found.shown, score=points, differs=found.differs
        ),
    )


def honour_out(row: EvaluationEntry, faults: list[str], ground: Ground) -> HonourOut:
    """An honour and why it does not count."""
    return HonourOut(**_head(row, ground), **_own(row, HonourOut), faults=faults)


def rating_out(row: EvaluationEntry, ground: Ground) -> RatingOut:
    """A rating."""
    return RatingOut(**_head(row, ground), **_own(row, RatingOut))


def force_out(row: EvaluationEntry, on: date, ground: Ground) -> ForceOut:
    """A force of supervision, whether it runs on a day, and what it lacks (R62)."""
    own = _own(row, ForceOut)
    names = ("names", "vehicle", "funds", "states_people", "states_vehicle", "states_funds")
    running = own["from_on"] <= on and (own["until_on"] is None or on <= own["until_on"])
    faults = force_faults(Force(**{name: own[name] for name in names}))
    return ForceOut(**_head(row, ground), **own, running=running, faults=faults)


def score_out(row: EvaluationEntry, ground: Ground) -> ScoreOut:
    """An official score and what follows from it (R65, R66)."""
    own, rules, score = _own(row, ScoreOut), ground.rules, Decimal(row.body["score"])
    deduction = deduction_of(
        score,
        line=rules.annual_line,
        base=rules.deduction_base,
        weight_percent=rules.deduction_weight_percent,
    )
    return ScoreOut(
        **_head(row, ground),
        **own,
        unit_name=ground.units.get(row.unit_id or ""),
        eligible=is_eligible(score, rules.annual_line, overridden=bool(own["override_reason"])),
        deduction=None if deduction is None else plain(deduction),
        line=rules.annual_line,
        base=rules.deduction_base,
        weight_percent=rules.deduction_weight_percent,
    )


def version_out(row: EvaluationEntry, ground: Ground, *, sees_complainants: bool) -> EntryVersion:
    """A version as it was entered."""
    hidden = () if sees_complainants else ("complainant",)
    return EntryVersion(
        version=row.version,
        year=row.year,
        level=row.level,
        source=row.source,
        reason=row.reason,
        entered_at=row.entered_at,
        entered_by=ground.people.get(row.entered_by, ""),
        body={name: _text(value) for name, value in _flat(row.body) if name not in hidden and value not in (None, "")},
    )


def _flat(body: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """The fields of a body; a figure stands under `figures.` and its name."""
    for name, value in body.items():
        if isinstance(value, dict):
            yield from ((f"{name}.{inner}", one) for inner, one in value.items())
        else:
            yield name, value


def _text(value: Any) -> str:
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)
