"""What a copy of a 12 MP photo costs, and what laying two photos on each other costs: processor time, one at a time."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from server.photos.decoding import decode, inspect
from server.photos.derivation import Facts, make_declaration, make_screen, make_stamped
from server.photos.likeness import COMPARED_PX, compare
from server.photos.recognition import recognise
from tests.tricks import camera

_FACTS = Facts(lat=27.8741, lon=113.1187, accuracy_m=12, local_time="2026-11-24T09:12:03", offset="+08:00")
_LINES = ["拍摄 2026-11-24 09:12:03 +08:00", "地点 石峰区人民医院", "WGS-84 27.87410, 113.11870 ±12 m（手机定位）"]
_TIMES = 5


def photograph(folder: Path) -> Path:
    """A 12 MP picture of a room, with as much detail as a phone keeps."""
    seen = camera.shoot(camera.view(camera.scene(1)), shot=1)
    path = folder / "room.jpg"
    seen.resize((4000, 3000), Image.Resampling.BICUBIC).save(path, "JPEG", quality=95)
    return path


def rows(folder: Path) -> list[str]:
    """One line for each kind of work."""
    path = photograph(folder)
    found = recognise(path)
    image = decode(path, found, at_least_px=COMPARED_PX).image
    copy = camera.opened(camera.cropped(path.read_bytes(), (0.05, 0.05, 0.95, 0.95)))
    work: dict[str, Callable[[], object]] = {
        "inspect (receipt)": lambda: inspect(path, found),
        "screen copy": lambda: make_screen(path, found),
        "declaration copy": lambda: make_declaration(path, found, _FACTS),
        "stamped copy": lambda: make_stamped(path, found, _FACTS, _LINES),
        "compare with an uncropped copy": lambda: compare(image, image),
        "compare with a cropped copy": lambda: compare(image, copy),
    }
    size = path.stat().st_size / 1e6
    return [f"{f'{name}, 12 MP of {size:.1f} MB':<44} {_cpu_ms(do):>50.1f}" for name, do in work.items()]


def _cpu_ms(do: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(_TIMES):
        begun = time.process_time()
        do()
        best = min(best, time.process_time() - begun)
    return best * 1000
