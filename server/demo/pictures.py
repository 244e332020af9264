"""The demo photos: drawn scenes in a light of their own, with the EXIF that a phone's camera writes."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from datetime import datetime
from random import Random

import piexif
from PIL import Image, ImageChops, ImageDraw
from PIL.Image import Resampling

from server.clock import SHANGHAI
from server.demo.interiors import SCENES_OF_ROOMS
from server.demo.papers import SCENES_OF_PAPERS
from server.demo.scenes import HEIGHT_PX, SCENES_OF_BUILDINGS, WIDTH_PX, Brush
from server.photos.derivation import Facts, exif_of

SCENES = {**SCENES_OF_BUILDINGS, **SCENES_OF_ROOMS, **SCENES_OF_PAPERS}
_QUALITY = 80
_GRAIN = 0.07


@dataclass(frozen=True, slots=True)
class Moment:
    """Where the camera stood (WGS-84 degrees, None where it wrote no place) and when."""

    taken_at: datetime
    lat: float | None = None
    lon: float | None = None


def draw(scene: str, *, seed: str) -> Image.Image:
    """A scene of 1600 × 1200 as one camera saw it: another seed is another standpoint, light and grain."""
    dice = Random(hashlib.sha256(f"{scene}/{seed}".encode()).digest())  # noqa: S311  (a picture, not a secret)
    image = Image.new("RGB", (WIDTH_PX, HEIGHT_PX), "#cccccc")
    SCENES[scene](Brush(ImageDraw.Draw(image), dice))
    return ImageChops.multiply(image, _light(dice))


def _light(dice: Random) -> Image.Image:
    """Light that falls in from one side or corner, with the sensor's grain in it."""
    corners = Image.frombytes("L", (2, 2), bytes(dice.choice((196, 222, 244, 255)) for _ in range(4)))
    light = corners.resize((WIDTH_PX, HEIGHT_PX), Resampling.BICUBIC)
    grain = Image.frombytes("L", (WIDTH_PX // 2, HEIGHT_PX // 2), dice.randbytes(WIDTH_PX * HEIGHT_PX // 4))
    lit = Image.blend(light, grain.resize(light.size, Resampling.NEAREST), _GRAIN)
    warm = dice.choice((0.94, 1.0))
    return Image.merge("RGB", (lit, lit, lit if warm == 1.0 else lit.point(lambda value: value * warm)))


def photograph(scene: str, *, seed: str, moment: Moment) -> bytes:
    """The scene as a JPEG file, its place and local time in EXIF as a camera writes them."""
    local = moment.taken_at.astimezone(SHANGHAI).strftime("%Y-%m-%dT%H:%M:%S")
    facts = Facts(moment.lat, moment.lon, None, local, "+08:00")
    blocks = piexif.load(exif_of(facts, (WIDTH_PX, HEIGHT_PX)))  # noqa: TID251  (our own block, made one line above)
    blocks["0th"] |= {piexif.ImageIFD.Make: b"Xungai", piexif.ImageIFD.Model: b"Demo Camera"}
    written = io.BytesIO()
    draw(scene, seed=seed).save(written, "JPEG", quality=_QUALITY, exif=piexif.dump(blocks))
    return written.getvalue()
