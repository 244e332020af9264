"""Pairs of pictures: an earlier one of a site, and a later one that is its copy, or honestly another shot."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import ImageEnhance

from server.photos.decoding import decode, inspect
from server.photos.flags import are_near, bands, bits_apart, is_plain
from server.photos.likeness import COMPARED_PX, compare
from server.photos.recognition import recognise
from server.photos.resembling import WORTH_COMPARING_BITS, Candidate, judged
from tests.tricks import camera
from tests.tricks.cases import Case, Outcome

SCENES = (1, 3)
Later = Callable[[int, bytes], bytes]


@dataclass(frozen=True)
class Pair:
    """One kind of later picture. `flags` are those that should be raised where it is sent for the same task, and
    elsewhere; an honest one raises none."""

    name: str
    make: Later
    same_task: frozenset[str] = frozenset()
    elsewhere: frozenset[str] = frozenset()


COPY, EDITED, NEAR = frozenset({"copy-of-before"}), frozenset({"edited-copy"}), frozenset({"near-duplicate"})


def _again(
    seed: int, _: bytes, *, shift: float, zoom: float, turn: float, bend: float = 0.0, gain: float = 1.0
) -> bytes:
    seen = camera.view(camera.scene(seed), shift=(shift, -shift * 0.7), zoom=zoom, turn=turn, bend=bend)
    return camera.jpeg(camera.shoot(seen, shot=seed + 300, gain=gain))


def _still(seed: int, _: bytes, *, sigma: float = 5.0, quality: int = 90) -> bytes:
    return camera.jpeg(camera.shoot(camera.view(camera.scene(seed)), shot=seed + 100, sigma=sigma), quality)


def _put_right(seed: int, _: bytes) -> bytes:
    """The fault is mended, the shot taken by the ghost of the before photo: nearly the same view."""
    room = camera.scene(seed).copy()
    mended = camera.scene(seed + 60).crop((500, 400, 900, 700))
    room.paste(mended, (700, 500))
    return camera.jpeg(camera.shoot(camera.view(room, shift=(6, 4), zoom=1.005, turn=0.3), shot=seed + 700))


def _lit(seed: int, _: bytes) -> bytes:
    seen = ImageEnhance.Brightness(camera.view(camera.scene(seed), shift=(8, 3), turn=0.4)).enhance(0.8)
    return camera.jpeg(camera.shoot(seen, shot=seed + 800))


def _painted(seed: int, first: bytes) -> bytes:
    return camera.painted_over(first, seed=seed + 7, share=0.04, quality=90)


TRICKS = [
    Pair("saved again, quality 85", lambda _, d: camera.resaved(d, quality=85), COPY, NEAR),
    Pair("saved again, quality 70", lambda _, d: camera.resaved(d, quality=70), COPY, NEAR),
    Pair("saved again, quality 50", lambda _, d: camera.resaved(d, quality=50), COPY, NEAR),
    Pair("sent through a messenger (1280 px, quality 70)",
         lambda _, d: camera.resaved(d, quality=70, long_px=1280), COPY, NEAR),
    Pair("sent through a messenger twice (960 px, quality 60)",
         lambda _, d: camera.resaved(camera.resaved(d, quality=70, long_px=1280), quality=60, long_px=960), COPY, NEAR),
    Pair("made lighter by a filter", lambda _, d: camera.brightened(d, 1.15), COPY, NEAR),
    Pair("cropped by 5 %", lambda _, d: camera.cropped(d, (0.02, 0.02, 0.97, 0.97)), COPY, NEAR),
    Pair("cropped by 20 %", lambda _, d: camera.cropped(d, (0.1, 0.05, 0.9, 0.85)), COPY, NEAR),
    Pair("cropped by 40 % to another shape", lambda _, d: camera.cropped(d, (0.1, 0.05, 0.9, 0.65)), COPY, NEAR),
    Pair("1 % painted over", lambda s, d: camera.painted_over(d, seed=s + 9, share=0.01, quality=85), EDITED, EDITED),
    Pair("4 % painted over, quality 90", _painted, EDITED, EDITED),
    Pair("4 % painted over, quality 70",
         lambda s, d: camera.painted_over(d, seed=s + 7, share=0.04, quality=70), EDITED, EDITED),
    Pair("4 % painted over, then through a messenger",
         lambda s, d: camera.resaved(_painted(s, d), quality=70, long_px=1280), EDITED, EDITED),
    Pair("25 % smoothed away",
         lambda s, d: camera.painted_over(d, seed=s + 8, share=0.25, quality=85, with_what="blur"), EDITED, EDITED),
]  # fmt: skip
HONEST = [
    Pair("second shot of a burst from a stand", _still),
    Pair("the same, compressed to quality 75", lambda s, d: _still(s, d, quality=75)),
    Pair("the same with a quiet sensor", lambda s, d: _still(s, d, sigma=1.5)),
    Pair("second shot of a burst from the hand", lambda s, d: _again(s, d, shift=3, zoom=1.002, turn=0.1)),
    Pair("the same shelf next month", lambda s, d: _again(s, d, shift=25, zoom=1.03, turn=1.2, bend=0.05, gain=1.05)),
    Pair("the same shelf from two steps aside", lambda s, d: _again(s, d, shift=90, zoom=0.95, turn=-2, bend=0.15)),
    Pair("after photo by the ghost of the before photo", _put_right),
    Pair("the same view in the evening", _lit),
    Pair("another room", lambda s, _: camera.jpeg(camera.shoot(camera.view(camera.scene(s + 50)), shot=s + 900))),
]


def earlier(seed: int) -> bytes:
    """The first photo of a scene."""
    return camera.jpeg(camera.shoot(camera.view(camera.scene(seed)), shot=seed))


def raised(first: bytes, later: bytes) -> tuple[set[str], set[str]]:
    """The flags that the server's own functions raise for a later picture: for the same task, and elsewhere."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / "first", Path(folder) / "later"]
        for path, data in zip(paths, (first, later), strict=True):
            path.write_bytes(data)
        found = [recognise(path) for path in paths]
        hashes = [inspect(path, one).dhash for path, one in zip(paths, found, strict=True)]
        images = [decode(path, one, at_least_px=COMPARED_PX).image for path, one in zip(paths, found, strict=True)]
    told = compare(*images)
    numbers = {"agreement": told.agreement, "patch": told.patch}
    bits = bits_apart(*hashes) if are_near(*hashes) else None

    def codes(*, same_task: bool) -> set[str]:
        candidate = Candidate("first", same_task, bits)
        return {flag.code for flag in judged([candidate], {"first": (told.verdict, numbers)})}

    return codes(same_task=True), codes(same_task=False) if _is_found(*hashes) else set()


def _is_found(first: str, later: str) -> bool:
    """As the index finds it: near enough to be compared, and a quarter of the hash in common."""
    shared = any(one == two for one, two in zip(bands(first), bands(later), strict=True))
    return not is_plain(later) and shared and bits_apart(first, later) <= WORTH_COMPARING_BITS


def cases() -> Iterator[Outcome]:
    """Every pair on every scene, sent for the same task and for another site."""
    for seed in SCENES:
        first = earlier(seed)
        for pair in (*TRICKS, *HONEST):
            later = pair.make(seed, first)
            found = raised(first, later)
            for where, expected, codes in zip(
                ("same task", "another site"), (pair.same_task, pair.elsewhere), found, strict=True
            ):
                yield Outcome(Case(f"{pair.name}, {where}", expected, pair.name), frozenset(codes))
