"""Photos as they are printed: upright, as large as paper can show, without the place and time they were taken."""

from __future__ import annotations

import io

from PIL import Image, ImageOps

# 75 mm at 300 dots an inch, and a portrait's 58 mm with room to spare.
LONGEST_PX = 900
_QUALITY = 82


def print_copy(picture: bytes) -> bytes:
    """A JPEG of at most 900 px; PIL.UnidentifiedImageError (an OSError) where the bytes are no picture."""
    with Image.open(io.BytesIO(picture)) as opened:
        opened.draft("RGB", (LONGEST_PX, LONGEST_PX))
        image = ImageOps.exif_transpose(opened).convert("RGB")
    image.thumbnail((LONGEST_PX, LONGEST_PX))
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=_QUALITY)
    return stream.getvalue()
