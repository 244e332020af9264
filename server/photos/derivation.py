"""The copies made of a photo: for the screen, for the declaration (R32), and with its facts burnt in."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path

import msgspec
import piexif
from PIL import Image, ImageDraw, ImageFont
from PIL.Image import Resampling

from schemas.marks import Mark
from server.clock import SHANGHAI
from server.photos.decoding import decode
from server.photos.exif import PlaceState, Witness
from server.photos.marking import draw_marks
from server.photos.recognition import Recognised

DECLARATION_ACCEPTED_BYTES = 2_097_152
DECLARATION_PRODUCED_BYTES = 2_000_000
SCREEN_PX = 1600
# As sharp as 2 MB can show, and 39 MB in memory: 12 MP cameras keep every pixel.
_MOST_PIXELS = 13_000_000
_LONGEST_EDGE_PX = 16_000
# JPEG qualities to choose from, the best first.
_QUALITIES = (85, 78, 70, 62, 54)
# What has to lose pixels loses so many that it keeps this quality.
_QUALITY_OF_SMALLER = 70
# A guess from a tenth of the lines that comes nearer to the limit than this is not worth a full encode.
_SURELY = 0.97
_EARLIEST_YEAR = 1990
# How much of its light the band behind the stamp keeps.
_DARKENED = 0.45
_SHANGHAI_OFFSET = timezone(timedelta(hours=8))


class Facts(msgspec.Struct, frozen=True):
    """What a derived copy says of its photo: place (WGS-84), local time with its offset where known."""

    lat: float | None = None
    lon: float | None = None
    accuracy_m: float | None = None
    local_time: str | None = None
    offset: str | None = None


def facts_of(
    witness: Witness,
    *,
    received_at: datetime,
    taken_at: datetime | None = None,
    position: tuple[float, float, float | None] | None = None,
) -> Facts:
    """The facts for a copy: the camera's place and time where it told them, else the phone's fix and clock.

    `position` is the phone's (lat, lon, accuracy_m). A camera time before 1990, or over a day after the
    receipt, is a clock that was never set. With neither place the copy carries none: nothing is invented.
    """
    lat, lon, accuracy_m = position or (None, None, None)
    if witness.place is PlaceState.VALID:
        lat, lon, accuracy_m = witness.lat, witness.lon, None
    camera = witness.taken_at(_SHANGHAI_OFFSET)
    if camera and camera.year >= _EARLIEST_YEAR and camera <= received_at + timedelta(days=1):
        return Facts(lat, lon, accuracy_m, witness.local_time, witness.offset)
    local = (taken_at or received_at).astimezone(SHANGHAI)
    return Facts(lat, lon, accuracy_m, local.strftime("%Y-%m-%dT%H:%M:%S"), "+08:00")


def make_declaration(path: Path, found: Recognised, facts: Facts) -> bytes:
    """R32: an upright sRGB JPEG of at most 2,000,000 bytes, never enlarged, its place and time in its EXIF.

    Always encoded anew, so that it carries nothing else. Raises UndecodableError, TooManyPixelsError.
    """
    image = _large(path, found)
    return encode_within(image, exif_of(facts, image.size), DECLARATION_PRODUCED_BYTES)


def make_stamped(path: Path, found: Recognised, facts: Facts, lines: list[str], marks: Sequence[Mark] = ()) -> bytes:
    """The declaration copy with `marks` drawn in and `lines` (time, site, place, short hash) burnt into its foot."""
    image = _large(path, found)
    # Before the lines: a stroke over the foot lies beneath what the stamp says.
    draw_marks(image, marks)
    image = stamped(image, lines)
    return encode_within(image, exif_of(facts, image.size), DECLARATION_PRODUCED_BYTES)


def make_screen(path: Path, found: Recognised) -> bytes:
    """An upright sRGB JPEG of at most 1600 px on its long edge, without any metadata."""
    image = decode(path, found, at_least_px=SCREEN_PX).image
    image.thumbnail((SCREEN_PX, SCREEN_PX), Resampling.BICUBIC, reducing_gap=2.0)
    written = io.BytesIO()
    image.save(written, "JPEG", quality=82)
    return written.getvalue()


def _large(path: Path, found: Recognised) -> Image.Image:
    image = decode(path, found, at_least_px=1, most_pixels=_MOST_PIXELS).image
    image.thumbnail((_LONGEST_EDGE_PX, _LONGEST_EDGE_PX), Resampling.BOX)
    return image


def encode_within(image: Image.Image, exif: bytes, limit_bytes: int) -> bytes:
    """Encode as well as fits into `limit_bytes`: by lower qualities first, then by fewer pixels.

    A full encode costs as much as the decode did, so the choice is made on a tenth of the lines, and mostly one full
    encode is enough.
    """
    while True:
        strips, share = _strips(image)
        guesses: dict[int, float] = {}
        for quality in _QUALITIES:
            guesses[quality] = guess = len(_encoded(strips, b"", quality)) * share + len(exif)
            if guess <= limit_bytes * _SURELY or (quality == _QUALITIES[-1] and guess <= limit_bytes):
                data = _encoded(image, exif, quality)
                if len(data) <= limit_bytes:
                    return data
                guesses[quality] = len(data)
        shrink = min(0.97, math.sqrt(limit_bytes / guesses[_QUALITY_OF_SMALLER]) * 0.97)
        smaller = (max(1, round(image.width * shrink)), max(1, round(image.height * shrink)))
        image = image.resize(smaller, Resampling.HAMMING, reducing_gap=2.0)


def _strips(image: Image.Image) -> tuple[Image.Image, float]:
    """Strips spread over the picture as one, and how many times as many lines the picture has."""
    lines = 16 * max(1, image.height // 640)
    if image.height < 20 * lines:
        return image, 1.0
    strips = Image.new(image.mode, (image.width, lines * 4))
    for number in range(4):
        top = image.height * (2 * number + 1) // 8
        strips.paste(image.crop((0, top, image.width, top + lines)), (0, number * lines))
    return strips, image.height / strips.height


def _encoded(image: Image.Image, exif: bytes, quality: int) -> bytes:
    written = io.BytesIO()
    image.save(written, "JPEG", quality=quality, exif=exif)
    return written.getvalue()


def exif_of(facts: Facts, size: tuple[int, int]) -> bytes:
    """An EXIF block of our own: upright, sRGB, with the time (and its offset) and the place where known."""
    main = {piexif.ImageIFD.Orientation: 1, piexif.ImageIFD.Software: b"Xungai"}
    camera: dict[int, int | bytes] = {
        piexif.ExifIFD.ColorSpace: 1,
        piexif.ExifIFD.PixelXDimension: size[0],
        piexif.ExifIFD.PixelYDimension: size[1],
    }
    if facts.local_time:
        written = datetime.fromisoformat(facts.local_time).strftime("%Y:%m:%d %H:%M:%S").encode()
        camera[piexif.ExifIFD.DateTimeOriginal] = written
        if facts.offset:
            camera[piexif.ExifIFD.OffsetTimeOriginal] = facts.offset.encode()
    blocks = {"0th": main, "Exif": camera, "GPS": _gps(facts)}
    return bytes(piexif.dump(blocks))


def _gps(facts: Facts) -> dict[int, object]:
    if facts.lat is None or facts.lon is None:
        return {}
    block: dict[int, object] = {
        piexif.GPSIFD.GPSVersionID: (2, 3, 0, 0),
        piexif.GPSIFD.GPSLatitudeRef: b"N" if facts.lat >= 0 else b"S",
        piexif.GPSIFD.GPSLatitude: _sexagesimal(abs(facts.lat)),
        piexif.GPSIFD.GPSLongitudeRef: b"E" if facts.lon >= 0 else b"W",
        piexif.GPSIFD.GPSLongitude: _sexagesimal(abs(facts.lon)),
        piexif.GPSIFD.GPSMapDatum: b"WGS-84",
    }
    if facts.accuracy_m is not None and 0 <= facts.accuracy_m < 1_000_000:
        block[piexif.GPSIFD.GPSHPositioningError] = (round(facts.accuracy_m * 10), 10)
    return block


def _sexagesimal(degrees: float) -> tuple[tuple[int, int], ...]:
    """Degrees, minutes and seconds as rationals; a ten-thousandth of a second is 3 mm."""
    ticks = round(degrees * 3600 * 10_000)
    whole, ticks = divmod(ticks, 3600 * 10_000)
    minutes, ticks = divmod(ticks, 60 * 10_000)
    return (whole, 1), (minutes, 1), (ticks, 10_000)


def stamped(image: Image.Image, lines: list[str]) -> Image.Image:
    """A copy with the lines written white on a dark band over the foot of the picture."""
    size = max(11, round(min(image.width, image.height * 1.6) / 42))
    font = chinese_font(size)
    widest = max((font.getlength(line) for line in lines), default=0)
    margin = size // 2
    if widest > image.width - 2 * margin > 0:
        font = chinese_font(max(6, int(size * (image.width - 2 * margin) / widest)))
    step = round(font.size * 1.4)
    band = min(image.height, step * len(lines) + margin * 2)
    top = image.height - band
    foot = image.crop((0, top, image.width, image.height))
    image.paste(foot.point([round(value * _DARKENED) for value in range(256)] * 3), (0, top))
    pen = ImageDraw.Draw(image)
    for number, line in enumerate(lines):
        pen.text((margin, top + margin + number * step), line, font=font, fill="white")
    return image


def chinese_font(size: int) -> ImageFont.FreeTypeFont:
    """The font of what is written on pictures; `size` in pixels."""
    import pylopdf_fonts_zh_cn as fonts  # noqa: PLC0415  (only where something is written)

    return ImageFont.truetype(str(Path(fonts.__file__).with_name("NotoSansSC-Regular.otf")), size)
