"""What was drawn over a photo, drawn into a copy of it. The photo's own bytes stay as they were taken."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PIL import Image, ImageDraw

from schemas.marks import Mark

_INK, _HALO = "#d92d20", "#ffffff"
_HEAD, _HEAD_ANGLE = 0.22, 0.45
# Of the longer edge: seen on paper, and no more of the photo covered than needed.
_WIDTH = 1 / 160

Point = tuple[float, float]


def draw_marks(image: Image.Image, marks: Sequence[Mark]) -> None:
    """Draw strokes into an upright picture, in red on white so that they are seen on every ground."""
    draw = ImageDraw.Draw(image)
    width = max(2, round(max(image.size) * _WIDTH))
    for mark in marks:
        lines = strokes(mark, image.size)
        for colour, thick in ((_HALO, 2 * width), (_INK, width)):
            for line in lines:
                draw.line(line, fill=colour, width=thick, joint="curve")
                for x, y in (line[0], line[-1]):
                    draw.ellipse((x - thick / 2, y - thick / 2, x + thick / 2, y + thick / 2), fill=colour)


def strokes(mark: Mark, size: tuple[int, int]) -> list[list[Point]]:
    """The lines of a mark in the pixels of a picture of this size."""
    width, height = size
    points = [(x * width, y * height) for x, y in zip(mark.points[::2], mark.points[1::2], strict=True)]
    match mark.shape:
        case "circle":
            return [_ellipse(*points)]
        case "arrow":
            return [points, _head(*points)]
        case _:
            return [points]


def _ellipse(one: Point, other: Point) -> list[Point]:
    (x1, y1), (x2, y2) = one, other
    angles = [corner * math.tau / 72 for corner in range(73)]
    return [
        ((x1 + x2) / 2 + (x2 - x1) / 2 * math.cos(angle), (y1 + y2) / 2 + (y2 - y1) / 2 * math.sin(angle))
        for angle in angles
    ]


def _head(tail: Point, tip: Point) -> list[Point]:
    angle = math.atan2(tip[1] - tail[1], tip[0] - tail[0])
    length = _HEAD * math.dist(tail, tip)
    one, other = (
        (tip[0] - length * math.cos(angle + turn), tip[1] - length * math.sin(angle + turn))
        for turn in (_HEAD_ANGLE, -_HEAD_ANGLE)
    )
    return [one, tip, other]
