"""In which state a meeting is, and what may be done with it then (R50). Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from schemas.meetings import MeetingActionName, MeetingState

OUT: Final = frozenset({"issued", "sealed", "archived"})
"""States of a letter that its readers have got."""

SIGNED: Final = OUT | {"signed"}

ACTIONS: Final[Mapping[MeetingState, tuple[MeetingActionName, ...]]] = {
    "planned": ("edit", "draft_notice", "hold", "cancel"),
    "notified": ("edit", "draft_notice", "hold", "cancel"),
    "held": ("record", "assign", "draft_minutes"),
    "minuted": ("record", "assign", "amend"),
    "cancelled": (),
}
"""Only the office does any of it (R4). `amend` draws up a further edition of minutes that are signed."""


def state_of(*, held: bool, cancelled: bool, notices: Collection[str], minutes: Collection[str]) -> MeetingState:
    """The state that a meeting's own marks and the states of its documents make."""
    if cancelled:
        return "cancelled"
    if held:
        return "minuted" if SIGNED & set(minutes) else "held"
    return "notified" if OUT & set(notices) else "planned"
