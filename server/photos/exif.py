"""What the camera says of itself. A second witness, read without trust: reading never fails."""

from __future__ import annotations

import re
import struct
from contextlib import suppress
from datetime import datetime, timedelta, timezone
from enum import StrEnum
from math import isfinite
from typing import Any

import msgspec
from PIL import Image

from server.photos.geo import is_position

_EXIF_IFD, _GPS_IFD = 0x8769, 0x8825
_ORIENTATION, _MAKE, _MODEL, _SOFTWARE, _CHANGED = 0x0112, 0x010F, 0x0110, 0x0131, 0x0132
_TIMES = ((0x9003, 0x9011), (0x9004, 0x9012), (_CHANGED, 0x9010))
_LAT_REF, _LAT, _LON_REF, _LON = 1, 2, 3, 4
_LONGEST_TEXT = 64
_OFFSET = re.compile(r"[+-](0\d|1[0-4]):[0-5]\d")
# The size in bytes of each TIFF value type, by its number.
_TYPE_BYTES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}

_Tags = dict[int, Any]


class PlaceState(StrEnum):
    """What the camera says of the place. `zeroed` is what a browser leaves when it takes the place out."""

    ABSENT = "absent"
    ZEROED = "zeroed"
    MALFORMED = "malformed"
    VALID = "valid"


class Witness(msgspec.Struct, frozen=True, rename="camel"):
    """The camera's words: place (WGS-84 degrees), local time with its offset where told, and the device.

    `malformed` is true where the block is damaged (and what could be read of it is here all the same).
    """

    present: bool = False
    malformed: bool = False
    place: PlaceState = PlaceState.ABSENT
    lat: float | None = None
    lon: float | None = None
    local_time: str | None = None
    offset: str | None = None
    orientation: int = 1
    camera: str | None = None
    software: str | None = None

    def taken_at(self, assumed: timezone) -> datetime | None:
        """The instant, taking `assumed` for a camera that names no offset."""
        if self.local_time is None:
            return None
        local = datetime.fromisoformat(self.local_time)
        return local.replace(tzinfo=_zone(self.offset) if self.offset else assumed)


def read_witness(image: Image.Image) -> Witness:
    """Read the EXIF of an opened picture. Never raises: what cannot be read is absent, and marked."""
    raw = image.info.get("exif")
    raw = bytes(raw) if isinstance(raw, bytes | bytearray) else b""
    if not raw:
        return Witness()
    try:
        main = image.getexif()
        camera, gps = main.get_ifd(_EXIF_IFD), main.get_ifd(_GPS_IFD)
        return _witness(dict(main), camera, gps, malformed=not is_sound(raw))
    except Exception:  # any damage at all: Pillow promises no list of errors here
        return Witness(present=True, malformed=True)


def _witness(main: _Tags, camera: _Tags, gps: _Tags, *, malformed: bool) -> Witness:
    place, lat, lon = _place(gps)
    local_time, offset = _time(main, camera)
    orientation = main.get(_ORIENTATION)
    device = " ".join(filter(None, (_text(main.get(_MAKE)), _text(main.get(_MODEL)))))
    return Witness(
        present=True,
        malformed=malformed,
        place=place,
        lat=lat,
        lon=lon,
        local_time=local_time,
        offset=offset,
        orientation=orientation if isinstance(orientation, int) and 1 <= orientation <= 8 else 1,
        camera=device or None,
        software=_text(main.get(_SOFTWARE)),
    )


def _place(gps: _Tags) -> tuple[PlaceState, float | None, float | None]:
    if _LAT not in gps and _LON not in gps:
        return PlaceState.ABSENT, None, None
    lat, lon = _degrees(gps.get(_LAT)), _degrees(gps.get(_LON))
    if (lat, lon) == (0.0, 0.0):
        return PlaceState.ZEROED, None, None
    north, east = _sign(gps.get(_LAT_REF), "N", "S"), _sign(gps.get(_LON_REF), "E", "W")
    if lat is None or lon is None or not (north and east) or not is_position(lat * north, lon * east):
        return PlaceState.MALFORMED, None, None
    return PlaceState.VALID, round(lat * north, 7), round(lon * east, 7)


def _degrees(value: Any) -> float | None:
    with suppress(TypeError, ValueError, ZeroDivisionError, OverflowError):
        parts = [float(part) for part in (*value, 0.0, 0.0)[:3]]
        degrees, minutes, seconds = parts
        if all(isfinite(part) and part >= 0 for part in parts) and minutes <= 60 >= seconds:
            return degrees + minutes / 60 + seconds / 3600
    return None


def _sign(value: Any, plus: str, minus: str) -> int:
    letter = (_text(value) or "")[:1].upper()
    return 1 if letter == plus else -1 if letter == minus else 0


def _time(main: _Tags, camera: _Tags) -> tuple[str | None, str | None]:
    for time_tag, offset_tag in _TIMES:
        written = _text(main.get(time_tag) if time_tag == _CHANGED else camera.get(time_tag))
        with suppress(ValueError):
            local = datetime.strptime((written or "")[:19], "%Y:%m:%d %H:%M:%S")
            offset = _text(camera.get(offset_tag)) or ""
            return local.isoformat(), offset if _OFFSET.fullmatch(offset) else None
    return None, None


def _zone(offset: str) -> timezone:
    sign = -1 if offset[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(offset[1:3]), minutes=int(offset[4:6])))


def _text(value: Any) -> str | None:
    """At most 64 printable characters: no NUL (PostgreSQL keeps none), no lone surrogate, no control."""
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if not isinstance(value, str):
        return None
    # Pillow reads EXIF text as Latin-1; Chinese phones write UTF-8.
    with suppress(UnicodeError):
        value = value.encode("latin-1").decode("utf-8")
    value = value.encode("utf-8", "replace").decode("utf-8").split("\0")[0]
    return "".join(letter for letter in value if letter.isprintable())[:_LONGEST_TEXT].strip() or None


def is_sound(raw: bytes) -> bool:
    """Whether the blocks of an EXIF body lie inside it and none leads back to one that was read."""
    body = raw.removeprefix(b"Exif\0\0")
    order = {b"II": "<", b"MM": ">"}.get(body[:2])
    if order is None or len(body) < 8:
        return False
    waiting, seen = [(struct.unpack_from(order + "I", body, 4)[0], True)], set[int]()
    while waiting:
        at, in_chain = waiting.pop()
        if at in seen or len(seen) > 16:
            return False
        seen.add(at)
        inside = _pointers(body, at, order, in_chain=in_chain)
        if inside is None:
            return False
        waiting += inside
    return True


def _pointers(body: bytes, at: int, order: str, *, in_chain: bool) -> list[tuple[int, bool]] | None:
    """Where an IFD leads to, or None when it does not lie inside the body."""
    if at + 2 > len(body):
        return None
    count = struct.unpack_from(order + "H", body, at)[0]
    if at + 2 + count * 12 > len(body):
        return None
    found = []
    for number in range(count):
        tag, kind, values, pointer = struct.unpack_from(order + "HHII", body, at + 2 + number * 12)
        length = _TYPE_BYTES.get(kind, 1) * values
        if length > 4 and pointer + length > len(body):
            return None
        if tag in (_EXIF_IFD, _GPS_IFD):
            found.append((pointer, False))
    end = at + 2 + count * 12
    # Many writers leave the link to a next block out of the Exif and GPS blocks, where it means nothing.
    following = struct.unpack_from(order + "I", body, end)[0] if in_chain and end + 4 <= len(body) else 0
    return [*found, (following, True)] if following else found
