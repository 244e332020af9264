"""Where pictures are worked on: never on the event loop, never more big ones at once than memory allows."""

from __future__ import annotations

import asyncio
import ctypes
import subprocess
import sys
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Literal, NoReturn, TypeVar

import msgspec

from schemas.marks import Mark
from server.photos.decoding import Inspection
from server.photos.derivation import Facts
from server.photos.likeness import Comparison
from server.photos.recognition import Recognised, TooManyPixelsError, UndecodableError, recognise
from server.photos.worker import Compared, Inspected, Job, Made, Reply, TooManyPixels, carry_out

T = TypeVar("T")
_Make = Literal["inspection", "screen", "declaration", "stamped", "comparison"]

_ROOT = Path(__file__).resolve().parents[2]
_PATIENCE_SECONDS = 60
_M_MMAP_THRESHOLD, _M_ARENA_MAX = -3, -8
# The processor limit, the kernel's kill, a decoder's own abort: the picture did it.
_ENDED_BY_THE_PICTURE = {-24, -9, -11, -6, -4, -7, -8, 1}


class WorkshopBusyError(Exception):
    """The machine could not do the work now; the photo may be perfectly good."""


class Workshop:
    """Threads for files and for JPEGs that stream; one process at a time for everything else.

    A JPEG in one scan is inspected at an eighth of its size in a few megabytes, so two run at once. A
    full-size copy holds up to 40 MB twice, so those are made one after another.
    """

    def __init__(self) -> None:
        _give_memory_back()
        # Pillow warns of each damaged EXIF tag, and a hostile file has thousands.
        warnings.filterwarnings("ignore", category=UserWarning, module="PIL")
        self._files = ThreadPoolExecutor(8, thread_name_prefix="photo-files")
        self._streams = ThreadPoolExecutor(2, thread_name_prefix="photo-streams")
        self._copies = ThreadPoolExecutor(1, thread_name_prefix="photo-copies")
        self._processes = ThreadPoolExecutor(1, thread_name_prefix="photo-processes")

    async def on_files(self, work: Callable[[], T]) -> T:
        """Run blocking file work or hashing in a thread."""
        return await asyncio.get_running_loop().run_in_executor(self._files, work)

    async def recognise(self, path: Path) -> Recognised:
        """`recognition.recognise`, in a thread."""
        return await self.on_files(lambda: recognise(path))

    async def inspect(self, path: Path, found: Recognised) -> Inspection:
        """Prove that the file decodes. Raises UndecodableError, TooManyPixelsError, WorkshopBusyError."""
        reply = await self._do(_job("inspection", path, found), self._streams)
        if isinstance(reply, Inspected):
            return reply.inspection
        _unexpected(reply)

    async def screen(self, path: Path, found: Recognised) -> bytes:
        """The ≤ 1600 px copy. Raises as `inspect`."""
        return await self._make(_job("screen", path, found))

    async def declaration(self, path: Path, found: Recognised, facts: Facts) -> bytes:
        """The declaration JPEG (R32). Raises as `inspect`."""
        return await self._make(msgspec.structs.replace(_job("declaration", path, found), facts=facts))

    async def stamped(self, path: Path, found: Recognised, facts: Facts, lines: list[str], marks: list[Mark]) -> bytes:
        """The stamped copy. Raises as `inspect`."""
        job = msgspec.structs.replace(_job("stamped", path, found), facts=facts, lines=lines, marks=marks)
        return await self._make(job)

    async def compare(self, earlier: tuple[Path, Recognised], later: tuple[Path, Recognised]) -> Comparison:
        """Whether two photos are one exposure. Raises as `inspect`."""
        one, two = (_job("comparison", *photo) for photo in (earlier, later))
        # Where either needs the process, both are decoded there.
        job = msgspec.structs.replace(two, earlier=one, streams=one.streams and two.streams)
        reply = await self._do(job, self._copies)
        if isinstance(reply, Compared):
            return reply.comparison
        _unexpected(reply)

    async def _make(self, job: Job) -> bytes:
        reply = await self._do(job, self._copies)
        if isinstance(reply, Made):
            return reply.data
        _unexpected(reply)

    async def _do(self, job: Job, threads: ThreadPoolExecutor) -> Reply:
        loop = asyncio.get_running_loop()
        if job.streams:
            return await loop.run_in_executor(threads, carry_out, job)
        return await loop.run_in_executor(self._processes, _in_process, job)

    def close(self) -> None:
        """Let the threads end."""
        for threads in (self._files, self._streams, self._copies, self._processes):
            threads.shutdown(wait=False, cancel_futures=True)


def _give_memory_back() -> None:
    """Make glibc return a picture's memory when the picture is gone, and not keep an arena for each thread.

    By default its threshold for that grows to 32 MB after the first large picture, and the process never shrinks.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_MMAP_THRESHOLD, 1024 * 1024)
        mallopt(_M_ARENA_MAX, 2)


def _job(make: _Make, path: Path, found: Recognised) -> Job:
    return Job(make, str(path), found.kind, found.width, found.height, found.streams)


def _in_process(job: Job) -> Reply:
    """Do the job in a process of its own, killed when it takes too long."""
    # An environment without secrets. Each thread's malloc arena would reserve 64 MB of the limit.
    environment = {"PYTHONPATH": str(_ROOT), "MALLOC_ARENA_MAX": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "server.photos.worker"],
            input=msgspec.msgpack.encode(job),
            capture_output=True, check=False, cwd=_ROOT, env=environment, timeout=_PATIENCE_SECONDS,
        )  # fmt: skip
    except (subprocess.TimeoutExpired, OSError) as error:
        raise WorkshopBusyError(str(error)) from error
    if done.returncode == 0:
        reply: Reply = msgspec.msgpack.decode(done.stdout, type=Reply)
        return reply
    if done.returncode in _ENDED_BY_THE_PICTURE:
        raise UndecodableError(f"the decoder ended with {done.returncode}")
    raise WorkshopBusyError(f"the decoder ended with {done.returncode}")


def _unexpected(reply: Reply) -> NoReturn:
    if isinstance(reply, TooManyPixels):
        raise TooManyPixelsError(reply.width, reply.height, reply.limit)
    raise UndecodableError(getattr(reply, "why", "no answer"))
