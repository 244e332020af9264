"""What an entry must hold to be kept."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from schemas.evaluation_entries import (
    ComplaintIn,
    Entry,
    ForceIn,
    HonourIn,
    RatingIn,
    ScoreIn,
    ValueIn,
)
from server.errors import FieldError
from server.evaluation.measures import MEASURES, faults_of

_HUNDRED = Decimal(100)


def faults_in(asked: Entry, *, today: date, units: Collection[str], actions: Collection[str]) -> list[FieldError]:
    """What is wrong with an entry; `units` are the ids of the group's units, `actions` the codes of the ten."""
    errors = []
    unit_id = getattr(asked, "unit_id", None)
    if unit_id is not None and unit_id not in units:
        errors.append(FieldError("/unitId", "entry-unit"))
    match asked:
        case ValueIn():
            errors += value_errors(asked, today)
        case HonourIn():
            errors += _honour_errors(asked, today)
        case RatingIn():
            if asked.action not in actions:
                errors.append(FieldError("/action", "entry-action"))
            errors += _not_ahead("/ratedOn", asked.rated_on, today)
        case ForceIn():
            if asked.until_on is not None and asked.until_on < asked.from_on:
                errors.append(FieldError("/untilOn", "entry-until"))
        case ComplaintIn():
            errors += complaint_errors(asked, today)
        case ScoreIn():
            errors += _score_errors(asked, today)
    return errors


def value_errors(asked: ValueIn, today: date) -> list[FieldError]:
    """Figures that cannot be: missing, zero where nothing can be divided, more than all (R55, R57, R58)."""
    figures = {name: Decimal(text) for name, text in asked.figures.items()}
    published = asked.state == "published"
    found = faults_of(asked.measure, figures, published=published)
    errors = [_figure_error(name, code) for name, code in sorted(found.items())]
    if asked.opinion is not None and (MEASURES[asked.measure].rule != "R55" or not published):
        errors.append(FieldError("/opinion", "entry-opinion"))
    if published and asked.published_on is None:
        errors.append(FieldError("/publishedOn", "entry-published"))
    if asked.published_on is not None:
        errors += _not_ahead("/publishedOn", asked.published_on, today)
    return errors


def _figure_error(name: str, code: str) -> FieldError:
    return FieldError(f"/figures/{name}", code)


def _honour_errors(asked: HonourIn, today: date) -> list[FieldError]:
    errors = _not_ahead("/issuedOn", asked.issued_on, today)
    if asked.expires_on is not None and asked.expires_on < asked.issued_on:
        errors.append(FieldError("/expiresOn", "entry-until"))
    if asked.revoked_on is not None and asked.revoked_on < asked.issued_on:
        errors.append(FieldError("/revokedOn", "entry-until"))
    return errors


def complaint_errors(asked: ComplaintIn, today: date) -> list[FieldError]:
    """The days of a complaint follow each other; it is rated only after its reply (R64)."""
    errors = _not_ahead("/receivedOn", asked.received_on, today)
    before = asked.received_on
    for pointer, day in (
        ("/readOn", asked.read_on),
        ("/handledOn", asked.handled_on),
        ("/repliedOn", asked.replied_on),
    ):
        if day is None:
            continue
        if day < before or day > today:
            errors.append(FieldError(pointer, "complaint-order"))
        before = max(before, day)
    if asked.replied_on is not None and not asked.reply.strip():
        errors.append(FieldError("/reply", "complaint-reply"))
    if asked.satisfaction is not None and asked.replied_on is None:
        errors.append(FieldError("/satisfaction", "complaint-rating"))
    return errors


def _score_errors(asked: ScoreIn, today: date) -> list[FieldError]:
    errors = _not_ahead("/scoredOn", asked.scored_on, today)
    if Decimal(asked.score) > _HUNDRED:
        errors.append(FieldError("/score", "score-range"))
    if (asked.subject == "unit") != (asked.unit_id is not None):
        errors.append(FieldError("/unitId", "score-unit"))
    if bool(asked.override_by.strip()) != bool(asked.override_reason.strip()):
        errors.append(FieldError("/overrideReason", "override-needs"))
    return errors


def _not_ahead(pointer: str, day: date, today: date) -> list[FieldError]:
    return [FieldError(pointer, "entry-ahead")] if day > today else []
