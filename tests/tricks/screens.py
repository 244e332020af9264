"""Can a photo of a screen be told by the grid of its pixels? An experiment, whose numbers stand in docs/evidence.md.

A screen's grid beats with the sensor's (moiré) and repeats; so the noise of a part of the picture is laid on itself,
shifted by 3 to 40 pixels, and how far the best shift stands out of its neighbours is the score.
"""

from __future__ import annotations

import math
from functools import cache

from PIL import Image, ImageChops, ImageEnhance, ImageFilter, ImageMath
from PIL.Image import Resampling, Transform

from tests.tricks import camera

_PART = (1024, 768)
_SHIFTS = range(3, 41)


def score(image: Image.Image) -> float:
    """How regular the finest detail of the middle of a picture is: 0 not at all, 1 a perfect grid."""
    grey = image.convert("L")
    left, top = max(0, (grey.width - _PART[0]) // 2), max(0, (grey.height - _PART[1]) // 2)
    part = grey.crop((left, top, min(grey.width, left + _PART[0]), min(grey.height, top + _PART[1])))
    fine = _fine(part)
    return max(_standing_out(fine, across=True), _standing_out(fine, across=False))


def _fine(part: Image.Image) -> Image.Image:
    smooth = part.filter(ImageFilter.GaussianBlur(1.5))
    fine: Image.Image = ImageMath.lambda_eval(lambda p: p["a"] - p["b"], a=part.convert("F"), b=smooth.convert("F"))
    return fine


def _standing_out(fine: Image.Image, *, across: bool) -> float:
    like = {shift: _likeness(fine, shift, across=across) for shift in range(1, _SHIFTS.stop + 3)}
    best = 0.0
    for shift in _SHIFTS:
        if shift % 8 == 0:  # the blocks of the JPEG itself
            continue
        around = [like[shift + step] for step in (-2, 2) if (shift + step) in like]
        best = max(best, like[shift] - max(around))
    return round(best, 3)


def _likeness(fine: Image.Image, shift: int, *, across: bool) -> float:
    x, y = (shift, 0) if across else (0, shift)
    one = fine.crop((0, 0, fine.width - x, fine.height - y))
    two = fine.crop((x, y, fine.width, fine.height))
    shared, own, other = _mean(one, two), _mean(one, one), _mean(two, two)
    return shared / math.sqrt(own * other) if own > 0 and other > 0 else 0.0


def _mean(one: Image.Image, two: Image.Image) -> float:
    product = ImageMath.lambda_eval(lambda p: p["a"] * p["b"], a=one, b=two)
    return float(product.resize((1, 1), Resampling.BOX).getpixel((0, 0)))


@cache
def _stripes(size: tuple[int, int]) -> Image.Image:
    """A screen's dots: red, green and blue stripes with dark lines between the rows."""
    cell = Image.new("RGB", (3, 3))
    for x, colour in enumerate(((255, 40, 40), (40, 255, 40), (40, 40, 255))):
        for y in range(2):
            cell.putpixel((x, y), colour)
    sheet = Image.new("RGB", size)
    row = Image.new("RGB", (size[0], 3))
    for x in range(0, size[0], 3):
        row.paste(cell, (x, 0))
    for y in range(0, size[1], 3):
        sheet.paste(row, (0, y))
    return sheet


def photographed_screen(seed: int, *, dots: float, turn: float, blur: float, quality: int = 90) -> Image.Image:
    """A screen that shows a scene, photographed so that a dot covers `dots` pixels of the sensor."""
    shown = camera.view(camera.scene(seed)).resize((800, 600), Resampling.BICUBIC)
    large = shown.resize((2400, 1800), Resampling.NEAREST)
    screen = ImageEnhance.Brightness(ImageChops.multiply(large, _stripes((2400, 1800)))).enhance(2.0)
    step = 3 / dots
    wide, high = camera.SENSOR
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))

    def at(x: float, y: float) -> tuple[float, float]:
        x, y = (x - wide / 2) * step, (y - high / 2) * step
        return 1200 + cos * x - sin * y, 900 + sin * x + cos * y

    corners = (*at(0, 0), *at(0, high), *at(wide, high), *at(wide, 0))
    seen = screen.filter(ImageFilter.GaussianBlur(blur * step)).transform(
        camera.SENSOR, Transform.QUAD, corners, Resampling.BILINEAR
    )
    return camera.opened(camera.jpeg(camera.shoot(seen, shot=seed + 40), quality))


def photographed_grating(seed: int, *, pitch: int) -> Image.Image:
    """Something honest that repeats: a perforated ceiling, a fly screen, a ribbed shutter, seen at this pitch in
    pixels."""
    wall = camera.view(camera.scene(seed)).filter(ImageFilter.GaussianBlur(30))
    cell = Image.new("L", (pitch, pitch), 255)
    for x in range(pitch // 2):
        for y in range(pitch // 2):
            cell.putpixel((x, y), 90)
    sheet = Image.new("L", camera.SENSOR)
    for x in range(0, camera.SENSOR[0], pitch):
        for y in range(0, camera.SENSOR[1], pitch):
            sheet.paste(cell, (x, y))
    seen = ImageChops.multiply(wall, Image.merge("RGB", [sheet] * 3)).filter(ImageFilter.GaussianBlur(0.7))
    return camera.opened(camera.jpeg(camera.shoot(seen, shot=seed + 41)))


def generated() -> dict[str, list[float]]:
    """The scores of screens by how many pixels one of their dots covers, and of honest pictures."""
    found: dict[str, list[float]] = {}
    for dots in (1.7, 2.3, 3.1, 4.6):
        for blur in (0.3, 1.0):
            name = f"screen, {dots} px a dot, {'sharp' if blur < 0.5 else 'soft'}"
            image = photographed_screen(1, dots=dots, turn=1.0, blur=blur)
            small = camera.opened(camera.resaved(camera.jpeg(image, 92), quality=70, long_px=1280))
            found[name] = [score(image)]
            found[f"{name}, through a messenger"] = [score(small)]
    for pitch in (5, 9, 13):
        found[f"honest: perforated panel, {pitch} px"] = [score(photographed_grating(2, pitch=pitch))]
    rooms = [camera.opened(camera.jpeg(camera.shoot(camera.view(camera.scene(seed)), shot=seed))) for seed in (1, 2, 3)]
    found["honest: rooms"] = [score(room) for room in rooms]
    return found
