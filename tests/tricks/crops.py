"""Would hashes of parts find a cropped copy? An experiment, whose numbers stand in docs/evidence.md.

The index finds by the hash of the whole picture. Here an original is indexed by the hashes of some of its parts, too,
and cut anywhere; the cut is found where its hash is near that of a part, as the index would find it.
"""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image
from PIL.Image import Resampling

from server.photos.decoding import THUMBNAIL_PX, difference_hash
from server.photos.flags import bands, bits_apart, is_plain
from server.photos.resembling import WORTH_COMPARING_BITS
from tests.tricks.real_photos import SMALLEST_PX, Real, are_one

LOST_PERCENT = (5, 10, 20, 30, 40)
_CUTS_EACH = 4
_Box = tuple[float, float, float, float]
# Side in shares of the picture's, and how many such parts in a row and in a column.
_LAYOUTS: tuple[tuple[tuple[float, int], ...], ...] = (
    ((1, 1),),
    ((1, 1), (0.95, 1), (0.8, 2)),
    ((1, 1), (0.95, 1), (0.85, 3)),
    ((1, 1), (0.95, 2), (0.9, 3), (0.8, 3), (0.7, 5), (0.6, 2)),
)


@dataclass(frozen=True)
class Tried:
    """One choice of parts: how many, the percentage of cuts found by what they lose, and how many of the pairs of
    different pictures would be compared for nothing."""

    parts: int
    found: dict[int, int]
    for_nothing: int
    pairs: int


def tried(photos: Sequence[Real]) -> list[Tried]:
    """Every choice of parts on these photos."""
    large = [photo for photo in photos if min(photo.image.size) >= SMALLEST_PX]
    return [_tried([box for side, count in layout for box in _boxes(side, count)], large) for layout in _LAYOUTS]


def _boxes(side: float, count: int) -> list[_Box]:
    starts = [(1 - side) / 2] if count == 1 else [(1 - side) * step / (count - 1) for step in range(count)]
    return [(left, top, left + side, top + side) for left in starts for top in starts]


def _tried(boxes: Sequence[_Box], photos: Sequence[Real]) -> Tried:
    known = {photo.name: [difference_hash(_cut(_small(photo.image), box)) for box in boxes] for photo in photos}
    found = {}
    for lost in LOST_PERCENT:
        chance = random.Random(lost)
        cuts = [(p, _small(_cut(p.image, _anywhere(chance, lost)))) for p in photos for _ in range(_CUTS_EACH)]
        hits = sum(_is_found(difference_hash(cut), known[photo.name]) for photo, cut in cuts)
        found[lost] = round(100 * hits / len(cuts))
    others = [(a, b) for a, b in itertools.permutations(photos, 2) if not are_one(a.name, b.name)]
    for_nothing = sum(_is_found(a.inspection.dhash, known[b.name]) for a, b in others)
    return Tried(len(boxes), found, for_nothing, len(others))


def _anywhere(chance: random.Random, lost_percent: int) -> _Box:
    """A part of about the same shape that lacks so much of the picture."""
    side, stretch = math.sqrt(1 - lost_percent / 100), chance.uniform(0.95, 1.05)
    wide, high = min(1, side * stretch), min(1, side / stretch)
    left, top = chance.uniform(0, 1 - wide), chance.uniform(0, 1 - high)
    return left, top, left + wide, top + high


def _cut(image: Image.Image, box: _Box) -> Image.Image:
    left, top, right, bottom = box
    edges = (round(left * image.width), round(top * image.height), round(right * image.width))
    return image.crop((*edges, round(bottom * image.height)))


def _small(image: Image.Image) -> Image.Image:
    small = image.copy()
    small.thumbnail((THUMBNAIL_PX, THUMBNAIL_PX), Resampling.BOX, reducing_gap=None)
    return small


def _is_found(dhash: str, parts: Sequence[str]) -> bool:
    """As the index finds it: near enough to be compared, and a quarter of the hash in common."""
    quarters = bands(dhash)
    return not is_plain(dhash) and any(
        bits_apart(dhash, part) <= WORTH_COMPARING_BITS
        and any(one == two for one, two in zip(quarters, bands(part), strict=True))
        for part in parts
    )
