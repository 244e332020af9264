"""The photo grid for a chat group: up to nine faults on one JPEG, each with its number and place, and nothing else."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from typing import Final

from PIL import Image, ImageDraw, ImageFont, ImageOps
from PIL.Image import Resampling

from server.photos.derivation import chinese_font

_CELL: Final = (480, 360)
_STRIP: Final = 64
_GAP: Final = 12
_SIZE: Final = 24
_MARGIN: Final = 10
_PAPER, _INK, _SOFT = "#ffffff", "#1f2933", "#52606d"


def draw_grid(cells: Sequence[tuple[bytes, str, str]]) -> bytes:
    """A JPEG of (picture, number, place) cells, three in a row at most, without any metadata.

    The pictures are our own copies for the screen. Raises ValueError where there is none.
    """
    if not cells:
        raise ValueError("a grid of nothing")
    across = min(3, math.ceil(math.sqrt(len(cells))))
    down = math.ceil(len(cells) / across)
    width, height = _CELL[0], _CELL[1] + _STRIP
    sheet = Image.new("RGB", (across * (width + _GAP) + _GAP, down * (height + _GAP) + _GAP), _PAPER)
    pen, font = ImageDraw.Draw(sheet), chinese_font(_SIZE)
    for place, (picture, number, name) in enumerate(cells):
        left = _GAP + place % across * (width + _GAP)
        top = _GAP + place // across * (height + _GAP)
        with Image.open(io.BytesIO(picture)) as opened:
            sheet.paste(ImageOps.fit(opened.convert("RGB"), _CELL, Resampling.BICUBIC), (left, top))
        below = top + _CELL[1] + 4
        room = width - 2 * _MARGIN
        pen.text((left + _MARGIN, below), _fitted(f"{place + 1}. {name}", font, room), font=font, fill=_INK)
        pen.text((left + _MARGIN, below + _SIZE + 4), _fitted(number, font, room), font=font, fill=_SOFT)
    written = io.BytesIO()
    sheet.save(written, "JPEG", quality=82)
    return written.getvalue()


def _fitted(text: str, font: ImageFont.FreeTypeFont, room: float) -> str:
    """The text, cut so that it fits into so many pixels."""
    if font.getlength(text) <= room:
        return text
    while text and font.getlength(f"{text}…") > room:
        text = text[:-1]
    return f"{text}…"
