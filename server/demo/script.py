"""The demo district's past in the order in which it happened. Pure: what lies after the present is left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from server.demo.pictures import Moment
from server.demo.sites import SITES, DemoSite
from server.demo.stories import all_stories
from server.demo.story import Fault, Photo, Step, Story
from server.demo.timetable import Timetable

_SITES = {site.code: site for site in SITES}
_METRES_A_DEGREE = 111_320
_MINUTES_INSIDE = 38
_BREATH = timedelta(minutes=20)


@dataclass(frozen=True, slots=True)
class Taken:
    """A photo with the circumstances that the phone tells of it."""

    photo: Photo
    moment: Moment


@dataclass(frozen=True, slots=True)
class HandedIn:
    """An inspection that ended, and was received, at an instant."""

    at: datetime
    story: Story
    photos: dict[Photo, Taken]

    @property
    def started_at(self) -> datetime:
        return self.at - timedelta(minutes=_MINUTES_INSIDE)


@dataclass(frozen=True, slots=True)
class Stepped:
    """A step on the task of a fault of a story."""

    at: datetime
    story: Story
    fault: Fault
    step: Step
    photos: dict[Photo, Taken]


Event = HandedIn | Stepped


def script(timetable: Timetable, further: Sequence[Story] = ()) -> list[Event]:
    """Every event before the present, the earliest first, with those of further stories."""
    events: list[Event] = []
    for story in all_stories(further):
        at = timetable.inspection(story.when, story.at)
        events.append(HandedIn(at, story, _taken(story, _photos(story), at - timedelta(minutes=_MINUTES_INSIDE - 6))))
        for fault in story.faults:
            events += _steps(story, fault, at, timetable)
    return sorted((event for event in events if event.at < timetable.now), key=lambda event: event.at)


def photos_of(events: list[Event]) -> dict[Photo, Taken]:
    """Each photo file once, as it was when it was first used."""
    first: dict[tuple[str, str], Taken] = {}
    for event in events:
        for taken in event.photos.values():
            first.setdefault((taken.photo.scene, taken.photo.take), taken)
    return {taken.photo: taken for taken in first.values()}


def _photos(story: Story) -> list[Photo]:
    faults = [photo for fault in story.faults for photo in fault.photos]
    return [*faults, *story.photos, *(photo for _, photos in story.item_photos for photo in photos)]


def _steps(story: Story, fault: Fault, inspected_at: datetime, timetable: Timetable) -> list[Event]:
    events: list[Event] = []
    before = inspected_at
    for step in fault.steps:
        # Near the turn of a month what is told from its start and what is told from today may cross.
        at = before = max(timetable.step(step.when, step.at, inspected_at=inspected_at), before + _BREATH)
        events.append(Stepped(at, story, fault, step, _taken(story, list(step.photos), at - timedelta(minutes=9))))
    return events


def _taken(story: Story, photos: list[Photo], first_at: datetime) -> dict[Photo, Taken]:
    site = _SITES[story.site]
    return {
        photo: Taken(photo, _moment(site, photo, first_at + timedelta(minutes=2 * number)))
        for number, photo in enumerate(photos)
    }


def _moment(site: DemoSite, photo: Photo, at: datetime) -> Moment:
    dice = Random(f"{site.code}/{photo.scene}/{photo.take}")  # noqa: S311  (a few metres, not a secret)
    lat = site.lat + (photo.off_m + dice.uniform(-10, 10)) / _METRES_A_DEGREE
    return Moment(at, round(lat, 6), round(site.lon + dice.uniform(-20, 20) / _METRES_A_DEGREE, 6))
