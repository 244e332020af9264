"""A scene, a camera that looks at it, and what people do to pictures. Everything follows from its seed."""

from __future__ import annotations

import io
import math
import random
from functools import cache, lru_cache

from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter, ImageMath
from PIL.Image import Resampling, Transform

SENSOR = (1600, 1200)
_SCENE = (1840, 1380)
# The standard deviation of the mean of four uniform bytes.
_MEAN_OF_FOUR = 36.95
# How much one pixel of a sensor answers more than another, in percent: the same in each of its pictures.
_FIXED_PATTERN_PERCENT = 0.5


@cache
def scene(seed: int) -> Image.Image:
    """A room: walls in changing light, furniture with edges, posters with print, rough patches."""
    chance, (width, height) = random.Random(seed), _SCENE
    low, high = (tuple(chance.randrange(*span) for _ in range(3)) for span in ((60, 160), (120, 220)))
    light = Image.linear_gradient("L").resize(_SCENE)
    room = Image.composite(Image.new("RGB", _SCENE, low), Image.new("RGB", _SCENE, high), light)
    pen = ImageDraw.Draw(room)
    for _ in range(chance.randrange(14, 26)):
        x, y = chance.randrange(width), chance.randrange(height)
        corner = (x + chance.randrange(60, width // 3), y + chance.randrange(60, height // 3))
        colour = tuple(chance.randrange(30, 240) for _ in range(3))
        pen.rectangle(((x, y), corner), fill=colour, outline=(30, 30, 30), width=chance.randrange(1, 6))
    for _ in range(3):
        _poster(pen, chance)
    rough = Image.blend(_rough(seed * 3 + 1, 60), _rough(seed * 3 + 2, 5), 0.5)
    where = Image.new("L", _SCENE, 0)
    spots = ImageDraw.Draw(where)
    for _ in range(5):
        x, y = chance.randrange(width), chance.randrange(height)
        spots.ellipse((x - 200, y - 150, x + 200, y + 150), fill=90)
    room = Image.composite(Image.merge("RGB", [rough] * 3), room, where)
    return room.filter(ImageFilter.GaussianBlur(0.8))


def _poster(pen: ImageDraw.ImageDraw, chance: random.Random) -> None:
    x, y = chance.randrange(_SCENE[0] - 300), chance.randrange(_SCENE[1] - 240)
    pen.rectangle((x, y, x + 280, y + 220), fill=(240, 238, 230))
    for line in range(10):
        for sign in range(chance.randrange(8, 22)):
            left, top = x + 14 + sign * 12, y + 14 + line * 20
            pen.rectangle((left, top, left + chance.randrange(3, 9), top + chance.randrange(6, 12)), fill=(40, 40, 60))


def _rough(seed: int, cell: int) -> Image.Image:
    size = max(2, _SCENE[0] // cell), max(2, _SCENE[1] // cell)
    grains = Image.frombytes("L", size, random.Random(seed).randbytes(size[0] * size[1]))
    return grains.resize(_SCENE, Resampling.BICUBIC)


def view(
    room: Image.Image, *, shift: tuple[float, float] = (0, 0), zoom: float = 1.0, turn: float = 0.0, bend: float = 0.0
) -> Image.Image:
    """What the camera sees: `shift` in pixels of the scene, `turn` in degrees, `bend` as another standpoint does."""
    middle = room.width / 2 + shift[0], room.height / 2 + shift[1]
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))

    def at(x: float, y: float) -> tuple[float, float]:
        x, y = (x - SENSOR[0] / 2) / zoom, (y - SENSOR[1] / 2) / zoom
        stretch = 1 + bend * x / SENSOR[0]
        return middle[0] + (cos * x - sin * y) * stretch, middle[1] + (sin * x + cos * y) * stretch

    wide, high = SENSOR
    corners = (*at(0, 0), *at(0, high), *at(wide, high), *at(wide, 0))
    return room.transform(SENSOR, Transform.QUAD, corners, Resampling.BICUBIC)


@lru_cache(maxsize=4)
def _noise(seed: int, sigma: float) -> Image.Image:
    """Bell-shaped noise about 0."""
    chance, count = random.Random(seed), SENSOR[0] * SENSOR[1]
    one, two, three, four = (Image.frombytes("L", SENSOR, chance.randbytes(count)) for _ in range(4))
    mean = ImageChops.add(ImageChops.add(one, two, 2), ImageChops.add(three, four, 2), 2)
    scale = sigma / _MEAN_OF_FOUR
    return mean.convert("F").point(lambda value: value * scale - 127.5 * scale)


def shoot(seen: Image.Image, *, shot: int, phone: int = 1, sigma: float = 5.0, gain: float = 1.0) -> Image.Image:
    """What the sensor makes of it: noise of this very shot, the fixed pattern of this phone, and a little smoothing."""
    if gain != 1.0:
        seen = ImageEnhance.Brightness(seen).enhance(gain)
    pattern = _noise(900_000 + phone, _FIXED_PATTERN_PERCENT)
    bands = []
    for number, band in enumerate(seen.split()):
        grain = _noise(shot * 10 + number, sigma)
        exposed = ImageMath.lambda_eval(
            lambda p: p["b"] + p["b"] * p["f"] * 0.01 + p["n"], b=band.convert("F"), f=pattern, n=grain
        )
        bands.append(exposed.convert("L"))
    return Image.merge("RGB", bands).filter(ImageFilter.GaussianBlur(0.5))


def jpeg(image: Image.Image, quality: int = 90) -> bytes:
    """The bytes of a JPEG."""
    written = io.BytesIO()
    image.save(written, "JPEG", quality=quality)
    return written.getvalue()


def opened(data: bytes) -> Image.Image:
    """The picture of a JPEG."""
    return Image.open(io.BytesIO(data)).convert("RGB")


def resaved(data: bytes, *, quality: int, long_px: int | None = None) -> bytes:
    """Sent through a messenger: perhaps smaller, and compressed again."""
    image = opened(data)
    if long_px:
        image.thumbnail((long_px, long_px), Resampling.LANCZOS)
    return jpeg(image, quality)


def cropped(data: bytes, box: tuple[float, float, float, float], *, quality: int = 85) -> bytes:
    """A part of the picture: left, top, right, bottom in shares."""
    image = opened(data)
    left, top, right, bottom = box
    wide, high = image.size
    edges = (round(left * wide), round(top * high), round(right * wide), round(bottom * high))
    return jpeg(image.crop(edges), quality)


def brightened(data: bytes, factor: float, *, quality: int = 85) -> bytes:
    """Through a filter that changes the light."""
    return jpeg(ImageEnhance.Contrast(ImageEnhance.Brightness(opened(data)).enhance(factor)).enhance(1.1), quality)


def painted_over(data: bytes, *, seed: int, share: float, quality: int, with_what: str = "clone") -> bytes:
    """A part replaced by another part of the picture, or smoothed away, with soft edges."""
    image, chance = opened(data), random.Random(seed)
    wide, high = (round(side * math.sqrt(share)) for side in image.size)
    x, y = chance.randrange(image.width - wide), chance.randrange(image.height - high)
    if with_what == "clone":
        u, v = (x + image.width // 2) % (image.width - wide), (y + image.height // 2) % (image.height - high)
        piece = image.crop((u, v, u + wide, v + high))
    else:
        piece = image.crop((x, y, x + wide, y + high)).filter(ImageFilter.GaussianBlur(18))
    soft = Image.new("L", (wide, high), 0)
    ImageDraw.Draw(soft).rounded_rectangle((4, 4, wide - 5, high - 5), 12, fill=255)
    image.paste(piece, (x, y), soft.filter(ImageFilter.GaussianBlur(3)))
    return jpeg(image, quality)
