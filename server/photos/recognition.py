"""What a file really is, told from its first bytes, and whether it is small enough to be decoded at all."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

LARGEST_BYTES = 50 * 1024 * 1024
MEGAPIXEL = 1_000_000
JPEG_LIMIT = 200 * MEGAPIXEL
# libjpeg holds every coefficient of a picture that comes in several scans: about 6 bytes a pixel.
JPEG_IN_SCANS_LIMIT = 64 * MEGAPIXEL
OTHER_LIMIT = 50 * MEGAPIXEL

_MOST_SEGMENTS = 4096
_LARGEST_HEADER_BYTES = 24 * 1024 * 1024
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_SEQUENTIAL_HUFFMAN = (0xC0, 0xC1)
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})


class Kind(StrEnum):
    """The four kinds of picture that are photos here (R86)."""

    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    HEIC = "heic"

    @property
    def media_type(self) -> str:
        return f"image/{self.value}"

    @property
    def suffix(self) -> str:
        return "jpg" if self is Kind.JPEG else self.value


class NotAPhotoError(Exception):
    """Neither JPEG nor PNG nor WebP nor HEIC, whatever its name says."""


class TooManyPixelsError(Exception):
    """Over the pixel limit of its kind."""

    def __init__(self, width: int, height: int, limit: int) -> None:
        super().__init__(f"{width}x{height}")
        self.width, self.height, self.limit = width, height, limit


class UndecodableError(Exception):
    """It begins like a photo, but it cannot be read to its end."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """The kind, the stored size in pixels (0 × 0 where only a decoder can tell), and how it may be decoded.

    `streams` is true for a JPEG in one scan: it is decoded line by line at a fraction of its size, in the
    memory of the small picture. Everything else is decoded whole, in a process with a limit.
    """

    kind: Kind
    width: int
    height: int
    streams: bool = False


def recognise(path: Path) -> Recognised:
    """Tell the kind by the first bytes and check the pixel limit before anything is decoded (R86).

    Raises NotAPhotoError, TooManyPixelsError or UndecodableError. Blocks on the file: call it in a thread.
    """
    with path.open("rb") as file:
        head = file.read(64)
        if head.startswith(b"\xff\xd8\xff"):
            return _jpeg(file)
        if head.startswith(b"\x89PNG\r\n\x1a\n"):
            return _within(Recognised(Kind.PNG, *_png_size(head)), OTHER_LIMIT)
        if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
            return _within(Recognised(Kind.WEBP, *_webp_size(head)), OTHER_LIMIT)
        if head[4:8] == b"ftyp" and _is_heic(head):
            return Recognised(Kind.HEIC, 0, 0)
    raise NotAPhotoError


def checked_size(found: Recognised, width: int, height: int) -> None:
    """Check the size that a decoder tells after opening. Raises TooManyPixelsError."""
    limit = OTHER_LIMIT
    if found.kind is Kind.JPEG:
        limit = JPEG_LIMIT if found.streams else JPEG_IN_SCANS_LIMIT
    if width * height > limit:
        raise TooManyPixelsError(width, height, limit)


def _within(found: Recognised, limit: int) -> Recognised:
    if found.width < 1 or found.height < 1:
        raise UndecodableError("a picture without a size")
    if found.width * found.height > limit:
        raise TooManyPixelsError(found.width, found.height, limit)
    return found


def _jpeg(file: BinaryIO) -> Recognised:
    """Walk the marker segments to the first scan: only there is it known whether libjpeg can stream it."""
    file.seek(2)
    frame: tuple[int, int, int, int] | None = None
    for _ in range(_MOST_SEGMENTS):
        marker = _next_marker(file)
        if marker in (0xD8, 0x01) or 0xD0 <= marker <= 0xD7:
            continue
        length = struct.unpack(">H", _exactly(file, 2))[0] - 2
        if marker == 0xD9 or length < 0 or file.tell() > _LARGEST_HEADER_BYTES:
            break
        if marker in _FRAMES:
            body = _exactly(file, length)
            height, width, components = struct.unpack(">HHB", _exactly_of(body, 1, 5))
            frame = frame or (marker, width, height, components)
        elif marker == 0xDA:
            if frame is None:
                break
            return _framed(*frame, components_in_scan=_exactly(file, 1)[0])
        else:
            file.seek(length, 1)
    raise UndecodableError("no picture in the JPEG")


def _framed(marker: int, width: int, height: int, components: int, *, components_in_scan: int) -> Recognised:
    streams = marker in _SEQUENTIAL_HUFFMAN and components_in_scan == components
    limit = JPEG_LIMIT if streams else JPEG_IN_SCANS_LIMIT
    return _within(Recognised(Kind.JPEG, width, height, streams), limit)


def _next_marker(file: BinaryIO) -> int:
    if _exactly(file, 1) != b"\xff":
        raise UndecodableError("a broken JPEG segment")
    marker = 0xFF
    for _ in range(_MOST_SEGMENTS):  # any number of fill bytes may come first
        if marker != 0xFF:
            return marker
        marker = _exactly(file, 1)[0]
    raise UndecodableError("a broken JPEG segment")


def _png_size(head: bytes) -> tuple[int, int]:
    if head[12:16] != b"IHDR":
        raise UndecodableError("a PNG without a header")
    width, height = struct.unpack(">II", _exactly_of(head, 16, 8))
    return width, height


def _webp_size(head: bytes) -> tuple[int, int]:
    chunk = head[12:16]
    if chunk == b"VP8X":
        size = _exactly_of(head, 24, 6)
        return int.from_bytes(size[:3], "little") + 1, int.from_bytes(size[3:], "little") + 1
    if chunk == b"VP8L":
        bits = int.from_bytes(_exactly_of(head, 21, 4), "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if chunk == b"VP8 ":
        width, height = struct.unpack("<HH", _exactly_of(head, 26, 4))
        return width & 0x3FFF, height & 0x3FFF
    raise UndecodableError("a WebP without a picture")


def _is_heic(head: bytes) -> bool:
    size = min(int.from_bytes(head[:4], "big"), len(head))
    brands = {head[8:12], *(head[at : at + 4] for at in range(16, size, 4))}
    return bool(brands & _HEIC_BRANDS)


def _exactly(file: BinaryIO, count: int) -> bytes:
    return _exactly_of(file.read(count), 0, count)


def _exactly_of(data: bytes, start: int, count: int) -> bytes:
    piece = data[start : start + count]
    if len(piece) < count:
        raise UndecodableError("cut short")
    return piece
