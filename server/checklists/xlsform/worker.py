"""A process of its own for each form, so that one that was made to hurt takes nothing down but itself.

`python -m server.checklists.xlsform.worker PATH` writes an `Answer` to its output.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from server.apart import NoAnswerError, ask_apart, keep_within_bounds, say
from server.checklists.xlsform.reading import read_form
from server.checklists.xlsform.sheets import Answer

_UNREADABLE = Answer(refusal="form-unreadable")


def read_apart(content: bytes) -> Answer:
    """Read a form in a process with bounds of memory and time. Blocks."""
    with tempfile.NamedTemporaryFile(prefix="form-") as file:
        file.write(content)
        file.flush()
        try:
            return ask_apart("server.checklists.xlsform.worker", Path(file.name), Answer)
        except NoAnswerError:
            return _UNREADABLE


def main(path: Path) -> Answer:
    """Read one form; whatever goes wrong becomes an answer."""
    keep_within_bounds()
    try:
        return read_form(path.read_bytes())
    except Exception:  # each of the three readers has exceptions of its own for what is damaged, down to assertions
        return _UNREADABLE


if __name__ == "__main__":
    say(main(Path(sys.argv[1])))
