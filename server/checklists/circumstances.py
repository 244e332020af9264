"""The plain values that a judgement is made from: an answer, a site, a date, and what the registers say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from schemas.checklists import AnswerValue


class Given(NamedTuple):
    """One answer: its value (`null` for photos) and how many photos came with it."""

    value: AnswerValue
    photo_count: int = 0


class Carried(NamedTuple):
    """The last answer to a quarterly or yearly item, with the date of the inspection that gave it."""

    value: AnswerValue
    answered_on: date
    photo_count: int = 0


@dataclass(frozen=True, slots=True)
class EarlierTasks:
    """Tasks of earlier inspections with this template at this site that were due before the inspection date.

    `settled` of them are struck off, void, or replied in time and waiting for their check.
    """

    due: int
    settled: int


@dataclass(frozen=True, slots=True)
class UnitPhotos:
    """Photos the unit itself handed in for the activity, and how many keep the declaration form (JPEG, ≤ 2 MiB)."""

    handed_in: int
    in_form: int


@dataclass(frozen=True, slots=True)
class Filing:
    """When the activity was filed, if it was; the last working day for it; and the date of asking."""

    filed_on: date | None
    last_day_on: date
    today: date


@dataclass(frozen=True, slots=True)
class Register:
    """What the system itself knows for `auto` items. `None` = not looked up, so not judged."""

    earlier_tasks: EarlierTasks | None = None
    unit_photos: UnitPhotos | None = None
    filing: Filing | None = None


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Where and when: the site's kind and facts (such as `residents`), the inspection's Shanghai date."""

    site_kind: str
    inspected_on: date
    facts: Mapping[str, object] = field(default_factory=dict)
    register: Register = field(default_factory=Register)
