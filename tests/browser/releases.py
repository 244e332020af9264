"""Another release of the built pages: as a new build would leave it, with files of other names."""

from __future__ import annotations

import re
from pathlib import Path


def release(dist: Path, version: str) -> None:
    """Turn the build in `dist` into one that calls itself `version`; of the old one not a file is left."""
    names = {path.name: f"r{version.replace('.', '')}{path.name}" for path in (dist / "assets").iterdir()}
    any_name = re.compile("|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)))
    for path in [*dist.glob("*"), *dist.glob("assets/*")]:
        if path.suffix in (".js", ".mjs", ".css", ".html"):
            text = any_name.sub(lambda found: names[found.group()], path.read_text("utf-8"))
            if path.name == "sw.js":
                text = re.sub(r'"version":"[\w.]+"', f'"version":"{version}"', text)
            if "version-" in path.name:
                text = re.sub(r"\d+\.\d+\.\d+", version, text)
            path.write_text(text, "utf-8")
    for old, new in names.items():
        (dist / "assets" / old).rename(dist / "assets" / new)


def broken_release(dist: Path) -> None:
    """A next release that lost one of the files that the worker wants to keep, as a half-finished upload does."""
    release(dist, "0.3.0")
    next(iter(dist.glob("assets/*ChecklistPage-*.js"))).unlink()
