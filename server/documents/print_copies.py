"""Photos as they are printed: upright, as large as paper can show, without the place and time they were taken."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping

from PIL import Image, ImageOps

from schemas.documents import Document

# 75 mm at 300 dots an inch, and a portrait's 58 mm with room to spare.
LONGEST_PX = 900
_QUALITY = 82


def print_copies(document: Document, photos: Mapping[str, bytes]) -> dict[str, bytes]:
    """The print copy for each hash that the document names; KeyError where a photo's bytes are not given."""
    return {sha256: print_copy(photos[sha256]) for sha256 in dict.fromkeys(_named(document))}


def print_copy(picture: bytes) -> bytes:
    """A JPEG of at most 900 px; PIL.UnidentifiedImageError (an OSError) where the bytes are no picture."""
    with Image.open(io.BytesIO(picture)) as opened:
        opened.thumbnail((LONGEST_PX, LONGEST_PX), Image.Resampling.BILINEAR)
        image = ImageOps.exif_transpose(opened).convert("RGB")
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=_QUALITY)
    return stream.getvalue()


def _named(document: Document) -> Iterator[str]:
    for annex in document.annexes:
        for pair in annex.photos:
            yield from (picture.sha256 for picture in (*pair.before, *pair.after) if picture.sha256)
