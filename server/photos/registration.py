"""Where in an earlier picture a later one lies: whole, or a part that was cut out of it."""

from __future__ import annotations

from collections.abc import Iterator

from PIL import Image, ImageChops, ImageFilter, ImageStat
from PIL.Image import Resampling, Transform

# Left, top, width, height in shares of a picture.
Box = tuple[float, float, float, float]
WHOLE: Box = (0.0, 0.0, 1.0, 1.0)

_COARSE_PX = 64
_FINE_PX = (192, 512, 1024)
_SMALLEST_CUT = 0.55
_SAME_SHAPE = 0.01
_EDGE = 0.005
# Mean difference over the picture's own mean contrast: a copy lies under a third, another view over a half.
_NO_LIKENESS = 0.75


def place_of(earlier: Image.Image, later: Image.Image) -> Box | None:
    """The part of `earlier` (grey) that `later` shows, or None where they have nothing in common.

    A picture that was not cropped lies exactly on its original, so that is tried first and needs no search.
    """
    if _same_shape(earlier, later) and _difference(earlier, later, WHOLE, _FINE_PX[0]) < _NO_LIKENESS / 3:
        return WHOLE
    found = _searched(earlier, later)
    if found is None:
        return None
    for long_px in _FINE_PX:
        found = _refined(earlier, later, found, long_px)
    if _same_shape(earlier, later) and _is_whole(found):
        return WHOLE
    found = _inside(found)
    return None if found is None or _difference(earlier, later, found, _FINE_PX[0]) > _NO_LIKENESS else found


def _same_shape(earlier: Image.Image, later: Image.Image) -> bool:
    return abs(earlier.width * later.height / (earlier.height * later.width) - 1) < _SAME_SHAPE


def _is_whole(box: Box) -> bool:
    return abs(box[0]) < 0.004 and abs(box[1]) < 0.004 and abs(box[2] - 1) < 0.004


def _inside(box: Box) -> Box | None:
    """The box within the picture; None where it sticks out, as no cutting could make it."""
    left, top, width, height = box
    if min(left, top) < -_EDGE or max(left + width, top + height) > 1 + _EDGE:
        return None
    left, top = max(0.0, left), max(0.0, top)
    return left, top, min(width, 1 - left), min(height, 1 - top)


def _even(image: Image.Image) -> Image.Image:
    """Without the slow changes of light, about 128."""
    return ImageChops.subtract(image, image.filter(ImageFilter.GaussianBlur(max(image.size) / 16)), 1, 128)


def _scaled(image: Image.Image, long_px: int) -> Image.Image:
    scale = long_px / max(image.size)
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return image.resize(size, Resampling.BICUBIC, reducing_gap=2.0)


def _contrast(image: Image.Image) -> float:
    return max(1.0, ImageStat.Stat(ImageChops.difference(image, Image.new("L", image.size, 128))).mean[0])


def _apart(one: Image.Image, two: Image.Image) -> float:
    return float(ImageStat.Stat(ImageChops.difference(one, two)).mean[0])


def _difference(earlier: Image.Image, later: Image.Image, box: Box, long_px: int) -> float:
    ground = _scaled(earlier, long_px)
    size = (max(8, round(ground.width * box[2])), max(8, round(ground.height * box[3])))
    cut = (box[0] * ground.width, box[1] * ground.height)
    corner = (cut[0] + box[2] * ground.width, cut[1] + box[3] * ground.height)
    laid = _even(ground.transform(size, Transform.EXTENT, (*cut, *corner), Resampling.BICUBIC))
    shown = _even(later.resize(size, Resampling.BICUBIC, reducing_gap=2.0))
    return _apart(laid, shown) / _contrast(shown)


def _searched(earlier: Image.Image, later: Image.Image) -> Box | None:
    """Every place and size at 64 px."""
    ground = _even(_scaled(earlier, _COARSE_PX))
    best: tuple[float, Box] | None = None
    for width, height in _sizes(ground, later):
        shown = _even(later.resize((width, height), Resampling.BICUBIC, reducing_gap=2.0))
        contrast = _contrast(shown)
        for top in range(ground.height - height + 1):
            for left in range(ground.width - width + 1):
                apart = _apart(ground.crop((left, top, left + width, top + height)), shown) / contrast
                if best is None or apart < best[0]:
                    box = left / ground.width, top / ground.height, width / ground.width, height / ground.height
                    best = apart, box
    return best[1] if best and best[0] < 2 * _NO_LIKENESS else None


def _sizes(ground: Image.Image, later: Image.Image) -> Iterator[tuple[int, int]]:
    fitting = min(ground.width / later.width, ground.height / later.height)
    for step in range(64):
        scale = fitting * (1 - step * 0.03)
        if scale < fitting * _SMALLEST_CUT:
            return
        yield max(8, int(later.width * scale)), max(8, int(later.height * scale))


def _refined(earlier: Image.Image, later: Image.Image, start: Box, long_px: int) -> Box:
    """Walk downhill in place and size, in steps down to an eighth of a pixel."""
    ground = _even(_scaled(earlier, min(long_px, max(earlier.size))))
    wide = start[2] * ground.width
    middle = ((start[0] + start[2] / 2) * ground.width, (start[1] + start[3] / 2) * ground.height)
    size = (max(8, round(wide)), max(8, round(wide * later.height / later.width)))
    shown = _even(later.resize(size, Resampling.BICUBIC, reducing_gap=2.0))
    ratio = later.height / later.width

    def apart(x: float, y: float, width: float) -> float:
        height = width * ratio
        extent = (x - width / 2, y - height / 2, x + width / 2, y + height / 2)
        return _apart(ground.transform(size, Transform.EXTENT, extent, Resampling.BILINEAR), shown)

    here = (*middle, wide)
    best, step = apart(*here), 2.0
    while step >= 0.125:
        x, y, width = here
        tries = [(x + step, y, width), (x - step, y, width), (x, y + step, width), (x, y - step, width)]
        tries += [(x, y, width + step), (x, y, width - step)]
        value, place = min((apart(*one), one) for one in tries)
        if value < best:
            best, here = value, place
        else:
            step /= 2
    x, y, width = here
    height = width * ratio
    left, top = (x - width / 2) / ground.width, (y - height / 2) / ground.height
    return left, top, width / ground.width, height / ground.height
