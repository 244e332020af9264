"""What a device's camera sees: a hand-held look at a scene, as a film that Chromium plays for its camera."""

from __future__ import annotations

import io
from pathlib import Path

from server.demo.pictures import SCENES, draw

_SIZE = (960, 720)
_FRAMES = 60
_SCENES = sorted(SCENES)


def write_film(path: Path, seed: str, number: int) -> Path:
    """Write the film of the `number`-th device. No picture of it is ever the same as one of another device."""
    wide = draw(_SCENES[number % len(_SCENES)], seed=seed).resize((_SIZE[0] + _FRAMES, _SIZE[1] + _FRAMES))
    with path.open("wb") as film:
        for place in range(_FRAMES):
            picture = wide.crop((place, place, place + _SIZE[0], place + _SIZE[1]))
            written = io.BytesIO()
            picture.save(written, "JPEG", quality=85)
            film.write(written.getvalue())
    return path
