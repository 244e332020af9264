"""A process of its own for each file, so that one that was made to hurt takes nothing down but itself.

`python -m server.imports.reading.worker PATH` writes the book, or the reason why not, to its output.
"""

from __future__ import annotations

import contextlib
import resource
import subprocess
import sys
from pathlib import Path
from typing import Final

import msgspec

from server.imports.reading.files import read_book
from server.imports.reading.table import Book, UnreadableError

_ROOT: Final = Path(__file__).resolve().parents[3]
_MEMORY_BYTES: Final = 1024 * 1024 * 1024
_PROCESSOR_SECONDS: Final = 40
_PATIENCE_SECONDS: Final = 60


class Answer(msgspec.Struct):
    """What the worker says: a book, or the code of a refusal."""

    book: Book | None = None
    refusal: str = ""


def read_apart(path: Path) -> Book:
    """Read a file in a process with bounds of memory and time. Blocks. Raises UnreadableError."""
    environment = {"PYTHONPATH": str(_ROOT), "MALLOC_ARENA_MAX": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(  # noqa: S603  our own interpreter, our own module
            [sys.executable, "-m", "server.imports.reading.worker", str(path)],
            capture_output=True, check=False, cwd=_ROOT, env=environment, timeout=_PATIENCE_SECONDS,
        )  # fmt: skip
        answer = msgspec.msgpack.decode(done.stdout, type=Answer)
    except (subprocess.TimeoutExpired, msgspec.DecodeError) as error:
        raise UnreadableError("import-bomb") from error
    if answer.book is None:
        raise UnreadableError(answer.refusal)
    return answer.book


def main(path: Path) -> Answer:
    """Read one file; whatever goes wrong becomes an answer."""
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CPU, (_PROCESSOR_SECONDS, _PROCESSOR_SECONDS))
    try:
        return Answer(book=read_book(path))
    except UnreadableError as error:
        return Answer(refusal=error.code)
    except MemoryError:
        return Answer(refusal="import-bomb")
    except (LookupError, ValueError, TypeError, AttributeError, ArithmeticError, RecursionError):
        return Answer(refusal="import-damaged")  # well-formed XML that no office program writes


if __name__ == "__main__":
    sys.stdout.buffer.write(msgspec.msgpack.encode(main(Path(sys.argv[1]))))
