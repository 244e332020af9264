"""Reads a list in a process of its own.

`python -m server.imports.reading.worker PATH` writes the book, or the reason why not, to its output.
"""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec

from server.apart import NoAnswerError, ask_apart, keep_within_bounds, say
from server.imports.reading.files import read_book
from server.imports.reading.table import Book, UnreadableError


class Answer(msgspec.Struct):
    """What the worker says: a book, or the code of a refusal."""

    book: Book | None = None
    refusal: str = ""


def read_apart(path: Path) -> Book:
    """Read a file in a process with bounds of memory and time. Blocks. Raises UnreadableError."""
    try:
        answer = ask_apart("server.imports.reading.worker", path, Answer)
    except NoAnswerError as error:
        raise UnreadableError("import-bomb") from error
    if answer.book is None:
        raise UnreadableError(answer.refusal)
    return answer.book


def main(path: Path) -> Answer:
    """Read one file; whatever goes wrong becomes an answer."""
    keep_within_bounds()
    try:
        return Answer(book=read_book(path))
    except UnreadableError as error:
        return Answer(refusal=error.code)
    except MemoryError:
        return Answer(refusal="import-bomb")
    except (LookupError, ValueError, TypeError, AttributeError, ArithmeticError, RecursionError):
        return Answer(refusal="import-damaged")  # well-formed XML that no office program writes


if __name__ == "__main__":
    say(main(Path(sys.argv[1])))
