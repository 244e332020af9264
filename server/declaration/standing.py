"""How a material stands, and until when a round is open. Pure; nothing is remembered that can be told from the rows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from schemas.declaration import Decision, EditionState, MaterialFormat, Part, Standing

MOVES: Final[Mapping[tuple[EditionState, Decision], EditionState]] = {
    ("submitted", "accept"): "accepted",
    ("submitted", "return"): "returned",
    ("accepted", "return"): "returned",
    ("returned", "accept"): "accepted",
}
"""What a decision makes of an edition; what is not in it is refused. A return may be taken back."""


_SECRETS: Final = frozenset({"password", "passwd", "pwd", "pass", "mima"})


@dataclass(frozen=True, slots=True)
class Edition:
    """A version as far as its standing needs it: its number, state, and the Shanghai date on which it came."""

    number: int
    state: EditionState
    came_on: date


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper copy: of which edition, and when it was received."""

    edition: int
    received_on: date


def wrong_with_address(url: str) -> str | None:
    """What is wrong with the outside system's address; none is fine. One that carries a name or a password would show
    it to whoever sees the round (R21).
    """
    if not url:
        return None
    try:
        parts = urlsplit(url)
        told = parts.username is not None or parts.password is not None
    except ValueError:
        return "site-address"
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return "site-address"
    named = {name.lower() for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
    return "site-address-password" if told or named & _SECRETS else None


def last_day(closes_on: date, reopened_until: Collection[date]) -> date:
    """The day on which a round closes, reopening included (R21)."""
    return max([closes_on, *reopened_until])


def is_locked(until_on: date, today: date) -> bool:
    """R21: after its last day a round's packages are locked."""
    return today > until_on


def is_late(came_on: date, until_on: date) -> bool:
    """R87: what came after the last day is kept and marked, and counts when the round is opened again."""
    return came_on > until_on


def in_time(editions: Sequence[Edition], until_on: date) -> list[Edition]:
    """The editions that count, in order."""
    return [one for one in editions if not is_late(one.came_on, until_on)]


def wants_paper(format: MaterialFormat, part: Part) -> bool:
    """R22: every material comes on paper too. What goes into another unit's report is no material of its own."""
    return not (format == "SMBG" and part == "contributes")


def standing_of(
    editions: Sequence[Edition],
    papers: Sequence[Paper],
    *,
    until_on: date,
    paper: bool = True,
    published: bool = True,
    sound: bool = True,
) -> Standing:
    """How a material stands.

    It is complete with an accepted electronic version and its paper copy (R22). `published` says whether what it is
    measured by is known (R33), `sound` whether the accepted version passes every check as of now.
    """
    counting = in_time(editions, until_on)
    if not counting:
        return "late" if editions else "missing"
    newest = counting[-1]
    if newest.state != "accepted":
        return newest.state
    if paper and not any(one.edition >= newest.number and not is_late(one.received_on, until_on) for one in papers):
        return "paper"
    if not published:
        return "unpublished"
    return "complete" if sound else "lacking"
