"""One fault, one task: where a sighting goes (R41, R43). Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from schemas.tasks import Link


@dataclass(frozen=True, slots=True)
class LiveTask:
    """The task at this site and item that is not closed yet; there is at most one."""

    id: str
    is_replied: bool = False


@dataclass(frozen=True, slots=True)
class StruckOff:
    """The task at this site and item that was struck off last."""

    id: str
    closed_at: datetime


@dataclass(frozen=True, slots=True)
class Placement:
    """Where the sighting goes. `task_id` None means a new task; `relapse_of` names the one that did not hold."""

    link: Link
    task_id: str | None
    relapse_of: str | None = None
    proposes_return: bool = False


def place_sighting(live: LiveTask | None, last: StruckOff | None, *, seen_at: datetime, window_days: int) -> Placement:
    """Decide for one sighting. `seen_at` is the phone's time, corrected by its offset and never after the receipt.

    A sighting on a live task joins it; on one that was replied to it proposes to return it (R41: one open task a
    site and item). One that was made before the strike-off, and only arrived late, joins the closed task. One made
    after it, within `window_days` calendar days, is a relapse (R43c). Phones tell whole seconds, so the strike-off
    counts from the start of its second.
    """
    if live is not None:
        return Placement("existing", live.id, proposes_return=live.is_replied)
    if last is None:
        return Placement("new", None)
    if seen_at < last.closed_at.replace(microsecond=0):
        return Placement("existing", last.id)
    if seen_at <= last.closed_at + timedelta(days=window_days):
        return Placement("relapse", None, relapse_of=last.id)
    return Placement("new", None)


def corrected_time(told_at: datetime, *, skew_s: float | None, received_at: datetime) -> datetime:
    """A phone's time put right by its offset from the server (seconds it runs ahead), never after the receipt."""
    right = told_at if skew_s is None else told_at - timedelta(seconds=skew_s)
    return min(right, received_at)
