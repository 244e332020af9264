"""The `Upload-Metadata` of a photo: its hash and the circumstances that the phone claims."""

from __future__ import annotations

import base64
import binascii
import re
from contextlib import suppress
from datetime import datetime
from typing import Literal

import msgspec

from schemas.marks import Mark
from server.errors import FieldError
from server.photos.errors import BadMetadata
from server.photos.flags import Fix
from server.photos.geo import is_position

_SHA256 = re.compile(r"[0-9a-f]{64}")
_LONGEST_HEADER = 8192


class Circumstances(msgspec.Struct, frozen=True):
    """Who, when, where is not in the bytes: this is what the phone says. `lat`, `lon` in WGS-84 degrees; its clock was
    `clock_skew_s` seconds ahead of the server's, where it told its time. `marks` and `note` are of the use alone."""

    taken_at: datetime | None = None
    source: Literal["camera", "gallery"] = "camera"
    lat: float | None = None
    lon: float | None = None
    accuracy_m: float | None = None
    fix_at: datetime | None = None
    clock_skew_s: float | None = None
    marks: tuple[Mark, ...] = ()
    note: str = ""

    @property
    def fix(self) -> Fix | None:
        """The position, or None where the numbers are no place on earth (R86)."""
        if self.lat is None or self.lon is None or not is_position(self.lat, self.lon):
            return None
        return Fix(self.lat, self.lon, self.accuracy_m, self.fix_at)


def parse(header: str) -> tuple[str, Circumstances]:
    """The announced SHA-256 and the circumstances. Raises BadMetadata, naming every fault.

    Numbers that are no position are no fault: the photo is taken without one (R86).
    """
    pairs, errors = _pairs(header), list[FieldError]()
    sha256 = pairs.get("sha256", "")
    if not _SHA256.fullmatch(sha256):
        errors.append(FieldError("/sha256", "metadata-sha256"))
    source = pairs.get("source", "camera")
    if source not in ("camera", "gallery"):
        errors.append(FieldError("/source", "metadata-source"))
    instants: dict[str, datetime | None] = {}
    for name in ("takenAt", "fixAt"):
        try:
            instants[name] = _instant(pairs.get(name, ""))
        except ValueError:
            errors.append(FieldError(f"/{name}", "metadata-instant"))
    if errors:
        raise BadMetadata(errors=errors)
    circumstances = Circumstances(
        taken_at=instants["takenAt"],
        source="gallery" if source == "gallery" else "camera",
        lat=_number(pairs.get("lat")),
        lon=_number(pairs.get("lon")),
        accuracy_m=_number(pairs.get("accuracyM")),
        fix_at=instants["fixAt"],
    )
    return sha256, circumstances


def clock_skew_s(device_time: str | None, received_at: datetime) -> float | None:
    """How many seconds a phone's clock is ahead, by its `X-Device-Time`; None where it tells no instant."""
    with suppress(ValueError):
        instant = _instant(device_time or "")
        return None if instant is None else round((instant - received_at).total_seconds(), 3)
    return None


def _pairs(header: str) -> dict[str, str]:
    if len(header) > _LONGEST_HEADER:
        raise BadMetadata(errors=[FieldError("", "metadata-encoding")])
    pairs = {}
    try:
        for entry in filter(None, (part.strip() for part in header.split(","))):
            name, _, encoded = entry.partition(" ")
            pairs[name] = base64.b64decode(encoded, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError) as error:
        raise BadMetadata(errors=[FieldError("", "metadata-encoding")]) from error
    return pairs


def _instant(text: str) -> datetime | None:
    if not text:
        return None
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None or not 1970 <= instant.year <= 9998:
        raise ValueError(text)
    return instant


def _number(text: str | None) -> float | None:
    with suppress(ValueError):
        number = float(text or "")
        # Beyond this a number is no position and no accuracy, and no database column's business.
        return number if abs(number) < 1e9 else None
    return None
