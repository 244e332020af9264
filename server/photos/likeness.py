"""Whether two pictures are one exposure: the same scene may be taken twice, the same noise comes but once.

The later picture is laid on the earlier one (it may have been cropped and shrunk), and what a smooth picture would not
have (sensor noise, grain) is compared block by block. Only quiet blocks decide, because a wall's texture is the same
in two honest shots and its noise is not. In a copy the quiet blocks agree; where a part was painted over, they do not.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Literal

import msgspec
from PIL import Image, ImageMath
from PIL.Image import Resampling

from server.photos.registration import WHOLE, Box, place_of

COMPARED_PX = 1024
_BLOCK_PX = 32
_LEAST_ENERGY = 0.02
_QUIET_SHARE = 0.4
_FEWEST_QUIET = 24
# Of honest pairs the quiet blocks agree under 0.06, of copies mostly over 0.15 (docs/evidence.md).
SAME_NOISE = 0.1
# The pixels of one sensor answer a little differently, the same in all its pictures: that may come near the limit
# above where light is plenty. But only in a copy do the edges of things lie on each other as well.
_SAME_EDGES = 0.2
_EDGES_SHARE = 0.4
# A part is foreign where its noise agrees less than this share of what the quiet blocks do.
_FOREIGN = 0.35
# Where the noise of a copy is less clear than this, a block is judged together with its neighbours.
_CLEAR_NOISE = 0.6
_SMALLEST_PATCH_BLOCKS = 4
_LARGEST_PATCH_SHARE = 0.6

# Column, row, energy in the earlier picture, agreement.
_Cell = tuple[int, int, float, float]
Verdict = Literal["same", "edited", "other", "unclear"]


class Comparison(msgspec.Struct, frozen=True):
    """How a later picture lies to an earlier one.

    `agreement` is the correlation of noise in quiet blocks (about 0: two exposures, up to 1: one), of `blocks` blocks
    that could be judged. `place` is the part of the earlier picture that the later one shows, `patch` the part of the
    later one that is foreign to it; both as left, top, width and height in shares of the picture.
    """

    verdict: Verdict
    agreement: float
    blocks: int
    place: Box = WHOLE
    patch: Box | None = None


def compare(earlier: Image.Image, later: Image.Image) -> Comparison:
    """Compare two upright pictures of any size. Blocks for about a second; holds some 30 MB."""
    one, two = _fitted(earlier), _fitted(later)
    place = place_of(one, two)
    if place is None:
        return Comparison("other", 0.0, 0)
    size = (min(one.width, two.width), min(one.height, two.height)) if place == WHOLE else two.size
    left, top, width, height = place
    cut = (left * one.width, top * one.height, (left + width) * one.width, (top + height) * one.height)
    laid = one.resize(size, Resampling.BICUBIC, box=cut) if place != WHOLE or one.size != size else one
    return _judged(_Grid(laid, two.resize(size, Resampling.BICUBIC) if two.size != size else two), place)


def _fitted(image: Image.Image) -> Image.Image:
    scale = COMPARED_PX / max(image.size)
    grey = image.convert("L")
    if scale >= 1:
        return grey
    size = (max(1, round(grey.width * scale)), max(1, round(grey.height * scale)))
    return grey.resize(size, Resampling.BICUBIC, reducing_gap=3.0)


class _Grid:
    """The noise of two pictures that lie on each other, block by block."""

    def __init__(self, one: Image.Image, two: Image.Image) -> None:
        first, second = _noise(one), _noise(two)
        self.width, self.height = first.width // _BLOCK_PX, first.height // _BLOCK_PX
        self._own = _means(first, first)
        self._other = _means(second, second)
        self._shared = _means(first, second)

    def cells(self) -> Iterator[_Cell]:
        """Column, row, energy and agreement of each block that has noise in both pictures."""
        for row in range(self.height):
            for column in range(self.width):
                own, other = _at(self._own, column, row), _at(self._other, column, row)
                if own > _LEAST_ENERGY and other > _LEAST_ENERGY:
                    yield column, row, own, _at(self._shared, column, row) / math.sqrt(own * other)

    def around(self, column: int, row: int) -> float | None:
        """The agreement of a block together with its eight neighbours, or None where nothing can be told."""
        own = other = shared = 0.0
        for y in range(max(0, row - 1), min(self.height, row + 2)):
            for x in range(max(0, column - 1), min(self.width, column + 2)):
                weight = 1 / max(_LEAST_ENERGY, math.sqrt(_at(self._own, x, y) * _at(self._other, x, y)))
                own += _at(self._own, x, y) * weight
                other += _at(self._other, x, y) * weight
                shared += _at(self._shared, x, y) * weight
        return shared / math.sqrt(own * other) if own and other else None


def _noise(image: Image.Image) -> Image.Image:
    """Each pixel less the mean of its four neighbours."""
    grey, (width, height) = image.convert("F"), image.size
    parts = {
        name: grey.crop((1 + x, 1 + y, width - 1 + x, height - 1 + y))
        for name, (x, y) in {"c": (0, 0), "n": (0, -1), "s": (0, 1), "e": (1, 0), "w": (-1, 0)}.items()
    }
    noise: Image.Image = ImageMath.lambda_eval(lambda p: p["c"] - (p["n"] + p["s"] + p["e"] + p["w"]) * 0.25, **parts)
    return noise


def _means(one: Image.Image, two: Image.Image) -> Image.Image:
    product: Image.Image = ImageMath.lambda_eval(lambda p: p["one"] * p["two"], one=one, two=two)
    return product.reduce(_BLOCK_PX)


def _at(means: Image.Image, column: int, row: int) -> float:
    value = means.getpixel((column, row))
    return float(value) if isinstance(value, int | float) else 0.0


def _judged(grid: _Grid, place: Box) -> Comparison:
    cells = sorted(grid.cells(), key=lambda cell: cell[2])
    quiet = sorted(cell[3] for cell in cells[: max(1, round(len(cells) * _QUIET_SHARE))])
    if len(quiet) < _FEWEST_QUIET:
        return Comparison("unclear", 0.0, len(cells), place)
    agreement = round(quiet[len(quiet) // 2], 3)
    edges = sorted(cell[3] for cell in cells[-max(1, round(len(cells) * _EDGES_SHARE)) :])
    if agreement < SAME_NOISE or edges[len(edges) // 2] < _SAME_EDGES:
        return Comparison("other", agreement, len(cells), place)
    patch = _patch(grid, cells, agreement)
    return Comparison("edited" if patch else "same", agreement, len(cells), place, patch)


def _patch(grid: _Grid, cells: list[_Cell], agreement: float) -> Box | None:
    """The largest connected part whose noise is foreign.

    `cells` come in the order of their energy, and a block is measured by its like: saving again as JPEG takes the
    noise of dark and even parts first, which is no sign of a brush.
    """
    foreign = set()
    step = max(_FEWEST_QUIET, len(cells) // 10)
    for start in range(0, len(cells), step):
        alike = cells[start : start + step]
        usual = sorted(cell[3] for cell in alike)[len(alike) // 2]
        for column, row, _, own in alike if usual >= SAME_NOISE else ():
            agrees = own if agreement >= _CLEAR_NOISE else grid.around(column, row) or 0.0
            if agrees < usual * _FOREIGN:
                foreign.add((column, row))
    if len(foreign) > _LARGEST_PATCH_SHARE * len(cells):
        return None
    largest = max(_parts(foreign), key=len, default=set())
    if len(largest) < _SMALLEST_PATCH_BLOCKS:
        return None
    columns, rows = [column for column, _ in largest], [row for _, row in largest]
    left, top = min(columns), min(rows)
    wide, high = max(columns) + 1 - left, max(rows) + 1 - top
    shares = (left / grid.width, top / grid.height, wide / grid.width, high / grid.height)
    return (round(shares[0], 3), round(shares[1], 3), round(shares[2], 3), round(shares[3], 3))


def _parts(cells: set[tuple[int, int]]) -> Iterator[set[tuple[int, int]]]:
    """The connected parts of a set of blocks."""
    waiting = set(cells)
    while waiting:
        edge = [waiting.pop()]
        part = set(edge)
        while edge:
            x, y = edge.pop()
            for near in ((x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)):
                if near in waiting:
                    waiting.remove(near)
                    part.add(near)
                    edge.append(near)
        yield part
