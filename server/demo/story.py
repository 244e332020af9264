"""The words in which the demo district's past is told: inspections, faults, steps, photos, and when each was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from schemas.tasks import ActionName


@dataclass(frozen=True, slots=True)
class InMonth:
    """The n-th working day of the month that lies `months_ago` months back."""

    months_ago: int
    working_day: int


@dataclass(frozen=True, slots=True)
class Ago:
    """So many working days before today."""

    working_days: int


@dataclass(frozen=True, slots=True)
class JustNow:
    """So many minutes before the end of the latest stretch of work: today, or the last working day."""

    minutes: int


@dataclass(frozen=True, slots=True)
class After:
    """So many working days after the inspection."""

    working_days: int


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture of a scene. The same scene and take twice is the same file, which the product notices.

    `off_m`: how far north of the site the phone stood, in metres.
    """

    scene: str
    take: str
    source: Literal["camera", "gallery"] = "camera"
    off_m: float = 12.0


@dataclass(frozen=True, slots=True)
class Step:
    """A step on the task of a fault: by whom (login), when, with which words and photos.

    `due_in` and `until_in` are working days counted from the day of the step.
    """

    who: str
    action: ActionName
    when: After | Ago
    at: str
    text: str | None = None
    measure: str | None = None
    reason: str | None = None
    note: str | None = None
    photos: tuple[Photo, ...] = ()
    due_in: int | None = None
    until_in: int | None = None


@dataclass(frozen=True, slots=True)
class MonthsBefore:
    """A date so many 30-day months before the inspection."""

    months: int

    def on(self, inspected_on: date) -> str:
        return date.fromordinal(inspected_on.toordinal() - 30 * self.months).isoformat()


@dataclass(frozen=True, slots=True)
class Fault:
    """A failing answer with what was noted, photographed or said instead of a photo, and what became of it."""

    item: str
    note: str
    value: bool | int | MonthsBefore | None = False
    photos: tuple[Photo, ...] = ()
    no_photo: str = ""
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """One inspection: site, checklist, when it was handed in, by whom (login), what was found.

    `photos` are of the inspection as a whole: of the locked door where nobody got in.
    """

    site: str
    template: str
    when: InMonth | Ago | JustNow
    at: str
    who: str
    faults: tuple[Fault, ...] = ()
    guidance: str = ""
    no_access: bool = False
    photos: tuple[Photo, ...] = ()
    item_photos: tuple[tuple[str, tuple[Photo, ...]], ...] = ()


def confirm(when: After | Ago, at: str, who: str = "office", *, due_in: int | None = None) -> Step:
    """A reviewer confirms."""
    return Step(who, "confirm", when, at, due_in=due_in)
