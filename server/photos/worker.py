"""A process that decodes one picture and ends: a job on stdin, a reply on stdout.

It has a limit on its memory and on its processor time, writes no file and knows no secret: whatever a hostile
picture does to a decoder, it does it here.
"""

from __future__ import annotations

import resource
import sys
from pathlib import Path
from typing import Literal

import msgspec

from schemas.marks import Mark
from server.photos.decoding import Inspection, decode, inspect
from server.photos.derivation import Facts, make_declaration, make_screen, make_stamped
from server.photos.likeness import COMPARED_PX, Comparison, compare
from server.photos.recognition import Kind, Recognised, TooManyPixelsError, UndecodableError

MEMORY_BYTES = 700 * 1024 * 1024
PROCESSOR_SECONDS = 20


class Job(msgspec.Struct, frozen=True):
    """What to make of which file."""

    make: Literal["inspection", "screen", "declaration", "stamped", "comparison"]
    path: str
    kind: Kind
    width: int
    height: int
    streams: bool
    facts: Facts = Facts()
    lines: list[str] = []
    marks: list[Mark] = []
    earlier: Job | None = None


class Inspected(msgspec.Struct, frozen=True, tag=True):
    """The reply to "inspection"."""

    inspection: Inspection


class Compared(msgspec.Struct, frozen=True, tag=True):
    """The reply to "comparison"."""

    comparison: Comparison


class Made(msgspec.Struct, frozen=True, tag=True):
    """The reply to everything else: the bytes of a JPEG."""

    data: bytes


class TooManyPixels(msgspec.Struct, frozen=True, tag=True):
    """Over the pixel limit, told only after opening (HEIC)."""

    width: int
    height: int
    limit: int


class Undecodable(msgspec.Struct, frozen=True, tag=True):
    """It cannot be read to its end, or not within the memory limit."""

    why: str


Reply = Inspected | Compared | Made | TooManyPixels | Undecodable


def carry_out(job: Job) -> Reply:
    """Do one job, here. Blocks."""
    path, found = Path(job.path), _found(job)
    try:
        match job.make:
            case "inspection":
                return Inspected(inspect(path, found))
            case "screen":
                return Made(make_screen(path, found))
            case "declaration":
                return Made(make_declaration(path, found, job.facts))
            case "stamped":
                return Made(make_stamped(path, found, job.facts, list(job.lines), job.marks))
            case "comparison":
                return Compared(_compared(job.earlier or job, job))
    except TooManyPixelsError as error:
        return TooManyPixels(error.width, error.height, error.limit)
    except UndecodableError as error:
        return Undecodable(str(error))
    except MemoryError:
        return Undecodable("MemoryError")


def _found(job: Job) -> Recognised:
    return Recognised(job.kind, job.width, job.height, job.streams)


def _compared(earlier: Job, later: Job) -> Comparison:
    one, two = (decode(Path(job.path), _found(job), at_least_px=COMPARED_PX).image for job in (earlier, later))
    return compare(one, two)


def main() -> None:
    """Read the job, do it within the limits, write the reply."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS + 5))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    job = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Job)
    sys.stdout.buffer.write(msgspec.msgpack.encode(carry_out(job)))


if __name__ == "__main__":
    main()
