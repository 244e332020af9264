"""The real photos beside the project: false alarms among them, and copies made of them. None of them is committed."""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta, timezone
from pathlib import Path

from PIL import Image

from server.photos.decoding import Inspection, decode, inspect
from server.photos.exif import PlaceState
from server.photos.flags import Fix, Limits, Setting, Shot, are_near, judge
from server.photos.likeness import COMPARED_PX, Verdict, compare
from server.photos.recognition import NotAPhotoError, TooManyPixelsError, UndecodableError, recognise
from tests.tricks import camera, screens

_REFUSED = (NotAPhotoError, TooManyPixelsError, UndecodableError)
# Made from one another, as the index beside them says.
_ONE_PICTURE = ({"p03", "p26", "p27", "p28"}, {"p32", "p33"})
SMALLEST_PX = 300
_CHINA = timezone(timedelta(hours=8))


@dataclass(frozen=True)
class Real:
    """A real photo that the server takes."""

    name: str
    inspection: Inspection
    image: Image.Image


def taken(folder: Path) -> list[Real]:
    """The photos that are taken, in their order."""
    return list(_taken(folder))


def _taken(folder: Path) -> Iterator[Real]:
    for path in sorted(folder.glob("p[0-9][0-9]_*")):
        try:
            found = recognise(path)
            image = decode(path, found, at_least_px=COMPARED_PX).image
            yield Real(path.name[:3], inspect(path, found), image)
        except _REFUSED:
            continue


def are_one(first: str, second: str) -> bool:
    """Whether two of them were made from one picture."""
    return any({first, second} <= group for group in _ONE_PICTURE)


def pairs(photos: list[Real]) -> tuple[int, list[str], list[str]]:
    """How many pairs of different pictures there are, and which of them look near by their hashes, or of one exposure
    by their pixels."""
    large = [photo for photo in photos if min(photo.image.size) >= SMALLEST_PX]
    count, near, same = 0, [], []
    for first, second in itertools.combinations(large, 2):
        if are_one(first.name, second.name):
            continue
        count += 1
        if are_near(first.inspection.dhash, second.inspection.dhash):
            near.append(f"{first.name}–{second.name}")
        if compare(first.image, second.image).verdict in ("same", "edited"):
            same.append(f"{first.name}–{second.name}")
    return count, near, same


def copies(photos: list[Real]) -> dict[str, dict[Verdict, int]]:
    """What comparing says of copies made of each, by the kind of copy."""
    told: dict[str, dict[Verdict, int]] = {}
    for photo in photos:
        if min(photo.image.size) < SMALLEST_PX:
            continue
        data = _fine_jpeg(photo.image)
        made = {
            "saved again, quality 85": camera.resaved(data, quality=85),
            "through a messenger (1280 px, quality 70)": camera.resaved(data, quality=70, long_px=1280),
            "cropped by 15 %": camera.cropped(data, (0.05, 0.1, 0.9, 0.95)),
            "3 % painted over": camera.painted_over(data, seed=3, share=0.03, quality=85),
        }
        for kind, copy in made.items():
            verdict = compare(photo.image, camera.opened(copy)).verdict
            counts = told.setdefault(kind, {"same": 0, "edited": 0, "other": 0, "unclear": 0})
            counts[verdict] += 1
    return told


def _fine_jpeg(image: Image.Image) -> bytes:
    written = io.BytesIO()
    image.save(written, "JPEG", quality=95)
    return written.getvalue()


def circumstances(photos: list[Real]) -> dict[str, list[str]]:
    """The flags of each photo where and when it says it was taken, by an honest phone; by code, the photos."""
    found: dict[str, list[str]] = {}
    for photo in photos:
        witness = photo.inspection.witness
        at = witness.taken_at(_CHINA)
        if at is None or witness.place is not PlaceState.VALID or witness.lat is None or witness.lon is None:
            continue
        shot = Shot(at, "camera", Fix(witness.lat, witness.lon, 12.0, at), at + timedelta(minutes=1), 0.0)
        setting = replace(Setting(begins_at=at, ends_at=at), lat=witness.lat, lon=witness.lon)
        for flag in judge(shot, setting, witness, Limits()):
            found.setdefault(flag.code, []).append(photo.name)
    return found


def screen_scores(folder: Path) -> list[float]:
    """How regular the finest detail of each is at its full size."""
    scores = []
    for path in sorted(folder.glob("p[0-9][0-9]_*")):
        try:
            image = decode(path, recognise(path), at_least_px=4000).image
        except _REFUSED:
            continue
        if min(image.size) >= SMALLEST_PX:
            scores.append(screens.score(image))
    return scores
