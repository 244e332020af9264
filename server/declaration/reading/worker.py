"""Reads a report in a process of its own.

`python -m server.declaration.reading.worker PATH` writes its facts, or the reason why not, to its output. The file's
suffix is the one under which it was brought.
"""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec

from server.apart import NoAnswerError, ask_apart, keep_within_bounds, say
from server.declaration.reading.documents import Facts, RefusedError, read_document


class Answer(msgspec.Struct):
    """What the worker says: facts, or the code of a refusal."""

    facts: Facts | None = None
    refusal: str = ""


def read_apart(path: Path) -> Facts:
    """Read a document in a process with bounds of memory and time. Blocks. Raises RefusedError."""
    try:
        answer = ask_apart("server.declaration.reading.worker", path, Answer)
    except NoAnswerError as error:
        raise RefusedError("report-bomb") from error
    if answer.facts is None:
        raise RefusedError(answer.refusal)
    return answer.facts


def main(path: Path) -> Answer:
    """Read one document; whatever goes wrong becomes an answer."""
    keep_within_bounds()
    try:
        return Answer(facts=read_document(path, path.suffix.lower()))
    except RefusedError as error:
        return Answer(refusal=error.code)
    except MemoryError:
        return Answer(refusal="report-bomb")
    except (LookupError, ValueError, TypeError, AttributeError, ArithmeticError, RecursionError):
        return Answer(refusal="report-damaged")  # well-formed, but written by no office program


if __name__ == "__main__":
    say(main(Path(sys.argv[1])))
