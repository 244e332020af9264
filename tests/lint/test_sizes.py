"""A file that can be read in one sitting: 300 lines, a test 500."""

from __future__ import annotations

from pathlib import Path

from tests.lint.files import committed, shown

CODE_LINES = 300
TEST_LINES = 500
GENERATED = ("pwa/src/api/schema.d.ts", "storage/database/migrations/versions/")


def limit_of(path: Path) -> int:
    name = shown(path)
    return TEST_LINES if name.startswith("tests/") or ".test." in name else CODE_LINES


def test_no_file_outgrows_its_reader() -> None:
    code = committed("*.py", "pwa/*.ts", "pwa/*.vue", "pwa/*.mjs")
    sizes = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in code}
    too_long = [
        f"{shown(path)}: {lines} lines, at most {limit_of(path)}"
        for path, lines in sizes.items()
        if lines > limit_of(path) and not shown(path).startswith(GENERATED)
    ]
    assert not too_long, "\n".join(too_long)
