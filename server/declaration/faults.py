"""What the checks of a material speak of: what is demanded, what is known, what is wrong, and how grave it is. Pure.

`refused` cannot be handed in, `incomplete` is taken and named until it is mended, `warning` is for a person to judge.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from schemas.declaration import Gravity, MaterialFormat


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong and where; texts are in the catalogue, filled from `params`."""

    pointer: str
    code: str
    gravity: Gravity = "refused"
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What one ask demands of a material; `counted_elsewhere` is how many pictures of other units were accepted."""

    format: MaterialFormat
    provincial_opinion: bool = False
    length_exempt: bool = False
    required_count: int | None = None
    counted_elsewhere: int = 0
    template_version: str = ""
    least_characters: int = 640
    most_characters: int = 960


@dataclass(frozen=True, slots=True)
class Picture:
    """What is known of a picture's bytes: what it is by decoding, and how large."""

    kind: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Report:
    """What is known of a report's file: its kind, its length in 字 (None where no program can tell), and the
    paragraphs that hold figures."""

    kind: str
    characters: int | None
    with_figures: Sequence[str] = ()


def refused(faults: Iterable[Fault]) -> list[Fault]:
    """Those that keep a material from being handed in."""
    return [one for one in faults if one.gravity == "refused"]


UNPUBLISHED: Final = frozenset({"count-unpublished", "template-unpublished"})
"""What waits for the outside system and not for the unit (R33)."""

_OF_THE_WHOLE: Final = frozenset({"pictures-too-few"})


def holding_back(faults: Iterable[Fault]) -> list[Fault]:
    """What the unit has to mend before its edition can be accepted. How many pictures there are is a matter of all."""
    return [one for one in faults if one.gravity != "warning" and one.code not in UNPUBLISHED | _OF_THE_WHOLE]


def is_sound(faults: Iterable[Fault]) -> bool:
    """Whether an accepted edition lacks nothing as of now, but for what is not published yet."""
    return all(one.gravity == "warning" or one.code in UNPUBLISHED for one in faults)


def needs_override(faults: Collection[Fault]) -> bool:
    """R28: whether the length is outside the band, so that accepting it takes a reason."""
    return any(one.code in {"report-short", "report-long", "length-unknown"} for one in faults)
