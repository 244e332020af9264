"""What a device's camera sees: a hand-held look at a scene, as a film that Chromium plays for its camera."""

from __future__ import annotations

import io
from pathlib import Path

from server.demo.pictures import SCENES, draw

_SIZE = (960, 720)
_SWAY = 60  # pixels
_FRAMES = 300  # ten seconds, then it begins again: a photo taken then could be the same bytes as one before
_SCENES = sorted(SCENES)


def write_film(path: Path, seed: str, number: int) -> Path:
    """Write the `number`-th film. No picture of it is the same as another of it, or as one of another film."""
    wide = draw(_SCENES[number % len(_SCENES)], seed=seed).resize((_SIZE[0] + _SWAY, _SIZE[1] + _SWAY))
    with path.open("wb") as film:
        for frame in range(_FRAMES):
            left, top = frame % _SWAY, frame // (_FRAMES // _SWAY)
            picture = wide.crop((left, top, left + _SIZE[0], top + _SIZE[1]))
            written = io.BytesIO()
            picture.save(written, "JPEG", quality=60)
            film.write(written.getvalue())
    return path
