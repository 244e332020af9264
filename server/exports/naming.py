"""File names that a person can read and every system can keep. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]+')
_LONGEST = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """One use of a photo in the package: what it shows, where, when, and the file's own facts."""

    sha256: str
    suffix: str
    size_bytes: int
    site: str
    item: str
    purpose: str
    task: str
    taken_at: datetime | None
    lat: float | None
    lon: float | None


def safe_name(text: str) -> str:
    """A part of a path: nothing that Windows refuses, no trailing dot or space, no mark that turns the direction."""
    clean = _FORBIDDEN.sub("_", text).strip(" .")[:_LONGEST].strip(" .")
    return clean or "_"


def path_of(one: Placed, day: str) -> str:
    """site/item/day_purpose_hash: sorted by name, a folder reads as the story of its site."""
    name = f"{day or '_'}_{safe_name(one.purpose)}_{one.sha256[:8]}.{one.suffix}"
    return f"{safe_name(one.site)}/{safe_name(one.item)}/{name}"
