"""No registry's address and no path of somebody's machine is committed: lock files name hashes."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.lint.files import ROOT, committed, shown, text_of

# Spelt in parts, so that this file passes its own check.
REGISTRIES = [
    r"pypi\." r"(org|io)",
    r"python" r"hosted\.org",
    r"registry\." r"(npmjs|npmmirror|yarnpkg)\.",
    r"(deb|security|snapshot)\." r"debian\.org",
    r"tuna\." r"tsinghua",
    r"mirrors?\." r"[a-z]+\.",
]  # fmt: skip
MACHINE_PATHS = [r"/wo" r"rk/\w", r"/ro" r"ot/", r"/ho" r"me/\w", r"/Us" r"ers/\w", r"[A-Z]:\\" r"\\?Users"]
FORBIDDEN = re.compile("|".join(f"(?:{pattern})" for pattern in [*REGISTRIES, *MACHINE_PATHS]))


def offences(path: Path) -> list[str]:
    text = text_of(path)
    if text is None:
        return []
    found = ((number, FORBIDDEN.search(line)) for number, line in enumerate(text.splitlines(), 1))
    return [f"{shown(path)}:{number}: {match.group()}" for number, match in found if match]


def test_no_registry_and_no_machine_is_named() -> None:
    found = [line for path in committed() for line in offences(path)]
    assert not found, "\n".join(found[:40])


def test_the_lock_files_hold_hashes_and_no_addresses() -> None:
    lock = json.loads((ROOT / "pwa" / "package-lock.json").read_text(encoding="utf-8"))
    installed = {name: entry for name, entry in lock["packages"].items() if name and not entry.get("link")}
    assert not [name for name, entry in installed.items() if "resolved" in entry]
    assert not [name for name, entry in installed.items() if "integrity" not in entry and not entry.get("inBundle")]
    for path in committed("requirements*.txt"):
        pins = re.findall(r"^[\w.\[\]-]+==", path.read_text(encoding="utf-8"), re.MULTILINE)
        blocks = re.split(r"\n(?=\S)", path.read_text(encoding="utf-8"))
        assert pins, path.name
        assert all("--hash=sha256:" in block for block in blocks if "==" in block.split("\n")[0]), path.name
    assert not committed("uv.lock", "*/uv.lock")
