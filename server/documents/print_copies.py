"""Photos as they are printed: upright, as large as paper can show, without the place and time they were taken."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence

from PIL import Image, ImageOps

from schemas.documents import Document, Picture
from schemas.marks import Mark
from server.photos.marking import draw_marks

# 75 mm at 300 dots an inch, and a portrait's 58 mm with room to spare.
LONGEST_PX = 900
_QUALITY = 82


def print_copies(document: Document, photos: Mapping[str, bytes]) -> dict[str, bytes]:
    """The print copy for each hash that the document names; KeyError where a photo's bytes are not given."""
    marks: dict[str, tuple[Mark, ...]] = {}
    for picture in _named(document):
        marks[picture.sha256 or ""] = marks.get(picture.sha256 or "") or picture.marks
    return {sha256: print_copy(photos[sha256], drawn) for sha256, drawn in marks.items()}


def print_copy(picture: bytes, marks: Sequence[Mark] = ()) -> bytes:
    """A JPEG of at most 900 px, with what was drawn over it; PIL.UnidentifiedImageError (an OSError) where the bytes
    are no picture.
    """
    with Image.open(io.BytesIO(picture)) as opened:
        opened.thumbnail((LONGEST_PX, LONGEST_PX), Image.Resampling.BILINEAR)
        image = ImageOps.exif_transpose(opened).convert("RGB")
    draw_marks(image, marks)
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=_QUALITY)
    return stream.getvalue()


def _named(document: Document) -> Iterator[Picture]:
    for annex in document.annexes:
        for pair in annex.photos:
            yield from (picture for picture in (*pair.before, *pair.after) if picture.sha256)
