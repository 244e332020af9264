"""What an inspector saw put right while still there: 现场整改, countersigned at confirmation (R40). Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from schemas.tasks import TaskStatus


@dataclass(frozen=True, slots=True)
class Seen:
    """One sighting that is confirmed now. `is_proved`: an after-photo of it has arrived."""

    finding_id: str
    finder_id: str
    seen_at: datetime
    on_spot: bool
    is_proved: bool


def last_word(sightings: Sequence[Seen]) -> Seen | None:
    """The latest sighting where it was closed on the spot: whoever saw the fault after that saw it still there."""
    latest = max(sightings, key=lambda one: (one.seen_at, one.finding_id), default=None)
    return latest if latest and latest.on_spot else None


def status_after(seen: Seen | None, *, refused: bool, by_person: bool, strict: bool) -> TaskStatus | None:
    """Where a task goes that is confirmed with such a sighting: closed where a person countersigns and the photo is
    there. The calendar countersigns nothing, a photo may still be on its way, and in strict mode the finder is not
    the verifier (R41): then it waits as replied for somebody to verify. None where it goes its ordinary way.
    """
    if seen is None or refused:
        return None
    return "closed" if by_person and seen.is_proved and not strict else "replied"
