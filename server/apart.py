"""A process of its own for a file from outside, so that one that was made to hurt takes nothing down but itself."""

from __future__ import annotations

import asyncio
import contextlib
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final, ParamSpec, TypeVar

import msgspec

T = TypeVar("T")
P = ParamSpec("P")

_ROOT: Final = Path(__file__).resolve().parents[1]
_MEMORY_BYTES: Final = 1024 * 1024 * 1024
_PROCESSOR_SECONDS: Final = 40
_PATIENCE_SECONDS: Final = 60
# One at a time: a reader may take a gigabyte, and the phones need the rest.
_turn = asyncio.Semaphore(1)


class NoAnswerError(Exception):
    """The process took too long or too much, or died: the file did it."""


async def in_turn(read: Callable[P, T], *args: P.args, **how: P.kwargs) -> T:
    """Let one reader at a time ask such a process, in a thread. Raises what it raises."""
    async with _turn:
        return await asyncio.to_thread(read, *args, **how)


def ask_apart(module: str, path: Path, answer: type[T]) -> T:
    """Run `python -m module PATH` without secrets and decode what it says. Blocks. Raises NoAnswerError."""
    environment = {"PYTHONPATH": str(_ROOT), "MALLOC_ARENA_MAX": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(  # noqa: S603  our own interpreter, our own module
            [sys.executable, "-m", module, str(path)],
            capture_output=True, check=False, cwd=_ROOT, env=environment, timeout=_PATIENCE_SECONDS,
        )  # fmt: skip
        return msgspec.msgpack.decode(done.stdout, type=answer)
    except (subprocess.TimeoutExpired, msgspec.DecodeError) as error:
        raise NoAnswerError(module) from error


def keep_within_bounds() -> None:
    """Bind this process in memory and time, before it opens the file."""
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CPU, (_PROCESSOR_SECONDS, _PROCESSOR_SECONDS))


def say(answer: object) -> None:
    """Give the answer to whoever asked."""
    sys.stdout.buffer.write(msgspec.msgpack.encode(answer))
