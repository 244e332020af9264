"""Files that were tampered with at random: each ends in a verdict, and none takes the process with it."""

import random
import resource
from pathlib import Path

from server.photos.recognition import NotAPhotoError, TooManyPixelsError, UndecodableError
from server.photos.workshop import Workshop
from tests.fixtures import photos

# Most go through the thread of the streaming JPEGs, which shares our memory; the rest each cost a process.
JPEGS, OTHERS = 400, 24
GROWTH_KB = 50 * 1024


def tampered(chance: random.Random, whole: bytes) -> bytes:
    """The file with bytes changed, cut out, doubled or cut off, mostly near its head, where decoders believe most."""
    data = bytearray(whole)
    for _ in range(chance.randint(1, 4)):
        at = min(int(chance.expovariate(1 / 2000)), len(data) - 1)
        match chance.randrange(5):
            case 0 | 1:
                data[at] = chance.choice((0, 0xFF, 0x7F, 0x80, chance.randrange(256)))
            case 2:
                del data[at : at + chance.randint(1, 40)]
            case 3:
                data[at:at] = data[at : at + chance.randint(1, 400)]
            case 4:
                data[at : at + 4] = chance.choice((b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f\xff\xff\xff"))
    return bytes(data[: chance.randint(len(data) // 2, len(data))] if chance.random() < 0.3 else data)


async def verdict(workshop: Workshop, path: Path) -> str:
    try:
        await workshop.inspect(path, await workshop.recognise(path))
    except (NotAPhotoError, TooManyPixelsError, UndecodableError) as error:
        return type(error).__name__
    return "photo"


async def test_tampered_files_end_in_a_verdict_and_leave_the_process_small(tmp_path: Path) -> None:
    chance, workshop, seen = random.Random(86), Workshop(), dict[str, int]()
    jpegs = [photos.GOOD[name]() for name in ("jpeg with a place", "grey jpeg", "cmyk jpeg", "mpo")]
    others = [photos.GOOD[name]() for name in ("png", "webp", "heic", "progressive jpeg")]
    path = tmp_path / "upload"
    try:
        path.write_bytes(jpegs[0])
        await verdict(workshop, path)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        for number in range(JPEGS + OTHERS):
            path.write_bytes(tampered(chance, chance.choice(jpegs if number < JPEGS else others)))
            found = await verdict(workshop, path)
            seen[found] = seen.get(found, 0) + 1
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < GROWTH_KB
    finally:
        workshop.close()
    print(f"tampered files: {JPEGS + OTHERS}, verdicts {seen}")
    assert sum(seen.values()) == JPEGS + OTHERS
    assert seen["photo"] > 10
    assert seen["UndecodableError"] > 10
